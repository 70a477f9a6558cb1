// Offers colleagues while one types @ in a note. Without it the form lists how to write them.
"use strict";
(() => {
  const offerFor = list => {
    const area = document.getElementById(list.dataset.for);
    const people = [...list.querySelectorAll("code")].map(code => ({ name: code.dataset.name, handle: code.textContent.slice(1) }));
    const offered = document.createElement("div"), said = document.createElement("p");
    offered.className = "offered";
    offered.setAttribute("role", "group");
    offered.setAttribute("aria-label", list.dataset.label);
    offered.hidden = true;
    said.className = "unseen";
    said.setAttribute("role", "status");
    list.before(offered, said);

    const begun = () => area.value.slice(0, area.selectionStart).match(/(?:^|[^\p{L}\p{N}_.@+-])@([\p{L}\p{N}_.-]*)$/u);
    const close = () => { offered.hidden = true; offered.replaceChildren(); said.textContent = ""; };
    const put = handle => {
      const end = area.selectionStart;
      area.setRangeText(`${handle} `, end - begun()[1].length, end, "end");
      area.dispatchEvent(new Event("input", { bubbles: true }));
      close();
      area.focus();
    };
    const buttonFor = ({ name, handle }) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = name;
      button.addEventListener("click", () => put(handle));
      return button;
    };
    const fits = typed => ({ name, handle }) => [handle, ...name.split(/\s+/)].some(word => word.toLowerCase().startsWith(typed));
    area.addEventListener("input", () => {
      const found = begun();
      close();
      if (!found) return;
      const fitting = people.filter(fits(found[1].toLowerCase())).slice(0, 6);
      offered.append(...fitting.map(buttonFor));
      offered.hidden = !fitting.length;
      said.textContent = fitting.map(one => one.name).join(", ");
    });
    area.addEventListener("keydown", event => {
      if (offered.hidden) return;
      if (event.key === "ArrowDown") { event.preventDefault(); offered.firstElementChild.focus(); }
      if (event.key === "Escape") close();
    });
    offered.addEventListener("keydown", event => {
      const here = document.activeElement;
      const to = { ArrowRight: here.nextElementSibling, ArrowDown: here.nextElementSibling, ArrowLeft: here.previousElementSibling ?? area, ArrowUp: here.previousElementSibling ?? area, Escape: area }[event.key];
      if (event.key === "Escape") close();
      if (to) { event.preventDefault(); to.focus(); }
    });
  };
  const start = () => {
    for (const list of document.querySelectorAll(".handles:not([data-offers])")) {
      list.dataset.offers = "yes";
      offerFor(list);
    }
  };
  document.addEventListener("htmx:afterSettle", start);
  start();
})();
