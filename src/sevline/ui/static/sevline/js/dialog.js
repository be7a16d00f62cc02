// Dialogs: data-opens="<id>", data-closes, data-confirm="<question>"; the question comes before a form or a request is sent.
const box = document.getElementById("confirm");

function ask(question, yes) {
  if (!box) return Promise.resolve(window.confirm(question));
  box.querySelector("[data-confirm-text]").textContent = question;
  const go = box.querySelector("[data-confirm-yes]");
  go.textContent = yes || "Continue";
  box.returnValue = "";
  box.showModal();
  return new Promise((resolve) => {
    const accept = () => box.close("yes");
    go.addEventListener("click", accept);
    box.addEventListener(
      "close",
      () => {
        go.removeEventListener("click", accept);
        resolve(box.returnValue === "yes");
      },
      { once: true },
    );
  });
}

// The first thing to fill in, or what was refused of it; the browser alone would take the button that closes.
const FIELDS = "input:not([type=hidden]):not([disabled]), select:not([disabled]), textarea:not([disabled])";
function show(dialog) {
  dialog.showModal();
  const fields = [...dialog.querySelectorAll(FIELDS)].filter((field) => field.offsetParent);
  (fields.find((field) => field.ariaInvalid === "true") ?? fields[0])?.focus();
}

// What was sent and refused stands open, with what is wrong in it.
const refused = document.querySelector("dialog[data-shown]");
if (refused) show(refused);

// What was sent replaces the part of the page that holds the opener: the keyboard goes on at the same place of the new one.
let came = "";

// A form that is still to come: what stood in the dialog before would be filled in, and sent, in its place.
function empty(opener, opened) {
  const part = opener.matches("[hx-get][hx-target]") && document.querySelector(opener.getAttribute("hx-target"));
  if (!part || !opened.contains(part)) return;
  const words = document.createElement("p");
  words.className = "muted";
  words.textContent = "One moment …";
  part.replaceChildren(words);
}
document.addEventListener("htmx:afterSettle", () => {
  const place = document.activeElement === document.body && !document.querySelector("dialog[open]") && document.getElementById(came);
  if (!place) return;
  came = "";
  place.tabIndex = -1;
  place.focus({ preventScroll: true });
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const opened = opener && document.getElementById(opener.dataset.opens);
  if (opened) {
    empty(opener, opened);
    came = opener.closest("[id]")?.id ?? "";
    show(opened);
  }
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
  if (event.target.matches("dialog[open]")) event.target.close();
  if (event.target.closest("[data-unavailable]")) event.preventDefault();
});

// A form without htmx: hold the submit, ask, then send it with the same button.
document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    const question = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!question || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const submitter = event.submitter;
    if (!(await ask(question, submitter?.dataset.confirmYes))) return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(submitter);
    delete form.dataset.confirmed;
  },
  { capture: true },
);

// A request made by htmx: hx-confirm uses the same dialog.
document.addEventListener("htmx:confirm", async (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  if (await ask(event.detail.question, event.target.dataset?.confirmYes)) event.detail.issueRequest(true);
});
