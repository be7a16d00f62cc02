"""`sevline send`: files into a case of a workbench that runs elsewhere, with an access token."""

import json
import os
import time
from pathlib import Path
from typing import Annotated, Any

import typer

from sevline.core.lifecycle import Refused

BLOCK = 256 * 1024
WAITING = 2.0  # seconds between two questions
LOCAL = ("http://127.0.0.1", "http://localhost", "http://[::1]")


def register(app: typer.Typer) -> None:
    app.command()(send)


def send(
    case: Annotated[str, typer.Argument(help="The case, such as C-1042.")],
    files: Annotated[list[Path], typer.Argument(help="Files to send.")],
    server: Annotated[str, typer.Option(help="Address of the workbench, such as https://desk.acme.example.")],
    token_file: Annotated[
        Path | None, typer.Option(help="File with the access token; SEVLINE_TOKEN is used without it.")
    ] = None,
    source: Annotated[str, typer.Option(help="Who or what gave them.")] = "",
    how: Annotated[str, typer.Option(help="The query, command or steps that collected them.")] = "",
    report: Annotated[
        Path | None, typer.Option(help="Wait for the redaction and write its report here, in JSON.")
    ] = None,
    wait: Annotated[int, typer.Option(min=1, help="Seconds to wait for the report at most.")] = 600,
) -> None:
    """Send files into a case and, if asked, fetch what their redaction found."""
    desk = Desk(_address(server), _token(token_file))
    kept = [desk.send(case, path, source, how) for path in files]
    if report is None:
        return
    until = time.monotonic() + wait
    reports = [desk.report(upload["id"], until) for upload in kept]
    report.write_text(json.dumps(reports, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _address(server: str) -> str:
    """Where requests go; a token is sent in the clear to this machine only."""
    if not server.startswith(("https://", *LOCAL)):
        raise Refused(f"{server} does not begin with https://, so the token could be read on its way.")
    return server.rstrip("/")


def _token(token_file: Path | None) -> str:
    text = token_file.read_text(encoding="utf-8") if token_file else os.environ.get("SEVLINE_TOKEN", "")
    if not text.strip().isascii() or len(text.split()) != 1:
        raise Refused("There is no access token: give --token-file, or set SEVLINE_TOKEN.")
    return text.strip()


def _headers(size: int) -> dict[str, str]:
    return {"Content-Type": "application/octet-stream", "Content-Length": str(size)}


class Desk:
    """A workbench elsewhere, as far as a token opens it."""

    def __init__(self, address: str, token: str) -> None:
        import httpx

        headers = {"Authorization": f"Bearer {token}"}
        self._http = httpx.Client(base_url=address, headers=headers, timeout=httpx.Timeout(60, read=600))

    def send(self, case: str, path: Path, source: str, how: str) -> dict[str, Any]:
        """The file as its body, read while it is sent. Refused says what the server said."""
        size = path.stat().st_size
        fields = {"name": path.name, "source": source, "how": how}
        with path.open("rb") as file:
            blocks = iter(lambda: file.read(BLOCK), b"")
            given = {"params": fields, "content": blocks, "headers": _headers(size)}
            upload = self._asked("POST", f"/api/v1/cases/{case}/uploads", 201, **given)
        print(f"{path}: {upload['upload']}, {upload['size']:,} bytes, sha256 {upload['sha256']}")
        return upload

    def report(self, upload: int, until: float) -> dict[str, Any]:
        """The redaction report, as soon as there is one."""
        while True:
            state = self._asked("GET", f"/api/v1/uploads/{upload}", 200)
            if state["is_settled"]:
                return self._asked("GET", f"/api/v1/uploads/{upload}/report", 200)
            if time.monotonic() > until:
                raise Refused(f"{state['upload']} is still {state['state']}. Its report is at {state['report']}.")
            time.sleep(WAITING)

    def _asked(self, method: str, path: str, wanted: int, **given: Any) -> dict[str, Any]:
        import httpx

        try:
            answer = self._http.request(method, path, **given)
        except httpx.HTTPError as error:
            raise Refused(f"The workbench could not be reached: {error or type(error).__name__}.") from None
        try:
            told: dict[str, Any] = answer.json()
        except ValueError:
            told = {}
        if answer.status_code != wanted:
            raise Refused(str(told.get("error") or f"The workbench answered {answer.status_code}."))
        return told
