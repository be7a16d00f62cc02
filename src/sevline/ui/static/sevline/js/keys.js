// Single keys: data-key="e" on a link, button or field. Never while typing. j and k move over [data-list], "?" lists all.
const OFF = "sevline-keys-off";
const help = document.getElementById("keys-help");
const typing = (el) => Boolean(el?.closest?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]"));
const shown = (el) => el.getClientRects().length > 0;
const off = () => localStorage.getItem(OFF) === "yes";

const rows = () => [...document.querySelectorAll("[data-list] tbody tr, ol[data-list] > li, ul[data-list] > li")].filter(shown);
const cursor = () => rows().findIndex((row) => row.hasAttribute("data-cursor"));

function move(step) {
  const list = rows();
  if (!list.length) return;
  const at = cursor();
  const next = at < 0 ? (step > 0 ? 0 : list.length - 1) : Math.min(Math.max(at + step, 0), list.length - 1);
  list[at]?.removeAttribute("data-cursor");
  list[next].setAttribute("data-cursor", "");
  (list[next].querySelector("a[href]") ?? list[next]).focus({ preventScroll: true });
  list[next].scrollIntoView({ block: "nearest" });
}

function listKeys() {
  const place = help?.querySelector("[data-page-keys]");
  if (!place) return;
  const seen = new Map();
  for (const el of document.querySelectorAll("[data-key]")) {
    const words = (el.getAttribute("aria-label") ?? el.dataset.keyLabel ?? el.labels?.[0]?.textContent ?? el.textContent).replace(/\s+/g, " ").trim();
    if (shown(el) && !seen.has(el.dataset.key)) seen.set(el.dataset.key, words);
  }
  seen.delete("?");
  place.replaceChildren(
    ...[...seen].map(([key, words]) => {
      const line = document.createElement("div");
      const term = document.createElement("dt");
      const cap = document.createElement("kbd");
      const says = document.createElement("dd");
      cap.textContent = key;
      term.append(cap);
      says.textContent = words.replace(new RegExp(`\\s${key}$`, "i"), "");
      line.append(term, says);
      return line;
    }),
  );
  place.previousElementSibling.hidden = seen.size === 0;
}

function press(el) {
  if (el.matches("input:not([type=checkbox], [type=radio]), textarea, select")) el.focus();
  else if (el.matches("summary")) {
    // What is folded is opened to be written in: without the focus the next letters would be keys of the page.
    el.parentElement.open = true;
    (el.parentElement.querySelector("textarea, select, input:not([type=hidden])") ?? el).focus();
  }
  else el.click();
}

const fixed = {
  j: () => move(1),
  k: () => move(-1),
  x: () => rows()[cursor()]?.querySelector("input[type=checkbox]")?.click(),
  "/": () => document.querySelector("[data-search]")?.focus(),
  "?": () => {
    listKeys();
    if (help && !help.open) help.showModal();
  },
};

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if ((event.ctrlKey || event.metaKey) && key === "Enter") {
    const form = target.closest?.("form");
    if (!form) return;
    event.preventDefault();
    const main = form.querySelector("[type=submit][data-kind=primary]") ?? form.querySelector("[type=submit], button:not([type])");
    form.requestSubmit(main ?? undefined);
    return;
  }
  if (key === "Escape" && typing(target)) target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(target) || off()) return;
  const modal = document.querySelector("dialog[open]");
  if (modal) return;
  const name = key.length === 1 ? key : "";
  const wanted = name && [...document.querySelectorAll("[data-key]")].find((el) => el.dataset.key === name && shown(el));
  const act = fixed[name] ?? (wanted ? () => press(wanted) : null);
  if (!act) return;
  event.preventDefault();
  act();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-opens=keys-help]")) listKeys();
});

const toggle = document.querySelector("[data-keys-off]");
if (toggle) {
  toggle.checked = off();
  toggle.addEventListener("change", () => localStorage.setItem(OFF, toggle.checked ? "yes" : "no"));
}
