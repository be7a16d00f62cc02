"""What curl's exit codes mean, who can change it, and where to go on."""

from sevline.core.finding import Side

NO_TLS = "wrong version number|packet length too long|http request"
#: What curl says behind its code, where one code stands for several faults: the first that fits decides.
CURL_SAYS: tuple[tuple[str, tuple[str, Side, str]], ...] = (
    (
        r"CONNECT tunnel failed|from proxy after CONNECT",
        ("the proxy refused the tunnel", Side.CUSTOMER_NETWORK, "Look at what the proxy answered (NET09)."),
    ),
    (
        NO_TLS,
        (
            "the TLS handshake failed",
            Side.UNKNOWN,
            "What answers on the port speaks no TLS (NET08): call it by http, or ask which port speaks TLS.",
        ),
    ),
    (
        r"\balert [a-z ]+",
        ("the server ended TLS with an alert", Side.UNKNOWN, "The alert names the reason, and NET05 explains it."),
    ),
)
CURL_EXITS: dict[int, tuple[str, Side, str]] = {
    3: ("the URL is malformed", Side.CUSTOMER_CLIENT, "Print the URL that the client builds and mend it."),
    5: (
        ("the proxy's name could not be resolved"),
        Side.CUSTOMER_NETWORK,
        "Resolve the proxy's name on the client (NET01, NET09).",
    ),
    6: (
        ("the host name could not be resolved"),
        Side.CUSTOMER_NETWORK,
        "Resolve the name on the client and on a public resolver (NET01).",
    ),
    7: (
        ("the connection was refused or the host cannot be reached"),
        Side.UNKNOWN,
        "Test the port from both networks: refused means that nothing listens (NET04).",
    ),
    16: ("the HTTP/2 framing failed", Side.OUR_INFRA, "Repeat with `--http1.1` and compare (NET13)."),
    18: (
        ("the answer ended before its announced length"),
        Side.UNKNOWN,
        ("Compare Content-Length with what arrived; look for a proxy or a crash that cuts it."),
    ),
    22: (
        ("the server answered with 400 or more and `--fail` was set"),
        Side.UNKNOWN,
        "Repeat without `--fail` to see status and body.",
    ),
    23: ("the answer could not be written to disk", Side.CUSTOMER_CLIENT, "Check space and rights where curl writes."),
    26: (
        ("the file to send could not be read"),
        Side.CUSTOMER_CLIENT,
        "Check path and rights of the file that is uploaded.",
    ),
    28: (
        "it timed out",
        Side.UNKNOWN,
        (
            "Which phase took the time? A silent drop while connecting points to a "
            "firewall (NET04), a wait after sending to the server."
        ),
    ),
    35: (
        "the TLS handshake failed",
        Side.UNKNOWN,
        ("Compare protocol versions, ciphers and SNI on both sides (NET05, NET08)."),
    ),
    47: (
        ("there were too many redirects"),
        Side.OUR_APP,
        "Look at each Location; http and https may be taken for one another (PERF08).",
    ),
    51: (
        ("the certificate does not fit the host"),
        Side.OUR_INFRA,
        "Compare the certificate's names with the host (NET06).",
    ),
    52: (
        ("the server closed without answering"),
        Side.OUR_INFRA,
        "Look for a crash or a restart of the server at that time.",
    ),
    53: ("the TLS engine was not found", Side.CUSTOMER_CLIENT, "Check the client's TLS engine or hardware module."),
    55: (
        ("the request could not be sent to its end"),
        Side.UNKNOWN,
        ("The other side closed while the request was sent: compare body size and limits on the way."),
    ),
    56: (
        ("the answer could not be received: the connection was cut"),
        Side.UNKNOWN,
        "Look for the reset in the load balancer's and the firewall's log.",
    ),
    58: (
        ("the client's own certificate could not be used"),
        Side.CUSTOMER_CLIENT,
        "Check path, password and form of the client certificate.",
    ),
    60: (
        ("the certificate could not be verified"),
        Side.UNKNOWN,
        (
            "Compare the chain that the client sees with the one we serve: a proxy may "
            "re-sign it, or an intermediate is missing (NET06, NET07)."
        ),
    ),
    77: (
        ("the file of trusted certificates could not be read"),
        Side.CUSTOMER_CLIENT,
        "Check the path and form of the client's CA bundle.",
    ),
    92: (
        ("an HTTP/2 stream was not closed cleanly"),
        Side.OUR_INFRA,
        "Repeat with `--http1.1`, and look in the proxy's log for a reset stream (NET13).",
    ),
    97: (
        ("the handshake with the proxy failed"),
        Side.CUSTOMER_NETWORK,
        "Ask for the proxy's settings and its log (NET09).",
    ),
}
