// The form for when there is no network: one question after the other, then it is kept, and sent as soon as it can be.
"use strict";
(async () => {
  const by = id => document.getElementById(id);
  const form = by("draft"), wrong = by("wrong"), button = by("go-on"), steps = [...form.querySelectorAll(".step")];
  const named = name => steps.findIndex(step => step.dataset.step === name);
  const value = name => new FormData(form).get(name) ?? carried.find(([one]) => one === name)?.[1] ?? "";
  let carried = [], first = 0, at = 0;

  const isAsked = index => {
    const { step } = steps[index].dataset;
    return index >= first && (step !== "problem" || !!steps[index].querySelector(`[data-sector="${value("sector")}"]`));
  };
  const next = (index, way) => {
    do index += way; while (steps[index] && !isAsked(index));
    return index;
  };

  // What is not asked takes no part in the form.
  const settle = () => {
    for (const [index, step] of steps.entries()) step.disabled = index < first;
    const country = by("known-country");
    if (country) country.disabled = carried.some(([name]) => name === "answers");
    for (const listed of form.querySelectorAll("[data-sector]")) {
      listed.hidden = listed.dataset.sector !== value("sector");
      for (const choice of listed.querySelectorAll("input")) choice.disabled = listed.hidden;
    }
  };

  const show = index => {
    at = index;
    settle();
    wrong.hidden = true;
    for (const step of steps) step.hidden = step !== steps[at];
    by("back").hidden = !steps[next(at, -1)];
    button.textContent = at === steps.length - 1 ? button.dataset.keep : button.dataset.go;
    if (at === steps.length - 1) summarise();
    queue.view.hidden = true;
    form.hidden = false;
  };

  const go = index => {
    show(index);
    const heading = steps[at].querySelector("h1");
    heading.tabIndex = -1;
    heading.focus();
  };

  const said = step => {
    const chosen = [...step.querySelectorAll("input[name]:checked")].map(input => input.labels[0]?.textContent);
    const written = [...step.querySelectorAll("select, textarea, input[type=text], input[type=tel]")];
    const texts = written.map(field => field.selectedOptions ? field.value && field.selectedOptions[0].text : field.value);
    return [...chosen, ...texts].filter(Boolean).join(", ");
  };

  const summarise = () => {
    const lines = steps.slice(0, -1).filter((step, index) => isAsked(index) && said(step)).map(step => {
      const line = document.createElement("div");
      for (const [tag, text] of [["dt", step.querySelector("h1").textContent], ["dd", said(step)]]) {
        line.append(Object.assign(document.createElement(tag), { textContent: text }));
      }
      return line;
    });
    form.querySelector(".said").replaceChildren(...lines);
  };

  // The name of the field that is missing on this page, if any.
  const missing = ({ dataset: { step, field, needed } }) => {
    if (needed !== undefined) return value(step) ? null : field;
    const isListed = value("problem") && value("problem") !== "other";
    if (step === "words") return value("words").trim() || isListed || first > named("words") ? null : field;
    return step === "contact" && value("contact") === "text" && !value("number").trim() ? field : null;
  };

  const refuse = field => {
    const link = wrong.querySelector("a");
    Object.assign(link, { href: `#${field}`, textContent: steps[at].dataset.wrong });
    wrong.hidden = false;
    link.focus();
  };

  const keep = async () => {
    const fields = [...new FormData(form)].filter(([, given]) => !(given instanceof File) || given.size);
    await drafts.keep([...carried, ...fields]);
    form.reset();
    carried = [];
    await drafts.sendAll().catch(() => null);
    await look();
  };

  form.addEventListener("submit", event => {
    event.preventDefault();
    const field = missing(steps[at]);
    if (field) refuse(field);
    else if (at === steps.length - 1) keep();
    else go(next(at, 1));
  });
  by("back").addEventListener("click", () => go(next(at, -1)));

  const look = async () => {
    await queue.show();
    form.hidden = by("offline").hidden = true;
    queue.view.hidden = false;
    queue.view.querySelector("h1").focus();
  };

  const fillIn = ([name, given]) => {
    const fields = [...form.querySelectorAll(`[name="${name}"]`)];
    const field = fields.find(one => one.type !== "radio" || one.value === given);
    if (!field || field.type === "hidden" && field.value !== given) return false;
    if (given instanceof File) {
      const files = new DataTransfer();
      for (const file of [...field.files, given]) files.items.add(file);
      field.files = files.files;
    } else if (field.type === "radio" || field.type === "checkbox") field.checked = true;
    else field.value = given;
    return true;
  };

  // Goes on where the network went, or with a report that is to be changed: what the form has no field for is carried.
  const goOn = (given, path) => {
    const fields = given.filter(([, value]) => !(value instanceof File) || value.size);
    const step = path === "go" ? fields.find(([name]) => name === "step")?.[1] : path;
    form.reset();
    const isBegun = fields.some(([name]) => name === "answers");
    first = isBegun ? named(step === "problem" ? "area" : step === "send" ? "check" : step) : 0;
    first = Math.max(first, 0);
    settle();
    const names = new Set(steps.slice(first).flatMap(one => [...one.elements].map(({ name }) => name)));
    carried = fields.filter(pair => !(pair[0] === "language" || names.has(pair[0]) && fillIn(pair)));
    by("before").hidden = !isBegun;
    const isDone = isBegun && path !== "go" && steps[first].dataset.step === step;
    show(isDone ? next(first, 1) : first);
  };

  queue.whenChanged(({ fields }) => goOn(fields, steps.find(step => fields.some(([name]) => name === step.dataset.step))
    ?.dataset.step ?? "send"));

  const paused = await new Promise(done => {
    const { serviceWorker } = navigator;
    if (!serviceWorker?.controller) return done(null);
    serviceWorker.addEventListener("message", ({ data }) => done(data), { once: true });
    serviceWorker.controller.postMessage("paused");
    setTimeout(() => done(null), 2000);
  });
  by("offline").hidden = !paused && navigator.onLine;
  if (paused) goOn(paused.fields, paused.step);
  else if ((await drafts.all()).length) {
    await drafts.sendAll().catch(() => null);
    await look();
  } else goOn([], "");
})();
