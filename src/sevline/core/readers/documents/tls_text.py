"""TLS as openssl s_client and curl tell it, and certificates in PEM."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from sevline.core.finding import Given
from sevline.core.readers.certificates import BadCertificateError, certificates_in
from sevline.core.readers.moments import any_moment
from sevline.core.readers.network import Alert, Certificate, TlsSession
from sevline.core.readers.reader import Form, Source, reader

BEGIN, END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
MAX_PEM_LINES = 200
BARE_START = re.compile(r"MII[A-Za-z0-9+/]{57,73}")
BARE = re.compile(r"[A-Za-z0-9+/]{1,76}={0,2}")
CONNECTED = re.compile(r"^CONNECTED\(")
#: The name that was asked for, before the address that the connection went to.
NAMED_HOST = re.compile(r"-servername ([A-Za-z0-9.-]{1,255})")
HOST = re.compile(r"-connect ([A-Za-z0-9.-]{1,255})|^\* Connected to ([A-Za-z0-9.-]{1,255}) \(")
ALERT_IN = re.compile(r"TLS alert, (?:unknown \(\d+\), )?([a-z ]{3,40})(?: \((\d{1,5})\))?:?\s*$", re.IGNORECASE)
#: Alerts (RFC 8446 6) that curl's build of OpenSSL may call “unknown”; the number beside it is 256 × level + alert.
NUMBERED = {
    109: "missing extension", 110: "unsupported extension", 112: "unrecognized name", 115: "unknown psk identity",
    116: "certificate required", 120: "no application protocol",
}  # fmt: skip
#: Some alerts OpenSSL names without the word, their number behind: `tlsv1 unrecognized name:…:SSL alert number 112`.
ALERT_ERROR = re.compile(
    r"(?:sslv3|tlsv1|tlsv13|ssl/tls|tls)(?: alert| (?=[a-z ]{3,40}:[^\n]{0,300}\bSSL alert number \d)) ?([a-z ]{3,40})",
    re.IGNORECASE,
)
PROBLEM = re.compile(
    r"(?i)(?:SSL certificate (?:problem|verify result)|verify error:num=\d{1,3}"
    r"|server certificate verification failed)[:,]? ?(.{1,160})"
    r"|(certificate subject name .{0,200} does not match .{0,200}|subjectAltName does not match .{0,200}"
    r"|no alternative certificate subject name matches .{0,200})"
    r"|(unsupported protocol|no protocols available|wrong version number|no ciphers available|no cipher match)"
)
#: How programs and browsers word a certificate that they refuse: Python, Ruby, Java, Android, Go, Node.js, .NET,
#: Windows (Schannel), Rust, PostgreSQL, Apple, wget, Chrome and Firefox.
REFUSED = re.compile(
    r"(certificate verify failed: [^(\n]{1,120}|certificate verify failed \([^)\n]{1,120}\)"
    r"|PKIX path building failed|PKIX path validation failed(?:: .{1,200})?"
    r"|Certificate(?:Expired|NotYetValid|Revoked)Exception"
    r"|Trust anchor for certification path not found|invalid peer certificate: [A-Za-z]{1,40}"
    r"|server certificate for .{1,120}? does not match host name .{1,120}"
    r"|(?:SEC_E_(?:UNTRUSTED_ROOT|CERT_EXPIRED|CERT_UNKNOWN|WRONG_PRINCIPAL|ALGORITHM_MISMATCH)"
    r"|CERT_E_(?:UNTRUSTEDROOT|CHAINING|EXPIRED|CN_NO_MATCH|REVOKED)"
    r"|CRYPT_E_(?:NO_REVOCATION_CHECK|REVOCATION_OFFLINE|REVOKED))\b"
    r"|NSURLErrorDomain.{0,20}?Code=-120[1-4]\b(?!.{0,600}?_kCFStreamErrorCodeKey=-98(?:07|1[2-5]|43)\b)"
    r"|_kCFStreamErrorCodeKey=-98(?:07|1[2-5]|43)\b"
    r"|No (?:subject alternative (?:DNS )?names?|name) matching .{0,200}? found"
    r"|x509: certificate (?:signed by unknown authority|has expired or is not yet valid(?:: current time \S{1,40} is "
    r"(?:after|before) \S{1,40})?|is (?:not )?valid for .{1,200})"
    r"|UNABLE_TO_VERIFY_LEAF_SIGNATURE|UNABLE_TO_GET_ISSUER_CERT(?:_LOCALLY)?|DEPTH_ZERO_SELF_SIGNED_CERT"
    r"|SELF_SIGNED_CERT_IN_CHAIN|CERT_HAS_EXPIRED|CERT_NOT_YET_VALID|ERR_TLS_CERT_ALTNAME_INVALID"
    r"|errors in the certificate chain: \w{1,60}|RemoteCertificateNameMismatch|Unable to locally verify the issuer"
    r"|ERR_CERT_(?:(?:DATE|AUTHORITY|COMMON_NAME)_INVALID|REVOKED|(?:NO|UNABLE_TO_CHECK)_REVOCATION\w{0,20})"
    r"|SEC_ERROR_(?:EXPIRED_CERTIFICATE|UNKNOWN_ISSUER|REVOKED_CERTIFICATE)"
    r"|SSL_ERROR_BAD_CERT_DOMAIN)"
)
ISSUER = re.compile(r"^(?:\*\s+issuer: |issuer=|\s+i:)\s?(.{1,300})$")
PROTOCOL = re.compile(
    r"^(?:\s+Protocol\s*: |\* SSL connection using |New, )(TLSv[\d.]+|SSLv[23])(?:, Cipher is | / )?(\S*)"
)
CIPHER = re.compile(r"^\s+Cipher\s*: (\S{1,60})")
#: A version that a probe tried alone, and whether the server took it.
TRIED = re.compile(r"^(SSLv[23]|TLSv1(?:\.[0-3])?): (not )?accepted\s*$")
#: When openssl's session began, and the time that a server's answer names.
STARTED = re.compile(r"^\s+Start Time: (\d{9,11})\s*$|^< date: (.{20,40})$", re.IGNORECASE)
#: How openssl words that the other side closed the connection, and that no certificate had come.
ENDED = re.compile(r"(unexpected eof while reading|(?:write|read|SSL_connect):errno=\d{1,3}|SSL_ERROR_SYSCALL)")
NO_CERTIFICATE = "no peer certificate available"
#: openssl names each certificate of the chain that it builds, the leaf being 0.
DEPTH = re.compile(r"^depth=(\d{1,2}) ")
VERIFIED = re.compile(r"^\s*Verify return code: (\d{1,3}) \((.{1,120})\)|^Verification(?: error)?: (.{1,120})$")


@reader("tls-text", Form.LINES)
def tls_text(source: Source, lines: list[str]) -> Iterator[Given]:
    """Output of openssl s_client, TLS lines of curl -v, and certificates in PEM"""
    scan = _Scan(source.artifact)
    for number, line in enumerate(lines, 1):
        scan.take(number, line)
    scan.take(len(lines), "")
    session = replace(scan.session(), at=scan.at or source.at)
    agreed = session.protocol or session.verified or session.issuers or session.versions or session.ended
    if session.chain or session.alerts or session.problems or agreed:
        yield session


class _Scan:
    def __init__(self, artifact: str) -> None:
        self.artifact = artifact
        self.host, self.first = "", 0
        self.chain: list[Certificate] = []
        self.alerts: list[Alert] = []
        self.problems: list[tuple[int, str]] = []
        self.issuers: list[tuple[int, str]] = []
        self.protocol: tuple[int, str] | None = None
        self.cipher: tuple[int, str] | None = None
        self.verified: tuple[int, str] | None = None
        self.versions: list[tuple[int, str, bool]] = []
        self.pem: list[str] | None = None
        self.begun = 0
        self.reached = 0
        self.at: datetime | None = None
        self.closed: tuple[int, str] | None = None
        self.bare_of_any = False  # openssl says that no certificate came
        self.bare = False  # base64 of a certificate without the lines around it

    def take(self, number: int, line: str) -> None:
        if self.bare and not BARE.fullmatch(line.strip()):
            self._certificate(number, END)
            self.bare = False
        if self.pem is None and BARE_START.fullmatch(line.strip()):
            self._certificate(number, BEGIN)
            self.bare = True
        if self.pem is not None or BEGIN in line:
            self._certificate(number, line)
            return
        if len(line) > 2_000:
            return
        if named := NAMED_HOST.search(line[:400]) or HOST.search(line[:400]):
            self.host = self.host or next(part for part in named.groups() if part).lower()
        self._said(number, line)
        self._agreed(number, line)

    def _agreed(self, number: int, line: str) -> None:
        """What the handshake ended with."""
        if issuer := ISSUER.match(line):
            self.issuers.append((number, issuer[1].strip()))
        if protocol := PROTOCOL.match(line):
            self.protocol = (number, protocol[1])
            if protocol[2]:
                self.cipher = (number, protocol[2])
        elif cipher := CIPHER.match(line):
            self.cipher = (number, cipher[1])
        elif depth := DEPTH.match(line):
            self.reached = max(self.reached, int(depth[1]))
        elif verified := VERIFIED.match(line):
            self.verified = (number, verified[2] or verified[3])
        elif self.at is None and (started := STARTED.match(line)):
            self.at = any_moment(started[1] or started[2])
        elif tried := TRIED.match(line):
            self.versions.append((number, tried[1], not tried[2]))

    def _said(self, number: int, line: str) -> None:
        if alert := ALERT_IN.search(line):
            name = alert[1].strip().lower()
            name = NUMBERED.get(int(alert[2]) % 256, name) if name == "unknown" and alert[2] else name
            self.alerts.append(Alert(self.artifact, number, name, "(IN)" in line))
        elif alert := ALERT_ERROR.search(line):
            # OpenSSL words it so when the other side sent it.
            self.alerts.append(Alert(self.artifact, number, alert[1].strip().lower(), True))
        elif problem := PROBLEM.search(line):
            self.problems.append((number, next(part for part in problem.groups() if part).strip()))
        elif refused := REFUSED.search(line):
            self.problems.append((number, refused[1].strip()))
        elif self.closed is None and (ended := ENDED.search(line)):
            self.closed = (number, ended[1])
        elif line.startswith(NO_CERTIFICATE):
            self.bare_of_any = True

    def _certificate(self, number: int, line: str) -> None:
        if self.pem is None:
            self.pem, self.begun = [], number
        parts = (part.strip() for part in re.split(r"(?:\\r)?\\n|\r", line))
        self.pem += [part for part in parts if part]
        if END in line or len(self.pem) > MAX_PEM_LINES:
            try:
                facts = certificates_in("\n".join(self.pem).encode())
            except BadCertificateError:
                facts = []
            if not facts and not self.bare:
                self.problems.append((self.begun, "a certificate that cannot be read"))
            self.chain += [Certificate(self.artifact, self.begun, one) for one in facts]
            self.pem = None

    def _refusal(self) -> list[tuple[int, str]]:
        """What openssl ends with where it does not trust the chain, and no line before says so."""
        return [self.verified] if self.verified and self.verified[1].strip().lower() != "ok" else []

    def session(self) -> TlsSession:
        if self.cipher is not None and self.cipher[1] in {"0000", "(NONE)"}:
            # openssl prints what it offered although nothing was agreed.
            self.protocol = self.cipher = None
        places = [one.line for one in (*self.chain, *self.alerts)] + [number for number, _ in self.problems]
        return TlsSession(
            self.artifact,
            min(places, default=1),
            self.host,
            tuple(self.chain),
            tuple(self.alerts),
            tuple(self.problems or self._refusal()),
            tuple(self.issuers),
            self.protocol,
            self.cipher,
            self.verified,
            versions=tuple(self.versions),
            ended=self.closed if self.bare_of_any and not self.alerts else None,
            reached=self.reached,
        )
