/* Unpacks what the page brings along, and starts its scripts. Browsers of 2020 can't inflate by themselves.
   What is packed is in base 85 (RFC 1924), with . , / for < > &, which mean something in a page. */
(function (root) {
  "use strict";

  const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz!#$%/()*+-;.=,?@^_`{|}~";

  /** Five digits are four bytes; the last ones of a text may be fewer, and bring bytes that nobody reads. */
  function bytes(text) {
    const found = new DataView(new ArrayBuffer(Math.ceil(text.length / 5) * 4));
    for (let start = 0; start < text.length; start += 5) {
      const digits = text.slice(start, start + 5).padEnd(5, "~").split("");
      found.setUint32((start / 5) * 4, digits.reduce((number, digit) => number * 85 + DIGITS.indexOf(digit), 0));
    }
    return new Uint8Array(found.buffer);
  }

  /** What stands packed in the element of that id, as text. */
  root.OfflineUnpacked = function (id) {
    const { textContent, dataset } = document.getElementById(id);
    return new TextDecoder().decode(root.OfflineInflate(bytes(textContent), new Uint8Array(Number(dataset.size))));
  };

  function add(name, id) {
    const element = document.createElement(name);
    element.textContent = root.OfflineUnpacked(id);
    document.head.append(element);
  }

  add("style", "look");
  add("script", "scripts");

  // A browser that is too old for the scripts shows what stands there for those without any
  const page = document.getElementById("page");
  if (!page.firstChild) page.innerHTML = document.querySelector("noscript").textContent;
})(typeof globalThis === "object" ? globalThis : self);
