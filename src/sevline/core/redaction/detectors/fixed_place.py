"""Secrets that stand at a fixed place of a protocol's message, where nothing names them: X12, HBCI, FIX, SDES, voicemail."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import is_token
from sevline.core.redaction.told import for_search, groups, is_telling, told_secret

_FORMS = (
    # The second pair of an interchange's header: what kind of security information it is, and the password.
    r"(?-i:ISA)(?P<mark>[*|^~])[0-9]{2}[*|^~][^*|^~\r\n]{10}[*|^~]01[*|^~](?P<value1>[^*|^~\s][^*|^~\r\n]{0,9}?)[ ]*[*|^~]",
    # HBCI: the end of a signature holds the PIN and the TAN; FinTS changes the PIN in a segment of its own.
    r"(?-i:HNSHA):[0-9]+:[0-9]+\+[^+'\r\n]*\+[^+'\r\n]*\+(?P<value2>[^:+'\r\n]{3,40})(?::(?P<value3>[^:+'\r\n]{4,12}))?'",
    # FIX: tag 554, and 925 for a new one.
    r"(?:\x01|\||\^A|;)(?:554|925)=(?P<value4>[^\x01|^;\s]{3,80})",
    # The key of a call's media, and a hash of SIP is told elsewhere.
    r"a=crypto:[0-9]+[ ][A-Z0-9_]+[ ]inline:(?P<value5>[A-Za-z0-9+/=]{20,100})",
    # A mailbox of Asterisk: its PIN, its owner.
    r"^[0-9]{2,8}[ \t]*=>[ \t]*(?P<value6>[0-9*#]{3,12}),[^\d\s,][^,\r\n]*,",
    # The first answer of SASL, as dovecot and others log it.
    r"AUTH[\t ](?:[0-9]+[\t ])?(?:PLAIN|LOGIN|XOAUTH2|OAUTHBEARER)[\t ][^\r\n]*?resp=(?P<value7>[A-Za-z0-9+/]{8,}={0,2})",
    # The answer to a prompt for the password, on the same line.
    r"334[ ](?:UGFzc3dvcmQ6|cGFzc3dvcmQ6)[^\r\nA-Za-z0-9]{1,8}(?P<value8>[A-Za-z0-9+/]{4,}={0,2})",
    # strongSwan: the file of a private key, and what opens it.
    r":[ \t]+(?:RSA|ECDSA|P12|PKCS8|BLISS|PIN)[ \t]+[^\s\"]{1,120}[ \t]+\"(?P<value9>[^\"\r\n]{3,200})\"",
    # pppd and l2tpd: client, server, secret.
    r"^[ \t]*(?:\"[^\"\r\n]{1,80}\"|[\w.@*\\/-]{1,80})[ \t]+(?:\*|l2tpd|pptpd)[ \t]+\"(?P<value10>[^\"\r\n]{3,200})\"",
    r"^[ \t]*(?:\*|\"[^\"\r\n]{1,80}\"|[\w.@\\/-]{2,80})(?:\t|[ ]{2})[ \t]*(?:\*|l2tpd|pptpd)(?:\t|[ ]{2})[ \t]*(?P<value11>[^\s\"*#]{4,200})[ \t]*(?:\r?$|[ \t]\*|[ \t][0-9./]+[ \t]*\r?$)",
    # Junos: `community x { authorization read-only; }`.
    r"community[ \t]+\"?(?P<value12>[^\s\"{;]{3,80})\"?[ \t]*\{[ \t]*authorization[ \t]",
)
_FORM = late("|".join(_FORMS), re.IGNORECASE | re.MULTILINE)
_MASKED = late(r"[*x.#-]+", re.IGNORECASE)


def places(found: str) -> list[tuple[int, int]]:
    found_in = _FORM.match(found)
    if found_in is not None and (word := found_in["value11"]) and not is_telling(word):
        return []
    return [
        (start, stop)
        for start, stop in groups(found_in)
        if not is_token(found[start:stop]) and not _MASKED.fullmatch(found[start:stop])
    ]


told_secret(
    "fixed_place",
    "Secret at the fixed place of a message",
    rf"(?i:(?m:{for_search('|'.join(_FORMS))}))",
    places,
    keywords=(
        "ISA*", "ISA|", "ISA^", "ISA~", "HNSHA:", "554=", "925=", " inline:", "=>", "resp=", "334 UGFzc3dvcmQ6", "334 cGFzc3dvcmQ6", ": RSA ", ": ECDSA ", ": P12 ", ": PKCS8 ", ": PIN ",
        " * ", "\t*\t", " *\t", "*       ", "l2tpd", "pptpd", "{ authorization ",
    ),
)  # fmt: skip
