// Says how many text messages a reply costs, while one types, as sms/segments.py counts them on the server.
"use strict";
(() => {
  const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNO" +
    "PQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
  const EXTENSION = new Set("\f^{}\\[~]|€");

  const parts = text => {
    const characters = [...text], isGsm = characters.every(one => BASIC.has(one) || EXTENSION.has(one));
    const size = one => isGsm ? (EXTENSION.has(one) ? 2 : 1) : one.length;
    const [alone, inCompany] = isGsm ? [160, 153] : [70, 67];
    if (characters.reduce((sum, one) => sum + size(one), 0) <= alone) return 1;
    let count = 1, used = 0;
    for (const one of characters) {
      if (used + size(one) > inCompany) [count, used] = [count + 1, 0];
      used += size(one);
    }
    return count;
  };

  const start = () => {
    const said = document.getElementById("segments"), area = said && document.getElementById(said.dataset.for);
    if (!area || said.dataset.watching) return;
    said.dataset.watching = "yes";
    const tell = () => {
      const words = area.value.normalize("NFC").trim(), number = words ? parts(said.dataset.before + words) : 0;
      said.dataset.parts = number;
      said.textContent = number > 1 ? said.dataset.more.replace("#", number) : number ? said.dataset.one : "";
    };
    area.addEventListener("input", tell);
    tell();
  };
  document.addEventListener("htmx:afterSettle", start);
  start();
})();
