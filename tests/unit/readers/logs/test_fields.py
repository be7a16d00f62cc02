from sevline.core.readers.logs.fields import Field, fields_of


def test_names_of_an_id_are_one() -> None:
    lines = [
        b'{"requestId":"r1"}',
        b'{"http":{"request":{"id":"r1"}}}',
        b'{"message":"x","attributes":{"x-request-id":"r1"}}',
        b"level=info request_id=r1 msg=x",
        b'GET / 200 "X-Request-ID: r1"',
        b"[correlation-id=r1] done",
    ]

    assert {fields_of(line).get(Field.REQUEST) for line in lines} == {"r1"}


def test_a_trace_in_brackets_as_sleuth_writes_it_is_found() -> None:
    trace, span = b"5b8aa5a2d2c872e8321cf37308d69df2", b"051581bf3cb55c13"

    assert fields_of(b"INFO [shop," + trace + b"," + span + b"] text").get(Field.TRACE) is None
    assert fields_of(b"INFO [" + trace + b"," + span + b"] text")[Field.TRACE] == trace.decode()


def test_tenant_user_region_and_version_are_found_wherever_they_stand() -> None:
    found = fields_of(b'{"log":{"tenant":{"id":"t1"},"user":{"name":"kim"}},"tags":["region:eu","version:1.2"]}')

    assert found == {Field.TENANT: "t1", Field.USER: "kim", Field.REGION: "eu", Field.VERSION: "1.2"}


def test_a_line_without_fields_has_none() -> None:
    assert fields_of(b"nothing to see here") == {}
    assert fields_of(b"\xff\xfe=\x00") == {}
