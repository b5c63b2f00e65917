"use strict";
/* The counter's keyboard: digits choose in the question that has the focus, or the first open one; letters press what
   is marked with them; Enter goes on. Digits and letters can be switched off, for who speaks to the computer (WCAG
   2.1.4). Every page tells the second window where the applicant is. */
(() => {
  const form = () => document.querySelector("form.desk-form");
  const boxes = (fieldset) => [...fieldset.querySelectorAll("input")];
  const typing = (target) => target.matches("input:not([type=radio]):not([type=checkbox]), textarea, select");

  // The question that a key is meant for
  function current() {
    const focused = document.activeElement?.closest("fieldset.dense");
    return focused ?? form()?.querySelector("fieldset.dense.open") ?? null;
  }

  function enter(fieldset) {
    const list = boxes(fieldset);
    (list.find((box) => box.checked) ?? list[0])?.focus();
    fieldset.scrollIntoView({ block: "nearest" });
  }

  const open = () => [...(form()?.querySelectorAll("fieldset.dense.open") ?? [])];

  // After a choice of one: the next open question, or on to the server when it was the last
  function onward(fieldset) {
    const list = open();
    const next = list[list.indexOf(fieldset) + 1];
    if (next && fieldset.classList.contains("open")) enter(next);
    else if (form() && !("check" in form().dataset)) form().requestSubmit();
    else form()?.querySelector("button[type=submit]")?.focus();
  }

  function choose(digit) {
    const fieldset = current();
    const box = fieldset?.querySelector(`input[data-digit="${digit}"]`);
    if (!box) return false;
    box.focus();
    if (box.type === "checkbox") box.click();
    else {
      box.checked = true;
      onward(fieldset);
    }
    return true;
  }

  function press(letter, shift) {
    const found = document.querySelector(`[data-letter="${letter}"]:not([hidden])`);
    if (!found || ("shift" in found.dataset && !shift)) return false;
    found.click();
    return true;
  }

  // The switch of the keys; this tab remembers it

  const keysOn = () => sessionStorage.getItem("counter-keys") !== "off";

  function showKeys() {
    const button = document.getElementById("desk-keys");
    button.hidden = false;
    button.setAttribute("aria-pressed", keysOn());
    document.documentElement.classList.toggle("keys-off", !keysOn());
  }

  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("#desk-keys")) return;
    sessionStorage.setItem("counter-keys", keysOn() ? "off" : "on");
    showKeys();
  });

  document.addEventListener("keydown", (event) => {
    const { key, shiftKey, target } = event;
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || typing(target)) return;
    if (keysOn() && /^[0-9]$/.test(key) && choose(key)) event.preventDefault();
    else if (keysOn() && /^[a-z]$/i.test(key) && press(key.toLowerCase(), shiftKey)) event.preventDefault();
    else if (key === "Enter" && form() && !target.matches("a, button, summary")) {
      event.preventDefault();
      form().requestSubmit();
    }
  });

  // The mouse: anywhere on a question opens it, and another choice of one goes on at once

  let byMouse = false;
  document.addEventListener("pointerdown", () => (byMouse = true), { capture: true, passive: true });
  document.addEventListener("keydown", () => (byMouse = false), { capture: true, passive: true });

  // A label takes the focus away when it is pressed: the question would close before the button is up
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("fieldset.dense label") && !event.target.matches("input")) event.preventDefault();
  });

  document.addEventListener("click", ({ target }) => {
    const fieldset = target.closest?.("fieldset.dense");
    if (fieldset && !fieldset.contains(document.activeElement)) enter(fieldset);
  });

  document.addEventListener("change", ({ target }) => {
    const chosen = target.matches("fieldset.dense input[type=radio]") && !("check" in form().dataset);
    if (chosen && byMouse) form().requestSubmit();
  });

  document.addEventListener("change", ({ target }) => {
    if (!target.checked || target.type !== "checkbox" || !form()?.contains(target)) return;
    for (const other of target.closest("fieldset").querySelectorAll("input:checked")) {
      if (other !== target && ("alone" in other.dataset || "alone" in target.dataset)) other.checked = false;
    }
  });

  // "All of it was brought": what the clerk decides stays as it is, and is gone to
  function offerAll() {
    for (const button of document.querySelectorAll("[data-all]")) button.hidden = false;
  }
  document.addEventListener("click", ({ target }) => {
    if (!target.closest?.("[data-all]")) return;
    for (const fieldset of form().querySelectorAll("fieldset[data-plain]")) boxes(fieldset)[0].checked = true;
    const left = form().querySelector("fieldset.dense:not([data-plain])");
    if (left) enter(left);
    else form().querySelector("button[type=submit]").focus();
  });

  // Where the focus goes: to what is wrong, to the next question, or to what came out
  function settle() {
    offerAll();
    const wrong = document.querySelector(".error-summary, fieldset.dense[aria-invalid=true], fieldset.dense [aria-invalid=true]");
    const result = document.querySelector("[data-next]");
    if (wrong) (wrong.matches("fieldset") ? boxes(wrong)[0] : wrong).focus();
    else if (result) result.focus();
    else if (open()[0]) enter(open()[0]);
  }

  // A file may be dropped anywhere on its form
  document.addEventListener("dragover", (event) => {
    if (event.target.closest?.("[data-drop]")) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    const drop = event.target.closest?.("[data-drop]");
    if (!drop || !event.dataTransfer.files.length) return;
    event.preventDefault();
    drop.querySelector("input[type=file]").files = event.dataTransfer.files;
    drop.requestSubmit();
  });

  // The second window
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("counter") : null;
  const tell = () => {
    const bar = document.getElementById("desk-bar");
    if (bar) channel?.postMessage({ show: bar.dataset.facing });
  };
  const leave = () => channel?.postMessage({ show: document.getElementById("desk-bar").dataset.waiting });
  channel?.addEventListener("message", ({ data }) => {
    if (data.asks) tell();
    if (data.pings) channel.postMessage({ here: true });
  });
  // Whatever comes next tells its own address; where the counter is left, nothing does
  window.addEventListener("pagehide", leave);
  window.addEventListener("pageshow", ({ persisted }) => persisted && tell());
  document.addEventListener("submit", ({ target }) => target.matches("#desk-bar form") && leave());

  document.addEventListener("htmx:afterSettle", ({ detail }) => {
    if (detail.target.id !== "page" && detail.elt.id !== "page") return;
    showKeys();
    settle();
    tell();
  });

  showKeys();
  settle();
  tell();
})();
