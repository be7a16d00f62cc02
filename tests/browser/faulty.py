"""A server on the loopback address that answers with injected faults and keeps the list of what it did to whom."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PAGE = b"""<!doctype html><title>Orders</title><script>
const other = new URLSearchParams(location.search).get("other");
const get = (path, options) => fetch(path, options).catch(() => null);
(async () => {
  for (const path of ["/ok", "/401", "/403", "/500", "/502", "/504", "/loop"]) await get(path);
  for (let attempt = 0; attempt < 3; attempt++) await get("/429");
  await get(other + "/cors");
  await get(other + "/preflight", {method: "PUT", headers: {"X-Tenant": "t1"}});
  document.title = "done";
})();
</script>"""
HEADERS = {"/429": {"Retry-After": "30"}, "/502": {"Server": "nginx"}, "/504": {"Server": "awselb/2.0"}}
LOOP = {"/loop": "/loop2", "/loop2": "/loop"}


@dataclass
class Faulty:
    """`labels` are (path, fault) in the order of the answers, written before any reader sees the recording."""

    url: str
    labels: list[tuple[str, str]] = field(default_factory=list)


@contextmanager
def serving() -> Iterator[Faulty]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Answers)
    faulty = Faulty(f"http://127.0.0.1:{server.server_address[1]}")
    server.faulty = faulty  # type: ignore[attr-defined]  # the handler has no other way to reach it
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield faulty
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


class _Answers(BaseHTTPRequestHandler):
    server_version, sys_version = "demo", ""

    def do_GET(self) -> None:
        path = self.path.split("?", 1)[0]
        status = int(path[1:]) if path[1:].isdigit() else 302 if path in LOOP else 200
        if status != 200 or path == "/cors":
            fault = "loop" if path in LOOP else path[1:]
            self.server.faulty.labels.append((path, fault))  # type: ignore[attr-defined]  # set where it is started
        self._answer(status, {**HEADERS.get(path, {}), **({"Location": LOOP[path]} if path in LOOP else {})})

    def do_OPTIONS(self) -> None:
        self.server.faulty.labels.append((self.path, "cors"))  # type: ignore[attr-defined]  # set where it is started
        self._answer(403, {})

    def _answer(self, status: int, headers: dict[str, str]) -> None:
        body = PAGE if self.path.startswith("/?") else b"{}"
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", "text/html" if body is PAGE else "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class names it so
        return
