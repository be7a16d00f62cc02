// While something typed on the packet is not what the server keeps, nothing is sent: the packet would go out without it.
const form = document.getElementById("packet-form");
const skipped = new Set(["hidden", "submit", "button"]);
const fields = form ? [...form.elements].filter((el) => el.name && !skipped.has(el.type)) : [];
const ticks = (el) => el.type === "checkbox" || el.type === "radio";
const stateOf = (el) => (ticks(el) ? String(el.checked) : el.value);
const slotOf = (el) => document.getElementById(`${el.id}-error`);

function firstState(el) {
  if (ticks(el)) return String(el.defaultChecked);
  if (el.options) return ([...el.options].find((option) => option.defaultSelected) ?? el.options[0])?.value ?? "";
  return el.defaultValue;
}

const kept = new Map(fields.map((el) => [el, firstState(el)]));
let sent = new Map();

function nameOf(el) {
  const words = (el.closest("fieldset")?.querySelector("legend") ?? el.labels?.[0])?.firstChild?.textContent.trim();
  return `${el.closest("section")?.id ?? ""} ${words ?? el.name}`.trim();
}

const left = () => [...new Set(fields.filter((el) => el.ariaInvalid === "true" || stateOf(el) !== kept.get(el)).map(nameOf))];
const sentence = (names) => `Not saved yet: ${names}. Correct or empty it on the packet and save it; Engineering would get the packet without it.`;

function mark() {
  const names = left().join(", ");
  for (const input of document.querySelectorAll("input[name=unsaved]")) input.value = names;
  for (const line of document.querySelectorAll("[data-unsaved]")) {
    line.hidden = !names;
    line.textContent = names ? sentence(names) : "";
  }
  const opener = document.querySelector("#send-button [data-opens=send]");
  if (opener && names) delete opener.dataset.kind;
  else if (opener) opener.dataset.kind = "primary";
}

// Until the last change is answered the gate speaks of the text before: it says so, and sending waits.
let due = false;
let flying = 0;
let wants = false;
const isSaving = () => due || flying > 0;

function say() {
  const saving = isSaving();
  for (const line of document.querySelectorAll("[data-saving]")) line.hidden = !saving;
  document.getElementById("gate")?.setAttribute("aria-busy", String(saving));
  const told = document.querySelector("#verdict a");
  if (told) told.hidden = saving;
  if (saving || !wants) return;
  wants = false;
  document.querySelector("#send-button button")?.click();
}

if (form) {
  form.addEventListener("input", mark);
  form.addEventListener("change", () => {
    mark();
    due = true;
    say();
  });
  document.addEventListener(
    "click",
    (event) => {
      if (!event.target.closest("#send-button button") || !isSaving()) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      wants = true;
    },
    { capture: true },
  );
  form.addEventListener("htmx:validation:halted", () => {
    due = false;
    say();
  });
  form.addEventListener("htmx:afterRequest", () => {
    flying = Math.max(0, flying - 1);
    setTimeout(say, 60); // the one that waited has begun by then
  });
  form.addEventListener("htmx:beforeSend", () => {
    due = false;
    flying += 1;
    say();
    sent = new Map(fields.map((el) => [el, stateOf(el)]));
  });
  form.addEventListener("htmx:afterRequest", (event) => {
    const { xhr } = event.detail;
    const answered = xhr.status === 200 || xhr.status === 422;
    if (answered && !xhr.getResponseHeader("HX-Retarget")) {
      for (const [el, state] of sent) {
        if (slotOf(el)?.textContent.trim()) el.ariaInvalid = "true";
        else {
          el.ariaInvalid = null;
          kept.set(el, state);
        }
      }
    }
    mark();
  });
  document.addEventListener("htmx:afterSettle", mark);
  // The ordinary form sends everything; the next page says what was refused.
  document.addEventListener(
    "submit",
    (event) => {
      if (!event.target.elements.namedItem("unsaved")) return;
      mark();
      if (!left().length) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      const line = event.target.closest("dialog")?.querySelector("[data-unsaved]");
      if (line) line.focus();
      else document.dispatchEvent(new CustomEvent("sevline:toast", { detail: { text: sentence(left().join(", ")), tone: "bad" } }));
    },
    { capture: true },
  );
  mark();
  setTimeout(mark); // after the draft of this tab was put back
}
