"use strict";
/* The window across the desk: shows whatever the clerk's window is at, in its own language. */
(() => {
  const channel = "BroadcastChannel" in window ? new BroadcastChannel("counter") : null;
  const prefix = location.pathname.match(/^\/(?!counter\/)[^/]+(?=\/counter\/)/)?.[0] ?? "";

  channel?.addEventListener("message", ({ data }) => {
    if (!data.show) return;
    const address = prefix + data.show.replace(/^\/(?!counter\/)[^/]+(?=\/counter\/)/, "");
    if (address !== location.pathname + location.search) location.replace(address);
  });
  channel?.postMessage({ asks: true });
})();
