// The phones this page holds, kept in this browser. Each has a thread: what was said on it and what it got, in order.
const PLACE = "gapline-simulator";
const LONGEST_THREAD = 120;

export class Store {
  constructor(country) {
    const kept = read();
    this.phones = kept.phones ?? [];
    this.country = kept.country ?? country;
    this.current = kept.current ?? {}; // the number in use, by country
    this.channels = kept.channels ?? {}; // the channel in use, by country
  }

  get here() {
    return this.phones.filter((phone) => phone.country === this.country);
  }

  get phone() {
    return this.here.find((phone) => phone.number === this.current[this.country]) ?? this.here[0];
  }

  take({ number, country, sim }) {
    const known = this.phones.find((phone) => phone.number === number);
    if (known) known.sim = sim;
    else this.phones.unshift({ number, country, sim, thread: [], settled: {} });
    this.use(number);
  }

  use(number) {
    this.current[this.country] = number;
    this.keep();
  }

  forget(phone) {
    this.phones = this.phones.filter((other) => other !== phone);
    this.keep();
  }

  add(phone, entry) {
    phone.thread = [...phone.thread, entry].slice(-LONGEST_THREAD);
    this.keep();
  }

  keep() {
    try {
      localStorage.setItem(PLACE, JSON.stringify(this));
    } catch {
      // Storage is full or forbidden: the phones then live as long as the page.
    }
  }
}

function read() {
  try {
    return JSON.parse(localStorage.getItem(PLACE)) ?? {};
  } catch {
    return {};
  }
}
