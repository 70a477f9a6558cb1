// What the network does with our messages once they are on their way to the phone, and what it says of them.

export class Network {
  constructor(choice, receipt) {
    this.choice = choice; // the select: delivered, lost or failed
    this.receipt = receipt; // posts a receipt: (message, status) → promise
  }

  // Settle each message that was handed over, once: what is chosen now is what happens to it.
  async settle(phone, messages, keep) {
    for (const message of messages) {
      if (message.state !== "sent" || phone.settled[message.id]) continue;
      const fate = this.choice.value;
      phone.settled[message.id] = fate;
      keep();
      if (fate !== "lost") await this.receipt(message, fate);
    }
  }
}
