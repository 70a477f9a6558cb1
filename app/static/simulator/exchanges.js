// What went over the wire, newest first, as a list of requests and answers.
import { element } from "./element.js";

const MOST = 30;

export class Exchanges {
  constructor(list, empty, words) {
    Object.assign(this, { list, empty, words });
  }

  add(request, answer) {
    this.empty.hidden = true;
    const reason = `${answer.status} ${answer.reason}`.trim();
    this.list.prepend(
      element("li", {}, [
        element("h3", {}, `${request.method} ${request.path.split("?")[0]} → ${reason}`),
        element("h4", {}, this.words.request),
        element("pre", { tabIndex: 0 }, asked(request)),
        element("h4", {}, this.words.answer),
        element("pre", { tabIndex: 0 }, answered(answer, reason)),
      ]),
    );
    while (this.list.children.length > MOST) this.list.lastElementChild.remove();
  }
}

function asked({ method, path, headers, fields, body }) {
  const head = headers.map(([name, value]) => `${name}: ${value}`);
  const lines = fields.map(([name, value]) => `${name} = ${value}`);
  return [`${method} ${path}`, ...head, "", ...lines, "", body].join("\n");
}

function answered(answer, reason) {
  return [reason, `Content-Type: ${answer.type}`, "", answer.body].join("\n");
}
