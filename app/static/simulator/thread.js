// The messages on the phone, as bubbles. Bubbles are added and changed in place, so that each is read aloud once.
import { count } from "./segments.js";
import { element, filled } from "./element.js";

export class Thread {
  constructor(list, alphabet, words, addressOf) {
    Object.assign(this, { list, alphabet, words, addressOf });
    this.shown = new Map();
  }

  // Another phone is in the hand.
  clear() {
    this.list.replaceChildren();
    this.shown.clear();
  }

  // `entries` are the phone's thread; `got` the messages it received, by id.
  show(entries, got) {
    let isNew = false;
    for (const entry of entries) {
      const key = entry.id ?? entry.key;
      const message = entry.id ? got.get(entry.id) : entry;
      if (!message) continue;
      const bubble = this.shown.get(key) ?? this.added(key, entry, message);
      isNew ||= bubble.isNew;
      bubble.isNew = false;
      this.describe(bubble, entry, message);
    }
    if (isNew) this.list.scrollTop = this.list.scrollHeight;
  }

  added(key, entry, message) {
    const from = entry.id ? this.addressOf(message.channel) : `→ ${this.addressOf(message.channel)}`;
    const foot = element("small");
    const words = element("bdi", {}, entry.id ? message.body : message.text);
    const item = element("div", { className: entry.id ? "theirs" : "mine" }, [
      element("small", { className: "from" }, message.sender ? `${message.sender} ${from}` : from),
      ...(message.hasPhoto ? [element("p", { className: "photo" }, this.words.photo)] : []),
      element("p", {}, words),
      foot,
    ]);
    this.list.append(item);
    const bubble = { item, foot, isNew: true };
    this.shown.set(key, bubble);
    return bubble;
  }

  describe(bubble, entry, message) {
    const state = entry.id ? this.stateOf(message) : message.outcome;
    const words = [cost(entry.id ? message.body : message.text, this), state].filter(Boolean).join(" · ");
    if (bubble.foot.textContent !== words) bubble.foot.textContent = words;
    bubble.item.dataset.state = entry.id ? message.state : message.failed ? "failed" : "";
  }

  stateOf({ state, error }) {
    const why = error && state !== "delivered" ? `: ${this.words[error] ?? error}` : "";
    return (this.words[state] ?? state) + why;
  }
}

// What a screen of a menu takes of the one message that it is.
export function screenCost(text, { alphabet, words }) {
  const { encoding, units } = count(text, alphabet);
  return filled(words[`screen_${encoding}`], { units, room: alphabet.screen[encoding] });
}

export function cost(text, { alphabet, words }) {
  const counted = count(text, alphabet);
  return filled(words[counted.encoding], counted);
}
