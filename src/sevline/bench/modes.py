"""How each kind of file is redacted, and by which form its places are told."""

from sevline.core.readers.sniff import Kind
from sevline.core.redaction import Mode

MODES = {
    Kind.HAR: Mode.HAR,
    Kind.SAML: Mode.SAML,
    Kind.XML: Mode.XML,
    Kind.JSON: Mode.JSON,
    Kind.LOG: Mode.LOGS,
    Kind.ACCESS_LOG: Mode.LOGS,
    Kind.TEXT: Mode.TEXT,
    Kind.TABLE: Mode.CSV,
    Kind.PARQUET: Mode.LOGS,
}
FORMS = {Mode.HAR: "json", Mode.JSON: "json", Mode.SAML: "xml", Mode.XML: "xml"}
