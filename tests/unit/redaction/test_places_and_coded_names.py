"""Places on a map, names in the forms of airlines, hospitals and passports, stored passwords and codes of recovery."""

# ruff: noqa: E501 - texts are read whole

import pytest

from tests.unit.redaction.looking import left_of

HASH = "5e88" * 8


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("latitude=52.37403 longitude=4.88969 alt=3", "latitude=<GEO> longitude=<GEO> alt=3"),
        ('{"lat":-1.292066,"lng":36.821946,"sats":7}', '{"lat":<GEO>,"lng":<GEO>,"sats":7}'),
        ("open geo:52.374,4.889?z=15", "open geo:<GEO>,<GEO>?z=15"),
        ("https://maps.example/@52.37403,4.88969,17z", "https://maps.example/@<GEO>,<GEO>,17z"),
        ("Standort: 52.37403, 4.88969", "Standort: <GEO>, <GEO>"),
        ("seen at 52°22'26.5\"N 4°53'22.9\"E", "seen at <GEO> <GEO>"),
        ('"coordinates": [4.88969, 52.37403]', '"coordinates": [<GEO>, <GEO>]'),
        ("$GPGGA,123519,5222.438,N,00453.380,E,1,08", "$GPGGA,123519,<GEO>,<GEO>,1,08"),
    ],
)
def test_a_place_on_a_map_goes_number_by_number(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "lat=0.482 p99=1.204",
        "fio: lat (usec): min=12.345, max=998.123",
        "position: 12.5, 13.25",
        "latency=12.3456 translate=1.2345",
        "the oven was at 180° and the angle 45.5°",
        "point 3.1415 of the list",
        "lat=0.000000 lon=0.000000",
    ],
)
def test_other_measurements_stay(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("PNR K7QX2L 1.1VERMEULEN/LOTTE MRS", "PNR K7QX2L 1.1<PERSON> MRS"),
        ("Passenger: OYELARAN/TUNDE", "Passenger: <PERSON>"),
        ("PID|1||778^^^A||VERMEULEN^LOTTE^M||19840617|F|||DAM 4^^UTRECHT||(555)555-0188", "PID|1||<IDENTITY>||<PERSON>||<BIRTH-DATE>|F|||<ADDRESS>||<PHONE>"),
        ("PV1|1|I|W3|||1441^OYELARAN^TUNDE^^^DR", "PV1|1|I|W3|||1441^<PERSON>^^DR"),
        ("NM1*IL*1*VERMEULEN*LOTTE*M***MI*77", "NM1*IL*1*<PERSON>*M***MI*77"),
        ("P<NLDVERMEULEN<<LOTTE<MARIA<<<<<<<<<<<<<<<<<", "<IDENTITY>"),
    ],
)  # fmt: skip
def test_a_name_goes_from_the_forms_of_travel_care_and_documents(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "TCP/IP and READ/WRITE over HTTP/2, GET/POST",
        "OBX|1|NM|2345^GLUCOSE^LN^GLU^GLUCOSE^L|1|98",
        "cat <<EOF and x << 2",
        "name: INPUT/OUTPUT",
    ],
)
def test_capitals_beside_a_slash_are_nobody(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("last modified by okasulke on 2026-03-11", "last modified by <PERSON> on 2026-03-11"),
        ("Config changed by t.brandt.", "Config changed by <PERSON>."),
        ("(created by okasulke)", "(created by <PERSON>)"),
        ("merged by wren42 at 10:15", "merged by <PERSON> at 10:15"),
        ("deleted by okasulke from 10.0.0.4", "deleted by <PERSON> from 10.0.0.4"),
    ],
)
def test_who_did_something_goes_by_login_too(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    "text",
    ["sorted by name", "changed by mistake.", "started by systemd", "closed by peer", "created by terraform at 10:15"],
)
def test_nobody_did_what_was_done_by_a_thing(text: str) -> None:
    assert left_of(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "svc:1104:" + "aad3" * 8 + ":" + HASH + ":::",
        "$krb5tgs$23$*svc$CORP$spn*$" + HASH + "$" + HASH * 3,
        "pbkdf2:sha256:260000$k3j9Zq8w$" + HASH * 2,
        "'*" + "5E88A" * 8 + "'",
        "$P$B" + "k3j9Zq8w1x2y3z4a5b6c7d8e9f0g1h",
    ],
)
def test_a_stored_password_goes(text: str) -> None:
    left = left_of(text)

    assert HASH not in left
    assert "5E88A" not in left
    assert "k3j9Zq8w1x2y3z" not in left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Your backup codes are: k3j9-2mx8, 7tq4-zz18", "Your backup codes are: <SECRET>, <SECRET>"),
        ("Recovery codes:\n1. 4471-9920\n2. 8812-0034\n\nKeep them.", "Recovery codes:\n1. <SECRET>\n2. <SECRET>\n\nKeep them."),
        ("Codes de secours : 55120938 77120044", "Codes de secours : <SECRET> <SECRET>"),
        ("Wiederherstellungscodes\n  k3j92-mx8aa   7tq4z-z18bb\n", "Wiederherstellungscodes\n  <SECRET>   <SECRET>\n"),
        ("Códigos de recuperación: 8812-0034", "Códigos de recuperación: <SECRET>"),
        ("backup codes were shown 3 times since 2026-01-01", "backup codes were shown 3 times since 2026-01-01"),
    ],
)  # fmt: skip
def test_codes_for_a_lost_device_go(text: str, left: str) -> None:
    assert left_of(text) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Social file 193-456-787 is double", "Social file <CA-SIN> is double"),
        ("PAN ABCPK4471Z on file", "PAN <IN-PAN> on file"),
        ("order 123-046-454-286, part 046-454-287, GROUP4471Z", "order 123-046-454-286, part 046-454-287, GROUP4471Z"),
    ],
)
def test_numbers_of_persons_in_canada_and_india_go_without_their_name(text: str, left: str) -> None:
    assert left_of(text) == left


def test_the_private_members_of_a_key_go_from_a_line_of_a_log() -> None:
    key = "q7Rt2mWk9ZpL4vXc"

    left = left_of(f'loaded {{"kty":"OKP","crv":"Ed25519","x":"{key}AA","d":"{key}BB"}} in 2 ms')

    assert left == f'loaded {{"kty":"OKP","crv":"Ed25519","x":"{key}AA","d":"<SECRET>"}} in 2 ms'


def test_of_a_signed_address_the_scope_stays() -> None:
    left = left_of(
        "GET /b/o?X-Amz-Credential=KEYIDKEYIDKEYID7/20260311/eu-west-1/s3/aws4_request&X-Amz-Date=20260311T101010Z"
    )

    assert left == "GET /b/o?X-Amz-Credential=<SECRET>/20260311/eu-west-1/s3/aws4_request&X-Amz-Date=20260311T101010Z"


@pytest.mark.parametrize(
    "text",
    [f"svc,localhost,*{(HASH + HASH)[:40].upper()}", f'"hash": "*{(HASH + HASH)[:40].upper()}"', f"ledger,md5{HASH}", f"ledger\tmd5{HASH}"],
)  # fmt: skip
def test_a_stored_password_goes_from_a_cell_of_a_table_too(text: str) -> None:
    assert "5e88" not in left_of(text).lower()
