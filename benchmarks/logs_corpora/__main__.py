"""`python -m benchmarks.logs_corpora FOLDER [NAME…]`: runs real programs and keeps their records with the true place.

The programs come from the system's packages (see README.md beside this file) and must be installed; one that is not
there is passed over and said. PROGRAMS, FRESH, LATER, LAST, THIRD, FOURTH, SIXTH and what FIFTH_READ and
SEVENTH_READ name are to learn from; the rest of FIFTH and SEVENTH were run and not looked at until the method stood.
"""

import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.logs_corpora import (
    fifth_managed,
    fifth_native,
    fourth_managed,
    fourth_more,
    fourth_native,
    last,
    later_managed,
    later_native,
    managed,
    native,
    native_more,
    seventh_managed,
    seventh_more,
    seventh_native,
    sixth_managed,
    sixth_more,
    sixth_native,
    third_managed,
    third_native,
)  # fmt: skip
from benchmarks.logs_corpora.fresh import FRESH
from benchmarks.logs_corpora.records import Placed, write

PROGRAMS: tuple[Callable[[Path], Iterator[Placed]], ...] = (
    native.postgresql, native.samba, native.gstreamer, native.chromium, native.libvirt, native.systemd,
    native_more.wireshark, native_more.pulseaudio, native_more.pipewire, native_more.squid, native_more.rocksdb,
    native_more.glusterfs, native_more.ray, managed.etcd, managed.prometheus, managed.zookeeper, managed.activemq,
    managed.botocore, managed.scrapy, managed.dask, managed.sphinx, managed.npm, managed.puppet,
)  # fmt: skip

LATER: tuple[Callable[[Path], Iterator[Placed]], ...] = (
    later_native.lighttpd, later_native.aria2, later_native.transmission, later_native.trafficserver,
    later_native.lxc, later_native.kamailio, later_native.kea, later_managed.ejabberd, later_managed.rabbitmq,
    later_managed.syncthing, later_managed.deno, later_managed.synapse, later_managed.salt, later_managed.kubectl,
    later_managed.mtail, later_managed.spark,
)  # fmt: skip
LAST: tuple[Callable[[Path], Iterator[Placed]], ...] = (
    last.grpc, last.onnxruntime, last.zookeeper3, last.asyncua, last.asyncssh, last.django, last.luigi, last.eslint,
    last.fail2ban, last.node_exporter,
)  # fmt: skip
THIRD: tuple[Callable[[Path], Iterator[Placed]], ...] = (
    third_native.apache2, third_native.openssh, third_native.imagemagick, third_native.ucx, third_native.jax,
    third_managed.blackbox, third_managed.snapd, third_managed.biber, third_managed.prosody, third_managed.tomcat,
    third_managed.numba, third_managed.mqttjs,
)  # fmt: skip
FOURTH: tuple[Callable[[Path], Iterator[Placed]], ...] = (
    fourth_native.openocd, fourth_native.frr, fourth_native.nghttpx, fourth_native.libfabric, fourth_native.opensc,
    fourth_native.monero, fourth_native.bacula, fourth_managed.ripgrep, fourth_managed.deltachat,
    fourth_managed.victoriametrics, fourth_managed.pushgateway, fourth_managed.spamassassin, fourth_managed.jekyll,
    fourth_managed.vagrant, fourth_more.composer, fourth_more.jetty, fourth_more.webtorrent,
    fourth_more.nodemailer, fourth_more.sqlfluff, fourth_more.pyinstaller, fourth_more.virtinst,
)  # fmt: skip
FIFTH: tuple[Callable[[Path], Iterator[Placed]], ...] = (
    fifth_native.sway, fifth_native.i3, fifth_native.pacemaker, fifth_native.tpm2, fifth_native.freerdp,
    fifth_native.openscap, fifth_native.zypper, fifth_native.sentencepiece, fifth_native.taichi, fifth_native.paddle,
    fifth_native.postgres_exporter, fifth_managed.pgjdbc, fifth_managed.httpclient, fifth_managed.ioredis,
    fifth_managed.vite, fifth_managed.fonttools, fifth_managed.mitmproxy, fifth_managed.pymodbus,
    fifth_managed.netssh, fifth_managed.phpmailer, fifth_managed.fusioninventory,
)  # fmt: skip
SIXTH: tuple[Callable[[Path], Iterator[Placed]], ...] = (
    sixth_native.lvm2, sixth_native.minidlna, sixth_native.tgt, sixth_native.ganesha, sixth_native.haproxy,
    sixth_native.mailutils, sixth_native.shairport, sixth_native.n2n, sixth_native.wireplumber, sixth_native.pgpool,
    sixth_more.gearmand, sixth_more.tensorflow, sixth_more.vineyard, sixth_more.s3fs, sixth_more.opencv,
    sixth_more.rygel, sixth_more.chasquid, sixth_managed.percona, sixth_managed.rex, sixth_managed.licensecheck,
    sixth_managed.flink, sixth_managed.freecol, sixth_managed.mediawiki, sixth_managed.mechanize,
    sixth_managed.asciidoctor, sixth_managed.karma, sixth_managed.ssh2, sixth_managed.biome, sixth_managed.borg,
    sixth_managed.deluge, sixth_managed.datalad, sixth_managed.angr, sixth_managed.parsl,
)  # fmt: skip
FIFTH_READ = frozenset("ioredis netssh phpmailer tpm2".split())
"""Those of FIFTH, all of them unseen once, whose errors were read in the seventh round; all of SIXTH were too."""
SEVENTH: tuple[Callable[[Path], Iterator[Placed]], ...] = (
    seventh_native.lttng, seventh_native.babeltrace, seventh_native.osmocom, seventh_native.freeciv,
    seventh_more.orthanc, seventh_more.dcmtk, seventh_more.ola, seventh_more.adb, seventh_more.encfs,
    seventh_more.fcitx, seventh_more.xgboost, seventh_more.zeitgeist, seventh_managed.jgroups,
    seventh_managed.nodeopcua, seventh_managed.nodegyp, seventh_managed.r10k, seventh_managed.amavis,
    seventh_managed.diffoscope, seventh_managed.pynetdicom, seventh_managed.amqtt, seventh_managed.radicale,
)  # fmt: skip
SEVENTH_READ = frozenset("adb amavis babeltrace diffoscope encfs fcitx lttng r10k radicale".split())
"""The half of SEVENTH, by lot, whose errors were read after the first score."""


def sets() -> tuple[list[str], list[str]]:
    """Names of the programs to learn from, and of the unseen ones."""
    learned = {one.__name__ for one in (*PROGRAMS, *FRESH, *LATER, *LAST, *THIRD, *FOURTH, *SIXTH)}
    read = FIFTH_READ | SEVENTH_READ
    unseen = {one.__name__ for one in (*FIFTH, *SEVENTH)} - read
    return sorted(learned | read), sorted(unseen)


def main(folder: Path, wanted: list[str]) -> None:
    for program in (*PROGRAMS, *FRESH, *LATER, *LAST, *THIRD, *FOURTH, *FIFTH, *SIXTH, *SEVENTH):
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
