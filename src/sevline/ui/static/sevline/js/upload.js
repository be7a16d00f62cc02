// Uploads: form[data-upload] sends each chosen, dropped or pasted file by itself, shows progress, can be cancelled,
// and sends again when the connection breaks. Without this script the form sends its files the ordinary way.
// Every attempt for one file carries the same Idempotency-Key. data-upload="now" starts without pressing the button.
const WAITS = [2, 4, 8, 16];
const PAUSABLE = new Set([0, 502, 503, 504]);

function row(list, file) {
  const li = document.createElement("li");
  const name = Object.assign(document.createElement("span"), { className: "upload-name", textContent: file.name });
  const stop = Object.assign(document.createElement("button"), { className: "btn", type: "button", textContent: "Cancel" });
  stop.setAttribute("aria-label", `Cancel ${file.name}`);
  const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  bar.setAttribute("aria-label", `Sending ${file.name}`);
  const says = Object.assign(document.createElement("span"), { className: "upload-says" });
  says.setAttribute("role", "status");
  li.append(name, stop, bar, says);
  list.append(li);
  return { li, stop, bar, says };
}

function reason(xhr) {
  const kind = xhr.getResponseHeader("Content-Type") ?? "";
  if (kind.includes("json")) {
    try {
      const told = JSON.parse(xhr.responseText);
      return told.detail ?? told.message ?? "";
    } catch {
      return "";
    }
  }
  if (kind.includes("text/plain")) return xhr.responseText.trim();
  const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
  const part = page.querySelector(".field-error, .refusal p, .error-summary li, main p");
  return part?.textContent.replace(/\s+/g, " ").trim() ?? "";
}

function attempt(form, input, file, key, onProgress, hold) {
  return new Promise((resolve) => {
    const body = new FormData(form);
    body.delete(input.name);
    body.append(input.name, file, file.name);
    const xhr = new XMLHttpRequest();
    hold(() => xhr.abort());
    xhr.open("POST", form.action);
    xhr.setRequestHeader("Idempotency-Key", key);
    xhr.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    xhr.upload.addEventListener("progress", (event) => event.lengthComputable && onProgress(event.loaded / event.total));
    xhr.addEventListener("load", () => resolve(xhr));
    xhr.addEventListener("error", () => resolve(xhr));
    xhr.addEventListener("abort", () => resolve(null));
    xhr.send(body);
  });
}

const wait = (seconds, hold) =>
  new Promise((resolve) => {
    const timer = setTimeout(() => resolve(true), seconds * 1000);
    hold(() => {
      clearTimeout(timer);
      resolve(false);
    });
  });

async function send(form, input, list, file) {
  const { li, stop, bar, says } = row(list, file);
  const key = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  let cancel = () => {};
  let cancelled = false;
  const hold = (act) => {
    cancel = act;
  };
  const tell = (state, words) => {
    li.dataset.state = state;
    says.textContent = words;
  };
  const finish = (state, words) => {
    tell(state, words);
    stop.remove();
  };
  stop.addEventListener("click", () => {
    cancelled = true;
    cancel();
  });
  const progress = (share) => {
    bar.value = Math.round(share * 100);
    tell("sending", share < 1 ? `Sending, ${bar.value} %` : "Sent. The server reads it and blacks out secrets.");
  };
  for (let turn = 0; ; turn += 1) {
    progress(0);
    const xhr = await attempt(form, input, file, key, progress, hold);
    if (cancelled) {
      finish("failed", "Cancelled. Nothing of this file was kept.");
      return null;
    }
    if (xhr && xhr.status >= 200 && xhr.status < 300) {
      bar.value = 100;
      finish("done", "Arrived.");
      return xhr;
    }
    if (!PAUSABLE.has(xhr?.status ?? 0)) {
      finish("failed", reason(xhr) || `The server refused this file (${xhr.status}).`);
      return null;
    }
    if (turn >= WAITS.length) {
      finish("failed", "The connection broke five times. The file was not sent. Choose it again when the connection is back.");
      return null;
    }
    tell("waiting", `The connection broke at ${bar.value} %. Sending again in ${WAITS[turn]} s (try ${turn + 2} of 5).`);
    if (!(await wait(WAITS[turn], hold))) {
      finish("failed", "Cancelled. Nothing of this file was kept.");
      return null;
    }
  }
}

function listOf(form) {
  const found = form.querySelector(".uploads");
  if (found) return found;
  const made = Object.assign(document.createElement("ul"), { className: "uploads" });
  made.setAttribute("aria-label", "Files being sent");
  form.append(made);
  return made;
}

async function sendAll(form, files) {
  const input = form.querySelector("input[type=file]");
  const list = listOf(form);
  const answers = [];
  for (const file of files) answers.push(await send(form, input, list, file));
  input.value = "";
  const arrived = answers.filter(Boolean);
  const last = arrived.at(-1);
  form.dispatchEvent(new CustomEvent("sevline:uploaded", { bubbles: true, detail: { arrived: arrived.length, of: files.length } }));
  if (!last) return;
  const target = form.dataset.uploadTarget ? document.querySelector(form.dataset.uploadTarget) : null;
  if (target && window.htmx) window.htmx.swap(target, last.responseText, { swapStyle: form.dataset.uploadSwap ?? "innerHTML" });
  else if (target) target.replaceChildren(...new DOMParser().parseFromString(last.responseText, "text/html").body.childNodes);
  else if (arrived.length === files.length) location.assign(last.getResponseHeader("HX-Redirect") ?? last.responseURL);
}

const waiting = new WeakMap();

function take(form, files) {
  const chosen = [...files];
  if (!chosen.length) return;
  if (form.dataset.upload === "now") {
    sendAll(form, chosen);
    return;
  }
  const input = form.querySelector("input[type=file]");
  const all = [...(waiting.get(form) ?? []), ...chosen];
  waiting.set(form, all);
  const data = new DataTransfer();
  for (const file of input.multiple ? all : all.slice(-1)) data.items.add(file);
  input.files = data.files;
}

document.addEventListener("change", (event) => {
  const form = event.target.closest?.("form[data-upload]");
  if (form && event.target.type === "file" && form.dataset.upload === "now") take(form, event.target.files);
});
document.addEventListener("submit", (event) => {
  const form = event.target;
  const input = form.matches("form[data-upload]") && form.querySelector("input[type=file]");
  if (!input || !input.files.length) return;
  event.preventDefault();
  waiting.delete(form);
  sendAll(form, [...input.files]);
});
const zone = (event) => event.target.closest?.("form[data-upload] .drop");
for (const name of ["dragover", "dragenter"]) {
  document.addEventListener(name, (event) => {
    const drop = zone(event);
    if (!drop) return;
    event.preventDefault();
    drop.dataset.over = "";
  });
}
for (const name of ["dragleave", "drop"]) {
  document.addEventListener(name, (event) => {
    const drop = zone(event);
    if (!drop) return;
    delete drop.dataset.over;
    if (name !== "drop") return;
    event.preventDefault();
    take(drop.closest("form"), event.dataTransfer.files);
  });
}
document.addEventListener("paste", (event) => {
  if (event.target.closest?.("textarea, input:not([type=file])")) return;
  const form = event.target.closest?.("form[data-upload]") ?? document.querySelector("form[data-upload]");
  if (!form) return;
  const text = event.clipboardData.getData("text/plain");
  const stamp = new Date().toISOString().slice(0, 19).replaceAll(":", "-");
  const files = event.clipboardData.files.length || !text ? event.clipboardData.files : [new File([text], `pasted-${stamp}Z.txt`, { type: "text/plain" })];
  if (!files.length) return;
  event.preventDefault();
  take(form, files);
});
