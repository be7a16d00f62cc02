import numpy as np
import pytest

from sevline.core.mining.scan import MAX_TOKENS, VALUE, scan
from sevline.core.mining.signclasses import CLASSES, CLOSERS

V = ""


def tokens(shape: str) -> list[str]:
    text = shape.encode()
    out = np.empty((2 * len(text) // 3 + 3, 4), np.int64)
    bounds = np.array([0]), np.array([-1]), np.array([len(text)])
    count = scan(np.frombuffer(text, np.uint8), *bounds, out, CLASSES, CLOSERS, np.empty(64, np.uint8))
    return [V if kind == VALUE else shape[begin:end] for begin, end, kind, _ in out[:count].tolist()]


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ('opened "my file" now', ["opened", V, "now"]),
        ("don't stop", ["don't", "stop"]),
        ("I'm not here, can't come", ["I'm", "not", "here", "can't", "come"]),
        ("read b'text' fully", ["read", V, "fully"]),
        ("state = ready", ["state", V]),
        ("user=anna logged in", ["user=", V, "logged", "in"]),
        ("[core] ready (a, b)", ["[core]", "ready", V]),
        ("GET /cart/items now", ["GET", V, "now"]),
        ("see https://example.com/x for more", ["see", V, "for", "more"]),
        ("fd:0 open", ["fd:", V, "open"]),
        ("ids 0, 0, 0 gone", ["ids", V, "gone"]),
        ("a < b holds", ["a", "b", "holds"]),
        ("failed: retry", ["failed:", "retry"]),
        ("made Widget(id=0) and left", ["made", V, "and", "left"]),
        ("called open(0) and left", ["called", "open", V, "and", "left"]),
        ("called open() and left", ["called", "open(", V, "and", "left"]),
        ("open(/a): left", ["open(", V, "left"]),
        ("table #0 (0 blob files) left", ["table", V, "blob", "files", "left"]),
        ("walk: path=. now", ["walk:", "path=", V, "now"]),
        ("path= depth=0", ["path=", V, "depth=", V]),
        ("no reason given:", ["no", "reason", "given:", V]),
        ("values [(0, 'a", ["values", V]),
        ("a= b= c= d= e= f=", ["a=", V, "b=", V, "c=", V, "d=", V, "e=", V, "f=", V]),
        ("ran mod_a:0_send now", ["ran", V, "now"]),
        ("wrote [path=/a][size=0] fully", ["wrote", "path=", V, "size=", V, "fully"]),
        ("got [mode=rw, size=0] back", ["got", "mode=", V, "back"]),
        ("left Point[x=0] alone", ["left", V, "alone"]),
        ("[CLIENT:0] gone", ["CLIENT:", V, "gone"]),
        ("[core:net] gone", ["[core:net]", "gone"]),
        ("seen [CLIENT:0] gone", ["seen", V, "gone"]),
        ("[=0] gone", [V, "gone"]),
        ("read Item(sign='(', at=0) and left", ["read", V, "and", "left"]),
        ("read (it's Anna's) and left", ["read", V, "and", "left"]),
        ("skipped: Ignore(Match(Hidden))", ["skipped:", V]),
        ('skipped: Ignore(from="a', ["skipped:", V]),
        ("read ./control and ../control", ["read", V, "and", V]),
        ("read ~/notes and .profile twice", ["read", V, "and", V, "twice"]),
        ("and so ...on ..", ["and", "so", "...on"]),
        ("done.", ["done."]),
        ("---", []),
    ],
)
def test_syntax_tells_values_from_words(shape: str, expected: list[str]) -> None:
    assert tokens(shape) == expected


def test_a_long_message_has_a_bounded_number_of_tokens() -> None:
    assert len(tokens("word " * 1000)) == MAX_TOKENS


def test_brackets_that_nothing_closes_are_gaps() -> None:
    assert tokens("(" * 500 + "lost")[-1] == "lost"
