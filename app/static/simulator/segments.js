// What a text costs, as sms/segments.py counts it; the tables come from there with the page.

// → {encoding: "gsm7" | "ucs2", units, parts, room}; room is how many units the parts hold together.
export function count(text, tables) {
  const encoding = [...text].every((c) => isGsm(c, tables)) ? "gsm7" : "ucs2";
  const sizes = [...text].map((c) => (encoding === "gsm7" ? 1 + tables.extension.includes(c) : c.length));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  if (units <= tables.alone[encoding]) return { encoding, units, parts: 1, room: tables.alone[encoding] };
  const parts = fill(sizes, tables.inCompany[encoding]);
  return { encoding, units, parts, room: parts * tables.inCompany[encoding] };
}

function isGsm(character, tables) {
  return tables.basic.includes(character) || tables.extension.includes(character);
}

// No escape pair and no surrogate pair lies across two parts.
function fill(sizes, room) {
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > room) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
}
