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

document.addEventListener("sevline:toast", (event) => show(event.detail));
document.addEventListener("click", (event) => event.target.closest("[data-dismiss]")?.closest(".toast, .banner")?.remove());
