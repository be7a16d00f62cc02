// Drafts: a form with data-draft="<name>" keeps its text in this tab only (sessionStorage, never localStorage), per person.
const person = document.querySelector("meta[name=sevline-person]")?.content ?? "";
const keyOf = (form) => `sevline:draft:${person}:${form.dataset.draft}`;
const texts = (form) => [...form.querySelectorAll("textarea[name], input[type=text][name], input:not([type])[name]")];
const timers = new WeakMap();

function say(form, words) {
  const line = form.querySelector("[data-draft-state]");
  if (line) line.textContent = words;
}

function save(form) {
  const values = texts(form).map((el) => [el.name, el.value]);
  if (values.every(([, value]) => !value)) sessionStorage.removeItem(keyOf(form));
  else sessionStorage.setItem(keyOf(form), JSON.stringify(values));
  say(form, `Draft kept in this tab, ${new Date().toISOString().slice(11, 16)} UTC`);
}

function load(form) {
  const kept = sessionStorage.getItem(keyOf(form));
  if (!kept) return;
  let changed = false;
  for (const [name, value] of JSON.parse(kept)) {
    const el = texts(form).find((one) => one.name === name);
    if (el && el.value === el.defaultValue && value && value !== el.value) {
      el.value = value;
      changed = true;
    }
  }
  if (changed) say(form, "Your unsent draft was put back.");
}

const formOf = (event) => event.target.closest?.("form[data-draft]");

document.addEventListener("input", (event) => {
  const form = formOf(event);
  if (!form) return;
  clearTimeout(timers.get(form));
  timers.set(form, setTimeout(() => save(form), 600));
});
document.addEventListener("submit", (event) => {
  const form = formOf(event);
  if (!form || event.defaultPrevented) return;
  clearTimeout(timers.get(form));
  sessionStorage.removeItem(keyOf(form));
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form[data-draft]");
  if (!form || event.detail.requestConfig.verb === "get") return;
  clearTimeout(timers.get(form));
  if (event.detail.successful) sessionStorage.removeItem(keyOf(form));
  else save(form);
});

const start = (root) => root.querySelectorAll?.("form[data-draft]").forEach(load);
document.addEventListener("htmx:load", (event) => start(event.detail.elt));
start(document);
