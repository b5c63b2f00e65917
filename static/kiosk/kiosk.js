"use strict";
/* A hall's terminal: after a while without a touch it warns, aloud too, then wipes and begins anew. It goes from page
   to page without a history to go back in, and prints papers without leaving the page. */
(() => {
  const dialog = document.getElementById("still-here");
  const reset = document.getElementById("kiosk-reset");
  const idle = Number(dialog.dataset.idle) * 1000;
  const warning = Number(dialog.dataset.warning) * 1000;
  let touched = Date.now();

  const failed = document.getElementById("not-wiped");
  const unsent = document.getElementById("not-sent");
  let wiping = false;

  // Whether the server has forgotten the visitor; its answer is a redirect
  const forgotten = () =>
    fetch(reset.action, { method: "POST", redirect: "manual" }).then(
      (response) => response.ok || response.type === "opaqueredirect",
      () => false,
    );

  // Where it fails twice the dialog says so and counts down to another try
  async function wipe() {
    if (wiping) return;
    wiping = true;
    if ((await forgotten()) || (await forgotten())) return location.replace(document.documentElement.dataset.root);
    wiping = false;
    touched = Date.now() - idle + warning;
    failed.hidden = false;
    if (!dialog.open) warn();
  }

  function warn() {
    dialog.showModal();
    const words = [...dialog.querySelectorAll("h2, #still-here-tell")].map((part) => (part.querySelector('[lang="zh-Hans"]') ?? part).textContent.trim());
    if (!window.speechSynthesis) return;
    speechSynthesis.cancel();
    speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(words.join("")), { lang: "zh-CN", rate: 0.85 }));
  }

  function stay() {
    touched = Date.now();
    failed.hidden = true;
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

  const follow = (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.defaultPrevented || link.getAttribute("href").startsWith("#")) return;
    event.preventDefault();
    if (new URL(link.href).pathname.endsWith(".pdf")) print(link.href);
    else location.replace(link.href);
  };
  document.addEventListener("click", follow);
  document.addEventListener("auxclick", follow); // the middle button opens a tab

  // An answer that is a page, in the place of this one; no script in it runs
  function put(text) {
    const answer = new DOMParser().parseFromString(text, "text/html");
    const found = answer.getElementById("page") ?? answer.body;
    const page = document.getElementById("page");
    page.className = found.className;
    page.replaceChildren(...found.childNodes);
    document.title = answer.title;
    window.htmx?.process(page);
    window.scrollTo(0, 0);
    page.querySelector(".error-summary, h1")?.focus({ preventScroll: true });
  }

  // `getAttribute`, for a button may be named "action"
  const addressOf = (form) => new URL(form.getAttribute("action") ?? "", location.href);

  async function send(form, body) {
    unsent.hidden = true;
    const response = await fetch(addressOf(form), { method: "POST", body });
    if (response.redirected) location.replace(response.url);
    else put(await response.text());
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog") return;
    event.preventDefault();
    const body = new FormData(form, event.submitter);
    if (form.method === "post") {
      send(form, body).catch(() => (unsent.hidden = false));
    } else location.replace(`${addressOf(form).pathname}?${new URLSearchParams(body)}`);
  });

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const address = event.detail.xhr.getResponseHeader("HX-Redirect");
    if (!address) return;
    event.preventDefault();
    location.replace(address);
  });

  document.addEventListener("contextmenu", (event) => event.preventDefault());
})();
