"""Names of people in the heads of mails, as mail programs write, fold and encode them."""

import re

import pytest

from tests.unit.redaction.looking import REDACTOR, kept

MASKS = re.compile(r"<PERSON-[0-9a-f]{16}>|u[0-9a-f]{16}@d[0-9a-f]{16}\.redacted\.example")


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("From: Helen Marsh <helen@bw.example>", "From:  <>"),
        ("Reply-To: helen marsh <helen@bw.example>", "Reply-To:  <>"),
        ('To: "Marsh, Helen" <h@bw.example>, Jörg Müller <j@bw.example>', "To:  <>,  <>"),
        ("Von: Müller, Jörg <j@bw.example>", "Von:  <>"),
        ("Cc: a@bw.example, Müller, Jörg <j@bw.example>; b@bw.example", "Cc: ,  <>; "),
        ("Cc: =?UTF-8?Q?J=C3=B6rg_M=C3=BCller?= <j@bw.example>", "Cc:  <>"),
        ("Bcc: =?utf-8?B?SGVsZW4gTWFyc2g=?= <h@bw.example>", "Bcc:  <>"),
        ("Sender: =?nowhere-1?Q?J=F6rg?= <j@bw.example>", "Sender:  <>"),
        ('\t"Marsh, Helen" <h@bw.example>,', "\t <>,"),
        ("> *From:* Helen Marsh [mailto:h@bw.example]", "> *From:*  [mailto:]"),
        ("From: h@bw.example (Helen Marsh)", "From:  ()"),
        ("On Mon, 3 Nov 2026 at 10:00, Helen Marsh <h@bw.example> wrote:", "On Mon, 3 Nov 2026 at 10:00,  <> wrote:"),
        ("Signed-off-by: Helen Marsh <h@bw.example>", "Signed-off-by:  <>"),
        ('{"from": "Helen Marsh <h@bw.example>", "x": 1}', '{"from": " <>", "x": 1}'),
        ('"from":"helen marsh <h@bw.example>"', '"from":" <>"'),
        ("From: Helen Marsh &lt;h@bw.example&gt;", "From:  &lt;&gt;"),
        ('From: "Helen Marsh (Support)" <h@bw.example>', "From:  <>"),
    ],
)
def test_the_name_goes_with_the_address_and_a_second_run_changes_nothing(text: str, left: str) -> None:
    redacted = REDACTOR.text(text)

    assert MASKS.sub("", redacted.text) == left
    assert redacted.counts["mail_name"] == 1
    assert REDACTOR.text(redacted.text).text == redacted.text


def test_a_person_has_one_token_however_the_name_is_written() -> None:
    written = (
        "Helen Marsh <h@bw.example>",
        '"Marsh, Helen" <h@bw.example>',
        "=?utf-8?B?SGVsZW4gTWFyc2g=?= <h@bw.example>",
        "HELEN MARSH <h@bw.example>",
    )

    assert len({REDACTOR.text(f"From: {one}").text for one in written}) == 1


def test_functions_types_and_what_is_no_mail_stay() -> None:
    kept(
        "mail_name",
        "From: support <team>",
        "please write to helen <not an address>",
        "Map<String,Foo@1a2b> x",
        "From 10:00 to 11:00 the worker was slow",
        "the move from: A to: B",
        "calling handle@worker (attempt 2)",
        "To: whom it may concern",
    )


def test_the_name_of_a_function_stays_beside_its_masked_address() -> None:
    redacted = REDACTOR.text("To: Support <help@bw.example>")

    assert redacted.text.startswith("To: Support <u")
    assert redacted.counts == {"email": 1}


def test_a_name_from_the_head_of_a_mail_goes_wherever_else_it_stands() -> None:
    mail = (
        'From: "Annelie Brockhaus" <a.brockhaus@hansekontor.example>\n\nAs Annelie Brockhaus said, orders fail.\n\n'
        "Annelie Brockhaus\nHead of Operations\ncc Brockhaus, Annelie\n"
    )
    redacted = REDACTOR.text(mail).text
    assert "rockhaus" not in redacted
    assert len(set(re.findall(r"<PERSON-[0-9a-f]{16}>", redacted))) == 1
    assert REDACTOR.text(redacted).text == redacted


def test_a_name_under_a_letter_goes_wherever_else_it_stands() -> None:
    redacted = REDACTOR.text("Kind regards,\nJonas Brandt\n\nOn Monday Jonas Brandt wrote:\n").text
    assert "Brandt" not in redacted


def test_a_sender_whose_address_does_not_hold_the_name_is_not_looked_for_elsewhere() -> None:
    redacted = REDACTOR.text("From: GitHub Actions <noreply@example.com>\n\nThe GitHub Actions run failed.").text
    assert "The GitHub Actions run failed." in redacted
