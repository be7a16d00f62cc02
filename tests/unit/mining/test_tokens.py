import pytest

from sevline.core.mining.tokens import MAX_TOKENS, VALUE, tokens


@pytest.mark.parametrize(
    ("shape", "expected"),
    [
        ('opened "my file" now', ["opened", VALUE, "now"]),
        ("don't stop", ["don't", "stop"]),
        ("I'm not here, can't come", ["I'm", "not", "here", "can't", "come"]),
        ("read b'text' fully", ["read", "b", VALUE, "fully"]),
        ("state = ready", ["state", VALUE]),
        ("user=anna logged in", ["user=", VALUE, "logged", "in"]),
        ("[core] ready (a, b)", ["[core]", "ready", VALUE]),
        ("GET /cart/items now", ["GET", VALUE, "now"]),
        ("see https://example.com/x for more", ["see", VALUE, "for", "more"]),
        ("found None here", ["found", VALUE, "here"]),
        ("ids 0, 0, 0 gone", ["ids", VALUE, "gone"]),
        ("a < b holds", ["a", "b", "holds"]),
        ("failed: retry", ["failed:", "retry"]),
        ("made Widget(0) and left", ["made", VALUE, "and", "left"]),
        ("done.", ["done"]),
        ("---", []),
    ],
)
def test_syntax_tells_values_from_words(shape, expected):
    assert tokens(shape) == expected


def test_a_long_message_has_a_bounded_number_of_tokens() -> None:
    assert len(tokens("word " * 1000)) == MAX_TOKENS


def test_brackets_that_nothing_closes_are_gaps() -> None:
    assert tokens("(" * 500 + "lost")[-1] == "lost"
