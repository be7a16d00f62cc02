"""Secrets that a program hands to a call by their place: `auth=("bot", "…")`, `jwt.sign(claims, "…")`, `setPassword("…")`."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.late import late
from sevline.core.redaction.pseudonym import TOKEN
from sevline.core.redaction.secret_names import HINT, looks_random
from sevline.core.redaction.shield import STAND_IN
from sevline.core.redaction.told import for_search, groups, is_no_word_of_program, may_be_secret, told_secret

_TEXT = r"[bBrRuU@]{0,2}(?:\"(?P<value1>[^\"\r\n]{3,300})\"|'(?P<value2>[^'\r\n]{3,300})'|\\{1,3}\"(?P<value3>[^\"\\\r\n]{3,300})\\{1,3}\")"
_ANY = r"(?:[bBrRuU@]{0,2}(?:\"[^\"\r\n]*\"|'[^'\r\n]*'|\\{1,3}\"[^\"\\\r\n]*\\{1,3}\")|[A-Za-z0-9_.$\[\]>:-]+(?:\([^()\r\n]*\))?)"
_QUOTED = r"(?:[bBrRuU@]{0,2}(?:\"[^\"\r\n]*\"|'[^'\r\n]*'|\\{1,3}\"[^\"\\\r\n]*\\{1,3}\"))"
_TWO = rf"\([ \t]*{_ANY}[ \t]*,[ \t]*"
_THREE = rf"\([ \t]*{_ANY}[ \t]*,[ \t]*{_ANY}[ \t]*,[ \t]*"
_CONNECTS = r"(?:getConnection|new[ \t]+PDO|PDO->__construct|DBI->connect|mysqli_connect|new[ \t]+mysqli|mysql_connect|createConnection|Sequel\.connect|pg_connect)"
#: Calls that take a password or a key there and nothing else.
_SURE = (
    rf"auth[ \t]*=>?[ \t]*[\[(][ \t]*{_ANY}[ \t]*,[ \t]*",
    # A realm and a host, then a user and the password.
    rf"Credentials\([ \t]*{_QUOTED}[ \t]*,[ \t]*{_QUOTED}[ \t]*,[ \t]*{_QUOTED}[ \t]*,[ \t]*",
    rf"(?:HTTPBasicAuth|HTTPDigestAuth|HTTPProxyAuth|BasicAuth|NetworkCredential|PSCredential|UsernamePasswordCredentials|UsernamePasswordToken|[A-Za-z]{{0,20}}Credentials|PlainTextAuthProvider|PlainAuth|UserPass|UserPassword|PasswordAuthentication|AuthCredentials|BasicCredentials){_TWO}",
    rf"(?:\.|->|::)(?:login|auth|changeUserPassword|authenticate|basic_auth|basicAuth|setBasicAuth|SetBasicAuth|set_credentials|setCredentials|httpBasic|usernameAndPassword|username_pw_set|bind_s|simple_bind_s|simple_bind){_TWO}",
    rf"{_CONNECTS}{_THREE}",
    rf"(?:\.connect|FTP|FTP_TLS|SMTP_SSL|\.open)\([ \t]*{_QUOTED}[ \t]*,[ \t]*{_QUOTED}[ \t]*,[ \t]*",
    r"(?-i:(?:Token|ApiKey|APIKey|Secret|Password|Passphrase|SecretString|ApiToken|AccessToken|BearerToken|AuthToken|PrivateKey|SecretKey)\()[ \t]*",
    rf"(?:jwt|JWT|jsonwebtoken|jose)(?:\.|::|->)(?:sign|encode|verify|decode){_TWO}",
    r"(?:hmac\.new|HMAC\.new|Fernet|AES\.new|createHmac|URLSafeTimedSerializer|URLSafeSerializer|TimestampSigner|SecretKeySpec|CookieParser|cookieParser)\([ \t]*",
    rf"(?:createHmac|createCipheriv|hash_hmac|openssl_(?:en|de)crypt|(?:pgp_sym_|aes_)(?:en|de)crypt|encrypt_iv|OpenSSL::HMAC\.hexdigest){_TWO}",
    r"\.(?:set|with|use|add)?_?(?:password|passphrase|secret|secretKey|apiKey|api_key|authToken|accessToken|clientSecret|privateKey|signingKey|token)\([ \t]*",
    r"(?:^|[^A-Za-z0-9_.])(?:set|with)(?:Password|Passphrase|Secret|SecretKey|ApiKey|AuthToken|AccessToken|ClientSecret|SigningKey)\([ \t]*",
    r"PASSWORD[ \t]*\([ \t]*",
    r"(?:^|[^a-z_])crypt\([ \t]*",
)
#: Where a key's id is masked already, or the call makes a client of a service, the next text is the key.
_BESIDE_ID = (
    rf"[\"']{STAND_IN}[\"'][ \t]*,[ \t]*",
    r"(?:client|search|connect|init|login|sdk|service|session|gateway|api|configure)[ \t]*\([ \t]*[\"'][A-Za-z0-9@._-]{4,60}[\"'][ \t]*,[ \t]*",
)
_BEARER = r"[\"'](?:Bearer|Token|Basic)[ \t]*[\"'][ \t]*[+.&][ \t]*"
_SEARCHED = for_search("|".join((*_SURE, _BEARER, *_BESIDE_ID)))
#: The text before the call that takes it.
_PIPED = r"(?:[ \t]*\|[ \t]*ConvertTo-SecureString|\.toCharArray\(\))"
_BEFORE = late(rf"{_TEXT}{_PIPED}$", re.IGNORECASE)
_SPLIT = late(rf"(?:{'|'.join((*_SURE, _BEARER))}){_TEXT}$", re.IGNORECASE | re.DOTALL | re.MULTILINE)
_KEYED = late(rf"(?:{'|'.join(_BESIDE_ID).replace(STAND_IN, TOKEN)}){_TEXT}$", re.IGNORECASE)
#: The function of SQL, and a call that connects to a database, take a password there and nothing else.
_ONLY = late(rf"PASSWORD[ \t]*\(|{_CONNECTS}", re.IGNORECASE)
_HEX = late(r"[0-9a-f]{32,64}")


_ALGORITHM = late(r"(?:sha|md|aes|rs|hs|es|ps|rsa|hmac|blake|ripemd)[-_]?[0-9a-z-]{1,12}", re.IGNORECASE)


def places(found: str) -> list[tuple[int, int]]:
    if keyed := groups(_KEYED.match(found)):
        value = found[slice(*keyed[0])]
        return keyed if _HEX.fullmatch(value) or looks_random(value) else []
    at = groups(_BEFORE.match(found)) or groups(_SPLIT.match(found))
    if at and _ONLY.match(found):
        return at if may_be_secret(found[slice(*at[0])]) else []
    if at and _ALGORITHM.fullmatch(found[slice(*at[0])]):
        return []
    return at if at and is_no_word_of_program(found[at[0][0] : at[0][1]]) else []


told_secret(
    "call_argument",
    "Secret that a program hands to a call",
    rf"(?i:(?m:{_SEARCHED}){for_search(_TEXT)}|{for_search(_TEXT)}{_PIPED})",
    places,
    hint=HINT,
    gate=(
        rf"(?i:[\"']{STAND_IN}[\"'][ \t]*,|(?:client|search|init|sdk|service|session|gateway|api|configure)[ \t]*\([ \t]*[\"']|auth[ \t]*=>?[ \t]*[\[(]|(?:ftp|ftp_tls|smtp_ssl)\([ \t]*[\"']|\.open\([ \t]*[\"']|(?-i:(?:Token|Key|Secret|Password|Passphrase|SecretString)\()[ \t]*[\"']|(?:auth|credentials?|token|authprovider|userpass(?:word)?|passwordauthentication)\([ \t]*[\"'\\a-z]|(?:\.|->|::)(?:login|auth|changeuserpassword|authenticate|basic_?auth|set_?credentials|httpbasic|username[a-z_]*|bind_s|simple_bind[_s]*)\("
        r"|connect[a-z]*\(|PDO|getConnection|mysqli|(?:jwt|jsonwebtoken|jose)(?:\.|::|->)|hmac[a-z]*\(|hmac\.|fernet\(|aes\.new|serializer\(|signer\(|keyspec\(|cookieparser\(|crypt[a-z]*\("
        r"|(?:password|passphrase|secret|secretkey|api_?key|token|privatekey|signingkey)[ \t]*\([ \t]*[b@r]?[\"'\\]|[\"'](?:Bearer|Token|Basic)[ \t]*[\"'][ \t]*[+.&]|\|[ \t]*ConvertTo-S|\.toCharArray\()"
    ),
)
