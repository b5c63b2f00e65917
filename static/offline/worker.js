/* The service worker: keeps the offline page of every bundle that was opened, and shows it at the bundle's addresses where
   there is no network or nobody of the site's answers. It keeps nothing else: no form, no counter, nothing that somebody typed.
   GUIDE stands before this. */
"use strict";

const PAGES = "pages";
const DAY = 86400000;
const GATEWAY = [502, 503, 504];
const PREFIX = `(${GUIDE.languages.map(({ prefix }) => prefix).join("|")})`;
const BUNDLE = new RegExp(`^${PREFIX}/(${Object.keys(GUIDE.languages[0].titles).join("|")})/(?:ask|notice|form)?$`);
const HOME = new RegExp(`^${PREFIX}/$`);
const KEPT = new RegExp(`^${PREFIX}/([^/]+)/offline.html$`);

/** The address of the offline page that stands in for an address; null where none does. */
function offlineAddress(address) {
  const { pathname, searchParams } = new URL(address);
  const found = BUNDLE.exec(pathname);
  if (!found) return null;
  const region = searchParams.get("region");
  return `${found[1]}/${found[2]}/offline.html${region ? `?region=${encodeURIComponent(region)}` : ""}`;
}

/** Whether it comes from the site rather than from a gateway before it, or from the log-in page of a hotspot. */
const isOurs = ({ headers }) => headers.get(GUIDE.mark[0]) === GUIDE.mark[1];

const isToKeep = (response) => response.status === 200 && response.type === "basic" && !response.redirected && isOurs(response)
  && /^text\/html/.test(response.headers.get("Content-Type"));

/** Fetches the page, unless one of today and of this release is there. The one that is there stays until the new one has come. */
async function keep(address) {
  const pages = await caches.open(PAGES);
  const known = await pages.match(address);
  const isOfToday = known && Date.now() - Date.parse(known.headers.get("Last-Modified")) < DAY;
  if (isOfToday && known.headers.get("Guide-Release") === GUIDE.release) return;
  const response = await fetch(address);
  if (isToKeep(response)) await pages.put(address, response);
}

/** Keeps the page behind the visitor's back; where that fails, for want of room too, it can wait for the next time. */
const keepLater = (event, address) => event.waitUntil(keep(address).catch(() => null));

/** The kept page, of another region where there is none of this; undefined where nothing of the bundle is kept. */
async function kept(address) {
  const pages = await caches.open(PAGES);
  return (await pages.match(address)) || pages.match(address, { ignoreSearch: true });
}

/** What the network answers; undefined where it doesn't, or not in time. */
function answerOf(request, patience) {
  const late = new Promise((resolve) => { if (patience) setTimeout(resolve, patience); });
  return Promise.race([fetch(request).catch(() => undefined), late]);
}

/** The site's page, and the kept one where there is no network, or somebody else answers. */
async function bundlePage(event, address) {
  const known = await kept(address).catch(() => undefined);
  const response = await answerOf(event.request, known && GUIDE.patience);
  // Where a redirect leads, another request tells
  const isSite = response && (response.type === "opaqueredirect" || (isOurs(response) && !GATEWAY.includes(response.status)));
  if (isSite) keepLater(event, address);
  if (isSite || (response && !known)) return response;
  return known || listing(address);
}

/** The first page. Whoever else answers there is shown: it may be where one logs in to a hotspot. */
async function homePage(request) {
  const pages = await keptPages().catch(() => []);
  const response = await answerOf(request, pages.length && GUIDE.patience);
  return response && (!GATEWAY.includes(response.status) || !pages.length) ? response : listing(request.url);
}

/** The kept pages, one a bundle and language, as [prefix, id, search]. */
async function keptPages() {
  const found = new Map();
  for (const { url } of await (await caches.open(PAGES)).keys()) {
    const { pathname, search } = new URL(url);
    const page = KEPT.exec(pathname);
    if (page) found.set(pathname, [page[1], page[2], search]);
  }
  return Array.from(found.values());
}

/** A page of what can be opened without a network, in the language of the address and in Chinese. */
async function listing(address) {
  const [chinese] = GUIDE.languages;
  const own = GUIDE.languages.find(({ prefix }) => prefix && new URL(address, self.origin).pathname.startsWith(`${prefix}/`)) || chinese;
  const pages = await keptPages().catch(() => []);
  const tongues = own === chinese ? [chinese] : [own, chinese];
  const said = (name) => tongues.map((spoken) => `<span lang="${spoken.tag}">${spoken[name]}</span>`).join("<br>");
  const links = GUIDE.languages.map(({ prefix, tag, titles }) => pages.filter((page) => page[0] === prefix && titles[page[1]])
    .map(([, id, search]) => `<p><a href="${prefix}/${id}/${search}" lang="${tag}" hreflang="${tag}">${titles[id]}</a></p>`).join(""));
  const head = `<!DOCTYPE html><html lang="${own.tag}"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">`;
  const look = "<style>body{max-width:40rem;margin:1rem auto;padding:0 1rem;font:1.15rem/1.9 sans-serif}a{display:inline-block;min-height:44px}</style>";
  const page = `${head}<title>${own.brand}</title>${look}<h1>${said("brand")}</h1><p>${said(pages.length ? "kept" : "nothing")}</p>${links.join("")}`;
  return new Response(page, { headers: { "Content-Type": "text/html; charset=utf-8" } });
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || request.mode !== "navigate") return;
  const address = offlineAddress(request.url);
  if (HOME.test(new URL(request.url).pathname)) event.respondWith(homePage(request));
  else if (address) event.respondWith(bundlePage(event, address));
});

// The first page was there before this: it tells its address
self.addEventListener("message", (event) => {
  const address = offlineAddress(event.data);
  if (address) keepLater(event, address);
});

self.addEventListener("install", () => self.skipWaiting());

/** Takes over what workers before this one kept, a cache a release. */
async function takeOver() {
  const pages = await caches.open(PAGES);
  for (const name of (await caches.keys()).filter((key) => key !== PAGES)) {
    const old = await caches.open(name);
    for (const request of await old.keys()) {
      const response = await old.match(request);
      const isPage = (await response.clone().text()).includes('id="scripts"'); // they kept whatever came
      if (isPage && !(await pages.match(request))) await pages.put(request, response);
      await old.delete(request);
    }
    await caches.delete(name);
  }
}

self.addEventListener("activate", (event) => event.waitUntil(takeOver().catch(() => null).then(() => self.clients.claim())));
