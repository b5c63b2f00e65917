"use strict";
/* A hall's terminal: after a while without a touch it warns, aloud too, then wipes and begins anew. It goes from page
   to page without a history to go back in, and prints papers without leaving the page. */
(() => {
  const dialog = document.getElementById("still-here");
  const idle = Number(dialog.dataset.idle) * 1000;
  const warning = Number(dialog.dataset.warning) * 1000;
  const reset = document.getElementById("kiosk-reset");
  const forget = reset.action;
  const { root } = document.documentElement.dataset; // the home page's address
  const failed = document.getElementById("not-wiped");
  const unsent = document.getElementById("not-sent");
  let touched = Date.now();
  let gone = false; // the visitor, and what stood on the page
  let wiping = false;

  // What `read` makes of the answer; fails where that takes longer. WebKit has fetches that not even an abort ends.
  function answered(seconds, address, options, read) {
    return new Promise((resolve, reject) => {
      const control = new AbortController();
      const late = () => {
        reject(new Error("late"));
        control.abort();
      };
      const clock = window.setTimeout(late, seconds * 1000);
      const done = () => window.clearTimeout(clock);
      fetch(address, { ...options, signal: control.signal }).then(read).then(resolve, reject).then(done);
    });
  }

  // The dialog; Safari before 15.4 knows no `showModal`

  const asking = () => dialog.hasAttribute("open");

  function show() {
    if (dialog.showModal) dialog.showModal();
    else dialog.setAttribute("open", "");
  }

  function hide() {
    if (dialog.close) dialog.close();
    else dialog.removeAttribute("open");
  }

  // Nothing of the visitor is on the screen any more, nor in its address
  function blank() {
    if (gone) return;
    gone = true;
    if (asking()) hide();
    window.speechSynthesis?.cancel();
    document.title = "";
    document.body.textContent = "";
    for (const part of dialog.children) part.hidden = !part.matches(".countdown");
    dialog.setAttribute("aria-labelledby", failed.id);
    document.body.append(dialog);
    history.replaceState(null, "", root);
  }

  // Whether the server has forgotten the visitor; asked for no page, it answers without a redirect
  const forgotten = () =>
    answered(3, forget, { method: "POST", headers: { Prefer: "return=minimal" } }, ({ ok }) => ok).catch(() => false);

  // Where it fails twice the dialog says so and counts down to another try
  async function wipe() {
    if (wiping) return;
    wiping = true;
    blank();
    const done = (await forgotten()) || (await forgotten());
    wiping = false;
    touched = done ? Date.now() : Date.now() - idle + warning;
    failed.hidden = done;
    if (done) location.replace(root);
    else if (!asking()) show();
  }

  function warn() {
    show();
    if (gone || !window.speechSynthesis) return;
    const words = [...dialog.querySelectorAll("h2, #still-here-tell")].map((part) => (part.querySelector('[lang="zh-Hans"]') ?? part).textContent.trim());
    speechSynthesis.cancel();
    speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(words.join("")), { lang: "zh-CN", rate: 0.85 }));
  }

  function stay() {
    if (gone) return;
    touched = Date.now();
    if (asking()) hide();
    window.speechSynthesis?.cancel();
  }

  window.setInterval(() => {
    const left = idle - (Date.now() - touched);
    if (left <= 0) wipe();
    else if (left <= warning) {
      if (!asking()) warn();
      dialog.querySelector(".countdown").textContent = Math.ceil(left / 1000);
    }
  }, 500);

  for (const event of ["pointerdown", "keydown", "scroll", "input"]) {
    document.addEventListener(event, () => asking() || stay(), { capture: true, passive: true });
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
    document.body.append(pad);
    page.className = found.className;
    page.textContent = "";
    page.append(...found.childNodes);
    document.title = answer.title;
    offerPad();
    window.htmx?.process(page);
    window.scrollTo(0, 0);
    const goesOn = page.querySelector("[autofocus]");
    if (goesOn) goesOn.focus();
    else page.querySelector(".error-summary, h1")?.focus({ preventScroll: true });
  }

  // `getAttribute`, for a button may be named "action"
  const addressOf = (form) => new URL(form.getAttribute("action") ?? "", location.href);

  async function send(form, body) {
    unsent.hidden = true;
    const read = async (response) => {
      const text = response.redirected ? "" : await response.text();
      if (gone) return; // the visitor whose answer this is
      if (response.redirected) location.replace(response.url);
      else put(text);
    };
    await answered(20, addressOf(form), { method: "POST", body }, read);
  }

  // The button that was pressed goes along; browsers of 2020 don't name it
  let pressed = null;
  document.addEventListener("click", ({ target }) => (pressed = target.closest?.("button")), { capture: true });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog") return;
    event.preventDefault();
    const body = new FormData(form);
    const button = "submitter" in event ? event.submitter : pressed;
    if (button?.name) body.append(button.name, button.value);
    if (form.method === "post") {
      send(form, body).catch(() => (unsent.hidden = false));
    } else location.replace(`${addressOf(form).pathname}?${new URLSearchParams(body)}`);
  });

  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const address = event.detail.xhr.getResponseHeader("HX-Redirect");
    if (!address && !gone) return;
    event.preventDefault();
    if (!gone) location.replace(address);
  });

  // Digits for who has a screen alone: they go into the box that was touched last, and on to the next when it is full

  const pad = document.getElementById("pad");
  const NUMBERS = ".question input[inputmode=numeric], .question input[inputmode=decimal]";
  let box = null;

  function offerPad() {
    box = document.querySelector(NUMBERS);
    pad.hidden = !box;
    if (!box) return;
    pad.querySelector("[value='.']").hidden = box.inputMode !== "decimal";
    (box.closest(".date, .with-unit") ?? box).after(pad);
  }

  document.addEventListener("focusin", ({ target }) => {
    if (target.matches(NUMBERS)) box = target;
  });
  // Before a page goes that the pad stands on
  document.addEventListener("htmx:beforeSwap", () => document.body.append(pad));
  document.addEventListener("htmx:afterSettle", offerPad);
  pad.addEventListener("click", ({ target }) => {
    const button = target.closest("button");
    if (!button || !box) return;
    box.value = button.value ? box.value + button.value : box.value.slice(0, -1);
    const boxes = [...document.querySelectorAll(NUMBERS)];
    const next = boxes[boxes.indexOf(box) + 1];
    if (button.value && box.inputMode === "numeric" && next && box.value.length >= box.size) box = next;
    box.focus();
  });
  offerPad();

  document.addEventListener("contextmenu", (event) => event.preventDefault());
})();
