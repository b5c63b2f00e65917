"use strict";
/* The window across the desk: shows whatever the clerk's window is at, in its own language; and where that window has
   gone, or says nothing more, nobody's list. */
(() => {
  const ALONE = 10000; // milliseconds without a word from the counter
  const PING = 3000;
  const PAUSE = 700; // from one page of the counter to the next
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("counter") : null;
  const prefix = location.pathname.match(/^.*?(?=\/counter\/)/)?.[0] ?? "";
  const bare = (address) => address.replace(/^.*?(?=\/counter\/)/, "");
  const waiting = bare(document.querySelector("[data-waiting]").dataset.waiting);
  let heard = Date.now();
  let coming = 0;

  function show(address) {
    if (prefix + address !== location.pathname + location.search) location.replace(prefix + address);
  }

  channel?.addEventListener("message", ({ data }) => {
    if (!data.show && !data.here) return;
    heard = Date.now();
    if (!data.show) return;
    window.clearTimeout(coming);
    const address = bare(data.show);
    coming = window.setTimeout(show, address === waiting ? PAUSE : 0, address);
  });
  window.setInterval(() => {
    if (Date.now() - heard > ALONE) show(waiting);
    channel?.postMessage({ pings: true });
  }, PING);
  channel?.postMessage({ asks: true });
})();
