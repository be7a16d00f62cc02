// What happens around requests: errors in words, focus after a swap, one send per press, signed-out answers.
const say = (text, tone = "bad") => document.dispatchEvent(new CustomEvent("sevline:toast", { detail: { text, tone } }));

function signIn() {
  document.dispatchEvent(new CustomEvent("sevline:signed-out"));
  const here = encodeURIComponent(location.pathname + location.search);
  location.assign(`${document.body.dataset.signIn}?next=${here}`);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (xhr.status === 401 || xhr.responseText.includes('data-page="sign-in"')) {
    event.detail.shouldSwap = false;
    signIn();
  }
});

document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 401) return;
  say(`The server answered with an error (${status}). Nothing on this page was lost; try again, or reload to see the present state.`);
});
document.addEventListener("htmx:sendError", () => {
  say("The server could not be reached. What you typed is still here; send it again when the connection is back.");
});
document.addEventListener("htmx:timeout", () => {
  say("The server did not answer in time. It may still finish: reload before you send again.", "warn");
});

// A swapped part that wants the focus says so; errors always do.
function focusMarked(part) {
  const wanted = part?.querySelector?.("[data-focus]") ?? (part?.matches?.("[data-focus]") ? part : null);
  if (!wanted) return;
  if (!wanted.hasAttribute("tabindex") && wanted.tabIndex < 0) wanted.tabIndex = -1;
  wanted.focus();
}
document.addEventListener("htmx:afterSettle", (event) => focusMarked(event.detail.elt));
focusMarked(document);

// One press, one send: a second submit of the same form is ignored until the answer or the next page.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.matches("[hx-post], [data-hx-post], [data-upload]")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  setTimeout(() => delete form.dataset.sent, 10_000);
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Each form has a token, by which the server knows one that comes twice. What is sent after its answer arrived is new:
// on a page to which somebody comes back, and on a part that stays.
const renew = (root) => {
  for (const input of root.querySelectorAll("input[name=form_token]")) {
    input.value = [...crypto.getRandomValues(new Uint8Array(16))].map((one) => one.toString(16).padStart(2, "0")).join("");
  }
};
addEventListener("pageshow", (event) => {
  if (event.persisted || performance.getEntriesByType("navigation")[0]?.type === "back_forward") renew(document);
});
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.elt.closest?.("form");
  if (form && event.detail.successful && event.detail.requestConfig.verb !== "get") renew(form);
});
