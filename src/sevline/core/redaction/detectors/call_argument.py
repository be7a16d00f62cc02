"""Secrets that a program hands to a call by their place, sets as a default, or writes when it shows its values."""

# ruff: noqa: E501 - patterns and forms are read whole

import re

from sevline.core.redaction.secret_names import GUESSED, HINT, STRONG, WEAK, is_ordinary, looks_random, says_by_guess
from sevline.core.redaction.told import for_search, groups, is_telling, may_be_secret, told_secret

_NAME = rf"(?:(?:{STRONG}|{GUESSED})|(?:^|[^A-Za-z])(?:{WEAK}))"
_TEXT = r"[bBrRuU@]{0,2}(?:\"(?P<value1>[^\"\r\n]{3,300})\"|'(?P<value2>[^'\r\n]{3,300})')"
_ANY = r"(?:[bBrRuU@]{0,2}(?:\"[^\"\r\n]*\"|'[^'\r\n]*')|[\w.$\[\]>:-]+(?:\([^()\r\n]*\))?)"
_TWO = rf"\([ \t]*{_ANY}[ \t]*,[ \t]*"
_THREE = rf"\([ \t]*{_ANY}[ \t]*,[ \t]*{_ANY}[ \t]*,[ \t]*"
#: Calls that take a password or a key there and nothing else.
_SURE = (
    rf"auth[ \t]*=>?[ \t]*[\[(][ \t]*{_ANY}[ \t]*,[ \t]*",
    rf"(?:HTTPBasicAuth|HTTPDigestAuth|HTTPProxyAuth|BasicAuth|NetworkCredential|PSCredential|UsernamePasswordCredentials|UsernamePasswordToken|PlainTextAuthProvider|PlainAuth|UserPass|UserPassword|PasswordAuthentication|AuthCredentials|BasicCredentials){_TWO}",
    rf"\.(?:login|authenticate|basic_auth|basicAuth|setBasicAuth|SetBasicAuth|set_credentials|setCredentials|httpBasic|usernameAndPassword|username_pw_set|bind_s|simple_bind_s|simple_bind){_TWO}",
    rf"(?:getConnection|new[ \t]+PDO|PDO->__construct|DBI->connect|mysqli_connect|new[ \t]+mysqli|mysql_connect|createConnection|Sequel\.connect|pg_connect){_THREE}",
    rf"(?:jwt|JWT|jsonwebtoken|jose)(?:\.|::|->)(?:sign|encode|verify|decode){_TWO}",
    r"(?:hmac\.new|HMAC\.new|Fernet|AES\.new|createHmac|URLSafeTimedSerializer|URLSafeSerializer|TimestampSigner|SecretKeySpec|CookieParser|cookieParser)\([ \t]*",
    rf"(?:createHmac|createCipheriv|hash_hmac|openssl_(?:en|de)crypt|(?:pgp_sym_|aes_)(?:en|de)crypt|encrypt_iv|OpenSSL::HMAC\.hexdigest){_TWO}",
    r"\.(?:set|with|use|add)?_?(?:password|passphrase|secret|secretKey|apiKey|api_key|authToken|accessToken|clientSecret|privateKey|signingKey|token)\([ \t]*",
    r"(?:^|[^\w.])(?:set|with)(?:Password|Passphrase|Secret|SecretKey|ApiKey|AuthToken|AccessToken|ClientSecret|SigningKey)\([ \t]*",
    r"PASSWORD[ \t]*\([ \t]*",
)
#: A name that says secret, then something between it and its value.
_NAMED = (
    rf"{_NAME}[\"']?[ \t]*:[ \t]*(?:[A-Za-z_][\w.]{{0,30}}(?:\[[\w., |\[\]]{{0,60}}\])?(?:[ \t]*\|[ \t]*\w{{1,20}})?)[ \t]*=[ \t]*",
    rf"{_NAME}[\"'\])]{{0,3}}[ \t]*(?:\|\||\?\?|\bor\b|\?:)[ \t]*",
    rf"(?:define|getenv|environ\.get|env|config|get_env|ENV\.fetch|getProperty|getOrDefault|setdefault|fetch|put|setProperty|set|add)\([ \t]*[\"'][^\"'\r\n]{{0,40}}{_NAME}[\"'][ \t]*,[ \t]*",
    rf"[\"']--?[a-z-]{{0,30}}{_NAME}[\"'][ \t]*,(?:[ \t]*[\w]{{1,20}}[ \t]*=[ \t]*[^,\r\n]{{1,60}},){{0,3}}[ \t]*default[ \t]*=[ \t]*",
    rf"{_NAME}[\"'\]]{{0,2}}[ \t]*=>?[ \t]*string\([0-9]{{1,4}}\)[ \t]*",
    rf"s:[0-9]{{1,3}}:\\?\"[\w.-]{{0,40}}{_NAME}\\?\";s:[0-9]{{1,4}}:\\?",
    rf"{_NAME}[\"']?[ \t]*[=:][ \t]*(?:new[ \t]+)?(?:[A-Za-z_][\w.]{{0,40}}\([ \t]*|ConvertTo-SecureString[ \t]+(?:-String[ \t]+)?|[bBrRuU@]{{1,2}}(?=[\"']))",
)
#: A member that holds the secret of an object whose name says it, and the arguments of a driver in a trace.
_SHOWN = (
    rf"{_NAME}[\"'\\]{{1,4}}[ \t]*:[ \t]*\{{[^{{}}\r\n]{{0,200}}[\"'\\](?:value|data|plain|text)[\"'\\]{{1,4}}[ \t]*:[ \t]*\\{{0,3}}[\"'](?P<value>[^\"'\\\r\n]{{4,300}})",
    r"\[jdbc:[^,\]\s]{1,200},[ ]*[^,\]\s]{1,60},[ ]*(?P<value>[^,\]\s]{4,100})",
)
_BEARER = r"[\"'](?:Bearer|Token|Basic)[ \t]*[\"'][ \t]*[+.&][ \t]*"
_SEARCHED = for_search("|".join((*_SURE, _BEARER, *_NAMED)))
_FIRM = re.compile(rf"(?:{'|'.join((*_SURE, _BEARER))}){_TEXT}$", re.IGNORECASE | re.DOTALL | re.MULTILINE)
_BY_NAME = re.compile(rf"(?:{'|'.join(_NAMED)}){_TEXT}$", re.IGNORECASE | re.DOTALL | re.MULTILINE)
_PRINTED = re.compile(
    rf"\[[ \t]*[\"']?[\w.-]{{0,40}}{_NAME}[\"']?[ \t]*\][ \t]+=>[ \t](?P<value>[^\r\n\"']+?)[ \t]*$", re.IGNORECASE
)
_SHOW = tuple(re.compile(f"{form}$", re.IGNORECASE | re.MULTILINE) for form in _SHOWN)
_LAST_NAME = re.compile(rf"{STRONG}|{WEAK}|{GUESSED}", re.IGNORECASE)
#: What a program shows or looks up: a sentence, the name of a field or of an entry.
_NAME_OF_FIELD = re.compile(r"[A-Za-z_]+(?:[ .:_/-][A-Za-z_]+)*[:?.!]*\s*|#[\w-]+|[A-Z0-9_]+")


def places(found: str) -> list[tuple[int, int]]:
    firm = groups(_FIRM.match(found))
    at = (
        firm
        or groups(_BY_NAME.match(found))
        or groups(_PRINTED.match(found))
        or next(filter(None, (groups(form.match(found)) for form in _SHOW)), [])
    )
    if not at:
        return []
    start, stop = at[0]
    value, names = found[start:stop], _LAST_NAME.findall(found[:start])
    if not may_be_secret(value):
        return []
    if not firm and says_by_guess(names[-1] if names else "") and not looks_random(value):
        return []
    if firm or is_telling(value, shortest=4):
        plain = _NAME_OF_FIELD.fullmatch(value) is not None and not any(map(str.isdigit, value))
        return [] if plain else at
    return []


told_secret(
    "call_argument",
    "Secret that a program hands to a call or writes down",
    rf"(?i:(?m:{_SEARCHED}){for_search(_TEXT)})"
    rf"|(?i:\[[ \t]*[\"']?[A-Za-z0-9_.-]{{0,40}}{_NAME}[\"']?[ \t]*\][ \t]+=>[ \t][^\r\n\"']+|{for_search('|'.join(_SHOWN))})",
    places,
    hint=HINT,
    gate=(
        r"(?i:auth[ \t]*=>?[ \t]*[\[(]|(?:auth|credentials?|token|authprovider|userpass(?:word)?|passwordauthentication)\([ \t]*[\"'\w]|\.(?:login|authenticate|basic_?auth|set_?credentials|httpbasic|username\w{0,12}|bind_s|simple_bind\w{0,2})\("
        r"|connect\w{0,8}\(|PDO|getConnection|mysqli|(?:jwt|jsonwebtoken|jose)(?:\.|::|->)|hmac\w{0,12}\(|hmac\.|fernet\(|aes\.new|serializer\(|signer\(|keyspec\(|cookieparser\(|crypt\w{0,3}\("
        rf"|(?:password|passphrase|secret|secretkey|api_?key|token|privatekey|signingkey)[ \t]*\([ \t]*[b@r]?[\"']|(?:{STRONG}|{WEAK}|{GUESSED})[\"'\])]{{0,3}}[ \t]*(?::[ \t]*\{{|:[ \t]*[a-z_][\w.\[\], |]*=|\|\||\?[?:]|or[ \t]|,[ \t]|=>?[ \t]*string\(|\\?\";s:|\]?[ \t]*=>|[=:][ \t]*(?:new[ \t]|[a-z_][\w.]*\(|convertto|[bru@]{{1,2}}[\"']))"
        r"|[\"'](?:Bearer|Token|Basic)[ \t]*[\"'][ \t]*[+.&]|\[jdbc:)"
    ),
)
