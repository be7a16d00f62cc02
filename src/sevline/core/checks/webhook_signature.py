"""Whether a webhook request is signed as its scheme asks: signature, time, headers."""

from collections.abc import Iterator

from sevline.core.amount import sentence_of
from sevline.core.finding import Confidence, Evidence, Finding, Side, check, failed, not_told, noted, passed, warned
from sevline.core.lasting import lasting
from sevline.core.readers.moments import any_moment, plain
from sevline.core.readers.webhook_request import SignedRequest, WebhookSecret
from sevline.core.webhooks.schemes import Scheme, scheme_of
from sevline.core.webhooks.verify import NO_LINE_END, Fit, sha256_of, verify

#: Seconds; what Standard Webhooks, Stripe and Slack advise.
TOLERANCE = 300
LOCAL = "Sign the request again with the raw body on the sender's and on the receiver's side and compare both digests."


@check("WH01", supports=("webhook-signature",), refutes=("webhook-signature",))
def signature_fits(request: SignedRequest, secrets: tuple[WebhookSecret, ...]) -> Iterator[Finding]:
    """The signature fits the raw bytes; if not, the change under which it would is named"""
    scheme = scheme_of(request.headers)
    if scheme is None or scheme.signature not in request.headers:
        return
    title = "Whether the webhook's signature fits its body."
    if not secrets:
        yield not_told(title, WebhookSecret.what, next_step=WebhookSecret.how)
        return
    if not scheme.given(request.headers) and "v1a," in request.headers[scheme.signature]:
        yield not_told(
            title,
            "a tool that verifies the asymmetric signature “v1a”",
            next_step="Verify it with the sender's public key (`whpk_…`) in the sender's own library.",
        )
        return
    yield _judged(scheme, request, secrets)


def _judged(scheme: Scheme, request: SignedRequest, secrets: tuple[WebhookSecret, ...]) -> Finding:
    fit = verify(scheme, request, secrets)
    shown = request.cite(
        f"header:{scheme.signature}", f"a signature in the form of {scheme.name}", "HMAC of the raw body"
    )
    if fit is None:
        return _unfit(scheme, request, len(secrets), shown)
    if fit.changes and not _only_the_files_end(request, fit):
        return _explained(scheme, request, fit)
    note = " The line end behind the body, which an editor may have added, was left out." if fit.changes else ""
    note += " It covers the address too, as the sender calls it." if scheme.signs_address else ""
    if ", " in request.headers[scheme.signature] and len(scheme.given(request.headers)) > 1:
        note += " The header holds several signatures; a receiver that looks at one of them may refuse the request."
    return passed(f"The signature ({scheme.name}) fits the raw body and the secret “{fit.secret.name}”.{note}", shown)


def _unfit(scheme: Scheme, request: SignedRequest, secrets: int, shown: Evidence) -> Finding:
    if scheme.signs_address:
        return not_told(
            f"The signature ({scheme.name}) covers the address that the sender calls; for the addresses that this "
            "request may have had, it does not fit.",
            "the webhook's address exactly as the sender has it",
            next_step="Copy the address from the sender's settings, with https, port, path and query, into the request "
            "line: `POST https://… HTTP/1.1`. Then compare the secret.",
        )
    if scheme.is_guess:
        return warned(
            "The signature fits "
            + sentence_of(secrets, "not the one secret given", "none of {:,} secrets given")
            + ", in none of the ways in which senders usually sign.",
            shown,
            side=Side.UNKNOWN,
            next_step="Ask the sender what exactly it signs, and compare the secret of this endpoint on both sides.",
            sure=Confidence.HINT,
        )
    return failed(
        f"The signature ({scheme.name}) fits "
        + sentence_of(secrets, "not the one secret given", "none of {:,} secrets given")
        + ", under no usual change of the body, the signed content, the key or the encoding either.",
        shown,
        request.cite(
            "body", f"{len(request.body)} bytes, sha256 {sha256_of(request.body)}", "the bytes that were signed"
        ),
        side=Side.UNKNOWN,
        next_step="Compare the secret of this endpoint on both sides first, then the body's sha256. " + LOCAL,
    )


def _only_the_files_end(request: SignedRequest, fit: Fit) -> bool:
    """Without Content-Length, a last line end of the file cannot be told from one of the body."""
    return fit.changes == (NO_LINE_END,) and "content-length" not in request.headers and request.from_file


def _explained(scheme: Scheme, request: SignedRequest, fit: Fit) -> Finding:
    where = fit.parts or (f"header:{scheme.signature}",)
    return failed(
        f"The signature ({scheme.name}) does not fit, because {', and '.join(fit.changes)}.",
        request.cite(f"header:{scheme.signature}", "the signature that was sent", "HMAC of the raw body"),
        *(request.cite(part, fit.changes[-1], "as it was signed") for part in dict.fromkeys(where)),
        side=Side.CUSTOMER_CLIENT,
        next_step=_advice(fit),
    )


def _advice(fit: Fit) -> str:
    told = " ".join(fit.changes)
    if "secret that signed has" in told:
        return "Set the secret anew on the side that signs, without what a file, a shell or a form put around it."
    if "re-serialised" in told or "line end" in told or "blanks" in told:
        return "Verify over the raw bytes of the request, before any parser, framework or proxy touches the body."
    if "old secret" in told or "another secret" in told:
        return "Put the current secret of this endpoint into the receiver; during a rotation accept both."
    if "secret was" in told:
        return "Make the key as the sender's documentation says: for “whsec_…” decode what follows from base64."
    if "covers the address" in told:
        return (
            "Verify with the address exactly as the sender's settings have it: copy it from there, and do not build "
            "it from the request."
        )
    if "written in" in told:
        return "Compare digests as bytes, after decoding the header in the sender's encoding."
    return "Build the signed content exactly as the sender documents it: its parts, their order and separators."


@check("WH02", supports=("clock-skew", "webhook-replay"), refutes=("clock-skew",))
def timestamp_is_near(request: SignedRequest) -> Iterator[Finding]:
    """The signed timestamp is within 300 s of when the request came in"""
    scheme = scheme_of(request.headers)
    if scheme is None or not (scheme.timestamp or scheme.inner_timestamp):
        return
    sent = any_moment(scheme.stamp(request.headers))
    if sent is None:
        return
    part = f"header:{scheme.timestamp or scheme.signature}"
    if request.received is None:
        yield not_told(
            "Whether the webhook's timestamp is within 300 s of its arrival.",
            "the time at which the request came in",
            next_step="Give it with `--at TIME`, or keep the Date header of the request.",
        )
        return
    late = (request.received - sent).total_seconds()
    cited = request.cite(part, plain(sent), f"within {TOLERANCE} s of {plain(request.received)}")
    if abs(late) <= TOLERANCE:
        yield passed(f"The webhook's timestamp lies {abs(late):.0f} s from its arrival, within {TOLERANCE} s.", cited)
        return
    what = (
        "before its arrival: a replay, a queue in between, or a receiver's clock that is fast"
        if late > 0
        else ("after its arrival: a sender's clock that is fast or a receiver's clock that is slow")
    )
    yield failed(
        f"The webhook's timestamp lies {lasting(late)} {what}. It is outside the tolerance of {TOLERANCE} s.",
        cited,
        side=Side.UNKNOWN,
        next_step="Compare both clocks with NTP; look whether the same id was delivered before, and whether a "
        "queue holds requests.",
    )


@check("WH03", supports=("proxy-strips-headers",))
def required_headers(request: SignedRequest) -> Iterator[Finding]:
    """All headers that the signing scheme needs are there"""
    scheme = scheme_of(request.headers)
    if scheme is None:
        yield noted(
            "The request carries no header of a known signing scheme.",
            request.cite("request", ", ".join(list(request.headers)[:12]) or "no headers"),
            next_step="Ask the sender which header holds the signature, and whether a proxy passes it on.",
        )
        return
    lacking = [name for name in scheme.required if not request.headers.get(name)]
    if not lacking:
        return
    passed_by = [
        name for name in ("via", "x-forwarded-for", "forwarded", "cf-ray", "x-amzn-trace-id") if name in request.headers
    ]
    yield failed(
        f"Required headers of {scheme.name} are missing: {', '.join(lacking)}."
        + (" The request went through a proxy, which may have removed them." if passed_by else ""),
        request.cite("request", f"without {', '.join(lacking)}", ", ".join(scheme.required)),
        *(request.cite(f"header:{name}", f"{name} is there") for name in passed_by[:2]),
        side=Side.CUSTOMER_NETWORK if passed_by else Side.UNKNOWN,
        next_step="Let the proxy or gateway pass these headers on unchanged; compare with a request taken before it.",
        sure=Confidence.PROOF,
    )
