// Shows the kept page where a page of reporting cannot be reached. Nothing but that page and its files is ever kept.
"use strict";
importScripts("/static/offline/drafts.js");
const CACHE = "gapline-report", FILES = /(?:href|src)="(\/static\/[^"]+)"/g;
let paused = null;

const keepPage = async address => {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok || answer.redirected) return;
  const wanted = [...(await answer.clone().text()).matchAll(FILES)].map(([, file]) => new URL(file, location).href);
  const cache = await caches.open(CACHE), page = new URL(address, location).href;
  for (const file of wanted) if (!(await cache.match(file))) await cache.add(file);
  await cache.put(page, answer);
  for (const { url } of await cache.keys()) if (url !== page && !wanted.includes(url)) await cache.delete(url);
};

const keptPage = async () => {
  const cache = await caches.open(CACHE);
  const page = (await cache.keys()).find(({ url }) => new URL(url).pathname === "/report/kept");
  return page ? cache.match(page) : Response.error();
};

// What was posted is handed to the kept page once, by the worker's memory alone.
const visit = async request => {
  const posted = request.method === "POST" ? request.clone() : null;
  try {
    return await fetch(request);
  } catch {
    const step = new URL(request.url).pathname.split("/")[2] ?? "";
    paused = step === "kept" ? null : { step, fields: posted ? [...await posted.formData()] : [] };
    return keptPage();
  }
};

addEventListener("install", () => skipWaiting());
addEventListener("activate", event => event.waitUntil(clients.claim()));
addEventListener("sync", event => event.waitUntil(drafts.sendAll()));
addEventListener("message", ({ data, source }) => {
  if (data === "paused") {
    source.postMessage(paused);
    paused = null;
  }
});
addEventListener("message", event => {
  if (event.data.keep) event.waitUntil(keepPage(event.data.keep).catch(() => null));
});
addEventListener("fetch", event => {
  const { request } = event, { pathname } = new URL(request.url);
  if (request.mode === "navigate") event.respondWith(visit(request));
  else if (pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request).then(file => file ?? fetch(request)));
  }
});
