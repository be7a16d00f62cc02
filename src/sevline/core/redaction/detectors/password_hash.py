"""Stored passwords: crypt's forms, Argon2, and the schemes of LDAP and Django."""

from sevline.core.redaction.detector import Detector, Stage, detector

detector(
    Detector(
        kind="password_hash",
        title="Hash of a password",
        pattern=(
            r"\$2[abxy]?\$[0-9]{2}\$[./A-Za-z0-9]{53}|\$(?:1|5|6|y|apr1|md5)\$[^\s:\"'$]{0,40}\$(?:[^\s:\"'$]{1,40}\$)?[./A-Za-z0-9]{22,90}"
            r"|\$argon2(?:id|i|d)\$[^\s:\"']{30,200}|\{S?SHA(?:256|512)?\}[A-Za-z0-9+/]{27,100}={0,2}"
            r"|SCRAM-SHA-(?:1|256)\$[0-9]+:[A-Za-z0-9+/=]{8,40}\$[A-Za-z0-9+/=]{20,100}:[A-Za-z0-9+/=]{20,100}|\"md5[0-9a-f]{32}\""
            r"|\{(?:PLAIN|CLEARTEXT|CLEAR|CRAM-MD5|DIGEST-MD5|PLAIN-MD5|LDAP-MD5|SMD5|NTLM)\}[^\s\"':]{4,100}"
            r"|pbkdf2_sha(?:1|256|512)\$[0-9]+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]{27,90}={0,2}"
        ),
        stage=Stage.URL,
        keywords=(
            "$2",
            "$1$",
            "$5$",
            "$6$",
            "$y$",
            "$apr1$",
            "$argon2",
            "SHA",
            "SCRAM-",
            "{PLAIN",
            "{CLEAR",
            "{CRAM",
            "{DIGEST",
            "{LDAP",
            "{SMD5",
            "{NTLM",
            "pbkdf2_",
            '"md5',
        ),
    )
)
