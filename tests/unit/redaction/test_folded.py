"""A value that the end of a folded line cuts is masked as one that stands in a line, and lines stay as many."""

import base64
import json
import quopri

import pytest

from sevline.core.redaction import Mode, Redactor

REDACTOR = Redactor(bytes(range(32)))
VALUES = ("Hunter2-xyz99", "kim.larsen@customer.example", "+49 170 5551234", "Zk39dkDJ38dkd93kd93k")
SAID = (
    f"Hello, the password: {VALUES[0]} is of {VALUES[1]}, whose phone is {VALUES[2]}; the rest is "
    f"api_key={VALUES[3]} and a long text that says nothing more.\n"
)


def folded(text: str, width: int = 76, between: str = "\n") -> str:
    packed = base64.b64encode(text.encode()).decode()
    return between.join(packed[at : at + width] for at in range(0, len(packed), width))


def unfolded(text: str, between: str = "\n") -> str:
    return base64.b64decode(text.replace(between, "") + "==").decode()


def still_in(text: str) -> list[str]:
    return [value for value in VALUES if value in text]


@pytest.mark.parametrize("width", [60, 64, 72, 76, 100])
@pytest.mark.parametrize("pad", range(0, 57, 8))
def test_wherever_a_line_ends_nothing_of_a_value_is_left(width: int, pad: int) -> None:
    body = folded("." * pad + " " + SAID * 2, width)

    masked = REDACTOR.text(f"before\n{body}\nafter\n").text

    inner = masked.removeprefix("before\n").removesuffix("\nafter\n")
    assert still_in(unfolded(inner)) == []
    assert unfolded(inner).count("long text that says nothing more") == 2
    assert masked.count("\n") == body.count("\n") + 3
    assert REDACTOR.text(masked).text == masked


@pytest.mark.parametrize("word", ["after", "From", "end", "to", "x", "Regards", "ok12", "NextPart"])
@pytest.mark.parametrize("pad", range(3))
def test_a_word_in_the_line_behind_a_fold_stays_and_nothing_of_the_fold_is_left(word: str, pad: int) -> None:
    said = SAID + "." * (-len(SAID) % 57) + "." * (57 - pad)

    masked = REDACTOR.text(f"{folded(said)}\n{word}\nmore\n").text

    body, _, rest = masked.rpartition(f"\n{word}\n")
    assert rest == "more\n"
    assert still_in(unfolded(body)) == []


@pytest.mark.parametrize(
    "between",
    ["\n", "\r\n", "\n    ", "\n> ", "\n\t", "\\n", "\\r\\n", "\\\\n", "&#10;", "&#13;\n", "&#xA;", "&#xD;&#10;"],
)
def test_however_lines_are_broken_nothing_of_a_value_is_left(between: str) -> None:
    masked = REDACTOR.text(f'x="{folded(SAID * 3, between=between)}"\n').text

    body = masked.partition('"')[2].rpartition('"')[0]
    assert still_in(unfolded(body, between)) == []
    assert body.count(between) == folded(SAID * 3, between=between).count(between)
    assert REDACTOR.text(masked).text == masked


def test_what_no_value_stands_in_keeps_every_byte() -> None:
    text = f"a\n{folded('Nothing of this text has to be masked, however long it is. ' * 9)}\nb\n"

    assert REDACTOR.text(text).text == text


def test_lines_that_say_no_text_are_looked_at_one_by_one() -> None:
    noise = base64.b64encode(bytes((at * 97 + at * at) % 256 for at in range(900))).decode()
    lines = [noise[at : at + 64] for at in range(0, len(noise), 64)]
    hashes = "\n".join(f"{at:064x}" for at in range(9))
    text = "-----BEGIN CERTIFICATE-----\n" + "\n".join(lines) + f"\n-----END CERTIFICATE-----\n{hashes}\n"

    assert REDACTOR.text(text).text == text


def test_a_secret_that_a_fold_gives_away_is_masked_outside_of_it_too() -> None:
    masked = REDACTOR.text(f"seen {VALUES[0]} here\n{folded(SAID)}\n").text

    assert still_in(masked) == []


def test_a_secret_given_away_outside_is_masked_in_a_fold_too() -> None:
    masked = REDACTOR.text(f"password={VALUES[3]}\n{folded(f'The one that was seen: {VALUES[3]}, ' * 4)}\n").text

    assert VALUES[3] not in unfolded(masked.partition("\n")[2].strip())


def test_base64_in_folded_base64_is_masked() -> None:
    masked = REDACTOR.text(folded(f"see\n{folded(SAID * 2)}\nend\n") + "\n").text

    inner = unfolded(masked.strip()).partition("see\n")[2].partition("\nend")[0]
    assert still_in(unfolded(inner)) == []


@pytest.mark.parametrize("pad", range(0, 76, 5))
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_soft_break_of_a_mail_cuts_no_value(pad: int, end: str) -> None:
    body = quopri.encodestring(("é" + "x" * pad + " " + SAID.strip() + "\n" + SAID).encode()).decode()
    mail = f"Subject: a\nContent-Transfer-Encoding: quoted-printable\n\n{body}".replace("\n", end)

    masked = REDACTOR.text(mail).text

    said = quopri.decodestring(masked.replace("\r", "").encode()).decode()
    assert still_in(said) == []
    assert said.count("a long text that says nothing more") == 2
    assert masked.count("\n") == mail.count("\n")
    assert REDACTOR.text(masked).text == masked


def test_a_setting_without_a_value_beside_a_quoted_printable_part_is_no_soft_break() -> None:
    mail = "Content-Transfer-Encoding: quoted-printable\n\na=3D1\n--bound7\n\nEMPTY=\nOTHER=\nb=2\n"

    assert REDACTOR.text(mail).text == mail


def test_documents_of_every_mode_are_unfolded() -> None:
    body = folded(SAID * 3)
    entry = {"request": {"method": "POST", "url": "https://a.example/x", "headers": [], "postData": {"text": body}}}
    texts = {
        Mode.JSON: json.dumps({"a": {"body": body}, "n": [body, 1]}),
        Mode.HAR: json.dumps({"log": {"version": "1.2", "entries": [entry]}}),
        Mode.LOGS: f"2026-03-01T10:00:00Z INFO got {json.dumps(body)}\n",
        Mode.TEXT: f"> {body.replace(chr(10), chr(10) + '> ')}\n",
    }

    masked = {mode: REDACTOR.document(mode, text.encode()).data.decode() for mode, text in texts.items()}

    said = {mode: "".join(unfolded(piece) for piece in _pieces(text)) for mode, text in masked.items()}
    assert {mode: still_in(text) for mode, text in said.items()} == {mode: [] for mode in texts}
    assert all("long text that says nothing more" in text for text in said.values())


def _pieces(text: str) -> list[str]:
    bare = text.replace("\\n", "").replace("\n> ", "")
    return [one for one in bare.replace(" ", '"').split('"') if len(one) > 200]


SECRET = folded("the key itself " * 20)


@pytest.mark.parametrize(
    "text",
    [
        "data:\n  password: |\n    {}\n\nend: 1\n".replace("{}", SECRET.replace("\n", "\n    ")),
        f'PASSWORD="{SECRET}"\nend=1\n',
        f"client_secret: {SECRET}\nend\n",
        f"Authorization: Bearer {SECRET}\nend\n",
        f"secret:\n{SECRET}\n\nend\n",
    ],
)
def test_a_fold_that_is_a_secret_as_a_whole_is_masked_as_a_whole(text: str) -> None:
    masked = REDACTOR.text(text).text

    assert not [line for line in SECRET.split("\n") if line in masked]
    assert masked.count("\n") == text.count("\n")
    assert "end" in masked
    assert REDACTOR.text(masked).text == masked


@pytest.mark.parametrize("pad", range(0, 57, 8))
def test_a_fold_that_is_a_secret_leaves_the_others_to_be_read(pad: int) -> None:
    text = f"client_secret: {SECRET}\n\nmail:\n{folded('.' * pad + ' ' + SAID * 2)}\nend\n"

    masked = REDACTOR.text(text).text

    assert still_in(unfolded(masked.partition("mail:\n")[2].partition("\nend")[0])) == []


def test_a_string_whose_fold_is_a_secret_leaves_those_of_others_to_be_read() -> None:
    document = json.dumps({"a": f"client_secret: {SECRET}", "body": f"see\n{folded(SAID * 2)}"})

    masked = json.loads(REDACTOR.document(Mode.JSON, document.encode()).data)

    assert still_in(unfolded(masked["body"].removeprefix("see\n"))) == []
    assert not [line for line in SECRET.split("\n") if line in masked["a"]]
