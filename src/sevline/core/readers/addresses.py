"""Which part of two addresses differs, in words."""

from urllib.parse import urlsplit


def difference(observed: str, expected: str) -> str:
    """Which part of two URLs differs, in words."""
    try:
        one, two = urlsplit(observed), urlsplit(expected)
        ports = (one.port, two.port)
    except ValueError:
        return "it is not a URL"
    tried = (
        (one.scheme != two.scheme, f"the scheme differs ({one.scheme} and {two.scheme})"),
        (one.hostname != two.hostname, "the host differs"),
        (ports[0] != ports[1], "the port differs"),
        (one.netloc != two.netloc, "only upper and lower case of the host differ"),
        (one.path == two.path, "the query differs"),
        (one.path.rstrip("/") == two.path.rstrip("/"), "only the slash at the end differs"),
        (one.path.casefold() == two.path.casefold(), "only upper and lower case of the path differ"),
    )
    return next((words for differs, words in tried if differs), "the path differs")


def first_difference(observed: str, expected: str) -> str:
    """Where two texts part, for a person who compares them: “differs from character 24 on: “x…” and “y…””."""
    same = next((at for at, (one, two) in enumerate(zip(observed, expected, strict=False)) if one != two), None)
    at = min(len(observed), len(expected)) if same is None else same
    one, two = observed[at : at + 12] or "the end", expected[at : at + 12] or "the end"
    return f"they part at character {at + 1}: “{one}” and “{two}”"
