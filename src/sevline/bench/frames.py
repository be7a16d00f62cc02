"""Frames over a pipe: one byte of kind, eight of length, then the bytes."""

import struct
from enum import Enum
from typing import IO, Any

HEADER = struct.Struct(">cQ")
CHUNK = 1024 * 1024


class Frame(Enum):
    CONTROL = b"C"
    DATA = b"D"
    END = b"E"


class BrokenPipeFrameError(Exception):
    """The other side ended in the middle of a frame."""


def send(pipe: IO[bytes], kind: Frame, payload: bytes | memoryview = b"") -> None:
    pipe.write(HEADER.pack(kind.value, len(payload)))
    pipe.write(payload)
    pipe.flush()


def send_control(pipe: IO[bytes], message: Any) -> None:
    import msgspec

    send(pipe, Frame.CONTROL, msgspec.json.encode(message))


def send_data(pipe: IO[bytes], data: bytes) -> None:
    view = memoryview(data)
    for start in range(0, len(view), CHUNK):
        send(pipe, Frame.DATA, view[start : start + CHUNK])
    send(pipe, Frame.END)


def receive(pipe: IO[bytes]) -> tuple[Frame, bytes] | None:
    """The next frame; None where the other side closed between frames."""
    header = pipe.read(HEADER.size)
    if not header:
        return None
    if len(header) < HEADER.size:
        raise BrokenPipeFrameError
    kind, length = HEADER.unpack(header)
    payload = pipe.read(length)
    if len(payload) < length:
        raise BrokenPipeFrameError
    return Frame(kind), payload
