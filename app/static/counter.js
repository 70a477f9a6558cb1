// Says how many characters are left, while one types. Without it the forms work the same.
"use strict";
(() => {
  const watch = area => {
    const most = Number(area.dataset.most);
    const said = document.createElement("p");
    said.className = "hint count";
    said.setAttribute("aria-live", "polite");
    area.after(said);
    const count = () => {
      const left = most - [...area.value.trim()].length;
      said.textContent = `${Math.abs(left)} ${left < 0 ? area.dataset.over : area.dataset.left}`;
      said.classList.toggle("over", left < 0);
    };
    area.addEventListener("input", count);
    count();
  };
  const start = () => {
    for (const area of document.querySelectorAll("textarea[data-most]")) {
      if (!area.nextElementSibling?.matches(".count")) watch(area);
    }
  };
  document.addEventListener("htmx:afterSettle", start);
  start();
})();
