"""A server killed in the middle of an upload leaves nothing half-visible, and the file can be sent again."""

import http.client
import re

import pytest

from tests.flow.conftest import Install
from tests.flow.served import CASE, EVENTS, SESSION, UPLOADS, log_of, sealed_files, wait_until
from tests.installation import Installation

pytestmark = [pytest.mark.slow, pytest.mark.both_databases]
LOG = log_of(3 * 1024)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


class Sender:
    """Sam's browser, as far as it matters here: a session, the form's token, and one file under one key."""

    def __init__(self, desk: Installation, case: str) -> None:
        self.desk, self.case = desk, case
        self.cookie = f"sessionid={desk.python(SESSION)}"
        connection = self._connect()
        connection.request("GET", f"/evidence/cases/{case}/uploads", headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        found = TOKEN.search(answer.read().decode())
        assert found is not None
        self.token = found[1]
        given = re.search(r"csrftoken=(\w+)", answer.headers["Set-Cookie"])
        assert given is not None
        self.cookie += f"; csrftoken={given[1]}"

    def _connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("localhost", self.desk.port, timeout=60)

    def begin(self, share: float) -> http.client.HTTPConnection:
        """Send the head and so much of the file."""
        connection = self._connect()
        connection.putrequest("POST", f"/evidence/cases/{self.case}/uploads?name=dispatcher.log")
        for name, value in {
            "Cookie": self.cookie,
            "X-CSRFToken": self.token,
            "X-Requested-With": "XMLHttpRequest",
            "Content-Type": "application/octet-stream",
            "Content-Length": str(len(LOG)),
        }.items():
            connection.putheader(name, value)
        connection.endheaders()
        connection.send(LOG[: int(len(LOG) * share)])
        return connection

    def page(self, address: str) -> str:
        connection = self._connect()
        connection.request("GET", address, headers={"Cookie": self.cookie})
        answer = connection.getresponse()
        assert answer.status == 200
        return answer.read().decode()


def test_a_server_killed_in_the_middle_of_an_upload_leaves_nothing_half_visible(install: Install) -> None:
    desk = install()
    desk.load_cast()
    case = desk.python(CASE)
    desk.start()
    sam = Sender(desk, case)

    broken = sam.begin(0.6)
    some_of_it_was_stored = wait_until(lambda: bool(sealed_files(desk)))
    desk.kill()
    with pytest.raises((http.client.HTTPException, OSError)):
        broken.getresponse()
    desk.start()

    assert some_of_it_was_stored
    assert desk.python(EVENTS.format("evidence.received")) == "0"
    assert "dispatcher.log" not in sam.page(f"/cases/{case}/evidence")
    assert "dispatcher.log" not in sam.page(f"/cases/{case}")

    answers = [sam.begin(1).getresponse().status for _ in range(2)]

    assert answers == [201, 201]
    assert wait_until(lambda: "available" in desk.python(UPLOADS))
    assert desk.python(UPLOADS).split().count("available") == 1
    assert [desk.python(EVENTS.format(kind)) for kind in ("evidence.received", "evidence.ready")] == ["1", "1"]
    assert "dispatcher.log" in sam.page(f"/cases/{case}/evidence")
    assert "The audit trail is intact" in desk.sevline("audit", "verify").stdout
