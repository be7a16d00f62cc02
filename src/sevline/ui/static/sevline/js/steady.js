// A part of the page that is fetched anew stays as the reader had it: the focus where it was, and open what they opened.
const FOCUSED = "a[href], button, input, select, textarea, summary, [tabindex]";
const home = (el) => el.parentElement?.closest("[id]")?.id ?? "";
const words = (el) => el.textContent.replace(/\s+/g, " ").trim();
const says = (el) => [el.tagName, el.id, el.getAttribute("href"), el.getAttribute("name"), el.form?.getAttribute("action"), el.matches("textarea, select") ? "" : words(el)].join("\n");
const opens = (el) => words(el.querySelector(":scope > summary") ?? el);
// Of several that say the same, the one in the same named part; of these, the one in the same place.
const same = (all, name) => {
  const seen = new Map();
  return [...document.querySelectorAll(all)].map((el) => {
    const key = `${home(el)}\n${name(el)}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return [`${key}\n${seen.get(key)}`, el];
  });
};

let was = null;

document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, requestConfig } = event.detail;
  const focused = document.activeElement;
  const held = target?.contains(focused) && focused !== document.body && !focused.closest("dialog");
  const parts = [];
  for (let el = held ? focused : null; el; el = el.parentElement) if (el.id) parts.push(el.id);
  was = {
    key: held ? same(FOCUSED, says).find(([, el]) => el === focused)?.[0] : "",
    parts,
    folds: requestConfig?.verb === "get" && target ? new Map(same("details", opens).map(([key, el]) => [key, el.open])) : new Map(),
  };
});

document.addEventListener("htmx:afterSwap", () => {
  if (!was) return;
  const { key, parts, folds } = was;
  was = null;
  for (const [name, el] of folds.size ? same("details", opens) : []) if (folds.has(name)) el.open = folds.get(name);
  if (document.activeElement !== document.body || !parts.length) return;
  const again = key ? same(FOCUSED, says).find(([name]) => name === key)?.[1] : null;
  const place = again ?? parts.map((id) => document.getElementById(id)).find(Boolean);
  if (!place) return;
  if (place.tabIndex < 0) place.tabIndex = -1;
  place.focus({ preventScroll: true });
});
