"""Everything that an installation keeps, as a thief of disk and database would read it."""

import base64
from pathlib import Path
from urllib.parse import quote

from django.conf import settings
from django.db import connection


def everything(*folders: Path) -> bytes:
    """Every row of every table, binary values as they are, and every file below the folders and the test's vault."""
    vault = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    files = [path for folder in {vault, *folders} if folder.exists() for path in folder.rglob("*") if path.is_file()]
    return b"\n".join([_rows(), *(path.read_bytes() for path in files), *(path.name.encode() for path in files)])


def _rows() -> bytes:
    found: list[bytes] = []
    with connection.cursor() as cursor:
        for name in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found += [_plain(value) for row in cursor for value in row]
    return b"\n".join(found)


def _plain(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode("utf-8", "surrogatepass")


def forms(secret: str) -> dict[str, bytes]:
    """The ways in which a value may lie about without being read at once."""
    plain = secret.encode()
    percent = "".join(f"%{byte:02X}" for byte in plain).encode()
    padded = [base64.b64encode(b"x" * shift + plain)[4:-4] for shift in range(3)]
    return {
        "plain": plain,
        "percent": quote(secret, safe="").encode(),
        "percent throughout": percent,
        "percent lower case": percent.lower(),
        "json": "".join(f"\\u{byte:04x}" for byte in plain).encode(),
        "hex": plain.hex().encode(),
        "hex upper case": plain.hex().upper().encode(),
        "base64": padded[0],
        "base64 shifted by 1": padded[1],
        "base64 shifted by 2": padded[2],
        "utf-16": secret.encode("utf-16-le"),
        "utf-16 big endian": secret.encode("utf-16-be"),
    }


def lying_about(secret: str, *folders: Path) -> list[str]:
    """In which forms the value is found anywhere."""
    all_of_it = everything(*folders)
    return [name for name, form in forms(secret).items() if form in all_of_it]
