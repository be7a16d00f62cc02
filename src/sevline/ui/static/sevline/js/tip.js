// Tooltips: text in data-tip, on hover and on focus; Escape closes, and the text is tied to its element for screen readers.
const tip = document.createElement("div");
tip.id = "tip";
tip.setAttribute("role", "tooltip");
tip.hidden = true;
document.body.append(tip);
let owner = null;

function place(box) {
  const below = box.bottom + 6 + tip.offsetHeight < innerHeight;
  tip.style.insetBlockStart = `${below ? box.bottom + 6 : box.top - tip.offsetHeight - 6}px`;
  tip.style.insetInlineStart = `${Math.max(8, Math.min(box.x, innerWidth - tip.offsetWidth - 8))}px`;
}

function show(el) {
  if (el === owner) return;
  hide();
  owner = el;
  tip.textContent = el.dataset.tip;
  tip.hidden = false;
  const before = el.getAttribute("aria-describedby");
  el.dataset.tipBefore = before ?? "";
  el.setAttribute("aria-describedby", before ? `${before} tip` : "tip");
  place(el.getBoundingClientRect());
}

function hide() {
  tip.hidden = true;
  if (!owner) return;
  if (owner.dataset.tipBefore) owner.setAttribute("aria-describedby", owner.dataset.tipBefore);
  else owner.removeAttribute("aria-describedby");
  delete owner.dataset.tipBefore;
  owner = null;
}

for (const name of ["mouseover", "focusin"]) {
  document.addEventListener(name, (event) => {
    const el = event.target.closest?.("[data-tip]");
    if (el?.dataset.tip) show(el);
    else if (name === "mouseover") hide();
  });
}
document.addEventListener("focusout", hide);
document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
addEventListener("scroll", hide, { passive: true, capture: true });
