// Reports that wait on this phone for the network: kept in the browser's own database, sent once, and forgotten.
// The pages and the worker share this file. A record has the fields of a report, until it has been `sent`.
"use strict";
const drafts = (() => {
  const MINUTE = 60000, KEPT_FOR = 7 * 24 * 60 * MINUTE, SHOWN_FOR = 30 * MINUTE, TO = "/report/kept";
  const REFUSED = [400, 413, 422], DATABASE = "gapline-report", STORE = "kept";

  const opened = () => new Promise((done, fail) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "key" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => fail(asked.error);
  });

  const act = async (mode, what) => {
    const database = await opened();
    try {
      return await new Promise((done, fail) => {
        const transaction = database.transaction(STORE, mode), asked = what(transaction.objectStore(STORE));
        transaction.oncomplete = () => done(asked.result);
        transaction.onabort = () => fail(transaction.error);
      });
    } finally {
      database.close();
    }
  };
  const put = record => act("readwrite", store => store.put(record));
  const forget = key => act("readwrite", store => store.delete(key));

  // One at a time, over all windows and the worker.
  const alone = work => navigator.locks ? navigator.locks.request(DATABASE, work) : work();

  const isOver = ({ at, shown }) => Date.now() - at > KEPT_FOR || (shown && Date.now() - shown > SHOWN_FOR);

  // Everything that is kept; what has been kept or shown long enough is deleted first.
  const all = async () => {
    const records = await act("readonly", store => store.getAll());
    for (const { key } of records.filter(isOver)) await forget(key);
    return records.filter(record => !isOver(record));
  };

  const newKey = () => {
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0"));
    return hex.join("");
  };

  // Keeps these fields, pairs of name and value, as one report; the browser is asked to send it when it can.
  const keep = async fields => {
    await put({ key: newKey(), at: Date.now(), fields });
    const worker = await navigator.serviceWorker?.getRegistration();
    await worker?.sync?.register(STORE).catch(() => null);
  };

  const send = async ({ key, at, fields }) => {
    const form = new FormData();
    for (const [name, value] of [...fields, ["key", key]]) form.append(name, value);
    const answer = await fetch(TO, { method: "POST", body: form, credentials: "omit", signal: AbortSignal.timeout?.(MINUTE) });
    if (answer.ok) await put({ key, at: Date.now(), sent: await answer.json() });
    else if (REFUSED.includes(answer.status)) await put({ key, at, fields, refused: await answer.json() });
    else throw new Error(`answered ${answer.status}`);
  };

  // Sends what waits; rejects where the network fails, and everything goes on waiting.
  const sendAll = () => alone(async () => {
    for (const record of await all()) if (record.fields && !record.refused) await send(record);
  });

  // Takes a report out, to be changed; null if it has been sent meanwhile.
  const take = key => alone(async () => {
    const record = (await all()).find(one => one.key === key && one.fields);
    if (record) await forget(key);
    return record ?? null;
  });

  const noteShown = async record => {
    if (!record.shown) await put({ ...record, shown: Date.now() });
  };

  return { all, forget, keep, noteShown, sendAll, take };
})();
