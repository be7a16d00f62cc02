"""What a file is, decided by its content; its name is never asked."""

import re
from dataclasses import dataclass
from enum import StrEnum

from sevline.core.readers.accesslog import looks_like_access_log
from sevline.core.readers.logs.lines import with_line_feeds
from sevline.core.readers.saml import NotSamlError, unwrap
from sevline.core.readers.tables import delimiter_of

HEAD = 65_536
ZEROS = re.compile(rb"\x00{16,}")
#: One byte in so many may be NUL, or another that no text holds, where NUL bytes are dropped.
MOST_NULS, MOST_ODD = 10, 200
BASE64 = re.compile(rb"^[A-Za-z0-9+/=%\s_-]+$")
SEND = " Send it as text instead:"
DUMP = "Send a thread dump or the stack as text instead, such as `jstack PID > threads.txt`"
#: Classic captures in either order of bytes, with micro- or nanoseconds, and the newer form.
PCAP = (b"\xd4\xc3\xb2\xa1", b"\xa1\xb2\xc3\xd4", b"\x4d\x3c\xb2\xa1", b"\xa1\xb2\x3c\x4d", b"\n\r\r\n")
CAPTURE = (
    f"a packet capture.{SEND} `tcpdump -nn -tttt -r FILE > capture.txt`, or `tshark -r FILE > capture.txt`, of a "
    "capture that was stopped before it was copied, so that it is whole"
)
#: A PKCS #12 container (RFC 7292 4): a sequence, the version 3, and data or signed data of PKCS #7.
PKCS12 = re.compile(
    rb"\x30[\x80-\x84].{0,4}?\x02\x01\x03\x30[\x80-\x84]?.{0,4}?\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07", re.DOTALL
)
KEYSTORE = (
    "It is a PKCS #12 key store, which holds a private key. Send the certificates alone as PEM: "
    "`openssl pkcs12 -in FILE -nokeys -out certificates.pem`."
)
#: How a binary file begins, what it is and how to get what it tells as text.
MARKS = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"SQLite format 3\x00", f"an SQLite database.{SEND} `sqlite3 FILE .schema` and the rows that matter as CSV"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    *((mark, CAPTURE) for mark in PCAP),
    (b"snoop\x00\x00\x00", CAPTURE),
    (b"ElfFile\x00", f"a Windows event log.{SEND} `wevtutil qe FILE /lf:true /f:text > events.txt`"),
    (b"LPKSHHRH", f"a journal of systemd.{SEND} `journalctl --file FILE -o short-iso-precise > journal.txt`"),
    (b"\xfebin", f"a binary log of MySQL.{SEND} `mysqlbinlog --verbose FILE > binlog.sql`"),
    (b"PGDMP", f"an archive of pg_dump.{SEND} `pg_restore -f dump.sql FILE`"),
    (b"REDIS0", f"a snapshot of Redis.{SEND} `redis-cli --bigkeys` and `redis-cli info` of the running server"),
    (b"JAVA PROFILE", f"a heap dump of Java, which holds everything in memory. {DUMP}"),
    (b"MDMP", f"a memory dump of Windows, which holds everything in memory. {DUMP}"),
    (b"FLR\x00", f"a recording of Java's flight recorder.{SEND} `jfr print FILE > recording.txt`"),
    (b"Obj\x01", f"an Avro file.{SEND} `avro-tools tojson FILE > rows.jsonl`"),
    (b"ORC", f"an ORC file.{SEND} the same rows as CSV or Parquet"),
    (b"bplist00", f"a property list.{SEND} `plutil -p FILE > list.txt`"),
    (b"\xfe\xed\xfe\xed", f"a Java key store.{SEND} `keytool -list -v -keystore FILE > keystore.txt`"),
    (b"\xd0\xcf\x11\xe0", f"an older Office document.{SEND} the sheet as CSV, or the text"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
)


class Kind(StrEnum):
    EMPTY = "empty"
    BINARY = "binary"
    HAR = "har"
    SAML = "saml"
    XML = "xml"
    JSON = "json"
    ACCESS_LOG = "access_log"
    TABLE = "table"
    PARQUET = "parquet"
    LOG = "log"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`data` is the content as UTF-8 text with LF behind each line; `encoding` names another one it was in; `note` says
    what a binary is."""

    kind: Kind
    data: bytes
    encoding: str = "utf-8"
    note: str = ""


def sniff(data: bytes) -> Sniffed:
    if not data.strip():
        return Sniffed(Kind.EMPTY, b"")
    if data.startswith(b"PAR1") and data.endswith(b"PAR1"):
        return Sniffed(Kind.PARQUET, data, "parquet")
    for mark, what in MARKS:
        if data.startswith(mark):
            return Sniffed(Kind.BINARY, b"", "binary", f"It is {what}.")
    if (certificate := _certificate(data)) is not None:
        return Sniffed(Kind.TEXT, certificate, "DER")
    if PKCS12.match(data):
        return Sniffed(Kind.BINARY, b"", "binary", KEYSTORE)
    text, encoding = _as_utf8(data)
    if text is None:
        return Sniffed(Kind.BINARY, b"", "binary", "It holds binary data, whatever its name says.")
    text = with_line_feeds(text)
    return Sniffed(_kind(text), text, encoding)


def _as_utf8(data: bytes) -> tuple[bytes | None, str]:
    if encoding := _utf16(data[:HEAD]):
        return data.decode(encoding, "replace").removeprefix("\ufeff").encode(), encoding
    if (cleared := _without_nul(data)) is not None:
        text, encoding = _as_utf8(cleared)
        return text, f"{encoding}, with NUL bytes"
    head = data[:HEAD]
    odd = sum(head.count(bytes([code])) for code in range(32) if code not in {9, 10, 12, 13, 27})
    if b"\x00" in head or odd * 20 > len(head):
        return None, "binary"
    try:
        data.decode()
    except UnicodeDecodeError:
        return _western(data) or (data.decode("utf-8", "replace").encode(), "utf-8 with bytes that are not UTF-8")
    return data.removeprefix(b"\xef\xbb\xbf"), "utf-8"


def _without_nul(data: bytes) -> bytes | None:
    """The text of a log in which zeros stand, as a machine that lost power leaves them; None for anything else."""
    head = ZEROS.sub(b"", data[:HEAD])
    if b"\0" not in data[:HEAD] or b"\n" not in head:
        return None
    odd = sum(head.count(bytes([code])) for code in range(1, 32) if code not in {9, 10, 12, 13, 27})
    few = head.count(b"\0") * MOST_NULS <= len(head) and odd * MOST_ODD <= len(head)
    return data.replace(b"\0", b"") if few else None


def _western(data: bytes) -> tuple[bytes, str] | None:
    """As Windows writes it in western countries, where more letters speak for that than for UTF-8 with a few faults."""
    replaced = data.decode("utf-8", "replace")
    faults = replaced.count("\ufffd")
    if faults <= sum(not letter.isascii() for letter in replaced) - faults:
        return None
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    strange = sum(not letter.isascii() for letter in text)
    return (text.encode(), "windows-1252") if 5 * strange <= len(text) else None


def _certificate(data: bytes) -> bytes | None:
    """Certificates in DER, alone or in a PKCS #7 bundle, as PEM."""
    if data[:2] not in {b"\x30\x82", b"\x30\x80"} or len(data) > LARGEST_DER:
        return None
    from cryptography import x509
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.serialization import Encoding, pkcs7

    try:
        found = [x509.load_der_x509_certificate(data)]
    except ValueError:
        try:
            found = pkcs7.load_der_pkcs7_certificates(data)
        except (ValueError, UnsupportedAlgorithm):
            return None
    return b"".join(one.public_bytes(Encoding.PEM) for one in found) or None


def _utf16(head: bytes) -> str:
    """By its byte order mark, or by zero bytes standing at every other place as in text of Latin letters."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    even, odd = head[::2], head[1::2]
    if len(odd) >= 8 and odd.count(0) * 10 > len(odd) * 9 and even.count(0) * 10 < len(even):
        return "utf-16-le"
    if len(odd) >= 8 and even.count(0) * 10 > len(even) * 9 and odd.count(0) * 10 < len(odd):
        return "utf-16-be"
    return ""


def _kind(text: bytes) -> Kind:
    head = text[:HEAD].lstrip()
    if head.startswith((b"{", b"[")):
        return _json_kind(head, text)
    if head.startswith(b"<"):
        return _xml_kind(head)
    if _wrapped_saml(head, text):
        return Kind.SAML
    lines = head.decode("utf-8", "replace").splitlines()[:40]
    if sum(1 for line in lines[:12] if LETTER_HEAD.match(line)) >= LEAST_HEADS:
        return Kind.TEXT
    if looks_like_access_log(lines[:-1] or lines):
        return Kind.ACCESS_LOG
    if delimiter_of(head[:8192].decode("utf-8", "replace")):
        return Kind.TABLE
    return Kind.LOG if len(text) > HEAD or _looks_logged(lines) else Kind.TEXT


def _json_kind(head: bytes, text: bytes) -> Kind:
    if head.startswith(b"{") and b'"log"' in head[:4096] and b'"entries"' in text:
        return Kind.HAR
    lines = head.splitlines()
    is_lines = len(lines) > 1 and all(_is_object(line) for line in lines[:2])
    is_tag = head.startswith(b"[") and not JSON_LIST.match(head)
    return Kind.LOG if is_lines or is_tag else Kind.JSON


#: How a list in JSON goes on; `[2026-11-25 09:00:00]`, `[12] [INFO]` and `[notice]` are how a line of a log begins.
JSON_LIST = re.compile(
    rb"^\[\s*(?:[\[{\"\]]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*(?:,|\]\s*\Z)|(?:true|false|null)\s*[,\]])"
)


def _is_object(line: bytes) -> bool:
    line = line.strip()
    return line.startswith(b"{") and line.endswith(b"}")


def _xml_kind(head: bytes) -> Kind:
    if re.match(rb"^<\d{1,3}>", head):
        return Kind.LOG
    if b"urn:oasis:names:tc:SAML:2.0" in head:
        return Kind.SAML
    if HTML.match(head):
        return Kind.TEXT
    return Kind.XML if re.match(rb"^<[?!A-Za-z_]", head) else Kind.TEXT


def _wrapped_saml(head: bytes, text: bytes) -> bool:
    if b"SAMLResponse=" not in head and b"SAMLRequest=" not in head and not BASE64.match(head[:4096]):
        return False
    try:
        return b"urn:oasis:names:tc:SAML:2.0" in unwrap(text)[:HEAD]
    except NotSamlError:
        return False


#: A page, or text with markup of pages: no document for a parser of XML.
HTML = re.compile(
    rb"(?:<!--[^>]{0,400}-->\s{0,40})?<(?:!doctype\s+html|html|head|body|title|h[1-6]|p|div|span|table|img|picture|a|br|hr|"
    rb"center|form|input|script|style|ul|ol|details|b|i|em|strong)\b",
    re.IGNORECASE,
)
#: How a letter begins.
LETTER_HEAD = re.compile(
    r"(?:From|To|Cc|Subject|Date|Sent|Von|An|Betreff|Gesendet|Reply-To|Message-ID): ?\S", re.IGNORECASE
)
LEAST_HEADS = 3
LARGEST_DER = 200_000
STAMP = re.compile(
    r"\d{4}-\d{2}-\d{2}|\d{2}:\d{2}:\d{2}|^[A-Z][a-z]{2} {1,2}\d{1,2} |^[IWEF]\d{4} |^\d{10}(?:\d{3})?\b"
)
CONTINUED = (" ", "\t", "Caused by: ", "Traceback (most")
LEVEL = re.compile(r"\b(?:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL|SEVERE)\b|\blevel=")


def _looks_logged(lines: list[str]) -> bool:
    """At least a third of the first lines carry a time or a level; lines that continue another one do not count."""
    told = [line for line in lines if line.strip() and not line.startswith(CONTINUED)]
    fitting = sum(1 for line in told if STAMP.search(line[:200]) or LEVEL.search(line[:200]))
    return bool(told) and fitting * 3 >= len(told)
