"""Logs in an S3-compatible store: `s3://bucket/prefix` is every object below it, read as a stream from any byte on."""

from collections.abc import Callable
from io import RawIOBase
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sevline.core.lifecycle import Refused

if TYPE_CHECKING:
    from typing import BinaryIO

    from sevline.bench.logs import Source

Answer = TypeVar("Answer")

SCHEME = "s3://"
MOST_OBJECTS = 10_000


def is_bucket(path: str) -> bool:
    return path.startswith(SCHEME)


def objects_below(path: str) -> list[tuple[str, int]]:
    """Path and size of each object of a prefix, in order; raises Refused where there is none or none may be seen."""
    bucket, prefix = _parts(path)
    found: list[tuple[str, int]] = []
    pages = _asked(
        path, lambda client: list(client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix))
    )
    for page in pages:
        found += [(f"{SCHEME}{bucket}/{one['Key']}", one["Size"]) for one in page.get("Contents", ()) if one["Size"]]
        if len(found) > MOST_OBJECTS:
            raise Refused(f"There are more than {MOST_OBJECTS:,} objects below {path}. Give a longer prefix.")
    if not found:
        raise Refused(f"There is no object with anything in it below {path}.")
    return found


def open_object(path: str) -> "Source":
    """One object, whose bytes are fetched as they are read."""
    from sevline.bench.logs import Source

    bucket, key = _parts(path)
    about = _asked(path, lambda client: client.head_object(Bucket=bucket, Key=key))
    reader = _Reader(path, about["ContentLength"])
    return Source(cast("BinaryIO", reader), about["ContentLength"], about["LastModified"])


class _Reader(RawIOBase):
    """Reads on in one answer of the store; a seek asks for another from there."""

    def __init__(self, path: str, size: int) -> None:
        super().__init__()
        self._path, self._size, self._at = path, size, 0
        self._body: Any = None

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        base = (0, self._at, self._size)[whence]
        if base + offset != self._at:
            self._at = base + offset
            self._let_go()
        return self._at

    def read(self, size: int = -1) -> bytes:
        if self._at >= self._size or size == 0:
            return b""
        if self._body is None:
            bucket, key = _parts(self._path)
            since = f"bytes={self._at}-"
            answer = _asked(self._path, lambda client: client.get_object(Bucket=bucket, Key=key, Range=since))
            self._body = answer["Body"]
        block = bytes(self._body.read(None if size < 0 else size))
        self._at += len(block)
        return block

    def close(self) -> None:
        self._let_go()
        super().close()

    def _let_go(self) -> None:
        if self._body is not None:
            self._body.close()
            self._body = None


def _parts(path: str) -> tuple[str, str]:
    bucket, _, key = path.removeprefix(SCHEME).partition("/")
    if not bucket:
        raise Refused(f"{path} names no bucket. Write s3://bucket/prefix.")
    return bucket, key


def _asked(path: str, ask: Callable[[Any], Answer]) -> Answer:
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        return ask(_client())
    except ClientError as error:
        told = error.response.get("Error", {})
        raise Refused(f"The store refuses {path}: {told.get('Message') or told.get('Code') or error}.") from None
    except BotoCoreError as error:
        raise Refused(f"{path} cannot be read: {error}") from None


def _client() -> Any:
    """With the store and the keys of the installation's settings where they name them, else with the machine's own."""
    import boto3
    from botocore.config import Config

    from sevline.config.options import Options

    options = Options()
    plain = Config(signature_version="s3v4", s3={"addressing_style": "path" if options.s3_endpoint else "auto"})
    return boto3.client(
        "s3", endpoint_url=options.s3_endpoint or None, region_name=options.s3_region or None,
        aws_access_key_id=options.s3_access_key or None, aws_secret_access_key=options.s3_secret_key or None,
        config=plain,
    )  # fmt: skip
