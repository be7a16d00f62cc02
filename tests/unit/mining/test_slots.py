import json

from sevline.core.mining import mine
from sevline.core.mining.fieldtexts import fields_in
from sevline.core.mining.slots import Sample, Slot, slots_of


def slots(lines: list[str], *, in_bulk: bool | None = None) -> dict[str, Slot]:
    (pattern,) = mine(["\n".join(lines).encode()], source="a.log", in_bulk=in_bulk).patterns()
    return {slot.key: slot for slot in pattern.slots}


REGIONS = ("eu-west", "eu-west", "eu-west", "us-east")
JSON = [
    json.dumps({"time": f"2026-03-01T10:00:0{n}Z", "level": "error", "msg": "payment refused", "region": region,
                "http": {"status": 502 + n % 2}, "retry": n > 1, "took_ms": n * 7, "tags": [1, {"a": 2}]})
    for n, region in enumerate(REGIONS)
]  # fmt: skip
LOGFMT = [
    f'time=2026-03-01T10:00:0{n}Z level=error msg="payment refused" region={region} took={n}ms'
    for n, region in enumerate(REGIONS)
]


def test_the_keys_beside_the_message_of_a_json_record_are_typed_slots() -> None:
    found = slots(JSON)

    assert (found["region"].kind, found["region"].distinct) == ("word", 2)
    assert found["region"].top == (("eu-west", 0.75), ("us-east", 0.25))
    assert (found["http.status"].kind, found["retry"].kind, found["took_ms"].kind) == ("integer", "boolean", "integer")
    assert found["tags"].top[0][0] == "[…]"


def test_what_tells_message_time_and_level_is_no_slot() -> None:
    assert set(slots(JSON)) == {"region", "http.status", "retry", "took_ms", "tags"}
    assert set(slots(LOGFMT)) == {"region", "took"}


def test_the_keys_of_logfmt_are_slots_too() -> None:
    found = slots(LOGFMT)

    assert found["region"].top == (("eu-west", 0.75), ("us-east", 0.25))
    assert found["took"].kind == "duration"


def test_in_bulk_and_record_by_record_the_slots_are_the_same() -> None:
    assert slots(JSON, in_bulk=True) == slots(JSON, in_bulk=False)
    assert slots(LOGFMT, in_bulk=True) == slots(LOGFMT, in_bulk=False)


def test_a_line_that_is_cut_or_masked_is_read_as_far_as_it_goes() -> None:
    assert fields_in('{"msg":"x","user":"<EMAIL-1>","n":<NUMBER>,"text":"half of i') == {
        "user": "<EMAIL-1>",
        "n": "<NUMBER>",
    }


def test_deep_lists_and_objects_end() -> None:
    assert fields_in("{" + '"a":{' * 5_000) == {}
    assert fields_in('{"a":[[{"b":1}]],"c":2}') == {"a": "[…]", "c": "2"}


def test_variables_behind_each_other_are_parted_by_blanks() -> None:
    template = "found a task <*> <*> <*>"
    found = slots_of(template, [Sample(1.0, b"found a task 7f 20 3"), Sample(1.0, b"found a task 9")])

    assert [[value for value, _ in slot.top] for slot in found] == [["7f", "9"], ["20"], ["3"]]
