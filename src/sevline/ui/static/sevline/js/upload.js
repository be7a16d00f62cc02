// Uploads: form[data-upload] sends each chosen, dropped or pasted file by itself, shows progress, can be cancelled,
// and sends again when the connection breaks. Without this script the form sends its files the ordinary way.
// The server knows a file that comes twice by its bytes. data-upload="now" starts without pressing the button.
// With data-resume="<address>" a file goes in pieces and goes on where it stopped, also after the page was closed;
// data-upload-from names the list that is fetched anew afterwards.
const WAITS = [2, 4, 8, 16];
const PAUSABLE = new Set([0, 502, 503, 504]);

// A name may hold marks that turn its direction, so that a program looks like a picture: they are written as escapes.
const seen = (name) => name.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, (mark) => `\\u${mark.codePointAt(0).toString(16).padStart(4, "0")}`);

function row(list, file) {
  const li = document.createElement("li");
  const name = Object.assign(document.createElement("span"), { className: "upload-name", textContent: seen(file.name) });
  const stop = Object.assign(document.createElement("button"), { className: "btn", type: "button", textContent: "Cancel" });
  stop.setAttribute("aria-label", `Cancel ${seen(file.name)}`);
  const bar = Object.assign(document.createElement("progress"), { max: 100, value: 0 });
  bar.setAttribute("aria-label", `Sending ${seen(file.name)}`);
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

function attempt(form, input, file, onProgress, hold) {
  return new Promise((resolve) => {
    const body = new FormData(form);
    body.delete(input.name);
    body.append(input.name, file, file.name);
    const xhr = new XMLHttpRequest();
    hold(() => xhr.abort());
    xhr.open("POST", form.action);
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

// What is known of one row, and how it is told.
function rowOf(list, file) {
  const { li, stop, bar, says } = row(list, file);
  const told = { cancel: () => {}, cancelled: false };
  told.hold = (act) => {
    told.cancel = act;
  };
  told.tell = (state, words) => {
    li.dataset.state = state;
    says.textContent = words;
  };
  told.finish = (state, words) => {
    told.tell(state, words);
    stop.remove();
  };
  told.progress = (share) => {
    bar.value = Math.round(share * 100);
    told.tell("sending", share < 1 ? `Sending, ${bar.value} %` : "Sent. The server seals it.");
  };
  told.arrived = (words) => {
    bar.remove();
    told.finish("done", words);
  };
  told.share = () => bar.value;
  stop.addEventListener("click", () => {
    told.cancelled = true;
    told.cancel();
  });
  return told;
}

const GONE = "The connection broke five times. The file was not sent. Choose it again when the connection is back.";
const BROKE = "The connection broke five times. What arrived is kept for a day: choose the same file again and it goes on.";
const CANCELLED = "Cancelled. Nothing of this file was kept.";

async function send(form, input, list, file) {
  const told = rowOf(list, file);
  for (let turn = 0; ; turn += 1) {
    told.progress(0);
    const xhr = await attempt(form, input, file, told.progress, told.hold);
    if (told.cancelled) return told.finish("failed", CANCELLED) ?? null;
    if (xhr && xhr.status >= 200 && xhr.status < 300) {
      told.arrived("Arrived.");
      return xhr;
    }
    if (!PAUSABLE.has(xhr?.status ?? 0)) {
      return told.finish("failed", reason(xhr) || `The server refused this file (${xhr.status}).`) ?? null;
    }
    if (turn >= WAITS.length) return told.finish("failed", GONE) ?? null;
    told.tell("waiting", `The connection broke at ${told.share()} %. Sending again in ${WAITS[turn]} s (try ${turn + 2} of 5).`);
    if (!(await wait(WAITS[turn], told.hold))) return told.finish("failed", CANCELLED) ?? null;
  }
}

// Resumable (form[data-resume]): the file is announced, then goes in pieces from wherever the server is (tus 1.0).
const PIECE = 4 * 1024 * 1024;

const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

function call(method, url, headers, body, told, onProgress) {
  return new Promise((resolve) => {
    const xhr = new XMLHttpRequest();
    told.hold(() => xhr.abort());
    xhr.open(method, url);
    xhr.setRequestHeader("Tus-Resumable", "1.0.0");
    xhr.setRequestHeader("X-Requested-With", "XMLHttpRequest");
    for (const [name, value] of Object.entries(headers)) if (value) xhr.setRequestHeader(name, value);
    if (onProgress) xhr.upload.addEventListener("progress", (event) => onProgress(event.loaded));
    for (const end of ["load", "error", "abort"]) xhr.addEventListener(end, () => resolve(xhr));
    xhr.send(body);
  });
}

function announced(form, file) {
  const same = [file.name, file.size, file.lastModified].join("/");
  const pairs = [["filename", file.name], ["fingerprint", same]];
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && value && !/csrf|form_token/.test(name)) pairs.push([name, value]);
  return pairs.map(([name, value]) => `${name} ${encoded(value)}`).join(",");
}

const jsonOf = (xhr) => {
  try {
    return JSON.parse(xhr.responseText);
  } catch {
    return {};
  }
};

// One step: announce, ask where to go on, or send the next piece. Answers how it went, in `state`.
async function step(form, file, at, told) {
  const token = form.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!at.url) {
    const xhr = await call("POST", form.dataset.resume, { "Upload-Length": String(file.size), "Upload-Metadata": announced(form, file), "X-CSRFToken": token }, null, told);
    if (xhr.status === 201) Object.assign(at, { url: xhr.getResponseHeader("Location"), offset: Number(xhr.getResponseHeader("Upload-Offset")) });
    return xhr;
  }
  if (at.offset === null) {
    const xhr = await call("HEAD", at.url, {}, null, told);
    if (xhr.status === 200) at.offset = Number(xhr.getResponseHeader("Upload-Offset"));
    return xhr;
  }
  const piece = file.slice(at.offset, at.offset + PIECE);
  const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": String(at.offset), "X-CSRFToken": token };
  const xhr = await call("PATCH", at.url, headers, piece, told, (sent) => told.progress(Math.min(0.999, (at.offset + sent) / file.size)));
  if (xhr.status === 200) at.offset = Number(xhr.getResponseHeader("Upload-Offset"));
  return xhr;
}

async function sendInPieces(form, list, file) {
  const told = rowOf(list, file);
  const at = { url: "", offset: null };
  let broke = 0;
  let reached = 0;
  told.progress(0);
  for (;;) {
    const xhr = told.cancelled ? null : await step(form, file, at, told);
    if (told.cancelled) {
      if (at.url) await call("DELETE", at.url, { "X-CSRFToken": form.querySelector("[name=csrfmiddlewaretoken]")?.value }, null, told);
      return told.finish("failed", CANCELLED) ?? null;
    }
    if (xhr.status === 200 || xhr.status === 201) {
      if (at.offset > reached) {
        reached = at.offset;
        broke = 0;
      }
      const { state, says } = jsonOf(xhr);
      if (state === "done") {
        told.arrived(says);
        return xhr;
      }
      if (state === "refused") return told.finish("failed", says) ?? null;
      told.progress(Math.min(0.999, (at.offset ?? 0) / file.size));
    } else if (xhr.status === 409) {
      at.offset = Number(xhr.getResponseHeader("Upload-Offset"));
    } else if (!PAUSABLE.has(xhr.status)) {
      return told.finish("failed", reason(xhr) || `The server refused this file (${xhr.status}).`) ?? null;
    } else if (broke >= WAITS.length) {
      return told.finish("failed", at.url ? BROKE : GONE) ?? null;
    } else {
      told.tell("waiting", `The connection broke at ${told.share()} %. Going on in ${WAITS[broke]} s (try ${broke + 2} of 5).`);
      if (!(await wait(WAITS[broke], told.hold))) continue;
      broke += 1;
      if (at.url) at.offset = null;
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
  for (const file of files) answers.push(await (form.dataset.resume ? sendInPieces(form, list, file) : send(form, input, list, file)));
  input.value = "";
  const arrived = answers.filter(Boolean);
  const last = arrived.at(-1);
  form.dispatchEvent(new CustomEvent("sevline:uploaded", { bubbles: true, detail: { arrived: arrived.length, of: files.length } }));
  if (!last) return;
  if (form.dataset.resume) {
    if (form.dataset.uploadFrom && window.htmx) window.htmx.ajax("GET", form.dataset.uploadFrom, { target: form.dataset.uploadTarget, swap: "outerHTML" });
    return;
  }
  const target = form.dataset.uploadTarget ? document.querySelector(form.dataset.uploadTarget) : null;
  if (target && window.htmx) window.htmx.swap(target, last.responseText, { swapStyle: form.dataset.uploadSwap ?? "innerHTML" });
  else if (target) target.replaceChildren(...new DOMParser().parseFromString(last.responseText, "text/html").body.childNodes);
  else if (arrived.length === files.length) location.assign(last.getResponseHeader("HX-Redirect") ?? last.responseURL);
}

// Once the list of files waits for nothing any more it says all that there is to say of them.
function forget(form) {
  const told = document.querySelector(form.dataset.uploadTarget);
  if (!told || told.hasAttribute("hx-get")) return;
  for (const done of form.querySelectorAll('.uploads [data-state="done"]')) done.remove();
}
document.addEventListener("htmx:afterSettle", () => document.querySelectorAll("form[data-upload-from]").forEach(forget));

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
