"""Stored passwords: crypt's forms, Argon2, and the schemes of LDAP and Django."""

from sevline.core.redaction.detector import Detector, Stage, detector

detector(
    Detector(
        kind="password_hash",
        title="Hash of a password",
        pattern=(
            r"(?i-u:[0-9a-f]{32}:[0-9a-f]{32}:::)"
            r"|\$(?:krb5(?:tgs|asrep|pa|tgt)|DCC2|NETNTLMv2|netntlm)\$[^\s\"']{24,}|\$[PH]\$[./A-Za-z0-9]{31}|\$S\$[./A-Za-z0-9]{52}"
            r"|\$(?:pbkdf2(?:-sha(?:1|256|512))?|scrypt|sha1|7|8|9)\$[^\s\"';,]{20,}|\$A\$00[0-9]\$[^\s\"',]{40,}|\*[0-9A-F]{40}(?-u:\b)"
            r"|(?:pbkdf2:sha(?:1|256|512)(?::[0-9]+)?|scrypt:[0-9]+:[0-9]+:[0-9]+|sha(?:1|256|512)|md5)\$[A-Za-z0-9./]{4,40}\$[0-9a-f]{32,128}"
            r"|grub\.pbkdf2\.sha512\.[0-9]+\.[0-9A-F]{40,}\.[0-9A-F]{40,}|(?-u:\b)0x0[12]00[0-9A-F]{48,}|(?-u:\b)S:[0-9A-F]{60}(?:;[HT]:[0-9A-F]{32,160})*|(?-u:\b)md5[0-9a-f]{32}(?-u:\b)"
            r"|\$2[abxy]?\$[0-9]{2}\$[./A-Za-z0-9]{53}|\$(?:1|5|6|y|apr1|md5)\$[^\s:\"'$]{0,40}\$(?:[^\s:\"'$]{1,40}\$)?[./A-Za-z0-9]{22,90}"
            r"|\$argon2(?:id|i|d)\$[^\s:\"']{30,200}|\{S?SHA(?:256|512)?\}[A-Za-z0-9+/]{27,100}={0,2}"
            r"|SCRAM-SHA-(?:1|256)\$[0-9]+:[A-Za-z0-9+/=]{8,40}\$[A-Za-z0-9+/=]{20,100}:[A-Za-z0-9+/=]{20,100}|\"md5[0-9a-f]{32}\""
            r"|\{(?:PLAIN|CLEARTEXT|CLEAR|CRAM-MD5|DIGEST-MD5|PLAIN-MD5|LDAP-MD5|SMD5|NTLM)\}[^\s\"':]{4,100}"
            r"|pbkdf2_sha(?:1|256|512)\$[0-9]+\$[A-Za-z0-9+/]+\$[A-Za-z0-9+/]{27,90}={0,2}"
        ),
        stage=Stage.URL,
        gate=(
            r"\$(?:2[abxy]?|1|5|6|7|8|9|y|apr1|md5|argon2[id]{0,2}|krb5[a-z]+|DCC2|(?i-u:netntlm)v?2?|[PHS]|pbkdf2|scrypt|sha1|A)[$-]|\{[A-Z0-9-]{3,}\}[^\s]{4}|SCRAM-SHA|:[0-9A-Fa-f]{32}:::"
            r"|(?:pbkdf2|scrypt|sha1|sha256|sha512|md5)[_:$]|md5[0-9a-f]{32}|\*[0-9A-F]{40}|grub\.pbkdf2|0x0[12]00[0-9A-F]{40}|S:[0-9A-F]{60}"
        ),
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
            "'md5",
            " md5",
            ",md5",
            "\tmd5",
            "md5$",
            ":::",
            "$krb5",
            "$DCC2",
            "$P$",
            "$H$",
            "$S$",
            "$pbkdf2",
            "pbkdf2:",
            "$scrypt",
            "scrypt:",
            "$7$",
            "$8$",
            "$9$",
            "$A$00",
            "'*",
            '"*',
            ",*",
            "| *",
            "\t*",
            "sha1$",
            "sha256$",
            "sha512$",
            "grub.pbkdf2",
            "0x0100",
            "0x0200",
            "'S:",
        ),
    )
)
