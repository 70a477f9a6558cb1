// Keys for the list and for one report. Off in fields, and where this browser has been told so; `?` tells of them all.
"use strict";
(() => {
  const SWITCH = "gapline-keys", LIST = "gapline-list";
  const AT = { e: "status", a: "to", r: "reply", n: "note", s: "snooze" };
  const FOR_MANY = { e: "status", a: "to", n: "note", s: "snooze" };
  const dialog = document.getElementById("keys"), opener = document.getElementById("keys-open");
  const $ = selector => document.querySelector(selector), $$ = selector => [...document.querySelectorAll(selector)];
  const isList = () => $("#page").dataset.keys === "list";
  const isOn = () => localStorage.getItem(SWITCH) !== "off";

  const rows = () => $$("#page .reports > li");
  const row = () => rows().find(one => one.contains(document.activeElement)) ?? null;
  const link = one => one?.querySelector("h2 a");
  const remember = () => isList() && sessionStorage.setItem(LIST, JSON.stringify(rows().map(one => link(one).pathname)));

  const goTo = id => {
    const field = document.getElementById(id);
    if (!field) return false;
    const closed = field.closest("details:not([open])");
    if (closed) closed.open = true;
    const first = field.matches("fieldset") ? field.querySelector("input") : field;
    first.focus();
    first.scrollIntoView({ block: "center" });
    return true;
  };
  const step = by => {
    if (isList()) {
      const all = rows(), at = all.indexOf(row());
      return link(all[at < 0 ? 0 : Math.min(Math.max(at + by, 0), all.length - 1)])?.focus();
    }
    const list = JSON.parse(sessionStorage.getItem(LIST) ?? "[]"), at = list.indexOf(location.pathname);
    const next = at < 0 ? undefined : list[at + by];
    location.assign(next ?? $("#page").dataset.list);
  };
  const act = key => {
    if (!isList()) return goTo(AT[key]);
    if ($("#page .reports :checked") && FOR_MANY[key]) {
      const form = document.getElementById("bulk"), chosen = new URLSearchParams(new FormData(form));
      chosen.set("scope", "chosen");
      return location.assign(`${form.action}?${chosen}#${FOR_MANY[key]}`);
    }
    if (row()) location.assign(`${link(row()).href}#${AT[key]}`);
  };
  const find = () => goTo("q") || location.assign(`${$("#page").dataset.list}#q`);
  const tick = () => {
    const box = row()?.querySelector("[name=chosen]");
    if (box) box.checked = !box.checked;
  };
  const help = () => {
    document.getElementById("keys-on").checked = isOn();
    dialog.showModal();
  };
  const KEYS = { j: () => step(1), k: () => step(-1), x: tick, "/": find, "?": help };

  const isWriting = target => target.isContentEditable || target.matches("textarea, select, input:not([type=checkbox])");
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && event.key !== "j" && event.key !== "k") return;
    if (dialog.open || !isOn() || isWriting(event.target)) return;
    const does = KEYS[event.key] ?? (AT[event.key] && (() => act(event.key)));
    if (!does) return;
    event.preventDefault();
    does();
  });
  document.getElementById("keys-on").addEventListener("change", event => {
    if (event.target.checked) localStorage.removeItem(SWITCH);
    else localStorage.setItem(SWITCH, "off");
  });
  opener.hidden = false;
  opener.addEventListener("click", help);
  document.addEventListener("htmx:afterSettle", remember);
  remember();
  if (location.hash) goTo(location.hash.slice(1));
})();
