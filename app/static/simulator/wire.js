// Asks our server what a provider would send, and sends it: the request goes from here to the webhook itself.

export class Problem extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

export class Wire {
  constructor(bench, onExchange) {
    this.base = bench.dataset.base;
    this.token = bench.dataset.token;
    this.onExchange = onExchange;
  }

  // The server's answer to a form. Throws Problem where it has words for what is wrong.
  async ask(what, fields) {
    let answer = await this.post(what, fields);
    if (answer.status === 400 && (await this.renewToken())) answer = await this.post(what, fields);
    const isJson = answer.headers.get("Content-Type")?.startsWith("application/json");
    const said = isJson ? await answer.json() : {};
    if (!answer.ok) throw new Problem(said.problem ?? `${answer.status} ${answer.statusText}`, answer.status);
    return said;
  }

  post(what, fields) {
    const body = new URLSearchParams(fields);
    return fetch(`${this.base}/${what}`, { method: "POST", body, headers: { "X-CSRFToken": this.token } });
  }

  // Somebody signed in or out in another window: the old token is void.
  async renewToken() {
    const page = new DOMParser().parseFromString(await (await fetch(this.base)).text(), "text/html");
    const token = page.getElementById("bench")?.dataset.token;
    const isNew = Boolean(token) && token !== this.token;
    this.token = token ?? this.token;
    return isNew;
  }

  // Posts what the provider would post, this many times; → the answers, [{status, type, body}].
  async deliver(fields, times) {
    const request = await this.ask("request", fields);
    const answers = [];
    for (let n = 0; n < times; n += 1) answers.push(await this.send(request));
    return answers;
  }

  async send(request) {
    const { method, headers, body } = request;
    const isGet = method === "GET";
    const address = isGet ? `${request.path}?${body}` : request.path;
    const answer = await fetch(address, { method, headers, body: isGet ? null : body, credentials: "omit" });
    const said = {
      request,
      status: answer.status,
      ok: answer.ok,
      reason: answer.statusText,
      type: answer.headers.get("Content-Type") ?? "",
      body: await answer.text(),
    };
    this.onExchange(request, said);
    return said;
  }
}
