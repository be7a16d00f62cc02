"""HashiCorp Vault token."""

from sevline.core.redaction.detector import token_format


def is_mixed(found: str) -> bool:
    """The older form has a single letter before it: capital and small letters and digits follow."""
    body = found.partition(".")[2]
    return found.startswith("hv") or (body.lower() != body != body.upper() and any(map(str.isdigit, body)))


token_format(
    "vault_token",
    "HashiCorp Vault token",
    r"hv[sbr]\.[A-Za-z0-9_-]{24,300}|[sbr]\.[A-Za-z0-9]{24}",
    keywords=("hvs.", "hvb.", "hvr.", " s.", '"s.', "=s.", "'s.", ":s.", " b.", '"b.', "=b.", " r."),
    gate=r"hv[sbr]\.|[^A-Za-z0-9_.][sbr]\.[A-Za-z0-9]{24}",
    validate=is_mixed,
)
