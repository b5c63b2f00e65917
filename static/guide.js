"use strict";
/* What the keyboard and the ear need beside the pages, which all work without it:
   digits choose, Enter goes on, "none of these" stands alone, and after a swap the focus and a short report follow. */
(() => {
  const form = () => document.querySelector("form.question");
  const rows = () => [...document.querySelectorAll(".growing li[id]")];

  // Safari before 16 knows no `requestSubmit`
  if (!HTMLFormElement.prototype.requestSubmit) {
    HTMLFormElement.prototype.requestSubmit = function () {
      this.querySelector("[type=submit]").click();
    };
  }

  // Keys

  const elsewhere = (target) => target !== document.body && !target.closest("#page .content, main:focus");

  const typing = (target) => target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");

  function choose(digit) {
    const box = form().querySelector(`input[data-key="${digit}"]`);
    if (!box) return false;
    box.focus();
    box.click();
    return true;
  }

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!form() || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || elsewhere(target)) return;
    if (/^[0-9]$/.test(key) && !typing(target)) {
      if (choose(key)) event.preventDefault();
    } else if (key === "Enter" && !event.repeat && !typing(target) && !target.matches("button, a, summary")) {
      event.preventDefault();
      form().requestSubmit();
    }
  });

  // "None of these" and the others put each other out

  document.addEventListener("change", ({ target }) => {
    if (!target.checked || target.type !== "checkbox" || !form()?.contains(target)) return;
    for (const other of form().querySelectorAll("input[type=checkbox]:checked")) {
      if (other !== target && ("alone" in other.dataset || "alone" in target.dataset)) other.checked = false;
    }
  });

  // A double click is one: the second, at the same place and with nothing touched in between, isn't sent

  const AGAIN = 500; // milliseconds
  const NEAR = 20; // pixels
  let touched = false;
  let click = { timeStamp: form() ? 0 : -AGAIN }; // a question may stand under the second click of two that opened it

  for (const event of ["input", "change"]) document.addEventListener(event, () => (touched = true), true);

  document.addEventListener("click", (event) => {
    if (!event.detail || event.target.closest?.("button")?.type !== "submit") return;
    const apart = Math.hypot(event.clientX - click.clientX, event.clientY - click.clientY) > NEAR;
    const again = !touched && !apart && event.timeStamp - click.timeStamp < AGAIN;
    click = event;
    touched = false;
    if (!again) return;
    event.preventDefault();
    event.stopPropagation();
  }, true);

  // On a line that hangs a sign says that something is under way

  const PATIENCE = 1000; // milliseconds
  const sign = document.getElementById("under-way");
  let waiting;

  function arrived() {
    window.clearTimeout(waiting);
    sign.hidden = true;
  }

  function underWay() {
    arrived();
    waiting = window.setTimeout(() => (sign.hidden = false), PATIENCE);
  }

  // A terminal's own script sends forms, and says itself where that fails
  document.addEventListener("submit", ({ target, defaultPrevented }) => {
    const leaves = !defaultPrevented && !("kiosk" in document.documentElement.dataset);
    if (leaves && target.matches(".question, .application")) underWay();
  });
  document.addEventListener("htmx:beforeRequest", underWay);
  document.addEventListener("htmx:afterRequest", arrived);
  window.addEventListener("pageshow", arrived);

  // Back leads to the question as it was answered: the entry that is left takes the answer into its address

  document.addEventListener("htmx:beforeOnLoad", ({ detail: { xhr, requestConfig, pathInfo } }) => {
    const goesOn = xhr.getResponseHeader("HX-Push-Url") || xhr.getResponseHeader("HX-Redirect");
    if (!goesOn || requestConfig.elt !== form() || requestConfig.verb !== "get") return;
    const address = new URL(pathInfo.finalRequestPath, location.href);
    address.searchParams.set("change", address.searchParams.get("q"));
    address.searchParams.delete("q");
    history.replaceState(history.state, "", address);
  });

  // After a swap

  let before = new Set();

  function report() {
    const fresh = rows().filter((row) => !before.has(row.id + row.className));
    const open = document.querySelector(".growing .open");
    if (fresh.length && open) fresh.push(open);
    const said = document.getElementById("said");
    said.textContent = "";
    // The nodes themselves, so that each run keeps its language
    said.append(...fresh.flatMap((row) => [...row.cloneNode(true).childNodes, "；"]).slice(0, -1));
  }

  document.addEventListener("htmx:beforeSwap", () => {
    before = new Set(rows().map((row) => row.id + row.className));
  });

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target.id !== "page" && detail.elt.id !== "page") return;
    window.scrollTo(0, 0);
    const goesOn = document.querySelector("#page [autofocus]"); // in a row that has come
    if (goesOn) goesOn.focus();
    else document.querySelector("#page .error-summary, #page h1")?.focus({ preventScroll: true });
    window.setTimeout(report, 300);
  });

  // Where the server or the line fails or hangs, the form goes as a page, and the browser says what is wrong
  for (const failure of ["htmx:responseError", "htmx:sendError", "htmx:timeout"]) {
    document.addEventListener(failure, () => form()?.submit());
  }

  // Reading aloud, in Chinese: the browser has no Tibetan voice

  const voice = () => window.speechSynthesis?.getVoices().find(({ lang }) => /^(zh|cmn)/i.test(lang));

  const inChinese = (element) => (element.querySelector('[lang="zh-Hans"]') ?? element).textContent.trim().replace(/\s+/g, " ");

  const ended = (words) => (/[。！？]$/.test(words) ? words : `${words}。`);

  function offerVoice() {
    for (const button of document.querySelectorAll("[data-speak]")) button.hidden = !voice();
  }

  // Once starts, once more stops; `aria-pressed` says which
  function speak(button) {
    const stops = button.getAttribute("aria-pressed") === "true";
    const press = (pressed) => button.setAttribute("aria-pressed", pressed);
    speechSynthesis.cancel();
    press(!stops);
    if (stops) return;
    const page = document.querySelector(".aloud") ?? form();
    const words = [...page.querySelectorAll("h1, .lead, .choice > span")].map(inChinese).map(ended).join("");
    const said = new SpeechSynthesisUtterance(words);
    Object.assign(said, { voice: voice(), lang: "zh-CN", rate: 0.85 });
    for (const event of ["end", "error"]) said.addEventListener(event, () => press(false));
    speechSynthesis.speak(said);
  }

  window.speechSynthesis?.addEventListener?.("voiceschanged", offerVoice); // Safari before 16 tells nobody
  document.addEventListener("htmx:afterSettle", offerVoice);
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.("[data-speak]");
    if (button) speak(button);
  });
  offerVoice();

  // A notice sent on: the telephone's own sheet; without one the link leads to the code, which unfolds

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-share]");
    if (!link) return;
    if (navigator.share) {
      event.preventDefault();
      navigator.share({ title: document.title, url: link.dataset.share }).catch(() => {});
    } else document.querySelector(link.hash)?.setAttribute("open", "");
  });

  // On a phone the list opens as a sheet, which is an entry of the history: Back, Escape and its first line close it

  const place = () => location.pathname + location.search;
  let standing = place();
  let lifted = false;

  for (const event of ["htmx:pushedIntoHistory", "htmx:replacedInHistory", "htmx:afterSettle"]) {
    document.addEventListener(event, () => (standing = place()));
  }

  // Before htmx hears of it, which would ask for a page that is there
  window.addEventListener("popstate", (event) => {
    if (place() !== standing) return;
    event.stopImmediatePropagation();
    if (location.hash === "#growing") return;
    lifted = false;
    document.querySelector(".bar")?.focus({ preventScroll: true });
  });

  function lower(event) {
    if (!lifted || location.hash !== "#growing") return;
    event.preventDefault();
    history.back();
  }

  document.addEventListener("click", (event) => {
    if (event.target.closest?.(".bar")) lifted = true;
    else if (event.target.closest?.(".growing > .close")) lower(event);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || location.hash !== "#growing") return;
    if (lifted) lower(event);
    else location.hash = "question";
  });

  // Printing

  for (const button of document.querySelectorAll("[data-print]")) {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  }

  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll("details:not([open])")];
    for (const details of opened) details.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
  });

  // What a wide screen has room for stands unfolded

  const wide = window.matchMedia("(min-width: 48rem)");

  function unfold() {
    for (const details of document.querySelectorAll("details.open-wide")) details.open = details.open || wide.matches;
  }

  // Safari before 14 knows no `addEventListener` here
  wide.addListener(() => {
    for (const details of document.querySelectorAll("details.open-wide")) details.open = wide.matches;
  });
  document.addEventListener("htmx:afterSettle", unfold);
  unfold();

  if (!document.querySelector("main [autofocus]")) document.querySelector(".error-summary")?.focus();

  // The offline page of what was opened is kept for where there is no network; not at a counter or in a hall

  const { root } = document.documentElement.dataset; // the address of the home page: what the site stands under
  const shared = "kiosk" in document.documentElement.dataset || /^(\w+\/)?(counter|desk|staff|admin|kiosk)\//.test(location.pathname.slice(root.length));
  if (!shared && window.isSecureContext) {
    navigator.serviceWorker?.register(`${root}sw.js`).catch(() => {});
    navigator.serviceWorker?.ready.then(({ active }) => active.postMessage(location.href));
  }
})();
