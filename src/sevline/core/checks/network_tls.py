"""TLS: alerts, certificate chains, inspection on the way, versions and ciphers."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from sevline.core.checks.curl_exits import NO_TLS
from sevline.core.finding import (
    Confidence,
    Evidence,
    Finding,
    Side,
    State,
    check,
    failed,
    not_told,
    noted,
    passed,
    warned,
)
from sevline.core.readers.addresses import MASKED, is_address
from sevline.core.readers.certificates import CertificateFacts, named
from sevline.core.readers.moments import plain
from sevline.core.readers.network import Around, Certificate, TlsSession

#: Alert (RFC 8446 6.2): what it means when the other side sends it, and what to do.
ALERTS = {
    "handshake failure": ("the two sides share no version, cipher or curve", "Compare versions and ciphers of both sides (NET08); a missing client certificate shows like this too."),  # noqa: E501
    "protocol version": ("the versions offered are not accepted", "Repeat with `-tls1_2` and with `-tls1_3`: what one side offers and the other takes must overlap."),  # noqa: E501
    "unrecognized name": ("the server does not know the host name in SNI", "Send the host name in SNI (`-servername`), and check that the server serves it."),  # noqa: E501
    "unknown ca": ("the certificate was signed by an authority that is not trusted", "Add the authority to the trust store of the side that sent the alert, or send the intermediates."),  # noqa: E501
    "bad certificate": ("the certificate was not accepted", "With mutual TLS this is about the client's certificate: check chain, purpose and dates."),  # noqa: E501
    "certificate required": ("the server asks for a client certificate and got none", "Configure the client's certificate and key."),  # noqa: E501
    "certificate expired": ("the certificate has expired", "Renew it."),
    "certificate unknown": ("the certificate was not accepted for another reason", "Look at the log of the side that sent the alert."),  # noqa: E501
    "decrypt error": ("a signature or key did not fit", "Check that certificate and key belong together."),
    "insufficient security": ("the ciphers offered are too weak", "Offer stronger ciphers."),
    "no application protocol": ("no protocol such as HTTP/2 in common (ALPN)", "Try with `--http1.1`."),
    "internal error": ("the other side failed within itself", "Look at its log."),
}  # fmt: skip
CLOSING = frozenset({"close notify", "user canceled", "warning"})
#: What certificates of devices that open TLS on the way call themselves.
INSPECTORS = re.compile(
    r"(?i)\b(zscaler|zscloud|netskope|goskope|prisma access|palo ?alto|fortinet|fortigate|blue ?coat|umbrella|mcafee"
    r"|skyhigh|sophos|check ?point"
    r"|forcepoint|websense|barracuda|kaspersky|avast|eset ssl|bitdefender|iboss|menlo security|untangle|squid"
    r"|mitmproxy|charles proxy|fiddler|portswigger|contentkeeper|lightspeed|securly|sonicwall|watchguard|cato networks)"
)
WEAK_CIPHER = re.compile(r"(?i)RC4|3DES|DES-CBC|NULL|EXPORT|EXP-|anon|ADH|AECDH|MD5")
OLD = frozenset({"SSLv2", "SSLv3", "TLSv1", "TLSv1.0", "TLSv1.1"})


@check("NET05", supports=("tls",), refutes=())
def alerts(session: TlsSession) -> Iterator[Finding]:
    """TLS alerts: what they mean and which side sent them"""
    if session.ended is not None:
        line, said = session.ended
        yield failed(
            "The server closed the connection before it sent a certificate, without an alert that says why.",
            session.cite(line, said, "a certificate"),
            side=Side.UNKNOWN,
            next_step="Repeat with `-servername HOST`, then with `-tls1_2` and `-tls1_3`, then from another network: a "
            "wrong name, a version without overlap and a firewall that looks into TLS show like this.",
        )
    told: set[tuple[str, bool | None]] = set()
    for alert in session.alerts:
        if alert.name in CLOSING or (alert.name, alert.by_server) in told:
            continue
        told.add((alert.name, alert.by_server))
        why, step = ALERTS.get(alert.name, ("it is not in the table of common alerts", "Look it up in RFC 8446 6.2."))
        who = "the server" if alert.by_server else "the client" if alert.by_server is False else "one side"
        yield failed(
            f"TLS alert “{alert.name}”, sent by {who}: {why}.",
            alert.cite(alert.name, "a handshake that completes"),
            side=Side.CUSTOMER_CLIENT if alert.by_server is False else Side.UNKNOWN,
            next_step=step,
        )


@check("NET06", supports=("certificate",), refutes=("certificate",))
def chain(session: TlsSession, times: tuple[Around, ...]) -> Iterator[Finding]:
    """The certificate chain: dates, names, order, issuers, key and signature"""
    problems = [finding for line, said in session.problems if (finding := _problem(session, line, said))]
    told = list({finding.title: finding for finding in reversed(problems)}.values())
    if not session.chain:
        yield from told
        if not session.problems:
            yield not_told(
                "The certificates themselves are not there.",
                "the certificates of the chain",
                next_step=TlsSession.how,
            )
        return
    if _is_store(session):
        yield _store(session, times)
        return
    faults = [*_leaf(session, session.chain[0], times), *_order(session), *_strength(session)]
    yield from _told_once(told, faults)
    if not faults and session.at is None and (not times or times[0].today):
        leaf = session.chain[0]
        yield not_told(
            f"The chain is in order; its leaf for {leaf.facts.names} is valid from {plain(leaf.facts.not_before)} to "
            f"{plain(leaf.facts.not_after)}, and nothing says when it was met.",
            Around.what,
            next_step=Around.how,
        )
    elif not faults and not session.problems:
        leaf = session.chain[0]
        until = plain(leaf.facts.not_after)
        yield passed(
            f"The chain of {len(session.chain)} certificates for {leaf.facts.names} is in order; its leaf ends {until}.",  # noqa: E501
            leaf.cite(f"ends {until}"),
        )


def _told_once(told: list[Finding], faults: list[Finding]) -> Iterator[Finding]:
    """What the client said of a fault that the certificate itself shows is cited beside that fault."""
    for finding in told:
        shown = SHOWN_BY.get(finding.title.rstrip(".").partition(":")[0], "")
        twin = next((at for at, fault in enumerate(faults) if shown and re.search(shown, fault.title)), None)
        if twin is None:
            yield finding
        else:
            worse = State.FAIL if State.FAIL in {finding.state, faults[twin].state} else State.WARN
            both = (*faults[twin].evidence, *finding.evidence[:1])
            faults[twin] = replace(faults[twin], state=worse, evidence=both, confidence=Confidence.PROOF)
    yield from faults


ANOTHER_HOST = "The certificate is for another host"
UNTRUSTED = "An intermediate certificate is missing, or its authority is not trusted"
#: What a client says, and how the certificate's own fault reads that it speaks of.
SHOWN_BY = {
    ANOTHER_HOST: r", the host is |by its address",
    "The certificate has expired": r" expired on ",
    "The certificate is not valid yet": r" is valid only from ",
    "The certificate is self-signed": r" is signed by itself",
    UNTRUSTED: r"^An intermediate certificate is missing|; its issuer .* is missing",
}
#: How a client words that the two sides share no version and no cipher, or that the port speaks no TLS.
WITHOUT_OVERLAP = r"protocol|cipher|version number|ALGORITHM_MISMATCH"
PROBLEMS = (
    (r"NO_REVOCATION|REVOCATION_OFFLINE|RevocationStatusUnknown|OfflineRevocation|UNABLE_TO_CHECK_REVOCATION|unable.to.get.certificate.CRL|determine revocation", "Whether the certificate was revoked could not be checked, and the client insists on it", "Let the client reach the addresses of the certificate's list of revocations (CRL, OCSP; mostly http on port 80). A device that re-signs TLS makes certificates that name none (NET07)."),  # noqa: E501
    (r"revoked", "The certificate was revoked", "Issue a new one, and find out why this one was revoked."),
    (r"is before \S+$|not.yet.valid$|NotValidYet|NotYetValid|Code=-1204|Key=-9815", "The certificate is not valid yet", "Check the clock of the client."),  # noqa: E501
    (r"expired|date.invalid|NotTimeValid|Code=-1201|Key=-9814", "The certificate has expired", "Renew it on the server, or check the clock of the client."),  # noqa: E501
    (r"validity check failed", "A certificate of the chain is outside its time", "Compare the dates of all of them with the clock of the client."),  # noqa: E501
    (r"algorithm constraints", "A certificate of the chain has a key or a signature that the client takes no more", "Issue it anew: RSA 2048 or more, or ECDSA, signed with SHA-256."),  # noqa: E501
    (r"self.signed cert(?:ificate)? in", "The chain ends in an authority that the client does not trust", "Add the authority to the client's trust store; an inspecting proxy shows like this too (NET07)."),  # noqa: E501
    (r"self.signed", "The certificate is self-signed", "Use a certificate of an authority that the client trusts."),
    (r"unable.to.get.(?:local.)?issuer|unable.to.verify|PKIX path|Trust anchor|unknown.?(?:authority|issuer)|locally verify|PartialChain|Untrusted_?Root|CERT_E_CHAINING|CERT_UNKNOWN|authority.invalid|Code=-120[23]|Key=-98(?:07|1[23])", UNTRUSTED, "Let the server send the whole chain; compare with another client."),  # noqa: E501
    (r"does not match|no alternative certificate|matching .* found|valid.?for|altname|NameMismatch|common.name.invalid|cert.domain|hostname mismatch|IP address mismatch|WRONG_PRINCIPAL|CN_NO_MATCH|Key=-9843", ANOTHER_HOST, "Call the host by a name of the certificate, or add the name to it."),  # noqa: E501
    (r"cannot be read", "A certificate cannot be read", "Export it again in PEM form."),
)  # fmt: skip


def _problem(session: TlsSession, line: int, said: str) -> Finding | None:
    for pattern, title, step in PROBLEMS:
        if re.search(pattern, said, re.IGNORECASE):
            cited, named_in_it = [session.cite(line, said, "a trusted chain")], ""
            if title == ANOTHER_HOST and session.chain:
                leaf = session.chain[0]
                named_in_it = f": it names {leaf.facts.names}"
                cited.append(leaf.cite(leaf.facts.names, "the host that was called"))
            return failed(f"{title}{named_in_it}.", *cited, side=Side.UNKNOWN, next_step=step)
    return None


def _leaf(session: TlsSession, leaf: Certificate, times: tuple[Around, ...]) -> Iterator[Finding]:
    facts = leaf.facts
    yield from _dates(session, leaf) if session.at else _dates_around(leaf, times)
    if session.host and _is_name(session.host) and not facts.fits(session.host):
        yield failed(
            f"The certificate is for {facts.names}, the host is {session.host}.",
            leaf.cite(facts.names, session.host),
            side=Side.OUR_INFRA,
            next_step="Serve the certificate of this host; without SNI a server answers with its default one.",
        )
    elif session.host and is_address(session.host) and not _is_for_address(facts, session.host):
        yield warned(
            f"The certificate is for {facts.names}; the host was called by its address {session.host}, "
            "which the certificate does not name.",
            leaf.cite(facts.names, session.host),
            side=Side.UNKNOWN,
            next_step="Call it by a name of the certificate; to see the certificate that clients get, repeat with that "
            "name in SNI (`-servername NAME`).",
        )
    if len(session.chain) == 1:
        yield from _alone(session, leaf)


def _alone(session: TlsSession, leaf: Certificate) -> Iterator[Finding]:
    """Of a certificate that came without others."""
    facts = leaf.facts
    if facts.is_root and _is_file(session):
        yield noted(
            f"The certificate of {facts.names} is an authority's own, and no server's.",
            leaf.cite(facts.issuer_name),
            next_step="Attach the chain that the server sends, to see whether it ends in this authority.",
        )
    elif facts.self_issued:
        yield failed(
            f"The certificate for {facts.names} is signed by itself.",
            leaf.cite(facts.issuer_name, "an authority"),
            side=Side.OUR_INFRA,
            next_step="Use a certificate of an authority that clients trust.",
        )


def _is_file(session: TlsSession) -> bool:
    """Whether the certificates stand in a file, and no handshake tells that a server sent them."""
    return not session.host and session.protocol is None and session.verified is None and not session.problems


def _is_store(session: TlsSession) -> bool:
    """Whether a file holds authorities that somebody trusts: in a chain one at most signed itself."""
    return _is_file(session) and sum(one.facts.self_issued for one in session.chain) > 1


def _store(session: TlsSession, times: tuple[Around, ...]) -> Finding:
    """A root that ended harms nobody as long as no chain ends in it."""
    at = session.at or next((around.last for around in times), None)
    ended = [one for one in session.chain if at is not None and one.facts.not_after <= at]
    names = ", ".join(one.facts.names for one in ended[:3]) + (" and others" if len(ended) > 3 else "")
    over = f"; {len(ended)} of them ended before {plain(at)}: {names}" if ended and at else ""
    return noted(
        f"The file holds {len(session.chain)} certificates of authorities, as a trust store does{over}.",
        *(one.cite(f"ends {plain(one.facts.not_after)}") for one in (ended or session.chain)[:3]),
        next_step="Attach the chain that the server sends, to see whether it ends in one of them."
        + (" One that ended can go once no server uses it." if ended else ""),
    )


def _is_name(host: str) -> bool:
    return "." in host and not host.replace(".", "").isdigit()


def _is_for_address(facts: CertificateFacts, host: str) -> bool:
    """Also where that cannot be told: the address may be masked, the certificate's own are not."""
    return bool(facts.addresses) and (host in facts.addresses or MASKED.fullmatch(host) is not None)


def _dates(session: TlsSession, leaf: Certificate) -> Iterator[Finding]:
    """Whether the certificate was valid when the handshake was recorded, and by how many days not."""
    facts = leaf.facts
    if session.at is None or facts.not_before <= session.at < facts.not_after:
        return
    late = session.at >= facts.not_after
    moment = facts.not_after if late else facts.not_before
    days = abs(session.at - moment).days
    ago = f"{days:,} day{'' if days == 1 else 's'} {'before' if late else 'after'} this was recorded"
    yield failed(
        f"The certificate for {facts.names} {'expired on' if late else 'is valid only from'} {plain(moment)}, {ago}.",
        leaf.cite(plain(moment), f"valid at {plain(session.at)}"),
        side=Side.OUR_INFRA,
        next_step="Renew it." if late else "Check the clock of the client.",
    )


def _dates_around(leaf: Certificate, times: tuple[Around, ...]) -> Iterator[Finding]:
    """Where the handshake has no time of its own, by when the other evidence was recorded, or else as of today."""
    facts = leaf.facts
    for around in times[:1]:
        late = around.last >= facts.not_after
        if not late and around.first >= facts.not_before:
            continue
        moment = facts.not_after if late else facts.not_before
        word = "expired on" if late else "is valid only from"
        if around.today:
            told = f"As of today, {plain(around.last)}, the certificate for {facts.names} {word} {plain(moment)}; when it was met is not known."  # noqa: E501
        else:
            told = f"The certificate for {facts.names} {word} {plain(moment)}; the other evidence is from {plain(around.first)} to {plain(around.last)}."  # noqa: E501
        yield (warned if around.today else failed)(
            told,
            leaf.cite(plain(moment), f"valid at {plain(around.last if late else around.first)}"),
            side=Side.OUR_INFRA,
            next_step=f"{'Renew it' if late else 'Check the clock of the client'}. {Around.how}",
            sure=Confidence.STRONG,
        )


def _order(session: TlsSession) -> Iterator[Finding]:
    """Each certificate should be signed by the next; the last may be signed by a root that is not sent."""
    certificates = session.chain
    for one, following in pairwise(certificates):
        if one.facts.issuer == following.facts.subject:
            continue
        known = any(other.facts.subject == one.facts.issuer for other in certificates)
        fault = "The chain is out of order" if known else "An intermediate certificate is missing"
        yield failed(
            f"{fault}: after {one.facts.names} should come {one.facts.issuer_name}.",
            one.cite(one.facts.issuer_name),
            following.cite(named(following.facts.subject), one.facts.issuer_name),
            side=Side.OUR_INFRA,
            next_step="Send leaf, then each issuer, without the root; some clients mend this by themselves, others fail.",  # noqa: E501
        )
    last = certificates[-1]
    if len(certificates) == 1 and not last.facts.self_issued and not session.is_built:
        yield warned(
            f"Only one certificate is there; its issuer {last.facts.issuer_name} is missing.",
            last.cite(last.facts.issuer_name, "the intermediates"),
            side=Side.OUR_INFRA,
            next_step="If the server sends no more than this, add the intermediates to what it sends.",
            sure=Confidence.HINT,
        )


def _strength(session: TlsSession) -> Iterator[Finding]:
    for one in session.chain:
        weak = one.facts.key if one.facts.is_weak else ""
        old = one.facts.signed_with if one.facts.signed_with in {"sha1", "md5"} and not one.facts.self_issued else ""
        if weak or old:
            yield failed(
                f"The certificate for {one.facts.names} has {f'a weak key ({weak})' if weak else f'a {old.upper()} signature'}: "  # noqa: E501
                "current clients refuse it.",
                one.cite(weak or old, "RSA 2048 or more, SHA-256"),
                side=Side.OUR_INFRA,
                next_step="Issue it anew.",
            )


@check("NET07", supports=("interception",), refutes=("interception",))
def inspected(session: TlsSession) -> Iterator[Finding]:
    """Whether a device on the way opens TLS and signs the certificate itself"""
    issuers = [(one.line, one.facts.issuer) for one in session.chain] + list(session.issuers)
    found = next(((line, issuer) for line, issuer in issuers if INSPECTORS.search(issuer)), None)
    if found is not None:
        name = INSPECTORS.search(found[1])
        yield failed(
            f"The customer's network re-signs TLS: the certificate is issued by {name[1] if name else found[1]}.",
            session.cite(found[0], found[1], "a public authority"),
            side=Side.CUSTOMER_NETWORK,
            next_step="Exempt our hosts from inspection, or trust the device's authority in the client that fails.",
        )
    elif issuers:
        line, issuer = issuers[0]
        yield passed(
            "The issuer is no known inspection device.", session.cite(line, named(issuer)), sure=Confidence.HINT
        )
    else:
        yield not_told("Who issued the certificate is not told.", "the certificate's issuer", next_step=TlsSession.how)


@check("NET08", supports=("tls-version",), refutes=("tls-version",))
def versions(session: TlsSession) -> Iterator[Finding]:
    """Protocol version and cipher: no overlap, or one that is too old; and which versions the server takes"""
    if session.versions:
        yield from _tried(session)
    if session.protocol is not None or not session.versions:
        yield _agreed(session)


def _tried(session: TlsSession) -> Iterator[Finding]:
    """The versions that were tried one by one, each on a connection of its own."""
    taken = [(line, name) for line, name, is_taken in session.versions if is_taken]
    old = [(line, name) for line, name in taken if name in OLD]
    if not taken or len(old) == len(taken):
        yield _none_usable(session, old)
    elif old:
        yield warned(
            f"The server still takes {_names(old)} beside {_names([one for one in taken if one not in old])}.",
            *_tries(session, old),
            side=Side.UNKNOWN,
            next_step="Switch the old versions off once no client needs them; they explain no failure of a current one.",  # noqa: E501
            sure=Confidence.PROOF,
        )
    else:
        refused = [(line, name) for line, name, is_taken in session.versions if not is_taken]
        yield passed(
            f"The server takes {_names(taken)}{f' and refuses {_names(refused)}' if refused else ''}.",
            *_tries(session, taken),
        )


def _none_usable(session: TlsSession, old: list[tuple[int, str]]) -> Finding:
    what = f"only {_names(old)}, which current clients refuse" if old else "none of the versions that were tried"
    why = None if old else _without_overlap(session)
    return failed(
        f"The server takes {what}{f': {why[1]}' if why else ''}.",
        *_tries(session, old or [(line, name) for line, name, _ in session.versions]),
        *([session.cite(*why, "a handshake that completes")] if why else ()),
        side=Side.UNKNOWN,
        next_step="Enable TLS 1.2 and 1.3 on the server; a port that speaks no TLS, such as one of plain HTTP, takes "
        "none either, which shows as “wrong version number”.",
    )


def _names(versions: list[tuple[int, str]]) -> str:
    names = [name for _, name in versions]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _tries(session: TlsSession, versions: list[tuple[int, str]]) -> list[Evidence]:
    told = {line: is_taken for line, _, is_taken in session.versions}
    return [
        session.cite(line, f"{name}: {'accepted' if told[line] else 'not accepted'}", "TLSv1.2 or TLSv1.3 accepted")
        for line, name in versions
    ]


def _without_overlap(session: TlsSession) -> tuple[int, str] | None:
    """The line that says that the two sides share nothing, and what it says."""
    return next((one for one in session.problems if re.search(WITHOUT_OVERLAP, one[1], re.IGNORECASE)), None)


def _agreed(session: TlsSession) -> Finding:
    """What this handshake ended with."""
    none = _without_overlap(session)
    if none is not None and re.search(NO_TLS, none[1]):
        return failed(
            f"What answers on the port speaks no TLS: openssl calls that “{none[1]}”.",
            session.cite(none[0], none[1], "a TLS handshake"),
            side=Side.UNKNOWN,
            next_step="Call the port by plain http, or ask which port speaks TLS; a proxy that answers in the clear "
            "shows like this too.",
            sure=Confidence.STRONG,
        )
    if none is not None:
        return failed(
            f"Client and server share no version or cipher: {none[1]}.",
            session.cite(none[0], none[1], "TLS 1.2 or 1.3"),
            side=Side.UNKNOWN,
            next_step="Compare `openssl s_client -tls1_2` and `-tls1_3`.",
        )
    if session.protocol is not None and session.protocol[1] in OLD:
        return warned(
            f"The connection uses {session.protocol[1]}, which current servers and clients refuse.",
            session.cite(session.protocol[0], session.protocol[1], "TLSv1.2 or TLSv1.3"),
            side=Side.CUSTOMER_CLIENT,
            next_step="Update the client's TLS library.",
            sure=Confidence.PROOF,
        )
    if session.cipher is not None and WEAK_CIPHER.search(session.cipher[1]):
        return warned(
            f"The connection uses the weak cipher {session.cipher[1]}.",
            session.cite(session.cipher[0], session.cipher[1], "an AEAD cipher"),
            side=Side.UNKNOWN,
            next_step="Remove it from the server's list.",
            sure=Confidence.PROOF,
        )
    if session.protocol is not None:
        return passed(f"The connection uses {session.protocol[1]}.", session.cite(*session.protocol))
    return not_told("The version is not told.", "a handshake", next_step=TlsSession.how)
