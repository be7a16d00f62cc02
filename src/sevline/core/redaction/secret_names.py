"""Names of fields whose values are secret, wherever they stand: one list for text, JSON, HAR and forms."""

# ruff: noqa: E501 - patterns and forms are read whole

import re
from functools import lru_cache

from sevline.core.redaction.late import late

STRONG = (
    r"pass[ _-]?word|passwd|pass[ _-]?phrase|passcode|secret|api[ ._-]?key|access[ ._-]?key(?:[ _-]?id)?|secret[ ._-]?key(?:[_-]?base)?"
    r"|(?:private|shared|account|signing|encryption|decryption|validation|subscription|auth|license|app|master|admin|storage|hmac|fernet|cookie"
    r"|session|jwt|server|host|root|deploy|ssh|write|ingest|webhook|function|pre-?shared|wallet|instrumentation|aes|cipher|csrf)[ ._-]?key"
    r"|client[ _-]?secret|access[ ._-]?token|refresh[ ._-]?token|id[_-]?token|auth[ ._-]?token"
    r"|session[_-]?token|security[_-]?token|token|saml(?:response|request)|signature[_-]?provided|client[_-]?assertion|code[_-]?verifier|device[_-]?code"
    r"|x-session|sonar[.]login|snmp[ ._-]?community|erlang[_-]?cookie|session[_-]?id|jsessionid|phpsessid|sessid|asp\.net_sessionid|connect\.sid|credentials?|sharedaccesskey"
    r"|connection[ _-]?string|recovery[ _-]?code|otp[ _-]?code|one[ _-]?time[ _-]?code|cvv2?|cvc2?|security[ _-]?answer|security[_-]?key|authtok|unseal[ _-]?key(?:[ _-]?[0-9])?|pin[._]code"
    r"|(?:pass(?:word|wd)?|pwd)[ _-]?(?:confirm(?:ation)?|again|repeat(?:ed)?|2|new|old|plain|text|clear)"
    r"|(?:db|ssh|user|admin|root|smtp|mail|imap|ftp|ldap|http|store|ks|ts|vm|sudo|become|login|bind|auth|proxy|svc|api|app|sql|pg|redis|my)(?:pass|pwd|pw)"
    r"|client[_-]key[_-]data|key content|wep[_-]?key[0-9]?"
    r"|(?:pass(?:word|wd)?|pwd|ntlm|ipant)[ _-]?hash"
    r"|x-amz-signature|x-goog-signature|passwort|kennwort|geheimnis|zugangscode|wachtwoord|mot[ _-]?de[ _-]?passe|contrase(?:ñ|n)a|senha|parola(?:[ ]d['’]ordine)?|luks[._-]?key"
    r"|palavra[ -]passe|frase[ ]de[ ](?:paso|contrase(?:ñ|n)a)|phrase[ ](?:secr(?:è|e)te|de[ ]passe)|jeton[ ]d['’]acc(?:è|e)s|token[ ]d[ei][ ]acces(?:o|so)"
    r"|code[ ]d['’]acc(?:è|e)s|c(?:ó|o)digo[ ]de[ ]ac(?:ceso|esso)"
    r"|(?:api|wlan|wifi|zugangs|lizenz|netzwerk|private[rn]?|geheime[rn]?|installations)[ -]?schl(?:ü|ue)ssel"
    r"|(?:cl(?:é|e)|clave|chave|llave|chiave)[ ](?:de?[ ]|d['’])?(?:api|secr(?:è|e)te|secreta|segreta|priv(?:é|e)e|privada|privata|wi-?fi|acc(?:è|e)s|acces(?:o|so)|acesso|licencia|licence)"
    r"|heslo|salasana|adgangskode|l(?:ö|o)senord|has(?:ł|l)o|(?:ş|s)ifre|jelsz(?:ó|o)|lozinka|geslo|пароль|密码|密碼|パスワード|비밀번호"
)
WEAK = r"csrf|xsrf|pwd|pass|nt[_-]?hash|auth|otp|pin|mfa[ _-]?code|assertion|pw|psk|clave|mdp"
#: Names that say key or seed, and are those of many other things too: what stands there must look like chance made it.
GUESSED = (
    r"(?:rsa|crypto|enc|network|nwk|apps|application|functions|security|consumer|maps|wifi|wlan|wpa|wep|s3|product|activation|setup"
    r"|integration|datadog|signature|backup|recovery|principal|licen[cs]e|client|bot|device|unlock)[ ._-]?key|licen[cs]e"
    r"|salt|pepper|seed|hmac|bearer|signing|rsa_private|sid|pat|(?:x-[a-z-]*|stripe-|webhook[_-]?)signature(?:-[0-9]+)?"
)
IN_URL = (
    r"(?:(?:invite|invitation|auth|access|login|verification|confirmation|activation|reset|signup|claim)[_-]?)?code|key|sig|signature|state|nonce|ticket|session(?:[_-]?state)?|hash|hmac|jwt|auth|sid|x-amz-credential"
    r"|x-amz-security-token|awsaccesskeyid|email_token|invite|magic"
)
#: Names that say so where they stand by themselves, and their value looks like chance made it.
BY_ITSELF = r"key|session|sess|pass(?:word|wd)?[_-]?digest"
#: A field whose name ends with one of these: a weak one begins a word of the name, or is all of it.
SECRET_NAME = (
    rf"(?:[A-Za-z0-9_.-]{{0,40}}(?:{STRONG}|{GUESSED})|(?:[A-Za-z0-9_.-]{{0,40}}[_.-])?(?:{WEAK})"
    rf"|(?-i:[A-Za-z0-9_.-]{{0,40}}[a-z0-9](?:Pwd|Pass|Pw|Auth|Otp|Pin|PWD))|{BY_ITSELF})"
)

#: How such names end, for searches that must be small and fast: ASCII only, so that no letter has forms of several bytes.
ENDS = (
    r"(?i-u:pass(?:w(?:or[dt]|d)|[ _-]?(?:phrase|code))?|pwd|pw|psk|pin|otp|secret|token|key|credentials?|auth|salt|pepper|hmac|seed|signing"
    r"|kennwort|wachtwoord|passe|senha|clave|parola|mdp|heslo)"
)
#: One of these stands in every name that says secret.
_STEMS = (
    r"(?i-u:pass|pwd|pw|psw|psswd|psk|pin[\"' :=\])]|otp|secret|token|key|credential|auth|salt|pepper|hmac|seed|cipher|option|simple|plain-?text|clear-?text|signing|signature|kennwort|wachtwoord|senha|clave|parola|mdp|heslo"
    r"|samlre|assertion|verifier|community|erlang|sessid|session[ _-]?id|connection[ _-]?string|connect\.sid|(?:covery|device|otp|time|mfa)[ _-]?code|code d|digo de"
    r"|cv[vc]|answer|nt[_-]?hash|geheimnis|zugangscode|contrase|jeton|schl|chave|llave|chiave|salasana|adgang|senord|haslo|sifre|jelsz|lozinka|geslo|csrf|xsrf|[_a-z]sid|licen[cs]e|sonar[.]login|x-session"
    r"|sid[\"' :=]|[_-]pat|bearer|private|_sessionid)|clé|hasło|şifre|пароль|密|パス|비밀"
)
#: In every row that holds a secret by a name or by a call, a command or a setting that takes one: the one question for all.
HINT = (
    rf"{_STEMS}|(?i-u:getconnection|PDO|mysqli|jwt|jose|hmac|fernet|aes|serializer|signer|crypt|\.login|jdbc|bind_s|sequel|pg_|dbi|secure_link|sink[ \t]|com2sec|createuser"
    r"|\.connect\(|snmp|sqlconnect|client_send|rename-c|\$user[0-9]|priv[ \t]|ascii-text|hexadecimal|[ \t](?:enc|eap)[ \t]|identified|:identify|cwjap|-header|l2tpd|pptpd|[ \t][*][ \t]|env[ \t]|arg[ \t]|set password|-securestring|wifi:|rootpw|add-mask|[0-9] login |login=|static:|connect[ \t]+to[ \t]|\]:[0-9]+[ \t]|convertto|paso|phrase"
    r"|sess|ntlm|ipant|pins|pin(?:[._]code|or[ \t])|(?:pin|sid|pat)[\t -/:-@\[-^`{-~]|antwort|wi-?fi|cle|woerter|codes|userid=|ww[ \t:=]|creds|zaporka|paro[ol]|heslem|kodeord|code[ ]w|[ \t]/[ \t]|(?:are|lauten|sind|sont?)[ \t])"
    r"|[ ]>[0-9A-Za-z]|(?i:[şłöé]|κωδικ|парол|(?:pin|sid|pat)：)|暗証"
)
#: A name of up to three words that ends so.
ENDING_NAME = rf"(?:(?-u:[A-Za-z]+)[ ]){{0,2}}(?-u:[A-Za-z0-9_.-])*{ENDS}"
_ENDING = late(
    rf"(?:{STRONG}|{GUESSED}|(?:^|[^A-Za-z])(?:{WEAK})|(?-i:[a-z0-9](?:Pwd|Pass|Pw|Auth|Otp|Pin|PWD)))$", re.IGNORECASE
)

#: A number of the form may follow the name: `smtp_password_v4`.
_STRONG = late(rf"[\w.$-]*(?:{STRONG})(?:_v[0-9]{{1,2}})?", re.IGNORECASE)
_WEAK = late(rf"(?:[\w.$-]*[_.$-])?(?:{WEAK})", re.IGNORECASE)
_GUESSED = late(rf"[\w.$-]*(?:{GUESSED})", re.IGNORECASE)
_IN_URL = late(IN_URL, re.IGNORECASE)
_BY_ITSELF = late(BY_ITSELF, re.IGNORECASE)
_ORDINARY = frozenset(
    (
        "null",
        "raise",
        "return",
        "throw",
        "none",
        "nil",
        "true",
        "false",
        "undefined",
        "required",
        "invalid",
        "expired",
        "missing",
        "empty",
        "unknown",
        "unrecognized",
        "unrecognised",
        "incorrect",
        "wrong",
        "optional",
        "string",
        "number",
        "boolean",
        "integer",
        "object",
        "redacted",
        "masked",
        "hidden",
        "removed",
        "yes",
        "no",
        "on",
        "off",
        "enabled",
        "disabled",
        "valid",
        "refreshed",
        "revoked",
        "not",
        "is",
        "was",
        "the",
        "has",
        "and",
        "or",
        "for",
        "from",
        "failed",
        "rejected",
        "accepted",
        "received",
        "mismatch",
        "type",
        "error",
        "changed",
        "reset",
        "bearer",
        "basic",
        "digest",
        "password",
        "token",
        "authorization_code",
        "refresh_token",
        "client_credentials",
        "default",
        "locked",
        "unlocked",
        "y",
        "n",
        "plain",
        "bcrypt",
        "argon2",
        "argon2id",
        "scrypt",
        "pbkdf2",
        "str",
        "final",
        "bytes",
        "secretstr",
        "placeholder",
        "replaceme",
        "convertto-securestring",
        "must",
        "should",
        "cannot",
        "will",
        "via",
        "with",
        "by",
        "in",
        "at",
        "using",
        "oobesystem",
        "specialize",
        "windowspe",
        "generalize",
        "offlineservicing",
        "auditsystem",
        "siehe",
        "abgelaufen",
        "ungültig",
        "fehlt",
        "falsch",
        "vergessen",
        "erforderlich",
        "audituser",
    )
)
_MASKED = late(
    r"[*x.•\[\]<>-]+|\{[a-z_.]+\}|string\(\d+\)|[(<](?:none|empty|unset|null|hidden|masked|redacted|removed)[>)]?|\[[A-Za-z _-]+\]?|\$\{\{[^}]*\}\}|\$\{[^}]*\}?|\{\{[^}]*\}*|%(?:\(\w+\))?[sdv]|:[a-z_]+|\$\d{1,2}|\*+\w{0,4}|=+|\((?:sensitive|known)",
    re.IGNORECASE,
)
_MASK = late(
    r"[*•]+|x{3,}|[(<\[](?:none|empty|unset|null|hidden|masked|redacted|removed|filtered)[)>\]]", re.IGNORECASE
)
_FILLED_IN = late(
    r"\$\{?[A-Z_][A-Z0-9_]*\}?|\$\{\{?[^{}]*\}{1,2}|\{\{?[ ]?[A-Za-z_][\w.]*[ ]?\}?\}|%(?:\(\w+\))?s|%[A-Z_]+%"
)
#: What stands in an example for the value that belongs there.
_PLACEHOLDER = late(
    r"<?(?:your|my|the|insert|enter|put|paste|replace|add|some)[ _-][a-z _-]*(?:password|passwd|passphrase|secret|token|key|here|me)[ _-]*[a-z]*>?",
    re.IGNORECASE,
)
#: What a form tells about a field: `Password is required`, `Token must not be empty`.
_SENTENCE = late(
    r"(?:[\w'’-]+ ){1,8}(?:is|are|was|were|must|cannot|can't|should|may|does|do|has|have)(?: [\w'’,-]+){1,12}[.!]?"
)
#: A sentence of several words, which begins and ends like one.
_TOLD = late(r"[A-ZÀ-Þ¿¡][\w'’-]*(?:,? [\w'’“”„«»-]+){2,20}[.?!…]")
_OF_SENTENCES = late(
    r"\b(?:is|are|was|must|cannot|not|please|your|the|has|have|should|ist|sind|wurde|muss|darf|nicht|bitte|ihr|ihre|das|der|die|est|doit|votre|veuillez|pas|le|la|les|es|debe|su|el|no|por favor|è|deve|il|lo|não|sua|het|een|niet|uw|jest|nie|är|inte|er|ikke)\b",
    re.IGNORECASE,
)
#: What such a sentence speaks of; one that does not is what somebody chose to remember: `My cat is called Minka.`.
_SPEAKS = late(
    r"pass(?:w|code|phrase|e\b)|kennwort|wachtwoord|contrase|senha|palavra|has[łl]|heslo|l(?:ö|o)senord|adgangskode|kodeord|passord|salasana|jelsz|parol|token|secret|geheim|\bkey|schl(?:ü|ue)ssel|\bclé|\bclave|\bchave|\bchiave"
    r"|\bcod|\bcód|session|sitzung|sesi(?:ó|o)n|sess(?:ã|a)o|\blog ?[io]n|\bsign|anmeld|einlog|identifi|credential|zugang|zugriff|access|acceso|acesso|account|konto|compte|cuenta|\bconta\b|\buser|nutzer|utilisat|usu[aá]rio"
    r"|field|\bfeld|champ|campo|oblig|requi|requer|erforderlich|verplicht|expir|abgelaufen|scadut|caduc|verlopen|permission|auth|\blink|certifi|zertifi|cookie|header|request|\bapi\b",
    re.IGNORECASE,
)
#: In a form the name of a field is shown as a word, and often with what is to be done: `Passwort wiederholen`.
_NAMES_ITSELF = late(
    rf"(?:[^\W\d_]{{2,14}} ){{0,2}}(?:{STRONG}|password|token)(?: [^\W\d_]{{2,16}}){{0,3}}[?:.…*]?", re.IGNORECASE
)
#: What a person makes of such a word: `Rootpass`.
_MADE_OF_IT = late(r"[^\W_]+(?:pass|pwd|pw)", re.IGNORECASE)
_OF_AUTH = late(r"(?:.*[_.-])?auth", re.IGNORECASE)
#: How somebody signs in, where, and how it ended.
_KIND_OF_AUTH = late(
    r"none|no|off|on|yes|any|all|auto|default|mixed|basic|digest|bearer|negotiate|kerberos|ntlm|plain|log[io]n|oauth|openid|oidc|saml|sso|ldaps?|sasl|scram|cram|peer|trust|ident"
    r"|cert(?:ificate)?s?|pam|radius|gssapi|sspi|anonymous|external|internal|local|native|simple|strict|password|token|session|jwt|api|apikey|azure|google|github|gitlab|microsoft|aws"
    r"|iam|mtls|tls|ssl|psk|forms?|windows|cookies?|headers?|proxy|users?|guest|public|private|open|closed|shared|wpa|eap|totp|otp|mfa|sms|push|passkey|webauthn|fido|devices?"
    r"|services?|clients?|servers?|database|db|file|system|unix|htpasswd|delegated|managed|ok|success(?:ful)?|succeeded|pass(?:ed)?|fail(?:ed|ure)?|error|denied|granted|allowed"
    r"|rejected|unauthori[sz]ed|forbidden|pending|started|done|enabled|disabled|optional|mandatory|authenticat(?:ed|ion)|authori[sz](?:ed|ation)",
    re.IGNORECASE,
)
#: Ids that a service gives to messages and calls; that of an account is a part of its credentials.
_ID_OF_MESSAGE = late(r"(?:SM|MM|CA|IS|CH|PN|MG|RE|VA|VE)[0-9a-f]{32}")
#: Code that gets the secret from somewhere: `os.environ[…`, `request.form(…`, `settings.API_KEY`.
#: The name of a function has no digits but those of what it makes: `hunter2(` is a password.
_CODE = late(
    r"\$\(.*|`.*|\$(?-i:(?:[A-Z]+_)*(?:PASS(?:WORD|WD)?|PGPASSWORD|PWD|SECRET|TOKEN|KEY|CREDENTIALS?)(?:_[A-Z]+)*)|\$[A-Za-z_]\w*(?:\[.*|-|->.*|::.*)|[a-z_]\w*\[[0-9a-z_:.(-]*|[A-Za-z_](?:[A-Za-z_.:]|(?:(?<=sha)|(?<=md)|(?<=base)|(?<=aes)|(?<=pbkdf)|(?<=\bb))[0-9]{1,3})*\(|(?-i:[A-Z][A-Za-z]*(?:Auth|Credentials?|Key|Token|Password|Secret|Provider|Encoder|Factory|Manager|Client|Service))\([a-z_.]*|SecretStr[(].*|[A-Za-z_$][\w$]*(?:(?:\.|::|->)[A-Za-z_$][\w$]*)+[(\[].*"
    r"|(?-i:_?(?:b64)?[a-z]+(?:[_.][a-z]+)*\((?:[a-z_]+\()*[a-z_][a-z_.]*"
    r"|(?:random|aws|azurerm|google|vault|kubernetes|digitalocean|hcloud|tls)_[a-z_]+\.[a-z_][a-z0-9_]*\.[a-z_][a-z0-9_.]*)"
    r"|[a-z_.]*(?:token|password|secret|key|cookie|credentials?)[a-z_]*\([a-z_][a-z_.]*|property\(_[a-z_]*"
    r"|(?:get|read|load|fetch|generate|create|make|decode|decrypt|find|lookup|new|env|ask|input)[A-Za-z_]*[(\[].*"
    r"|(?:os|self|this|settings|config|conf|cfg|env|process|request|req|args|options|opts|ctx|context|var|local|module|data"
    r"|params|props|state|secrets|credentials|form|model|event)(?:\.|::|->)[A-Za-z_$][A-Za-z_$.]*",
    re.IGNORECASE,
)
_FORM_WORD = late(
    r"\b(?:required|invalid|empty|blank|match|characters?|expired?|incorrect|wrong|missing|least|long|short|allowed|valid|supported)\b",
    re.IGNORECASE,
)
_GROUPS = late(r"[A-Z0-9]{4,6}(?:-[A-Z0-9]{4,6}){2,7}")
_LETTERS = late(r"[A-Za-z0-9+/_-]+|(?=(?:[^\s]*[^\w\s]){4})[^\s/]{24,}")
_UUID = late(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
#: The digest of a file, as a page asks for it.
_DIGEST = late(r"sha(?:256|384|512)-[A-Za-z0-9+/]{43}")
_LABEL = late(r"(?:sha[0-9]{1,3}|v[0-9]|t=[0-9]+,v[0-9])=")
#: Where a key or credentials are kept, which is told in their place.
_FILE = late(r"(?:[A-Za-z]:|[\w.-]{1,40}:)?(?:[~.]{0,2}[\\/][\w .-]+){2,}\.?[a-z]{0,5}")
_KEPT_IN_FILES = late(r"(?:key|credentials?|secret|token|auth)$", re.IGNORECASE)
_TIMES = late(r"(?:[a-z]+[_-])*[0-9]+(?:[_-][0-9a-z]+)*", re.IGNORECASE)
_CHANGES = late(r"(?<=[a-z])[^a-z]|(?<=[A-Z])[^A-Z]|(?<=[0-9])[^0-9]")
#: Of a string of many settings only the secret ones go, which other detectors know; the token of a public key is public.
_OF_MANY = late(r".*(?:connection[ _-]?string|publickeytoken)", re.IGNORECASE)
#: The day, the region and the service for which AWS signed, which say where to look and are no secret.
_SCOPE = late(r"(?:/|%2F)20[0-9]{6}(?:/|%2F)[a-z0-9-]+(?:/|%2F).*", re.IGNORECASE | re.DOTALL)
_SHORT = late(r"(?:.*[_.-])?(?:pw|pass|psk|mdp)", re.IGNORECASE)
#: Small letters and then capital ones, time and again.
_MIXED = late(r"[a-z]+(?:[A-Z]+[a-z]+){2,}[A-Z]*|[a-z]+[A-Z]+[a-z]+[A-Z]+")
#: A setting of this name in several parts holds a key, of any word that is long enough.
_SHARED_KEY, SHORTEST_SHARED_KEY = late(r".*[a-z0-9][_.-]psk", re.IGNORECASE), 8
_NUMBER = late(r"-?\d{1,9}(?:\.\d+)?(?:ms|s|%)?")


@lru_cache(maxsize=65_536)
def says_secret(name: str, *, in_url: bool = False) -> bool:
    """Whether a field of this name holds a secret; some names do so only in the query of a URL or in a form."""
    if _OF_MANY.fullmatch(name):
        return False
    if _STRONG.fullmatch(name) or _WEAK.fullmatch(name):
        return True
    return in_url and _IN_URL.fullmatch(name) is not None


def scope_of_credential(value: str) -> int:
    """Where the scope of a signature begins behind the id of the key, or the value's end where there is none."""
    scope = _SCOPE.search(value)
    return scope.start() if scope else len(value)


def ends_secret(text: str) -> bool:
    """Whether a text ends with a name that may say secret, whatever stands before it."""
    return _ENDING.search(text) is not None


@lru_cache(maxsize=65_536)
def says_by_guess(name: str) -> bool:
    """Whether a field of this name holds a secret only where its value looks like one."""
    by_itself = _BY_ITSELF.fullmatch(name) is not None
    return (by_itself or _GUESSED.fullmatch(name) is not None) and not says_secret(name)


def looks_random(value: str) -> bool:
    """Whether chance made the value: letters and digits by turns, or groups of them as in a licence."""
    if _GROUPS.fullmatch(value):
        return any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    if _DIGEST.match(value):
        return False
    bare = _LABEL.sub("", value).strip("=")
    if len(bare) < 16 or not _LETTERS.fullmatch(bare) or _UUID.fullmatch(bare) or _TIMES.fullmatch(bare):
        return False
    if not any(map(str.isdigit, bare)) or not any(map(str.isalpha, bare)):
        return False
    return len(_CHANGES.findall(bare)) >= 0.22 * len(bare)


def is_told(value: str) -> bool:
    """Whether a text is a sentence that tells of a secret: an error, a hint beside a field."""
    if _TOLD.fullmatch(value) is None or _OF_SENTENCES.search(value) is None:
        return False
    return _SPEAKS.search(value) is not None or _FORM_WORD.search(value) is not None


def is_of_form(name: str, value: str) -> bool:
    """Whether a member called so holds a text of a page and no secret: `"error.token": "The token is expired."`."""
    if is_told(value):
        return True
    return ("." in name and _NAMES_ITSELF.fullmatch(value) is not None) or _is_kind_of_auth(name, value)


def is_filled_in(value: str) -> bool:
    """Whether a shell or a program puts the value in its place: `$DB_PASSWORD`, `{password}`, `%s`."""
    return _FILLED_IN.fullmatch(value) is not None


def is_mask(value: str) -> bool:
    """Whether there is no value, or somebody masked it: `***`, `<redacted>`, and what has no value in a program."""
    return value.lower() in ("null", "none", "nil", "true", "false") or _MASK.fullmatch(value) is not None


def is_way_to_sign_in(value: str) -> bool:
    """Whether a word says how somebody signs in or how that ended: `saml`, `denied`."""
    return _KIND_OF_AUTH.fullmatch(value) is not None


def _is_kind_of_auth(name: str, value: str) -> bool:
    return _OF_AUTH.fullmatch(name) is not None and is_way_to_sign_in(value)


def _is_its_label(name: str, value: str) -> bool:
    """`Passwort wiederholen` or `password` for a password; `rootpass` is a password that somebody chose."""
    is_label = value[:1].isupper() or value[-1:] in "?:.…*" or name.lower().endswith(value.lower())
    is_label = is_label and _MADE_OF_IT.fullmatch(value) is None
    return is_label and _NAMES_ITSELF.fullmatch(value) is not None


def is_code(value: str) -> bool:
    """Whether an unquoted value is a name or a call in a program, which tells where the secret comes from."""
    return _CODE.fullmatch(value) is not None


def _is_sentence(value: str) -> bool:
    return (_SENTENCE.fullmatch(value) is not None and _FORM_WORD.search(value) is not None) or is_told(value)


def _is_no_value(name: str, value: str) -> bool:
    """A word about the value, a mask, an example's place for it, a sentence, a file, or what a guessed name has else."""
    if (
        value.lower().rstrip(".:!") in _ORDINARY
        or _MASKED.fullmatch(value.rstrip("."))
        or _PLACEHOLDER.fullmatch(value)
    ):
        return True
    if says_by_guess(name) and not looks_random(value):
        return True
    if " " in value and _is_sentence(value):
        return True
    return _tells_else(name, value)


def _tells_else(name: str, value: str) -> bool:
    """The field's own name, a kind of sign-in, the id of a message, a file, or the token of a public key."""
    if _is_its_label(name, value) or _is_kind_of_auth(name, value):
        return True
    if _ID_OF_MESSAGE.fullmatch(value) and name.lower().endswith("sid"):
        return True
    if _FILE.fullmatch(value) and _KEPT_IN_FILES.search(name):
        return True
    return (name == "PWD" and value.startswith("/")) or name.lower().endswith("publickeytoken")


def is_ordinary(name: str, value: str, *, loose: bool) -> bool:
    """Words that stand beside such a name in a message and are no secret, or a value that somebody masked already.

    `loose` is for `name: word` in prose, where a short word without a digit tells about the secret, not the secret.
    """
    if _is_no_value(name, value):
        return True
    strong_password = re.search(
        r"pass[_-]?(?:wor[dt]|phrase)|(?:default|db|smtp|mail|imap|ftp|ldap|admin|root|user|bind|sql|mysql|pg|proxy|http|login|key|store|sudo|become)[_.-]?(?:pass|pw)$|kennwort|wachtwoord|passwd|pswd|pwd|secret|pin|otp|cv[vc]",
        name,
        re.IGNORECASE,
    )
    if strong_password:
        return False
    if _NUMBER.fullmatch(value):
        return True
    if _SHORT.fullmatch(name) and (value.isupper() or _MIXED.fullmatch(value)):
        return False  # as people write a password that they read out, and no word about one
    if _SHARED_KEY.fullmatch(name) and len(value) >= SHORTEST_SHARED_KEY:
        return False
    return loose and value.isalpha() and len(value) < 16
