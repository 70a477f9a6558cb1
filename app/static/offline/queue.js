// The reports on this phone: what waits, what could not be taken, what was sent; each can be forgotten.
"use strict";
const queue = (() => {
  const view = document.getElementById("queue"), list = view.querySelector("ul");
  const kinds = { sent: "sent", refused: "refused" };
  let onChange = () => null;

  const line = record => {
    const kind = record.sent ? kinds.sent : record.refused ? kinds.refused : "waiting";
    const item = document.getElementById(kind).content.cloneNode(true).firstElementChild;
    item.dataset.key = record.key;
    const time = item.querySelector("time");
    if (time) time.textContent = new Date(record.at).toLocaleString(document.documentElement.lang);
    if (record.sent) fillIn(item, record.sent);
    for (const { message } of record.refused?.problems ?? []) {
      item.querySelector("ul").append(Object.assign(document.createElement("li"), { textContent: message }));
    }
    return item;
  };

  const fillIn = (item, { reference, secret }) => {
    const [first, second] = item.querySelectorAll("dd");
    first.textContent = reference;
    second.textContent = secret ? `${secret.slice(0, 5)} ${secret.slice(5)}` : "–";
  };

  // Shows what is kept; returns how much that is.
  const show = async () => {
    const records = await drafts.all();
    list.replaceChildren(...records.map(line));
    document.getElementById("none").hidden = records.length > 0;
    for (const record of records) if (record.sent && !document.hidden) await drafts.noteShown(record);
    return records.length;
  };

  const acts = {
    send: () => drafts.sendAll().catch(() => null),
    forget: key => drafts.forget(key),
    change: async key => {
      const record = await drafts.take(key);
      if (record) onChange(record);
    },
  };

  list.addEventListener("click", async ({ target }) => {
    const act = acts[target.dataset.do];
    if (!act) return;
    await act(target.closest("li").dataset.key);
    await show();
    if (!view.hidden) view.querySelector("h1").focus();
  });
  addEventListener("online", () => drafts.sendAll().catch(() => null).then(show));

  return { show, view, whenChanged: work => { onChange = work; } };
})();
