// A USSD session on the phone: dialled, answered screen by screen, ended by us, by the network or by its clock.
import { screenCost } from "./thread.js";

const SESSION_SECONDS = 180; // what networks allow a session

export class Ussd {
  // `by` finds an element of the page; `send` posts (act, fields) as the provider and returns its last answer.
  constructor(by, send, texts) {
    Object.assign(this, { by, send, texts, call: null });
    by("dial").addEventListener("submit", (event) => this.onSubmit(event, () => this.start()));
    by("reply").addEventListener("submit", (event) => this.onSubmit(event, () => this.answer()));
    by("hang-up").addEventListener("click", () => this.hangUp());
    by("redial").addEventListener("click", () => this.start());
    by("close").addEventListener("click", () => this.put(null));
    setInterval(() => this.tick(), 1000);
  }

  onSubmit(event, act) {
    event.preventDefault();
    act();
  }

  // The code of the chosen channel; a call to another one is over.
  offer(code) {
    this.leave();
    this.by("code").value = code;
    this.by("dial").hidden = false;
  }

  // The channel is for texts: nothing to dial.
  leave() {
    this.call = null;
    this.by("menu").hidden = this.by("dial").hidden = true;
    this.by("thread").hidden = false;
  }

  start() {
    if (this.isWaiting) return null;
    const dialled = this.by("code").value.trim();
    this.call = { session: `ATUid_${hex(16)}`, dialled, answers: [], began: Date.now(), screen: "" };
    return this.step();
  }

  answer() {
    if (this.isWaiting) return null;
    this.call.answers.push(this.by("menu-answer").value);
    return this.step();
  }

  async step() {
    const { call } = this;
    this.isWaiting = true;
    const answer = await this.send("dial", fields(call));
    this.isWaiting = false;
    if (!answer) call.answers.pop(); // it never left: it can be given again
    if (this.call !== call || !answer) return;
    call.screen = answer.body;
    this.put(answer.ok ? read(answer) : { words: `${answer.status} ${answer.body}`, isOver: true });
  }

  async hangUp() {
    const { call } = this;
    this.put(null);
    await this.send("hang-up", fields(call));
  }

  // What the screen shows; null is no session.
  put(shown) {
    if (!shown || shown.isOver) this.call = null;
    const isInHand = document.activeElement?.closest(".handset");
    this.by("menu").hidden = !shown;
    this.by("thread").hidden = Boolean(shown);
    this.by("dial").hidden = Boolean(shown);
    if (shown) this.write(shown);
    const next = shown ? (shown.isOver ? "redial" : "menu-answer") : "code";
    if (isInHand) this.by(next).focus({ preventScroll: true });
  }

  write(shown) {
    this.by("menu-code").textContent = this.by("code").value;
    this.by("menu-screen").textContent = shown.words;
    this.by("menu-cost").textContent = screenCost(shown.words, this.texts);
    this.by("reply").hidden = shown.isOver;
    this.by("after").hidden = !shown.isOver;
    this.by("menu-answer").value = "";
  }

  tick() {
    const left = this.call ? SESSION_SECONDS - seconds(this.call) : 0;
    this.by("timer").textContent = this.call ? `${left} s` : "";
    if (this.call && left <= 0) this.hangUp();
  }
}

// The screen in an answer: networks end the session at anything that does not ask to go on.
function read({ body, request: { continues, ends } }) {
  if (body.startsWith(continues)) return { words: body.slice(continues.length), isOver: false };
  if (body.startsWith(ends)) return { words: body.slice(ends.length), isOver: true };
  return { words: body, isOver: !body.includes(continues.trim()) };
}

function fields(call) {
  const { session, dialled, screen, answers } = call;
  const told = Object.entries({ session, dialled, screen, seconds: seconds(call) });
  return [...told, ...answers.map((answer) => ["answer", answer])];
}

function seconds(call) {
  return Math.round((Date.now() - call.began) / 1000);
}

function hex(bytes) {
  return [...crypto.getRandomValues(new Uint8Array(bytes))].map((b) => b.toString(16).padStart(2, "0")).join("");
}
