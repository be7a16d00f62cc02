// Texts that depend on the time are rewritten once a minute; nothing else moves.
const MINUTE = 60_000;

function span(milliseconds) {
  const minutes = Math.floor(Math.abs(milliseconds) / MINUTE);
  const days = Math.floor(minutes / 1440);
  const hours = Math.floor((minutes % 1440) / 60);
  const rest = minutes % 60;
  const second = (amount, unit) => (amount ? ` ${amount} ${unit}` : "");
  if (days) return `${days} ${days === 1 ? "day" : "days"}${second(hours, "h")}`;
  if (hours) return `${hours} h${second(rest, "min")}`;
  return minutes ? `${minutes} min` : "less than 1 min";
}

function write(el, text) {
  if (el && el.textContent !== text) el.textContent = text;
}

function tick() {
  const now = Date.now();
  for (const el of document.querySelectorAll("[data-utc-clock]")) {
    const moment = new Date(now).toISOString();
    el.dateTime = `${moment.slice(0, 19)}Z`;
    write(el, `${moment.slice(11, 16)} UTC`);
  }
  for (const el of document.querySelectorAll("[data-due]")) {
    const left = Date.parse(el.dataset.due) - now;
    if (left < 0 && ["running", "soon"].includes(el.dataset.clock)) el.dataset.clock = "breached";
    write(el.querySelector("[data-remaining]") ?? el, left < 0 ? `over by ${span(left)}` : span(left));
  }
  for (const el of document.querySelectorAll("time[data-ago]")) {
    const gap = Date.parse(el.dateTime) - now;
    if (Math.abs(gap) < MINUTE) write(el, "now");
    else write(el, gap > 0 ? `in ${span(gap)}` : `${span(gap)} ago`);
  }
}

function schedule() {
  setTimeout(() => {
    if (!document.hidden) tick();
    schedule();
  }, MINUTE - (Date.now() % MINUTE));
}
document.addEventListener("visibilitychange", () => document.hidden || tick());
schedule();
