"""`python -m benchmarks.logs_corpora FOLDER [NAME…]`: runs real programs and keeps their records with the true place.

The programs come from the system's packages (see README.md beside this file) and must be installed; one that is not
there is passed over and said. Half of the sets, told by the hash of their names, is to learn from; the other is not
looked at until the end.
"""

import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from hashlib import blake2b
from pathlib import Path

from benchmarks.logs_corpora import managed, native, native_more
from benchmarks.logs_corpora.fresh import FRESH
from benchmarks.logs_corpora.records import Placed, write

PROGRAMS: tuple[Callable[[Path], Iterator[Placed]], ...] = (
    native.postgresql, native.samba, native.gstreamer, native.chromium, native.libvirt, native.systemd,
    native_more.wireshark, native_more.pulseaudio, native_more.pipewire, native_more.squid, native_more.rocksdb,
    native_more.glusterfs, native_more.ray, managed.etcd, managed.prometheus, managed.zookeeper, managed.activemq,
    managed.botocore, managed.scrapy, managed.dask, managed.sphinx, managed.npm, managed.puppet,
)  # fmt: skip


def halves(names: list[str]) -> tuple[list[str], list[str]]:
    """To learn from, and unseen: by the order of the names' hashes, so that nobody chooses."""
    ordered = sorted(names, key=lambda name: blake2b(name.encode(), digest_size=8).digest())
    return sorted(ordered[::2]), sorted(ordered[1::2])


def main(folder: Path, wanted: list[str]) -> None:
    for program in (*PROGRAMS, *FRESH):
        name = program.__name__
        if (wanted and name not in wanted) or (folder / f"{name}.tsv.xz").exists():
            continue
        with tempfile.TemporaryDirectory(prefix=f"{name}-", ignore_cleanup_errors=True) as work:
            try:
                records, places = write(folder, name, program(Path(work)))
            except Exception:  # noqa: BLE001 - one program that fails must not end the others
                traceback.print_exc()
                continue
        print(f"{name}: {records:,} records of {places:,} places", flush=True)
        if records < 300:
            (folder / f"{name}.tsv.xz").rename(folder / f"{name}.few")


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
