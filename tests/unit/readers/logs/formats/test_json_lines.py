from datetime import UTC, datetime

from sevline.core.readers.logs import FORMATS

parse = FORMATS["json_lines"].reader(datetime(2026, 3, 2, tzinfo=UTC))


def test_known_keys_give_time_level_service_and_message() -> None:
    found = parse(b'{"ts": "2026-03-01T10:00:00Z", "level": "warn", "logger": "pool", "msg": "pool is full"}')

    assert found is not None
    assert found.stamp is not None
    assert (found.stamp.at, found.stamp.zone_known) == (datetime(2026, 3, 1, 10, 0, 0, tzinfo=UTC).timestamp(), True)
    assert (found.level, found.service, found.message) == ("WARN", "pool", b"pool is full")


def test_fields_one_level_down_are_found() -> None:
    found = parse(b'{"level": "INFO", "target": "shop::cart", "fields": {"message": "added"}}')

    assert found is not None
    assert (found.message, found.service) == (b"added", "shop::cart")


def test_dotted_keys_are_found_as_objects_and_as_names() -> None:
    dotted = parse(b'{"message": "m", "log.level": "error"}')
    nested = parse(b'{"message": "m", "log": {"level": "error"}}')

    assert dotted is not None
    assert nested is not None
    assert dotted.level == nested.level == "ERROR"


def test_a_stack_beside_the_message_is_part_of_the_record() -> None:
    found = parse(b'{"message": "failed", "stack_trace": "org.example.Broken: no\\n\\tat org.example.A.b(A.java:1)"}')

    assert found is not None
    assert found.message.startswith(b"failed\norg.example.Broken")


def test_an_object_without_a_message_is_its_fields() -> None:
    found = parse(b'{"status": 502, "upstream": "cart"}')

    assert found is not None
    assert found.message == b"status=502 upstream=cart"


def test_json_nested_a_hundred_thousand_deep_is_no_record() -> None:
    assert parse(b'{"a":' * 100_000 + b"1" + b"}" * 100_000) is None


def test_what_is_no_object_is_no_record() -> None:
    assert parse(b"[1, 2]") is None
    assert parse(b'{"cut": "in the mid') is None
