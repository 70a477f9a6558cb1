// After an act or a look at another list without a new page: says what was done, and puts the focus where one was.
// What comes back is the whole page, of which #page is taken; without script the same forms lead to that page.
"use strict";
(() => {
  const page = () => document.getElementById("page"), said = document.getElementById("said");
  let from = null;

  const landmark = element => element.closest("[aria-labelledby], [aria-label]");
  const nameOf = element => element?.getAttribute("aria-labelledby") ?? element?.getAttribute("aria-label");
  const focus = element => {
    if (!element) return;
    if (element.tabIndex < 0) element.setAttribute("tabindex", "-1");
    element.focus({ preventScroll: true });
  };
  const sameAgain = () => [...page().querySelectorAll("[aria-labelledby], [aria-label]")].find(e => nameOf(e) === from);

  document.addEventListener("htmx:beforeRequest", event => {
    if (event.detail.target === page()) from = nameOf(landmark(event.detail.elt));
  });
  document.addEventListener("htmx:beforeSwap", event => {
    const { xhr, target } = event.detail, isPage = xhr.responseText.includes('id="page"');
    if (target !== page() || isPage || !xhr.responseURL || xhr.status >= 400) return;
    event.detail.shouldSwap = false; // signed out meanwhile, or led elsewhere
    location.assign(xhr.responseURL);
  });
  document.addEventListener("htmx:afterSettle", event => {
    if (event.detail.target.id !== "page" && event.detail.elt.id !== "page") return;
    const problem = page().querySelector(".problem");
    said.textContent = problem ? "" : page().querySelector(".done")?.textContent ?? document.title;
    if (problem) return problem.focus();
    const again = from && sameAgain();
    focus(again?.querySelector("h2[id], [aria-current], summary, button") ?? page().querySelector("h1"));
  });
  const withoutScript = event => {
    const element = event.detail.elt;
    if (event.detail.target !== page()) return;
    if (element instanceof HTMLFormElement) element.submit(); // its number makes it count once
    else if (element.href) location.assign(element.href);
  };
  document.addEventListener("htmx:responseError", withoutScript);
  document.addEventListener("htmx:sendError", withoutScript);
})();
