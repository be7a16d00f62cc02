"""What HTTP clients of programming languages say when no answer comes: Node.js, Python, Java, Go and .NET."""

from sevline.core.finding import Side

#: Words in small letters, who can change it, what it means, and the next step. The first row that fits counts.
CLIENT_ERRORS: tuple[tuple[tuple[str, ...], Side, str, str], ...] = (
    (
        ("enotfound", "name or service not known", "no such host", "unknownhostexception", "nodename nor servname"),
        Side.CUSTOMER_NETWORK,
        "the host name could not be resolved",
        "Compare the name with the one that is meant; then resolve it on the client and on a public resolver.",
    ),
    (
        ("eai_again", "temporary failure in name resolution"),
        Side.CUSTOMER_NETWORK,
        "the resolver did not answer",
        "Ask the client's resolver for the name, and another one; look at what limits its queries.",
    ),
    (
        ("certificate has expired", "cert_has_expired", "certificate_expired"),
        Side.UNKNOWN,
        "the certificate has expired, or the client's clock is ahead",
        "Look at the dates of the chain that the client sees, and at the client's clock.",
    ),
    (
        ("self signed certificate", "self-signed certificate", "self_signed_cert", "unable to get local issuer",
         "unable to verify the first certificate", "unable_to_verify", "pkix path", "unknown authority"),
        Side.UNKNOWN,
        "the client does not trust the certificate's issuer",
        "Compare the chain that the client sees with the one we serve: an intermediate lacks, or a proxy re-signs it.",
    ),
    (
        ("altname", "hostname mismatch", "doesn't match", "certificate is valid for"),
        Side.UNKNOWN,
        "the certificate is for another name",
        "Compare the host of the address with the names of the certificate.",
    ),
    (
        ("wrong version number", "wrong_version_number", "http response to https", "not an ssl/tls record"),
        Side.CUSTOMER_CLIENT,
        "the client spoke TLS and the port did not",
        "Compare scheme and port of the address: https to a port of plain HTTP, or a proxy address with https.",
    ),
    (
        ("eproto", "handshake fail", "handshake_failure", "ssl: ", "tls: ", "sslhandshakeexception"),
        Side.UNKNOWN,
        "the TLS handshake failed",
        "Compare protocol versions and ciphers on both sides.",
    ),
    (
        ("econnrefused", "connection refused", "actively refused"),
        Side.OUR_INFRA,
        "the port answered with a refusal",
        "Check that the service listens there and that the address is the intended one.",
    ),
    (
        ("econnreset", "socket hang up", "connection reset", "remote end closed", "epipe", "broken pipe"),
        Side.UNKNOWN,
        "the connection was cut",
        "Look for the cut in the load balancer's log and in the customer's firewall log; compare idle timeouts.",
    ),
    (
        ("ehostunreach", "enetunreach", "no route to host", "network is unreachable"),
        Side.CUSTOMER_NETWORK,
        "there is no route to the address",
        "Compare the address with the one that a public resolver gives; then look at VPN, gateway and IPv6.",
    ),
    (
        ("etimedout", "esockettimedout", "econnaborted", "timed out", "timeout", "deadline exceeded"),
        Side.UNKNOWN,
        "nothing came within the client's timeout",
        "Compare the client's timeout with how long the server takes; where nothing connects, look at firewalls.",
    ),
)  # fmt: skip


def client_error(error: str) -> tuple[Side, str, str] | None:
    """Side, meaning and next step of an error as a client words it; None where it is none of these."""
    told = error[:2_000].casefold()
    return next((row[1:] for row in CLIENT_ERRORS if any(words in told for words in row[0])), None)
