// The form for what people told: what is typed is kept on this device until it is sent, and an entry that finds no
// network waits here and is sent later. Without it the form works the same, with network.
"use strict";
(() => {
  const form = document.getElementById("entry"), waiting = document.getElementById("waiting");
  const DRAFT = "gapline-entry", QUEUE = "gapline-entries", KEPT_FOR = 7 * 24 * 3600000, OURS = ["csrf_token", "form"];
  const read = name => { try { return JSON.parse(localStorage.getItem(name)); } catch { return null; } };
  const write = (name, value) => {
    if (value) localStorage.setItem(name, JSON.stringify(value));
    else localStorage.removeItem(name);
  };
  const fields = () => [...new FormData(form)].filter(([name]) => name !== "csrf_token");
  const isFresh = ({ at }) => Date.now() - at < KEPT_FOR;
  const queue = () => (read(QUEUE) ?? []).filter(isFresh);

  const fill = values => {
    for (const [name, value] of values) {
      const field = form.elements[name];
      if (!field || name === "csrf_token") continue;
      if (field.type === "checkbox") field.checked = true;
      else field.value = value;
    }
  };
  const say = (text, after = waiting) => {
    const line = document.createElement("p");
    line.className = "done";
    line.textContent = text;
    after.replaceChildren(line);
  };
  const tell = () => {
    const { length } = queue();
    if (length) say(`${waiting.dataset.waiting} ${length}`);
  };

  const post = async values => {
    const data = new FormData();
    data.append("csrf_token", form.elements.csrf_token.value);
    for (const [name, value] of values) data.append(name, value);
    return fetch(form.action, { method: "POST", body: data, credentials: "same-origin" });
  };
  const sendAll = async () => {
    let sent = 0;
    for (const one of queue()) {
      let answer;
      try { answer = await post(one.fields); } catch { break; }
      const isIn = answer.ok && answer.url.includes("/entering/done/");
      if (!isIn && ![409, 422].includes(answer.status)) break;
      write(QUEUE, queue().filter(other => other.at !== one.at));
      if (!isIn) {
        fill(one.fields);
        say(form.dataset.refused);
        return;
      }
      sent += 1;
    }
    if (sent) say(`${waiting.dataset.sent} ${sent}`);
    tell();
  };

  // The number that makes one entry count once; a new one for the next.
  const renew = () => {
    form.reset();
    const hex = [...crypto.getRandomValues(new Uint8Array(16))].map(byte => byte.toString(16).padStart(2, "0")).join("");
    form.elements.form.value = hex;
    write(DRAFT, null);
  };

  form.addEventListener("input", () => write(DRAFT, { at: Date.now(), fields: fields().filter(([name]) => !OURS.includes(name)) }));
  form.addEventListener("submit", event => {
    if (navigator.onLine) return write(DRAFT, null);
    event.preventDefault();
    write(QUEUE, [...queue(), { at: Date.now(), fields: fields() }]);
    renew();
    tell();
    window.scrollTo(0, 0);
  });
  window.addEventListener("online", sendAll);

  const draft = read(DRAFT);
  if (draft && isFresh(draft) && !document.querySelector("[role=alert]")) {
    fill(draft.fields);
    say(form.dataset.kept);
  }
  if (navigator.onLine) sendAll();
  else tell();
})();
