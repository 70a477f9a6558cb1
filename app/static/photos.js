// Makes photos smaller before they are sent; without it they go as they are.
"use strict";
(() => {
  const input = document.querySelector("input[type=file][data-most]");
  if (!input || !window.createImageBitmap || !window.DataTransfer || !input.form.requestSubmit) return;
  const LONGEST = 1600, ENOUGH = 300000, JPEG = "image/jpeg";
  const { form, dataset: { most, busy, ready, sending } } = input;
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  input.after(said);
  let work = null, latest = 0;

  const shrink = async file => {
    try {
      const image = await createImageBitmap(file), { width, height } = image;
      const scale = Math.min(1, LONGEST / Math.max(width, height));
      if (scale === 1 && file.size < ENOUGH && file.type === JPEG) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.ceil(width * scale);
      canvas.height = Math.ceil(height * scale);
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise(done => canvas.toBlob(done, JPEG, 0.8));
      return new File([blob], "photo.jpg", { type: JPEG });
    } catch {
      return file;
    }
  };

  const shrinkAll = async mine => {
    const files = [...input.files], smaller = new DataTransfer();
    for (const [done, file] of files.entries()) {
      said.textContent = `${busy} ${done + 1}/${files.length}`;
      smaller.items.add(await shrink(file));
      if (mine !== latest) return;
    }
    input.files = smaller.files;
    said.textContent = files.length ? `${ready} ${files.length}` : "";
    work = null;
  };

  input.addEventListener("change", () => {
    const mine = ++latest;
    said.textContent = "";
    work = input.files.length > most ? null : shrinkAll(mine);
  });
  form.addEventListener("submit", event => {
    if (!work) {
      if (input.files.length) said.textContent = sending;
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    work.then(() => form.requestSubmit());
  });
})();
