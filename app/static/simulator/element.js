// A new element with these properties, and text or children.
export function element(name, properties = {}, content = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...(Array.isArray(content) ? content : [content]));
  return made;
}

// "Answered {statuses}" with its values filled in.
export function filled(words, values) {
  return words.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
