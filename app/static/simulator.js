// The phone on the page: puts its parts together. What each does stands in simulator/.
import { Exchanges } from "./simulator/exchanges.js";
import { element, filled } from "./simulator/element.js";
import { Network } from "./simulator/network.js";
import { Store } from "./simulator/store.js";
import { Thread, cost } from "./simulator/thread.js";
import { Ussd } from "./simulator/ussd.js";
import { Wire } from "./simulator/wire.js";

const POLL_MS = 1000;
const by = (id) => document.getElementById(id);
const bench = by("bench");
const [channels, alphabet, words] = ["channels", "alphabet", "words"].map((name) => JSON.parse(bench.dataset[name]));
const texts = { alphabet, words };

const store = new Store(by("country").value);
const exchanges = new Exchanges(by("exchanges"), by("no-exchanges"), words);
const wire = new Wire(bench, (request, answer) => exchanges.add(request, answer));
const thread = new Thread(by("thread"), alphabet, words, (slug) => named(slug)?.address ?? slug);
const network = new Network(by("network"), settled);
const ussd = new Ussd(by, send, texts);
let got = new Map();

function named(slug) {
  return channels.find((channel) => channel.slug === slug);
}

function channel() {
  return named(by("channel").value);
}

function report(message, isWrong = false) {
  by("outcome").textContent = message;
  by("outcome").classList.toggle("wrong", isWrong);
}

// Posts what the channel's provider would post of this act, as often and as wrongly as is chosen; → the last answer,
// null when there is none.
async function send(act, fields, through = channel()) {
  try {
    const answers = await wire.deliver(told(act, fields, through, by("fault").value), by("twice").checked ? 2 : 1);
    const last = answers.at(-1);
    last.statuses = answers.map((answer) => answer.status).join(", ");
    report(filled(last.ok ? words.taken : words.refused, { ...last, text: last.reason }), !last.ok);
    return last;
  } catch (problem) {
    report(problem.message, true);
    return null;
  }
}

// What our server must know of an act to make the request of it. `fields` are pairs, or an object.
function told(act, fields, through, fault) {
  const form = new URLSearchParams(Array.isArray(fields) ? fields : Object.entries(fields));
  const rest = { sim: store.phone.sim, channel: through.slug, act, fault };
  for (const [name, value] of Object.entries(rest)) form.set(name, value);
  return form;
}

async function say(text, hasPhoto = false) {
  const { phone } = store;
  const to = channel();
  const sender = by("sender").value.trim();
  const entry = { key: `${Date.now()} ${Math.random()}`, text, hasPhoto, channel: to.slug, sender, outcome: "…" };
  store.add(phone, entry);
  show();
  const answer = await send(hasPhoto ? "photo" : "text", { text, sender }, to);
  entry.outcome = answer ? filled(words.answered, answer) : by("outcome").textContent;
  entry.failed = !answer?.ok;
  store.keep();
  show();
  await look();
}

function receipt(message, status) {
  return send("receipt", { message: message?.id ?? "", status }, named(message?.channel) ?? channel());
}

// What the network says by itself is neither wrong nor twice, and does not cover what came of one's own act.
function settled(message, status) {
  const through = named(message.channel);
  return wire.deliver(told("receipt", { message: message.id, status }, through, ""), 1);
}

async function look() {
  const { phone } = store;
  const { messages } = await wire.ask("messages", { sim: phone.sim });
  if (phone !== store.phone) return;
  got = new Map(messages.map((message) => [message.id, message]));
  for (const { id } of messages) if (!phone.thread.some((entry) => entry.id === id)) store.add(phone, { id });
  show();
  await network.settle(phone, messages, () => store.keep());
}

async function keepLooking() {
  try {
    if (!document.hidden) await (store.phone ? look() : take());
    if (by("outcome").textContent === words.unreachable) report("");
  } catch (problem) {
    if (problem.status === 409) renew();
    else report(words.unreachable, true);
  }
  setTimeout(keepLooking, POLL_MS);
}

// The server has other keys than when it handed out this SIM: its number gets a new one.
function renew() {
  take({ number: store.phone.number }).catch((problem) => report(problem.message, true));
}

async function take(wanted = {}) {
  store.take(await wire.ask("sim", { country: store.country, ...wanted }));
  pickUp();
}

// The chosen phone is in the hand: its number, its thread, its channels.
function pickUp() {
  const { phone } = store;
  by("phone").replaceChildren(...store.here.map(({ number }) => element("option", { value: number }, number)));
  by("phone").value = phone.number;
  by("own-number").textContent = phone.number;
  got = new Map();
  thread.clear();
  tune();
  show();
}

function show() {
  thread.show(store.phone.thread, got);
}

async function arrive(country) {
  store.country = country;
  by("country").value = country;
  const offered = channels.filter((one) => one.country === country);
  by("channel").replaceChildren(...grouped(offered));
  by("channel").value = offered.find(({ slug }) => slug === store.channels[country])?.slug ?? offered[0].slug;
  if (store.phone) pickUp();
  else await take();
}

function label({ kind, name }) {
  return `${words[kind]} · ${name}`;
}

function grouped(offered) {
  const groups = new Map(offered.map((one) => [label(one), element("optgroup", { label: label(one) })]));
  for (const one of offered) groups.get(label(one)).append(element("option", { value: one.slug }, one.address));
  return groups.values();
}

// Another channel: texts or menus, and the faults that its provider can have.
function tune() {
  const { kind, provider, address, slug } = channel();
  const isUssd = kind === "ussd";
  store.channels[store.country] = slug;
  store.keep();
  by("to").textContent = address;
  by("provider").textContent = label(channel());
  by("write").hidden = isUssd;
  for (const part of bench.querySelectorAll(".only-sms")) part.hidden = isUssd;
  for (const part of bench.querySelectorAll(".only-whatsapp")) part.hidden = kind !== "whatsapp";
  if (kind !== "whatsapp") by("photo").checked = false;
  const impossible = provider === "twilio" ? "secret" : "signature";
  for (const option of by("fault").options) option.disabled = option.value === impossible;
  if (by("fault").value === impossible) by("fault").value = "";
  if (isUssd) ussd.offer(address);
  else ussd.leave();
}

function countUnits() {
  by("cost").textContent = cost(by("text").value, texts);
}

function press(key) {
  const field = ["menu-answer", "code", "text"].map(by).find((one) => one.checkVisibility());
  field?.setRangeText(key, field.selectionStart, field.selectionEnd, "end");
  field?.dispatchEvent(new Event("input"));
}

const act = (work) => async (event) => {
  event.preventDefault();
  try {
    await work(event);
  } catch (problem) {
    report(problem.message, true);
  }
};
const on = (id, what, work) => by(id).addEventListener(what, act(work));

on("write", "submit", async () => {
  const text = by("text").value;
  const hasPhoto = by("photo").checked;
  if (!text && !hasPhoto) return;
  by("text").value = "";
  by("photo").checked = false;
  countUnits();
  await say(text, hasPhoto);
});
on("text", "input", countUnits);
on("country", "change", () => arrive(by("country").value));
on("phone", "change", () => {
  store.use(by("phone").value);
  pickUp();
});
on("new-phone", "click", () => take());
on("forget", "click", async () => {
  store.forget(store.phone);
  await arrive(store.country);
});
on("channel", "change", tune);
on("keys", "click", ({ target }) => press(target.closest("button")?.dataset.key ?? ""));
on("commands", "click", ({ target }) => target.closest("button") && say(target.textContent));
on("opt-out", "click", () => send("opt-out", {}));
on("receipts", "click", ({ target }) => {
  if (!target.dataset.status) return null;
  const last = [...got.values()].at(-1);
  if ("unknown" in target.dataset) return receipt(null, target.dataset.status);
  return last ? receipt(last, target.dataset.status) : report(words.nothing_to_receipt, true);
});
on("own", "submit", async () => {
  by("number-wrong").hidden = true;
  by("number").removeAttribute("aria-invalid");
  try {
    await take({ number: by("number").value });
    by("number").value = "";
  } catch (problem) {
    by("number-wrong").textContent = problem.message;
    by("number-wrong").hidden = false;
    by("number").setAttribute("aria-invalid", "true");
    by("number").focus();
  }
});

const tickClock = () => {
  by("clock").textContent = new Date().toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
};
tickClock();
setInterval(tickClock, POLL_MS * 10);
countUnits();
by("no-script").hidden = true;
bench.hidden = false;
const first = [...by("country").options].some(({ value }) => value === store.country);
await arrive(first ? store.country : by("country").value).catch((problem) => report(problem.message, true));
keepLooking();
