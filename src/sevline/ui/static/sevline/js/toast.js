// Short messages. Any module says: document.dispatchEvent(new CustomEvent("sevline:toast", { detail: { text, tone } })).
const region = document.getElementById("toasts");

function show({ text, tone = "accent" }) {
  if (!region) return;
  const toast = document.createElement("div");
  toast.className = "toast";
  toast.dataset.tone = tone;
  const words = document.createElement("p");
  words.textContent = text;
  const close = document.createElement("button");
  close.className = "btn";
  close.dataset.kind = "quiet";
  close.type = "button";
  close.dataset.dismiss = "";
  close.textContent = "Dismiss";
  toast.append(words, close);
  region.append(toast);
}

// Good news goes by itself after a while, unless it is being read; what went wrong stays until it is dismissed.
const STAYS = 8000;
const MOST = 3;
const lasting = (toast) => ["bad", "warn"].includes(toast.dataset.tone);

function leave(toast) {
  if (toast.matches(":hover, :focus-within")) setTimeout(leave, STAYS, toast);
  else toast.remove();
}

function arrived() {
  for (const toast of region.querySelectorAll(".toast:not([data-leaves])")) {
    toast.dataset.leaves = lasting(toast) ? "no" : "yes";
    if (!lasting(toast)) setTimeout(leave, STAYS, toast);
  }
  const passing = [...region.querySelectorAll('.toast[data-leaves="yes"]')];
  for (const old of passing.slice(0, -MOST)) old.remove();
}

if (region) {
  arrived();
  new MutationObserver(arrived).observe(region, { childList: true });
}

document.addEventListener("sevline:toast", (event) => show(event.detail));
document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast, .banner")?.remove());
