/* The service worker: keeps the offline page of every bundle that was opened, and shows it at the bundle's addresses where
   there is no network. It keeps nothing else: no form, no counter, nothing that somebody typed. GUIDE stands before this. */
"use strict";

const PAGES = `pages-${GUIDE.release}`;
const DAY = 86400000;
const LANGUAGE = `${GUIDE.base}(?:/(?:${GUIDE.languages.join("|")}))?`;
const BUNDLE = new RegExp(`^(${LANGUAGE})/(${Object.keys(GUIDE.titles).join("|")})/(?:ask|notice|form)?$`);
const HOME = new RegExp(`^(${LANGUAGE})/$`);
const HOME_OF = new RegExp(`^(${LANGUAGE})/`);

/** The address of the offline page that stands in for an address; null where none does. */
function offlineAddress(address) {
  const { pathname, searchParams } = new URL(address);
  const found = BUNDLE.exec(pathname);
  if (!found) return null;
  const region = searchParams.get("region");
  return `${found[1]}/${found[2]}/offline.html${region ? `?region=${encodeURIComponent(region)}` : ""}`;
}

/** Fetches the page, unless one of today is there. */
async function keep(address) {
  const pages = await caches.open(PAGES);
  const known = await pages.match(address);
  if (known && Date.now() - Date.parse(known.headers.get("Last-Modified")) < DAY) return;
  const response = await fetch(address);
  if (response.ok) await pages.put(address, response);
}

/** The kept page, of another region where there is none of this; undefined where nothing of the bundle is kept. */
async function kept(address) {
  const pages = await caches.open(PAGES);
  return (await pages.match(address)) || pages.match(address, { ignoreSearch: true });
}

/** The site's page, and the kept one where there is no network. */
async function bundlePage(event, address) {
  try {
    const response = await fetch(event.request);
    event.waitUntil(keep(address).catch(() => null)); // the page is there already; keeping it can wait for the next time
    return response;
  } catch (error) {
    return (await kept(address)) || listing(HOME_OF.exec(address)[1]);
  }
}

/** A page of what can be opened without a network. */
async function listing(prefix) {
  const keys = await (await caches.open(PAGES)).keys();
  const paths = new Set(keys.map(({ url }) => new URL(url).pathname.replace("offline.html", "")));
  const links = Object.entries(GUIDE.titles)
    .filter(([id]) => paths.has(`${prefix}/${id}/`))
    .map(([id, title]) => `<p><a href="${prefix}/${id}/">${title}</a></p>`);
  const head = '<!DOCTYPE html><html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width">';
  const page = `${head}<title>${GUIDE.brand}</title><h1>${GUIDE.brand}</h1><p>${GUIDE.offline}</p>${links.join("")}`;
  return new Response(page, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.mode !== "navigate") return;
  const first = HOME.exec(new URL(request.url).pathname);
  const address = offlineAddress(request.url);
  if (first) event.respondWith(fetch(request).catch(() => listing(first[1])));
  else if (address) event.respondWith(bundlePage(event, address));
});

// The first page was there before this: it tells its address
self.addEventListener("message", (event) => {
  const address = offlineAddress(event.data);
  if (address) event.waitUntil(keep(address).catch(() => null));
});

self.addEventListener("install", () => self.skipWaiting());

self.addEventListener("activate", (event) => {
  const old = async () => {
    const names = await caches.keys();
    await Promise.all(names.filter((name) => name !== PAGES).map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(old());
});
