// What staff typed into the form for what people told, kept in this browser for a day in the field at most; the office's
// computers are shared. On every page of who is signed in, and where one signs in: old things go, and signing out takes all.
"use strict";
const keptEntries = (() => {
  const { owner, lost } = document.currentScript.dataset;
  const DRAFT = "gapline-entry-", QUEUE = "gapline-entries-", KEPT_FOR = 24 * 3600000;
  const NEVER_IN_A_DRAFT = ["csrf_token", "form", "number", "agreed"];

  const read = name => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  const write = (name, value) => {
    if (value) localStorage.setItem(name, JSON.stringify(value));
    else localStorage.removeItem(name);
  };
  const isFresh = ({ at }) => Date.now() - at < KEPT_FOR;
  const kept = start => Object.keys(localStorage).filter(name => name.startsWith(start));
  const queue = (name = QUEUE + owner) => (read(name) ?? []).filter(isFresh);
  const setQueue = (entries, name = QUEUE + owner) => write(name, entries.length ? entries : null);

  const draft = () => read(DRAFT + owner);
  const forgetDraft = () => write(DRAFT + owner, null);
  const keepDraft = fields => write(DRAFT + owner, {
    at: Date.now(), fields: fields.filter(([name]) => !NEVER_IN_A_DRAFT.includes(name)),
  });

  // What somebody else began goes as soon as another person is signed in; what waits for network is theirs to send.
  const sweep = () => {
    for (const name of ["gapline-entry", "gapline-entries"]) write(name, null); // as they were called at first
    for (const name of kept(DRAFT)) if (!isFresh(read(name) ?? { at: 0 }) || owner && name !== DRAFT + owner) write(name, null);
    for (const name of kept(QUEUE)) setQueue(queue(name), name);
  };

  document.addEventListener("submit", event => {
    if (!event.target.matches("[data-signs-out]")) return;
    if (queue().length && !confirm(lost)) return event.preventDefault();
    forgetDraft();
    setQueue([]);
  });
  sweep();
  if (document.querySelector("[data-entered]")) forgetDraft();
  setInterval(sweep, 60000);
  return { queue, setQueue, draft, keepDraft, forgetDraft };
})();
