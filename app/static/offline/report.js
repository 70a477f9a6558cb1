// On each question: has the kept page made ready for when the network goes, and sends what waits.
"use strict";
(async () => {
  const line = document.getElementById("kept");
  if (!line || !navigator.serviceWorker || !window.indexedDB) return;
  const { worker } = line.dataset, page = line.querySelector("a").getAttribute("href");
  const tell = async () => { line.hidden = !(await drafts.all()).length; };
  const send = () => drafts.sendAll().catch(() => null).then(tell);
  addEventListener("online", send);
  send();
  await navigator.serviceWorker.register(worker, { scope: "/report" });
  const ready = await navigator.serviceWorker.ready;
  ready.active.postMessage({ keep: page });
})().catch(() => null);
