// The list and the picture of areas say the same: choosing in one chooses in the other. Opened, the picture shows the
// square that is chosen. Without script the server says so where they differ.
"use strict";
(() => {
  const list = () => document.getElementById("area");
  const square = code => document.getElementById(`tile-${code}`);

  document.addEventListener("change", ({ target }) => {
    if (target.name === "tile" && list()) list().value = target.value;
    if (target !== list() || !document.querySelector("[name=tile]")) return;
    const same = square(target.value || target.form.elements.was.value);
    if (same) same.checked = true;
    else for (const one of target.form.querySelectorAll("[name=tile]")) one.checked = false;
  });

  const show = picture => {
    const chosen = picture?.querySelector(":checked")?.parentElement;
    if (chosen) picture.scrollLeft = chosen.offsetLeft - (picture.clientWidth - chosen.offsetWidth) / 2;
  };
  document.addEventListener("toggle", ({ target }) => show(target.querySelector(".squares")), true);
})();
