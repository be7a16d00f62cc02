from datetime import datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from tests.certificates import HOST, made
from tests.evidence import SAMPLES, START, found, states

from sevline.core.finding import Given, State
from sevline.core.probing import Handshake, handshake_text
from sevline.core.readers.documents.tls_text import tls_text
from sevline.core.readers.network import Around
from sevline.core.readers.reader import Source

CLIENT = f"$ openssl s_client -connect {HOST}:443 -servername {HOST} -showcerts\n"
AGREED = "---\nNew, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384\n"


def read(text: str, at: datetime | None = START) -> tuple[Given, ...]:
    return tuple(tls_text(Source("a1", "tls.txt", at), text.splitlines()))


def session(*pems: str, at: datetime | None = START) -> tuple[Given, ...]:
    return read(CLIENT + "".join(pems) + AGREED, at)


def failures(check_id: str, *evidence: Given) -> list[str]:
    return [finding.title for finding in found(check_id, *evidence) if finding.state is State.FAIL]


def healthy() -> tuple[Given, ...]:
    return session(made("leaf", "inter", dns=HOST).pem, made("inter", "root").pem)


@pytest.mark.parametrize("check_id", ["NET05", "NET06", "NET07", "NET08"])
def test_without_input_it_is_said_how_to_get_it(check_id: str) -> None:
    (finding,) = found(check_id)

    assert finding.state is State.NOT_EVALUATED
    assert "openssl s_client" in finding.next_step


@pytest.mark.parametrize(
    ("check_id", "expected"),
    [("NET05", set()), ("NET06", {State.PASS}), ("NET07", {State.PASS}), ("NET08", {State.PASS})],
)
def test_a_healthy_handshake_fails_nothing(check_id: str, expected: set[State]) -> None:
    made("inter", "root")

    assert states(check_id, *healthy()) == expected


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("* TLSv1.3 (OUT), TLS alert, unknown CA (560):", "“unknown ca”, sent by the client: the certificate was signed by"),  # noqa: E501
        ("* TLSv1.2 (IN), TLS alert, handshake failure (552):", "“handshake failure”, sent by the server: the two"),
        ("* TLSv1.3 (IN), TLS alert, unknown (628):", "“certificate required”, sent by the server: the server asks"),
        ("* TLSv1.3 (IN), TLS alert, unknown (639):", "“unknown”, sent by the server: it is not in the table"),
        ("error:0A00042E:SSL routines:ssl3_read_bytes:tlsv1 alert protocol version:rec_layer_s3.c:1601:", "“protocol version”, sent by the server"),  # noqa: E501
        ("40:error:0A000458:SSL routines:ssl3_read_bytes:tlsv1 unrecognized name:../rec.c:1586:SSL alert number 112", "“unrecognized name”, sent by the server"),  # noqa: E501
        ("40:error:0A000410:SSL routines:ssl3_read_bytes:sslv3 alert handshake failure:x.c:1:SSL alert number 40", "“handshake failure”"),  # noqa: E501
    ],
)  # fmt: skip
def test_an_alert_is_explained_with_the_side_that_sent_it(line: str, said: str) -> None:
    (finding,) = found("NET05", *read(line))

    assert said in finding.title


def test_a_closing_alert_is_no_fault() -> None:
    assert states(
        "NET05",
        *read("* TLSv1.3 (OUT), TLS alert, close notify (256):\n* TLSv1.3 (IN), TLS alert, bad certificate (554):"),
    ) == {State.FAIL}
    assert states("NET05", *session(made("root").pem)) == set()


def fault(name: str) -> tuple[Given, ...]:
    leaf = made("leaf", "inter", dns=HOST)
    inter, root = made("inter", "root"), made("root")
    old = {"start": START - timedelta(days=400), "end": START - timedelta(days=1)}
    return {
        "expired": session(made("old", "inter", dns=HOST, **old).pem, inter.pem),
        "early": session(made("new", "inter", dns=HOST, start=START + timedelta(days=1)).pem, inter.pem),
        "other host": session(made("other", "inter", dns="www.example.test").pem, inter.pem),
        "self-signed": session(made("alone", dns=HOST).pem),
        "reversed": session(leaf.pem, root.pem, inter.pem),
        "incomplete": session(leaf.pem, root.pem),
        "weak key": session(made("weak", "inter", dns=HOST, bits=1024).pem, inter.pem),
        "sha1": session((SAMPLES / "tls" / "sha1-leaf.pem").read_text(), at=None),
        "broken": session("-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"),
    }[name]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("expired", "expired on 2026-03-01T09:00:00Z"),
        ("early", "is valid only from 2026-03-03T09:00:00Z"),
        ("other host", f"The certificate is for www.example.test, the host is {HOST}."),
        ("self-signed", "is signed by itself"),
        ("reversed", "The chain is out of order: after"),
        ("incomplete", "An intermediate certificate is missing: after"),
        ("weak key", "has a weak key (RSA 1024)"),
        ("sha1", "has a SHA1 signature"),
        ("broken", "A certificate cannot be read."),
    ],
)
def test_each_fault_of_a_chain_is_named(name: str, said: str) -> None:
    titles = failures("NET06", *fault(name))

    assert any(said in title for title in titles), titles


def test_a_wildcard_stands_for_one_label() -> None:
    certificate = made("wild", "inter", dns="*.example.test").certificate

    from sevline.core.readers.certificates import _facts

    facts = _facts(certificate)
    assert [facts.fits(host) for host in ("a.example.test", "a.b.example.test", "example.test")] == [True, False, False]


def test_one_certificate_without_its_issuer_is_only_warned_about() -> None:
    assert states("NET06", *session(made("leaf", "inter", dns=HOST).pem)) == {State.WARN}


@pytest.mark.parametrize(
    "said",
    [
        "depth=1 O = Trust, CN = root\nverify return:1\ndepth=0 CN = api\nverify return:1\n",
        "Verify return code: 0 (ok)\n",
    ],
)
def test_no_issuer_is_missing_where_the_client_found_it(said: str) -> None:
    leaf = made("leaf", "inter", dns=HOST)

    (finding,) = found("NET06", *read(CLIENT + said + leaf.pem + AGREED))

    assert finding.state is State.PASS


def test_a_certificate_for_another_host_is_told_with_the_names_that_it_has() -> None:
    leaf = made("leaf", "inter", dns="other.example.net")
    text = "verify error:num=62:hostname mismatch\ndepth=1 CN = root\n" + leaf.pem + AGREED

    (title,) = failures("NET06", *read(text))

    assert title == "The certificate is for another host: it names other.example.net."


def test_an_issuer_that_is_missing_is_told_once_with_what_the_client_said_of_it() -> None:
    leaf = made("leaf", "inter", dns=HOST)
    text = "verify error:num=20:unable to get local issuer certificate\n" + leaf.pem + AGREED

    (finding,) = found("NET06", *read(CLIENT + text))

    assert finding.state is State.FAIL
    assert finding.title.startswith("Only one certificate is there; its issuer")
    assert len(finding.evidence) == 2


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("* SSL certificate problem: certificate has expired", "The certificate has expired."),
        ("* SSL certificate problem: self-signed certificate in certificate chain", "The chain ends in an authority"),
        ("* SSL certificate problem: unable to get local issuer certificate", "An intermediate certificate is missing"),
        ("* SSL: no alternative certificate subject name matches target host name 'a.test'", "for another host"),
        ("verify error:num=18:self-signed certificate", "The certificate is self-signed."),
        ("*  SSL certificate verify result: self-signed certificate (18), continuing anyway.", "is self-signed."),
        (
            "* SSL certificate problem: self-signed certificate\ncurl: (60) SSL certificate problem: self-signed",
            "is self-signed.",
        ),
    ],
)
def test_what_the_client_says_of_the_chain_is_explained(line: str, said: str) -> None:
    (finding,) = found("NET06", *read(line))

    assert finding.state is State.FAIL
    assert said in finding.title


def test_an_inspecting_device_is_named_by_its_issuer() -> None:
    (finding,) = found("NET07", *read("*  issuer: O=Zscaler Inc.; CN=Zscaler Intermediate Root CA"))

    assert (finding.state, finding.title) == (
        State.FAIL,
        "The customer's network re-signs TLS: the certificate is issued by Zscaler.",
    )


def test_versions_without_overlap_and_old_ones_are_told() -> None:
    none = "error:0A0000BF:SSL routines:tls_setup_handshake:no protocols available:x"

    assert states("NET08", *read(none)) == {State.FAIL}
    assert states("NET08", *read("    Protocol  : TLSv1\n    Cipher    : AES128-SHA")) == {State.WARN}
    assert states("NET08", *read("    Protocol  : TLSv1.2\n    Cipher    : ECDHE-RSA-RC4-SHA")) == {State.WARN}
    assert states("NET08", *read("    Protocol  : TLSv1.1\n    Cipher    : 0000\nverify error:num=18:x")) == {
        State.NOT_EVALUATED
    }


def probed(*accepted: str) -> tuple[Given, ...]:
    """What a live probe writes of a server that takes these versions and refuses the others."""
    accepts: dict[str, bool | None] = {name: name in accepted for name in ("TLSv1.0", "TLSv1.1", "TLSv1.2", "TLSv1.3")}
    return read(handshake_text(Handshake(HOST, 443, error="no handshake", accepts=accepts)))


@pytest.mark.parametrize(
    ("accepted", "state", "said"),
    [
        (("TLSv1.2", "TLSv1.3"), State.PASS, "takes TLSv1.2 and TLSv1.3 and refuses TLSv1.0 and TLSv1.1."),
        (("TLSv1.0", "TLSv1.2"), State.WARN, "still takes TLSv1.0 beside TLSv1.2."),
        (("TLSv1.0", "TLSv1.1"), State.FAIL, "takes only TLSv1.0 and TLSv1.1, which current clients refuse."),
        ((), State.FAIL, "takes none of the versions that were tried."),
    ],
)
def test_the_versions_that_a_probe_tried_are_judged(accepted: tuple[str, ...], state: State, said: str) -> None:
    (finding,) = found("NET08", *probed(*accepted))

    assert finding.state is state
    assert finding.title == f"The server {said}"
    assert all(cited.observed.startswith("TLSv1") and cited.locator.endswith(":1") for cited in finding.evidence)


def test_a_version_whose_answer_was_not_learned_is_not_judged() -> None:
    seen = read(handshake_text(Handshake(HOST, 443, error="no handshake", accepts={"TLSv1.3": True, "TLSv1.0": None})))

    (finding,) = found("NET08", *seen)

    assert finding.title == "The server takes TLSv1.3."


def test_the_handshake_is_judged_beside_the_versions() -> None:
    told = handshake_text(
        Handshake(HOST, 443, "TLSv1.3", "TLS_AES_256_GCM_SHA384", accepts={"TLSv1.0": True, "TLSv1.3": True})
    )

    titles = [finding.title for finding in found("NET08", *read(told))]

    assert titles == ["The server still takes TLSv1.0 beside TLSv1.3.", "The connection uses TLSv1.3."]


OLD = made("old", "inter", end=START - timedelta(days=20), dns=HOST)


def around(days: int, *, today: bool = False) -> Around:
    moment = START + timedelta(days=days)
    return Around(moment, moment + timedelta(hours=1), today)


def test_without_a_time_of_its_own_a_certificate_is_judged_by_the_other_evidence() -> None:
    titles = failures("NET06", *session(OLD.pem, at=None), around(0))

    assert any("expired on" in title and "the other evidence is from" in title for title in titles)


def test_it_was_valid_when_the_other_evidence_was_recorded() -> None:
    assert not failures("NET06", *session(OLD.pem, made("inter", "root").pem, at=None), around(-25))


def test_where_nothing_tells_a_time_an_end_in_the_past_is_told_as_of_today() -> None:
    expired = [
        one for one in found("NET06", *session(OLD.pem, at=None), around(0, today=True)) if "expired" in one.title
    ]

    assert [one.state for one in expired] == [State.WARN]
    assert expired[0].title.startswith("As of today, ")
    assert "--at" in expired[0].next_step


def test_where_nothing_tells_a_time_a_chain_in_order_is_left_open() -> None:
    leaf, issuer = made("leaf", "inter", dns=HOST).pem, made("inter", "root").pem

    (finding,) = found("NET06", *session(leaf, issuer, at=None), around(0, today=True))

    assert finding.state is State.NOT_EVALUATED
    assert "valid from" in finding.title


def test_the_handshake_tells_its_own_time() -> None:
    (read_one,) = read(f"CONNECTED(00000003)\n{AGREED}    Start Time: 1772442000\n", None)

    assert read_one.at == START  # type: ignore[attr-defined]


def test_plain_http_on_the_port_is_told_by_its_version_number() -> None:
    line = "139:error:1408F10B:SSL routines:ssl3_get_record:wrong version number:../ssl3_record.c:331:"

    (title,) = failures("NET08", *read(f"{line}\nCONNECTED(00000003)\n"))

    assert title == "What answers on the port speaks no TLS: openssl calls that “wrong version number”."


def test_an_alert_that_curl_tells_by_number_and_openssl_by_name_is_one() -> None:
    text = "* TLSv1.3 (IN), TLS alert, unknown (628):\n* OpenSSL SSL_read: error:0A00045C:SSL routines::tlsv13 alert certificate required\n"  # noqa: E501

    assert len(failures("NET05", *read(text))) == 1


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed: certificate has expired (_ssl.c:1006)", "has expired"),  # noqa: E501
        ("SSLCertVerificationError: certificate verify failed: Hostname mismatch, certificate is not valid for 'a.example'.", "another host"),  # noqa: E501
        ("certificate verify failed: self-signed certificate in certificate chain (_ssl.c:1006)", "does not trust"),
        ("ValidatorException: PKIX path building failed: unable to find valid certification path", "is not trusted"),
        ("java.security.cert.CertificateExpiredException: NotAfter: Thu Nov 19 00:00:00 UTC 2026", "has expired"),
        ("CertificateException: No subject alternative DNS name matching a.example found.", "another host"),
        ("x509: certificate signed by unknown authority", "is not trusted"),
        ("x509: certificate has expired or is not yet valid: current time 2026-11-20T09:00:00Z is after 2026-11-01T00:00:00Z", "has expired"),  # noqa: E501
        ("x509: certificate has expired or is not yet valid: current time 2026-11-20T09:00:00Z is before 2026-12-01T00:00:00Z", "not valid yet"),  # noqa: E501
        ("x509: certificate is valid for a.example, not b.example", "another host"),
        ("code: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'", "is not trusted"),
        ("code: 'CERT_HAS_EXPIRED'", "has expired"),
        ("code: 'ERR_TLS_CERT_ALTNAME_INVALID'", "another host"),
        ("The remote certificate is invalid because of errors in the certificate chain: NotTimeValid", "has expired"),
        ("The remote certificate is invalid because of errors in the certificate chain: PartialChain", "is not trusted"),  # noqa: E501
        ("net::ERR_CERT_DATE_INVALID", "has expired"),
        ("net::ERR_CERT_AUTHORITY_INVALID", "is not trusted"),
        ("SSL_ERROR_BAD_CERT_DOMAIN", "another host"),
        ("curl: (35) schannel: next InitializeSecurityContext failed: CRYPT_E_NO_REVOCATION_CHECK (0x80092012)", "could not be checked"),  # noqa: E501
        ("schannel: next InitializeSecurityContext failed: CRYPT_E_REVOCATION_OFFLINE (0x80092013)", "could not be checked"),  # noqa: E501
        ("schannel: next InitializeSecurityContext failed: SEC_E_UNTRUSTED_ROOT (0x80090325)", "is not trusted"),
        ("schannel: SNI or certificate check failed: SEC_E_WRONG_PRINCIPAL (0x80090322)", "another host"),
        ("schannel: next InitializeSecurityContext failed: SEC_E_CERT_EXPIRED (0x80090328)", "has expired"),
        ("schannel: CertGetCertificateChain trust error CERT_E_UNTRUSTEDROOT", "is not trusted"),
        ("The remote certificate is invalid because of errors in the certificate chain: RevocationStatusUnknown", "could not be checked"),  # noqa: E501
        ("verify error:num=23:certificate revoked", "was revoked"),
        ("verify error:num=3:unable to get certificate CRL", "could not be checked"),
        ("SEC_ERROR_REVOKED_CERTIFICATE", "was revoked"),
        ("SSL_connect returned=1 errno=0 state=error: certificate verify failed (unable to get local issuer certificate)", "is not trusted"),  # noqa: E501
        ("CertPathValidatorException: Trust anchor for certification path not found.", "is not trusted"),
        ("invalid peer certificate: UnknownIssuer", "is not trusted"),
        ("invalid peer certificate: NotValidForName", "another host"),
        ("invalid peer certificate: NotValidYet", "not valid yet"),
        ('server certificate for "db.example" does not match host name "10.0.0.4"', "another host"),
        ("Error Domain=NSURLErrorDomain Code=-1202", "is not trusted"),
        ('NSURLErrorDomain Code=-1202 "You might be connecting to “expired.example”" UserInfo={_kCFStreamErrorCodeKey=-9843}', "another host"),  # noqa: E501
        ('NSURLErrorDomain Code=-1202 "The certificate is invalid." UserInfo={_kCFStreamErrorCodeKey=-9814}', "has expired"),  # noqa: E501
        ('NSURLErrorDomain Code=-1202 "The certificate is invalid." UserInfo={_kCFStreamErrorCodeKey=-9807}', "is not trusted"),  # noqa: E501
        ("PKIX path validation failed: java.security.cert.CertPathValidatorException: Certificate has been revoked", "was revoked"),  # noqa: E501
        ("PKIX path validation failed: CertPathValidatorException: Could not determine revocation status", "could not be checked"),  # noqa: E501
        ("PKIX path validation failed: CertPathValidatorException: validity check failed", "outside its time"),
        ("PKIX path validation failed: CertPathValidatorException: Algorithm constraints check failed: SHA1withRSA", "takes no more"),  # noqa: E501
        ("PKIX path validation failed: Path does not chain with any of the trust anchors", "is not trusted"),
        ("Caused by: java.security.cert.CertificateNotYetValidException: NotBefore: Thu Nov 19", "not valid yet"),
    ],
)  # fmt: skip
def test_what_a_program_says_of_a_certificate_is_understood(line: str, said: str) -> None:
    (finding,) = found("NET06", *read(line))

    assert finding.state is State.FAIL
    assert said in finding.title


def test_a_log_that_speaks_of_a_valid_certificate_says_nothing() -> None:
    assert read("INFO the certificate for a.example is valid for 61 days") == ()


NO_CERTIFICATE = (
    "40972A8E:error:0A000126:SSL routines:ssl3_read_n:unexpected eof while reading:\nCONNECTED(00000003)\n---\n"
    "no peer certificate available\n---\nNew, (NONE), Cipher is (NONE)\nVerify return code: 0 (ok)"
)


def test_a_server_that_closes_before_its_certificate_is_told() -> None:
    (finding,) = found("NET05", *read(NO_CERTIFICATE))

    assert finding.state is State.FAIL
    assert finding.title.startswith("The server closed the connection before it sent a certificate")
    assert finding.evidence[0].locator == "1:1"


def test_a_connection_that_ends_after_the_certificate_says_nothing_of_the_kind() -> None:
    told = "CONNECTED(00000003)\nNew, TLSv1.3, Cipher is TLS_AES_256_GCM_SHA384\nread:errno=0"

    assert found("NET05", *read(told)) == []


@pytest.mark.parametrize(
    ("common", "is_authority", "expected"),
    [("Example Root R1", True, State.INFO), (HOST, True, State.FAIL), ("Example Device", False, State.FAIL)],
)
def test_an_authoritys_own_certificate_in_a_file_is_no_server_that_signs_itself(
    common: str, is_authority: bool, expected: State
) -> None:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])
    key = ec.generate_private_key(ec.SECP256R1())
    built = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(7).not_valid_before(START - timedelta(days=9)).not_valid_after(START + timedelta(days=9))
        .add_extension(x509.BasicConstraints(is_authority, None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    pem = built.public_bytes(serialization.Encoding.PEM).decode()

    assert states("NET06", *read(pem)) == {expected}


def test_roots_in_a_file_are_a_trust_store_and_one_that_ended_is_no_fault() -> None:
    old = made("old-root", end=START - timedelta(days=5)).pem
    roots = [old, made("root").pem, made("third-root").pem]

    (told,) = found("NET06", *read("".join(roots)))

    assert told.state is State.INFO
    assert "3 certificates of authorities" in told.title
    assert "1 of them ended" in told.title
    assert "old-root" in told.title


def test_a_chain_that_a_server_sends_with_two_roots_is_still_judged() -> None:
    leaf = made("leaf", "inter", dns=HOST).pem

    assert failures("NET06", *session(leaf, made("root").pem, made("third-root").pem))


def test_windows_that_finds_no_common_cipher_shows_as_no_overlap() -> None:
    said = "schannel: next InitializeSecurityContext failed: SEC_E_ALGORITHM_MISMATCH (0x80090331)"

    assert failures("NET08", *read(said)) == ["Client and server share no version or cipher: SEC_E_ALGORITHM_MISMATCH."]


@pytest.mark.parametrize(
    "line",
    [
        "* schannel: disabled automatic use of client certificate",
        "SEC_E_OK (0x00000000)",
        "NSURLErrorDomain Code=-1001",
    ],
)
def test_what_windows_and_apple_say_of_other_things_is_no_refused_certificate(line: str) -> None:
    assert not read(line)
