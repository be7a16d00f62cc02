"""Secret token in the form of RFC 8959."""

from sevline.core.redaction.detector import token_format

token_format(
    "secret_token_uri",
    "Secret token in the form of RFC 8959",
    r"secret-token:[A-Za-z0-9_.~%:@!$&'()*+,;=-]{8,200}",
    keywords=("secret-token:",),
)
