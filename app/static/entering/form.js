// The form for what people told: what is typed is kept on this device until it is sent, and an entry that finds no
// network waits here and is sent later (kept.js says for how long). Without it the form works the same, with network.
"use strict";
(() => {
  const form = document.getElementById("entry"), waiting = document.getElementById("waiting");
  const fields = () => [...new FormData(form)].filter(([name]) => name !== "csrf_token");
  const { queue, setQueue } = keptEntries;

  const fill = values => {
    for (const [name, value] of values) {
      const field = form.elements[name];
      if (!field || name === "csrf_token") continue;
      if (field.type === "checkbox") field.checked = true;
      else field.value = value;
      field.dispatchEvent(new Event("input")); // for what counts the characters; it is not kept anew
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
      setQueue(queue().filter(other => other.at !== one.at));
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
    keptEntries.forgetDraft();
  };

  form.addEventListener("input", () => keptEntries.keepDraft(fields()));
  form.addEventListener("submit", event => {
    if (navigator.onLine) return; // what was begun goes when it has arrived: the network may be gone after all
    event.preventDefault();
    setQueue([...queue(), { at: Date.now(), fields: fields() }]);
    renew();
    tell();
    window.scrollTo(0, 0);
  });
  window.addEventListener("online", sendAll);

  const draft = keptEntries.draft();
  if (draft && !document.querySelector("[role=alert]")) {
    fill(draft.fields);
    say(form.dataset.kept);
  }
  if (navigator.onLine) sendAll();
  else tell();
})();
