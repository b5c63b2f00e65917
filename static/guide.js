"use strict";
/* What the keyboard and the ear need beside the pages, which all work without it:
   digits choose, Enter goes on, "none of these" stands alone, and after a swap the focus and a short report follow. */
(() => {
  const form = () => document.querySelector("form.question");
  const rows = () => [...document.querySelectorAll(".growing > ul > li")];

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
    } else if (key === "Enter" && !typing(target) && !target.matches("button, a, summary")) {
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

  // After a swap

  let before = new Set();

  function report() {
    const words = rows()
      .filter((row) => !before.has(row.id + row.className))
      .map((row) => row.textContent.trim().replace(/\s+/g, " "));
    const open = document.querySelector(".growing .open");
    if (words.length && open) words.push(open.textContent.trim());
    document.getElementById("said").textContent = words.join("；");
  }

  document.addEventListener("htmx:beforeSwap", () => {
    before = new Set(rows().map((row) => row.id + row.className));
  });

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target.id !== "page" && detail.elt.id !== "page") return;
    window.scrollTo(0, 0);
    document.querySelector("#page .error-summary, #page h1")?.focus({ preventScroll: true });
    window.setTimeout(report, 300);
  });

  // Where the server or the line fails, the form goes as a page, and the browser says what is wrong
  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, () => form()?.submit());
  }

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

  document.querySelector(".error-summary")?.focus();
})();
