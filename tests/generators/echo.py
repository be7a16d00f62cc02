"""A loopback server that keeps what it was asked."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class Echoed:
    method: str
    path: str
    query: dict[str, str]
    headers: dict[str, str] = field(default_factory=dict)
    body: str = ""


@contextmanager
def echoing(
    status: int = 200,
    *,
    answers: dict[str, tuple[int, dict[str, str], bytes]] | None = None,
    in_turn: Sequence[int] = (),
    port: int = 0,
) -> Iterator[tuple[str, list[Echoed]]]:
    """The base address and the list of what was asked.

    `answers` by path win over the plain answer; its status comes from `in_turn` while there are some left.
    """
    turns = iter(in_turn)
    seen: list[Echoed] = []

    class Handler(BaseHTTPRequestHandler):
        def handle_any(self) -> None:
            size = int(self.headers.get("content-length") or 0)
            parts = urlsplit(self.path)
            body = self.rfile.read(size).decode() if size else ""
            told = {name.lower(): value for name, value in self.headers.items()}
            seen.append(Echoed(self.command, parts.path, dict(parse_qsl(parts.query)), told, body))
            code, headers, content = (answers or {}).get(parts.path) or (next(turns, status), {}, b"{}")
            self.send_response(code)
            for name, value in ({"Content-Length": str(len(content))} | headers).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            return

    for verb in ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"):
        setattr(Handler, f"do_{verb}", Handler.handle_any)
    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
