"use strict";
/* A hall's terminal: after a while without a touch it warns, aloud too, then wipes and begins anew. It goes from page
   to page without a history to go back in, and prints papers without leaving the page. */
(() => {
  const dialog = document.getElementById("still-here");
  const reset = document.getElementById("kiosk-reset");
  const idle = Number(dialog.dataset.idle) * 1000;
  const warning = Number(dialog.dataset.warning) * 1000;
  let touched = Date.now();

  const wipe = () =>
    fetch(reset.action, { method: "POST", body: new FormData(reset), redirect: "manual" })
      .catch(() => null)
      .then(() => location.replace("/"));

  function warn() {
    dialog.showModal();
    const words = [...dialog.querySelectorAll("h2, #still-here-tell")].map((part) => (part.querySelector('[lang="zh-Hans"]') ?? part).textContent.trim());
    if (!window.speechSynthesis) return;
    speechSynthesis.cancel();
    speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(words.join("")), { lang: "zh-CN", rate: 0.85 }));
  }

  function stay() {
    touched = Date.now();
    if (dialog.open) dialog.close();
    window.speechSynthesis?.cancel();
  }

  window.setInterval(() => {
    const left = idle - (Date.now() - touched);
    if (left <= 0) wipe();
    else if (left <= warning) {
      if (!dialog.open) warn();
      dialog.querySelector(".countdown").textContent = Math.ceil(left / 1000);
    }
  }, 500);

  for (const event of ["pointerdown", "keydown", "scroll", "input"]) {
    document.addEventListener(event, () => dialog.open || stay(), { capture: true, passive: true });
  }
  dialog.querySelector("button").addEventListener("click", stay);
  dialog.addEventListener("close", stay);
  reset.addEventListener("submit", (event) => {
    event.preventDefault();
    wipe();
  });

  // No history: pages replace each other

  const print = (address) => {
    document.getElementById("printed")?.remove();
    const frame = Object.assign(document.createElement("iframe"), { id: "printed", src: address, hidden: true });
    frame.addEventListener("load", () => frame.contentWindow.print());
    document.body.append(frame);
  };

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    if (new URL(link.href).pathname.endsWith(".pdf")) print(link.href);
    else location.replace(link.href);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "get") return;
    event.preventDefault();
    const sent = new URLSearchParams(new FormData(form, event.submitter));
    location.replace(`${form.action.split("?")[0]}?${sent}`);
  });

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const address = event.detail.xhr.getResponseHeader("HX-Redirect");
    if (!address) return;
    event.preventDefault();
    location.replace(address);
  });

  document.addEventListener("contextmenu", (event) => event.preventDefault());
})();
