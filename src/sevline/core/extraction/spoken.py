"""Which topics a text speaks of, so that what they lack is asked for first: "SSO is broken" names no check, but one."""

import re

_WORDS = {
    "SAML": r"saml|sso|single[- ]sign[- ]?on|idp|adfs|okta|onelogin|sign[- ]?ins?|signing in|log[- ]?ins?|logging in",
    "OIDC": r"oidc|openid|oauth2?|jwts?|jwks|redirect[_ ]uri|(?:access|refresh|id)[_ ]tokens?|sso|single sign-?on",
    "API": r"apis?|endpoints?|rate[- ]?limit\w*|cors|too many requests|status code",
    "WH": r"webhooks?",
    "SYNC": (
        r"sync\w*|(?:numbers|figures|totals|records) (?:differ|do not match|don.t match)|mismatch\w*"
        r"|duplicate (?:rows|records)"
    ),
    "PERF": r"slow\w*|latency|time[sd]?[- ]?outs?|hangs?|performance|takes (?:too long|forever|minutes)",
    "NET": r"dns|tls|ssl|certificates?|prox(?:y|ies)|firewalls?|vpn|connection (?:refused|reset)",
    "K8S": r"kubernetes|k8s|pods?|kubectl|helm|crashloop\w*|imagepull\w*|oomkilled",
    "JOB": r"jobs?|queues?|workers?|scheduled|batch",
    "BILL": r"invoices?|billing|billed|charged|subscriptions?",
    "SCIM": r"scim|(?:de)?provision\w*",
    "GQL": r"graphql",
    "PERM": r"permissions?|access denied|forbidden|not authori[sz]ed",
    "CLOUD": r"s3|cloudfront|load balancer|lambda|blob storage",
}
_KNOWN = {topic: re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for topic, words in _WORDS.items()}
_LONGEST = 100_000


def topics_of(text: str) -> frozenset[str]:
    """Topics as check ids begin with them. Of a long text only the beginning is looked at."""
    beginning = text[:_LONGEST]
    return frozenset(topic for topic, words in _KNOWN.items() if words.search(beginning))


def word_of(topics: frozenset[str], text: str) -> str:
    """The first word in the text that speaks of one of the topics, as it is written; empty where there is none."""
    hits = [match for topic in topics if (match := _KNOWN[topic].search(text[:_LONGEST]))]
    return min(hits, key=lambda match: (match.start(), -match.end())).group() if hits else ""
