// Brush on a chart: svg[data-brush] with data-from, data-to (epoch seconds) and data-x0, data-x1 (plot edges in user units).
// A drag writes both ends into the form named by data-brush (fields "from" and "to", ISO UTC) and sends it.
// The form itself is the keyboard's way to the same result.
const SVG = "http://www.w3.org/2000/svg";
let drag = null;

function toUser(svg, event) {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
  return Math.min(Math.max(point.x, Number(svg.dataset.x0)), Number(svg.dataset.x1));
}

function toTime(svg, x) {
  const [x0, x1, from, to] = ["x0", "x1", "from", "to"].map((name) => Number(svg.dataset[name]));
  return new Date((from + ((x - x0) / (x1 - x0)) * (to - from)) * 1000).toISOString().slice(0, 19) + "Z";
}

document.addEventListener("pointerdown", (event) => {
  const svg = event.target.closest?.("svg[data-brush]");
  if (!svg || event.button !== 0) return;
  const mark = document.createElementNS(SVG, "rect");
  mark.setAttribute("class", "brush");
  mark.setAttribute("y", "0");
  mark.setAttribute("height", svg.viewBox.baseVal.height);
  svg.append(mark);
  svg.setPointerCapture(event.pointerId);
  drag = { svg, mark, start: toUser(svg, event), end: null };
});
document.addEventListener("pointermove", (event) => {
  if (!drag) return;
  drag.end = toUser(drag.svg, event);
  drag.mark.setAttribute("x", Math.min(drag.start, drag.end));
  drag.mark.setAttribute("width", Math.abs(drag.end - drag.start));
});
function finish(event) {
  if (!drag) return;
  const { svg, mark, start, end } = drag;
  drag = null;
  mark.remove();
  const form = document.getElementById(svg.dataset.brush);
  if (event.type === "pointercancel" || end === null || Math.abs(end - start) < 4 || !form) return;
  form.elements.from.value = toTime(svg, Math.min(start, end));
  form.elements.to.value = toTime(svg, Math.max(start, end));
  form.requestSubmit();
}
document.addEventListener("pointerup", finish);
document.addEventListener("pointercancel", finish);
