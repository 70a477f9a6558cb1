// Lets a phone say where it is, if its owner asks for that; rounded to about a kilometre unless they want it exact.
"use strict";
(() => {
  const box = document.getElementById("locate");
  if (!box || !navigator.geolocation || !window.isSecureContext) return;
  const ROUGH = 2, EXACT = 5, MINUTE = 60000;
  const [exact, said, button] = ["input", "p", "button"].map(part => box.querySelector(part));
  const { label, busy, failed } = box.dataset;

  const offer = ({ coords }) => {
    const decimals = exact.checked ? EXACT : ROUGH;
    const where = [coords.latitude, coords.longitude].map(degrees => degrees.toFixed(decimals)).join(", ");
    const line = document.createElement("div"), tick = document.createElement("input"), name = document.createElement("label");
    line.className = "pick";
    Object.assign(tick, { type: "checkbox", id: "location", name: "location", value: where, checked: true });
    Object.assign(name, { htmlFor: "location", textContent: `${label} ${where}` });
    line.append(tick, name);
    document.getElementById("located").replaceChildren(line);
    said.textContent = "";
    tick.focus();
  };

  button.addEventListener("click", () => {
    said.textContent = busy;
    const wanted = { enableHighAccuracy: exact.checked, timeout: MINUTE, maximumAge: MINUTE };
    navigator.geolocation.getCurrentPosition(offer, () => { said.textContent = failed; }, wanted);
  });
  box.hidden = false;
})();
