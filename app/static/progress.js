// Shows how far a file is on its way, up or down. Without it the forms and links work the same.
"use strict";
(() => {
  const shown = after => {
    const box = document.createElement("p"), bar = document.createElement("progress"), said = document.createElement("span");
    box.className = "progress";
    said.setAttribute("role", "status");
    box.append(bar, " ", said);
    after.after(box);
    return { bar, said, box };
  };
  const at = ({ bar }, done, total) => {
    if (!total) return bar.removeAttribute("value");
    bar.max = total;
    bar.value = done;
  };
  const shownInstead = text => {
    document.documentElement.replaceWith(new DOMParser().parseFromString(text, "text/html").documentElement);
    start();
    document.querySelector("[role=alert], .look")?.scrollIntoView();
    document.querySelector("[role=alert]")?.focus();
  };

  const send = (form, button) => {
    const { sending, checking, failed } = form.dataset, data = new FormData(form), request = new XMLHttpRequest();
    if (button?.name) data.append(button.name, button.value);
    const told = shown(form.querySelector(".finish"));
    told.said.textContent = sending;
    request.upload.addEventListener("progress", sent => at(told, sent.loaded, sent.lengthComputable && sent.total));
    request.upload.addEventListener("load", () => { at(told, 0, 0); told.said.textContent = checking; });
    request.addEventListener("error", () => { told.bar.remove(); told.said.textContent = failed; });
    request.addEventListener("load", () => {
      if (request.responseURL.split("#")[0] === location.href.split("#")[0]) shownInstead(request.responseText);
      else location.assign(request.responseURL);
    });
    request.open("POST", form.action);
    request.send(data);
  };

  const fetchFile = async link => {
    const told = shown(link), answer = await fetch(link.href);
    if (!answer.ok) return location.assign(link.href);
    const total = answer.headers.get("Content-Encoding") ? 0 : Number(answer.headers.get("Content-Length")), parts = [];
    let done = 0;
    for (let reader = answer.body.getReader(), part = await reader.read(); !part.done; part = await reader.read()) {
      parts.push(part.value);
      at(told, done += part.value.length, total);
    }
    const file = document.createElement("a");
    file.href = URL.createObjectURL(new Blob(parts, { type: answer.headers.get("Content-Type") }));
    file.download = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition") ?? "")?.[1] ?? "";
    file.click();
    URL.revokeObjectURL(file.href);
    at(told, 1, 1);
    told.said.textContent = link.dataset.done;
  };

  const start = () => {
    for (const form of document.querySelectorAll("form[data-sending]")) {
      form.addEventListener("submit", event => {
        event.preventDefault();
        send(form, event.submitter);
      });
    }
    for (const link of document.querySelectorAll("a[data-done]")) {
      link.addEventListener("click", event => {
        event.preventDefault();
        link.parentNode.querySelector(".progress")?.remove();
        fetchFile(link);
      });
    }
  };
  start();
})();
