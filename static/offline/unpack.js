/* Unpacks what the page brings along, and starts its scripts. Browsers of 2020 can't inflate by themselves. */
(function (root) {
  "use strict";

  /** What stands packed in the element of that id, as text. */
  root.OfflineUnpacked = function (id) {
    const element = document.getElementById(id);
    const packed = Uint8Array.from(atob(element.textContent.trim()), (letter) => letter.charCodeAt(0));
    return new TextDecoder().decode(root.OfflineInflate(packed, new Uint8Array(Number(element.dataset.size))));
  };

  const script = document.createElement("script");
  script.textContent = root.OfflineUnpacked("scripts");
  document.body.append(script);
})(typeof globalThis === "object" ? globalThis : self);
