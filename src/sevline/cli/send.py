"""`sevline send`: files into a case of a workbench that runs elsewhere, with an access token."""

import json
import time
from base64 import b64encode
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO

import typer

from sevline.core.lifecycle import Refused

if TYPE_CHECKING:
    import httpx

BLOCK = 256 * 1024
WAITING = 2.0  # seconds between two questions
#: How often in a row a connection may break without a byte arriving before the command gives up.
TRIES = 5
LOCAL = ("http://127.0.0.1", "http://localhost", "http://[::1]")


def register(app: typer.Typer) -> None:
    app.command()(send)


def send(
    case: Annotated[str, typer.Argument(help="The case, such as C-1042.")],
    files: Annotated[list[Path], typer.Argument(help="Files to send.")],
    server: Annotated[str, typer.Option(help="Address of the workbench, such as https://desk.acme.example.")],
    token_file: Annotated[Path, typer.Option(help="File that holds the access token and nothing else.")],
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


def _token(token_file: Path) -> str:
    text = token_file.read_bytes()[:1000].decode("utf-8", "replace").strip()
    if not text.isascii() or len(text.split()) != 1:
        raise Refused(f"{token_file} does not hold an access token.")
    return text


def _metadata(fields: dict[str, str]) -> str:
    """The fields as `Upload-Metadata` writes them: a name, a blank, and the value in base64."""
    return ",".join(f"{name} {b64encode(value.encode()).decode()}" for name, value in fields.items() if value)


def _fingerprint(path: Path, size: int) -> str:
    """What makes the same file known again when the command is run once more; the server keeps a keyed hash of it."""
    return f"{path.resolve()} {size} {path.stat().st_mtime_ns}"


class Desk:
    """A workbench elsewhere, as far as a token opens it."""

    def __init__(self, address: str, token: str) -> None:
        import httpx

        headers = {"Authorization": f"Bearer {token}"}
        self._http = httpx.Client(base_url=address, headers=headers, timeout=httpx.Timeout(60, read=600))

    def send(self, case: str, path: Path, source: str, how: str) -> dict[str, Any]:
        """The file, going on where a connection broke, now or in an earlier run; Refused says what the server said."""
        size = path.stat().st_size
        fields = {"filename": path.name, "source": source, "how": how, "fingerprint": _fingerprint(path, size)}
        headers = {"Upload-Length": str(size), "Upload-Metadata": _metadata(fields)}
        begun = self._answered("POST", f"/api/v1/cases/{case}/sendings", 201, headers=headers)
        with path.open("rb") as file:
            upload = self._sent(begun.headers["Location"], file, size, int(begun.headers["Upload-Offset"]))
        print(f"{path}: {upload['upload']}, {upload['size']:,} bytes, sha256 {upload['sha256']}")
        return upload

    def _sent(self, place: str, file: BinaryIO, size: int, start: int) -> dict[str, Any]:
        """The rest of the file from `start` on; the answer to its last byte."""
        import httpx

        tries = 0
        while True:
            file.seek(start)
            headers = {
                "Content-Type": "application/offset+octet-stream",
                "Content-Length": str(size - start),
                "Upload-Offset": str(start),
            }
            try:
                answer = self._http.patch(place, content=iter(lambda: file.read(BLOCK), b""), headers=headers)
            except httpx.TransportError as error:
                before, start = start, self._offset(place, error)
                tries = 0 if start > before else tries + 1
                if tries == TRIES:
                    raise Refused(
                        f"The connection broke {TRIES} times in a row. Run the command again later."
                    ) from None
                continue
            return _told(answer, 200)

    def _offset(self, place: str, error: Exception) -> int:
        """How much the server has; asked a few times, because what broke the connection may last."""
        import httpx

        for _ in range(TRIES):
            time.sleep(WAITING)
            try:
                return int(self._http.head(place).headers["Upload-Offset"])
            except (httpx.TransportError, KeyError, ValueError):
                continue
        raise Refused(
            f"The connection broke: {error or type(error).__name__}. Run the command again; it goes on there."
        )

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
        return _told(self._answered(method, path, wanted, **given), wanted)

    def _answered(self, method: str, path: str, wanted: int, **given: Any) -> "httpx.Response":
        """The answer; Refused says why the server did not give the one that was wanted."""
        import httpx

        try:
            answer = self._http.request(method, path, **given)
        except httpx.HTTPError as error:
            raise Refused(f"The workbench could not be reached: {error or type(error).__name__}.") from None
        _told(answer, wanted)
        return answer


def _told(answer: "httpx.Response", wanted: int) -> dict[str, Any]:
    """What the answer says; Refused where it is not the one that was wanted."""
    try:
        told: dict[str, Any] = answer.json()
    except ValueError:
        told = {}
    if answer.status_code != wanted:
        raise Refused(str(told.get("error") or f"The workbench answered {answer.status_code}."))
    return told
