// Text must survive a sign-in that ran out while it was written. A sent form is kept in this tab only (sessionStorage)
// until the answer shows that it arrived; after signing in again, the same person is offered what they typed.
const KEY = "sevline:sent";
const person = document.querySelector("meta[name=sevline-person]")?.content ?? "";
const bar = document.getElementById("restore");
const skipped = new Set(["password", "file", "hidden", "submit", "button"]);

const fieldsOf = (form) => [...form.elements].filter((el) => el.name && !skipped.has(el.type) && !el.closest("[data-no-keep]"));
const nameOf = (form) => form.id || form.getAttribute("action") || form.getAttribute("hx-post") || "form";

function read() {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? "null");
  } catch {
    return null;
  }
}
const drop = () => sessionStorage.removeItem(KEY);

function keep(form, waiting) {
  const values = fieldsOf(form).map((el) => [el.name, el.type === "checkbox" || el.type === "radio" ? (el.checked ? el.value : null) : el.value]);
  if (!values.some(([, value]) => value)) return;
  const entry = { person, path: location.pathname + location.search, form: nameOf(form), values, waiting, at: Date.now() };
  sessionStorage.setItem(KEY, JSON.stringify(entry));
}

function fill(form, values) {
  const left = [...values];
  for (const el of fieldsOf(form)) {
    const index = left.findIndex(([name]) => name === el.name);
    if (index < 0) continue;
    const [[, value]] = left.splice(index, 1);
    if (el.type === "checkbox" || el.type === "radio") el.checked = value !== null;
    else el.value = value;
    el.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

function button(words, act, kind) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "btn";
  if (kind) made.dataset.kind = kind;
  made.textContent = words;
  made.addEventListener("click", act);
  return made;
}

function offer(entry) {
  const words = document.createElement("span");
  const form = [...document.forms].find((one) => nameOf(one) === entry.form);
  const here = entry.path === location.pathname + location.search && form;
  const stop = () => {
    drop();
    bar.hidden = true;
  };
  words.textContent = "What you typed was not sent. It is kept in this tab only.";
  const actions = document.createElement("span");
  actions.className = "actions";
  if (here) {
    actions.append(
      button("Restore what you typed", () => {
        fill(form, entry.values);
        form.closest("dialog:not([open])")?.showModal();
        fieldsOf(form)[0]?.focus();
        stop();
      }, "primary"),
    );
  } else {
    actions.append(button("Go back to what you typed", () => location.assign(entry.path), "primary"));
  }
  actions.append(button("Discard it", stop));
  bar.replaceChildren(words, actions);
  bar.hidden = false;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!person || form.method !== "post" || form.matches("[data-sign-out]") || event.defaultPrevented) return;
  keep(form, false);
});
document.addEventListener("htmx:beforeRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (person && form && event.detail.requestConfig.verb !== "get") keep(form, false);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) drop();
});
document.addEventListener("sevline:signed-out", () => {
  const entry = read();
  if (entry) sessionStorage.setItem(KEY, JSON.stringify({ ...entry, waiting: true }));
});
document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-sign-out]")) return;
  for (const key of Object.keys(sessionStorage)) if (key.startsWith("sevline:")) sessionStorage.removeItem(key);
});

// A page without a person after a form sent by one: signed out, or a failure page. The text waits.
const entry = read();
if (entry?.person && !person) {
  sessionStorage.setItem(KEY, JSON.stringify({ ...entry, waiting: true }));
  if (bar) {
    bar.textContent = "What you typed was not sent. It is kept in this tab and is offered to you when you are signed in.";
    bar.hidden = false;
  }
} else if (entry?.waiting && bar && entry.person === person) {
  offer(entry);
} else if (entry) {
  drop();
}
