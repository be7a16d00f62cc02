"""Reports of TLS scanners, and lists of address ranges. No real report was seen; they follow the published forms."""

import ipaddress
from collections.abc import Iterator
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.jsontext import escaped
from sevline.core.readers.network import AddressRanges, ScanReport, ScanRow
from sevline.core.readers.reader import Form, Source, reader

MAX_ROWS = 5_000
MAX_BLOCKS = 20_000


@reader("testssl", Form.JSON)
def read_testssl(source: Source, document: Any) -> Iterator[Given]:
    """Reports of testssl.sh (flat JSON)"""
    rows = document if isinstance(document, list) else []
    found = [
        ScanRow(f"/{number}/finding", str(row["id"]), str(row["severity"]), str(row["finding"]))
        for number, row in enumerate(rows[:MAX_ROWS])
        if isinstance(row, dict) and {"id", "severity", "finding"} <= row.keys()
    ]
    if found and len(found) * 2 >= len(rows[:MAX_ROWS]):
        yield ScanReport(source.artifact, "testssl.sh", tuple(found))


@reader("sslyze", Form.JSON)
def read_sslyze(source: Source, document: Any) -> Iterator[Given]:
    """Reports of sslyze (JSON)"""
    results = document.get("server_scan_results") if isinstance(document, dict) else None
    rows: list[ScanRow] = []
    for number, server in enumerate(results if isinstance(results, list) else ()):
        scans = server.get("scan_result") if isinstance(server, dict) else None
        for name, scan in (scans or {}).items() if isinstance(scans, dict) else ():
            if isinstance(scan, dict) and (row := _scan(f"/server_scan_results/{number}/scan_result", name, scan)):
                rows.append(row)
    if rows:
        yield ScanReport(source.artifact, "sslyze", tuple(rows[:MAX_ROWS]))


OLD = {
    "ssl_2_0_cipher_suites": "SSL 2",
    "ssl_3_0_cipher_suites": "SSL 3",
    "tls_1_0_cipher_suites": "TLS 1.0",
    "tls_1_1_cipher_suites": "TLS 1.1",
}


def _scan(base: str, name: str, scan: dict[str, Any]) -> ScanRow | None:
    """Old protocols that are accepted, and flags whose name says that the server is vulnerable."""
    result = scan.get("result")
    if not isinstance(result, dict):
        return None
    if name in OLD and result.get("accepted_cipher_suites"):
        return ScanRow(f"{base}/{name}/result", name, "HIGH", f"{OLD[name]} is accepted")
    for key, value in result.items():
        if key.startswith("is_vulnerable") and value is True:
            return ScanRow(f"{base}/{name}/result/{key}", name, "HIGH", f"{key} is true")
    return ScanRow(f"{base}/{name}/result", name, "OK", "nothing found")


@reader("address-ranges", Form.JSON)
def address_ranges(source: Source, document: Any) -> Iterator[Given]:
    """Lists of address blocks"""
    blocks = tuple(_blocks(document, "", 0))
    if blocks:
        yield AddressRanges(source.artifact, blocks)


PREFIX_KEYS = ("ip_prefix", "ipv6_prefix", "ipv4Prefix", "ipv6Prefix", "cidr")


def _blocks(value: Any, pointer: str, depth: int) -> Iterator[tuple[str, str]]:
    """Lists that hold nothing but blocks, and `ip_prefix`-like keys of lists of objects; two levels deep at most."""
    if isinstance(value, list):
        yield from _in_list(value, pointer)
    elif isinstance(value, dict) and depth < 2:
        for key, each in value.items():
            if len(key) < 100:
                yield from _blocks(each, f"{pointer}/{escaped(key)}", depth + 1)


def _in_list(values: list[Any], pointer: str) -> Iterator[tuple[str, str]]:
    if all(isinstance(each, str) and _is_block(each) for each in values):
        yield from ((f"{pointer}/{number}", each) for number, each in enumerate(values))
        return
    for number, each in enumerate(values[:MAX_BLOCKS]):
        found = {key: each[key] for key in PREFIX_KEYS if key in each} if isinstance(each, dict) else {}
        for key, block in found.items():
            if isinstance(block, str) and _is_block(block):
                yield f"{pointer}/{number}/{key}", block


def _is_block(text: str) -> bool:
    if "/" not in text or len(text) > 50:
        return False
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True
