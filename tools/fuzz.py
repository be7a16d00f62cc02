"""Fuzz what reads foreign bytes, guided by coverage. Outside CI: atheris is in no lock.

    .venv/bin/pip install atheris
    .venv/bin/python -m tools.fuzz har --seconds 600

A parser may refuse with an error of its own; anything else that it raises is a finding, printed with the input that
caused it, which is kept in the folder given. What was found is mended and gets a test of its own.
"""

import argparse
import importlib
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import mkdtemp

Target = Callable[[bytes], None]
LONGEST = 65_536
FOLDER = Path(mkdtemp(prefix="sevline-fuzz-"))


def har(data: bytes) -> None:
    from sevline.core.checks import every_check
    from sevline.core.finding import run
    from sevline.core.readers.har import NotAHarError, read_har

    try:
        read = read_har(data, "a1")
    except NotAHarError:
        return
    run([read.har], every_check())


def saml(data: bytes) -> None:
    from sevline.core.checks import every_check
    from sevline.core.finding import run
    from sevline.core.readers.saml import NotSamlError, read_saml, unwrap
    from sevline.core.readers.xml import BadXmlError

    try:
        run(read_saml(unwrap(data), "a1"), every_check())
    except (NotSamlError, BadXmlError):
        return


def token(data: bytes) -> None:
    from sevline.core.readers.jwt import token_facts

    token_facts(data.decode("utf-8", "replace"))


def documents(data: bytes) -> None:
    """Every reader of JSON documents."""
    from sevline.core.readers.jsontext import BadJsonError, decode
    from sevline.core.readers.reader import Form, Source, read_all

    try:
        document = decode(data)
    except BadJsonError:
        return
    list(read_all(Form.JSON, Source("a1", "x.json"), document))


def lines(data: bytes) -> None:
    """Every reader of lines, with access logs and stack traces."""
    from sevline.core.readers.accesslog import read_access_log
    from sevline.core.readers.reader import Form, Source, read_all
    from sevline.core.readers.stacktrace import read_traces

    text = data.decode("utf-8", "replace").splitlines()
    read_access_log(text, "a1")
    list(read_traces(text, "a1"))
    list(read_all(Form.LINES, Source("a1", "x.log"), text))


def archive(data: bytes) -> None:
    from sevline.bench.archive import Budget, leaves
    from sevline.bench.limits import MEBI, Limits

    limits = Limits(expanded=8 * MEBI, source=MEBI)
    list(leaves("x", data, Budget(limits)))


def redact(data: bytes) -> None:
    """A second run changes nothing, in each way that a document is redacted; broken structure is redacted as text."""
    from sevline.core.redaction import Mode, Redactor

    mode = tuple(Mode)[data[0] % len(Mode)] if data else Mode.LOGS
    redactor = Redactor(bytes(32))
    once = redactor.document(mode, data[1:])
    if mode in (Mode.LOGS, Mode.TEXT):
        again = redactor.document(mode, once.data).data
        if again != once.data:
            raise AssertionError(f"A second run in mode {mode} changed what the first had written.")


def pdf(data: bytes) -> None:
    from sevline.core.redaction import Mode, Redactor

    Redactor(bytes(32)).document(Mode.PDF, b"%PDF-1.4\n" + data)


def picture(data: bytes) -> None:
    from sevline.core.redaction import Mode, Redactor

    Redactor(bytes(32)).document(Mode.PICTURE, data)


TARGETS: dict[str, Target] = {
    each.__name__: each for each in (har, saml, token, documents, lines, archive, redact, pdf, picture)
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("target", choices=TARGETS)
    asked.add_argument("--seconds", type=int, default=600)
    asked.add_argument("--corpus", type=Path, default=FOLDER, help="inputs to begin with; new ones are added")
    given = asked.parse_args()
    try:
        atheris = importlib.import_module("atheris")
    except ImportError:
        sys.exit("atheris is not installed. Install it beside the project: .venv/bin/pip install atheris")
    given.corpus.mkdir(parents=True, exist_ok=True)
    with atheris.instrument_imports(include=["sevline"]):
        for sample in (b"", *(path.read_bytes() for path in sorted(given.corpus.iterdir()))):
            TARGETS[given.target](sample)
    options = [f"-max_total_time={given.seconds}", f"-max_len={LONGEST}", "-timeout=60", "-rss_limit_mb=4096"]
    kept = f"-artifact_prefix={given.corpus}/found-"
    atheris.Setup([sys.argv[0], str(given.corpus), *options, kept], TARGETS[given.target])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
