"""A large bundle is kept once and known for what it is; what would unpack without end is not opened."""

import io
import os
import struct
import zipfile
import zlib
from datetime import timedelta

import pytest
from django.test import Client

from sevline.evidence import actions
from sevline.evidence.models import Upload, UploadState
from sevline.platform import clock
from sevline.platform.jobs import worker
from sevline.vault.models import SealedFile
from tests import make
from tests.cast import cast
from tests.context.evidence.tus import Sender

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
MEBI = 2**20
LOG = b"2026-11-16T10:00:00Z ERROR pool timed out\n" * 200


def bundle_of_200_mb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("dump.bin", b"\0" + os.urandom(200 * MEBI - len(LOG)))
        archive.writestr("app.log", LOG)
    return packed.getvalue()


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def more_than_5_gb() -> bytes:
    """Members of 250 MB that are packed to a seventieth or so: no bomb by its ratio, but by its sum.

    All hold the same bytes, which are packed once and written by hand under each name.
    """
    dice = os.urandom(64 * 1024)
    block = b"".join(b"\0" + dice[at : at + 16] + bytes(700) for at in range(0, len(dice) - 16, 16))
    plain = block * (250 * MEBI // len(block))
    packer = zlib.compressobj(6, zlib.DEFLATED, -15)
    packed = packer.compress(plain) + packer.flush()
    sizes = struct.pack("<III", zlib.crc32(plain), len(packed), len(plain))
    out, directory = bytearray(), bytearray()
    for number in range(21):
        name = f"part-{number:02}.bin".encode()
        about = struct.pack("<HHHHH", 20, 0, 8, 0, 0) + sizes + struct.pack("<HH", len(name), 0)
        place = struct.pack("<HHHII", 0, 0, 0, 0, len(out))
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + about + place + name
        out += b"PK\x03\x04" + about + name + packed
    end = struct.pack("<HHHHIIH", 0, 0, 21, 21, len(directory), len(out), 0)
    return bytes(out + directory) + b"PK\x05\x06" + end


@pytest.mark.requirement("R-033")
def test_a_200_mb_bundle_is_kept_once_bombs_are_refused_and_the_link_ends_after_7_days() -> None:
    case = make.case(severity=2)
    given = actions.make_link(case.key, by=cast().sam)
    address = "/send/" + given.url.rpartition("/")[2]
    sender, bundle = Sender(Client(), f"{address}/files"), bundle_of_200_mb()

    first, again = sender.whole("no-ending", bundle).json(), sender.whole("copy.txt", bundle).json()
    quarantined = Upload.objects.get(case=case).state
    sender.whole("ratio.zip", zipped(("zeros.log", bytes(50_000_000))))
    sender.whole("sum.zip", more_than_5_gb())
    worker.drain()
    with clock.held_at(given.link.made_at + timedelta(days=7)):
        over = Client().get(address).status_code

    kept, ratio, total = Upload.objects.filter(case=case).order_by("number")
    read = {file.name.rpartition("/")[2]: file.kind for file in kept.artifacts.all()}
    assert (first["state"], quarantined, kept.state) == ("done", UploadState.QUARANTINED, UploadState.AVAILABLE)
    assert again["says"] == "The same file is here already; it is kept once."
    assert SealedFile.objects.filter(sha256=kept.sha256, purpose="original", gone_at=None).count() == 1
    assert read["app.log"] == "log"
    assert (ratio.state, "more than 100 times its size" in ratio.reason) == (UploadState.REFUSED, True)
    assert (total.state, "more than 5.0 GB" in total.reason) == (UploadState.REFUSED, True)
    assert over == 410


def test_names_that_lead_out_of_an_archive_are_told_on_the_upload() -> None:
    case = make.case(severity=2)
    given = actions.make_link(case.key, by=cast().sam)
    sender = Sender(Client(), f"/send/{given.url.rpartition('/')[2]}/files")

    sender.whole("logs.zip", zipped(("../../etc/passwd", LOG), ("app.log", LOG)))
    worker.drain()

    upload = Upload.objects.get(case=case)
    assert (upload.state, upload.reason) == (
        UploadState.AVAILABLE,
        "The name of 1 member leads out of the archive; it was taken as a name only.",
    )
    assert {file.name for file in upload.artifacts.all()} == {"logs.zip/etc/passwd", "logs.zip/app.log"}
