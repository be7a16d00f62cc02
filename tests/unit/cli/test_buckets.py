"""`sevline logs s3://…`: objects of a store that speaks S3, a real server on this machine."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from sevline.bench.logs import Part, local_file, split, summarise
from sevline.cli import build
from sevline.cli.buckets import open_object
from sevline.core.lifecycle import Refused

pytestmark = pytest.mark.slow
BUCKET = "customer-logs"


def line(number: int) -> bytes:
    return (
        f"2026-03-01T10:{number // 60 % 60:02}:{number % 60:02}Z INFO request {number} took {number % 9} ms\n".encode()
    )


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    from moto.server import ThreadedMotoServer

    running = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    yield f"http://{host}:{port}"
    running.stop()


@pytest.fixture
def bucket(server: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    import boto3

    known = {"ENDPOINT": server, "REGION": "eu-central-1", "ACCESS_KEY": "a", "SECRET_KEY": "b"}
    for name, value in known.items():
        monkeypatch.setenv(f"SEVLINE_S3_{name}", value)
    monkeypatch.setenv("NO_PROXY", "127.0.0.1,localhost")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    found = boto3.resource(
        "s3", endpoint_url=server, region_name="eu-central-1", aws_access_key_id="a", aws_secret_access_key="b"
    ).Bucket(BUCKET)
    found.create(CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    yield found
    found.objects.all().delete()
    found.delete()


def test_all_objects_of_a_prefix_are_read_and_no_other(bucket: Any) -> None:
    bucket.put_object(Key="web/1.log", Body=b"".join(map(line, range(300))))
    bucket.put_object(Key="web/2.log", Body=b"".join(map(line, range(300, 400))))
    bucket.put_object(Key="other/3.log", Body=b"".join(map(line, range(50))))

    answer = CliRunner().invoke(build(), ["logs", f"s3://{BUCKET}/web/", "--format", "json"])
    told = json.loads(answer.stdout)

    assert [(one["name"], one["records"]) for one in told["sources"]] == [("1.log", 300), ("2.log", 100)]
    assert [pattern["count"] for pattern in told["patterns"]] == [400]


def test_parts_of_an_object_sum_to_what_the_same_file_gives(bucket: Any, tmp_path: Path) -> None:
    text = b"".join(map(line, range(3000)))
    (tmp_path / "a.log").write_bytes(text)
    bucket.put_object(Key="a.log", Body=text)
    remote = Part(f"s3://{BUCKET}/a.log", "a.log", opener=open_object)

    parts = split(remote, 3, least=1)
    first, *others = map(summarise, parts)
    total = sum(others, first)

    assert len(parts) == 3
    assert total == summarise(Part(str(tmp_path / "a.log"), "a.log", opener=local_file))


def test_a_prefix_with_nothing_below_it_and_a_bucket_that_is_not_there_are_said(bucket: Any) -> None:
    nothing = CliRunner().invoke(build(), ["logs", f"s3://{BUCKET}/none/"])
    missing = CliRunner().invoke(build(), ["logs", "s3://no-such-bucket/a"])

    assert isinstance(nothing.exception, Refused)
    assert "no object with anything in it" in str(nothing.exception)
    assert isinstance(missing.exception, Refused)
    assert "The store refuses s3://no-such-bucket/a" in str(missing.exception)
