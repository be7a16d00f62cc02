import pytest

from tests.context.cli.calling import Command


@pytest.fixture
def sevline(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Command:
    return Command(capsys, monkeypatch)
