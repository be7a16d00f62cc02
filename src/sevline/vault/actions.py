"""The only way in and out of the vault. Its callers ask for rights; nothing here is reachable from a page by itself."""

import hashlib
import io
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction

from sevline.core.letters import names_that_stay
from sevline.core.lifecycle import Refused
from sevline.core.redaction import RedactedText, Redactor, Term
from sevline.governance.selectors import held_cases, hold_of
from sevline.platform import clock
from sevline.platform.events import SYSTEM, Ref, record
from sevline.vault import sealing, store
from sevline.vault.events import SecretsLearned
from sevline.vault.models import CaseKey, CaseSecret, CaseWord, SealedFile, SealedText


class TooLarge(Refused):
    """The stream is longer than it may be; nothing of it was kept."""


def make_key(case_key: str) -> None:
    """Make the key of a new case, wrapped by the master key."""
    wrapped = sealing.seal(settings.MASTER_KEY, os.urandom(32), f"case {case_key}")
    CaseKey.objects.create(case_key=case_key, wrapped=wrapped, made_at=clock.now())


def destroy_key(case_key: str) -> None:
    """Forget the key of a case for ever: nothing sealed can be opened and no token can be traced back.

    Refused while a legal hold stands on the case.
    """
    if hold_of(case_key) is not None:
        raise Refused(f"{case_key} is on legal hold: its key stays until the hold is lifted.")
    CaseKey.objects.filter(case_key=case_key).update(wrapped=b"", destroyed_at=clock.now())
    CaseSecret.objects.filter(case_key=case_key).delete()
    _redactor.cache_clear()


def redact(case_key: str, text: str, *, people: Iterable[str] = ()) -> RedactedText:
    """The text with every secret and personal value replaced by this case's tokens.

    `people`: names of the desk's own people, which stay where the text greets them or they sign it.
    """
    if not text.strip():
        return RedactedText(text, {}, {}, ())  # as most fields of a form are: the word list is not asked for them
    redacted = redactor_of(case_key, names_that_stay(text, people)).text(text)
    learn(case_key, redacted.secrets)
    return redacted


def redactor_of(case_key: str, stays: tuple[str, ...] = ()) -> Redactor:
    """What redacts under the case's key, its word list and the secrets it knows; `stays` is left as it is beside it."""
    terms, kept = words(case_key)
    masked = {term.value.casefold() for term in terms}
    # Detectors compare a name in small letters, however it is written.
    also = tuple(form for name in stays if name.casefold() not in masked for form in (name, name.lower()))
    return _redactor(pseudonym_key(case_key), terms, (*kept, *also), known(case_key))


@lru_cache(maxsize=64)
def _redactor(key: bytes, terms: tuple[Term, ...], kept: tuple[str, ...], known: tuple[str, ...]) -> Redactor:
    return Redactor(key, terms=terms, allowed=kept, known=known)


def known(case_key: str) -> tuple[str, ...]:
    """The case's secrets by hash and length, as a redactor takes them."""
    return tuple(str(secret) for secret in CaseSecret.objects.filter(case_key=case_key).order_by("pk"))


def learn(case_key: str, secrets: Sequence[str]) -> None:
    """Mask these secrets wherever they stand in the case from now on; what is there already is redacted again."""
    fresh = set(secrets).difference(known(case_key)) if secrets else set()
    if not fresh:
        return
    now = clock.now()
    pairs = [secret.split(":") for secret in sorted(fresh)]
    rows = [CaseSecret(case_key=case_key, name=name, length=int(length), learned_at=now) for name, length in pairs]
    with transaction.atomic():
        CaseSecret.objects.bulk_create(rows, ignore_conflicts=True)
        case = Ref("case", case_key, case_key)
        record(SecretsLearned(by=SYSTEM, subject=case, case=case_key, count=len(rows)), at=now)


def words(case_key: str) -> tuple[tuple[Term, ...], tuple[str, ...]]:
    """The case's own word list: terms to mask, and values that were masked wrongly and are to stay."""
    rows = list(CaseWord.objects.filter(case_key=case_key))
    if not rows:
        return (), ()
    key = _seal_key(case_key)
    opened = [(row, sealing.unseal(key, bytes(row.sealed), row.about).decode()) for row in rows]
    return (
        tuple(Term(row.kind, value) for row, value in opened if row.masks),
        tuple(value for row, value in opened if not row.masks),
    )


def mask_of_words(case_key: str) -> Callable[[str], str] | None:
    """What redacts a text under the case's word list; None while the list is empty, so that nothing has to be done."""
    terms = CaseWord.objects.filter(case_key=case_key, masks=True).values_list("pk")
    if not terms.union(CaseSecret.objects.filter(case_key=case_key).values_list("pk")).exists():
        return None
    redactor = redactor_of(case_key)
    return lambda text: redactor.text(text).text if text else text


def add_word(case_key: str, value: str, *, kind: str, masks: bool) -> CaseWord:
    """Add a word to the case's list, sealed. `masks` says whether it is to be masked or left as it is."""
    row = CaseWord(case_key=case_key, kind=kind, masks=masks, made_at=clock.now())
    row.sealed = sealing.seal(_seal_key(case_key), value.encode(), row.about)
    row.save()
    return row


def pseudonym_key(case_key: str) -> bytes:
    """The 32-byte key under which this case's tokens are made; only for the parser process."""
    return sealing.derive(_key_of(case_key), "pseudonyms")


def _key_of(case_key: str) -> bytes:
    kept = CaseKey.objects.filter(case_key=case_key).first()
    if kept is None:
        raise Refused(f"Case {case_key} has no key.")
    if kept.destroyed_at is not None:
        raise Refused(f"The key of case {case_key} was destroyed on {kept.destroyed_at:%d %B %Y}.")
    try:
        return sealing.unseal(settings.MASTER_KEY, bytes(kept.wrapped), f"case {case_key}")
    except sealing.Unreadable:
        raise Refused(
            f"The key of case {case_key} cannot be opened: this is not the master key that it was made with."
        ) from None


def seal_text(case_key: str, about: str, text: str) -> int:
    """Seal the original of a text; answers the id under which it lies."""
    now = clock.now()
    sealed = SealedText.objects.create(
        case_key=case_key,
        about=about,
        sealed=sealing.seal(_seal_key(case_key), text.encode(), about),
        made_at=now,
        expires_at=now + timedelta(days=settings.OPTIONS.sealed_original_days),
    )
    return sealed.pk


def unseal_text(sealed_id: int) -> str:
    kept = SealedText.objects.get(pk=sealed_id)
    return sealing.unseal(_seal_key(kept.case_key), bytes(kept.sealed), kept.about).decode()


def forget_text(sealed_id: int) -> None:
    """Delete a sealed text before its time."""
    SealedText.objects.filter(pk=sealed_id).delete()


def _seal_key(case_key: str) -> bytes:
    return sealing.derive(_key_of(case_key), "seal")


class _Sealing(File[bytes]):
    """A file whose chunks are sealed while they are read; counts and hashes what went in."""

    def __init__(self, key: bytes, blocks: Iterable[bytes], about: str, limit: int | None) -> None:
        super().__init__(None, about)
        self.key, self.blocks, self.about, self.limit = key, blocks, about, limit
        self.length = 0
        self.digest = hashlib.sha256()

        self._sealed = sealing.seal_stream(key, self._counted(), about)
        self._held = bytearray()

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:  # noqa: ARG002 - the signature is Django's
        """What a store that keeps files in a folder asks for."""
        return self._sealed

    def read(self, size: int = -1) -> bytes:
        """What a store that speaks HTTP asks for; everything can be read once, from the start."""
        while (size < 0 or len(self._held) < size) and (more := next(self._sealed, b"")):
            self._held += more
        wanted = len(self._held) if size < 0 else size
        given = bytes(self._held[:wanted])
        del self._held[:wanted]
        return given

    def seekable(self) -> bool:
        return False

    def seek(self, offset: int, whence: int = 0) -> int:
        """Stores go to the start before they begin, which is where this is."""
        if offset or whence or self.length:
            raise OSError("What is sealed while it arrives cannot be read twice.")
        return 0

    def _counted(self) -> Iterator[bytes]:
        for block in self.blocks:
            self.length += len(block)
            if self.limit is not None and self.length > self.limit:
                raise TooLarge(f"The file is larger than the {self.limit // 2**20} MB that are allowed.")
            self.digest.update(block)
            yield block

    @property
    def size(self) -> int:
        return self.length


def seal_file(
    case_key: str,
    blocks: Iterable[bytes],
    purpose: str,
    *,
    limit: int | None = None,
    expires_at: datetime | None = None,
) -> SealedFile:
    """Seal a stream into the store while it arrives. If it breaks or is too large, nothing of it is kept."""
    name = _fresh_name()
    incoming = _Sealing(_seal_key(case_key), blocks, name, limit)
    store.save(name, incoming)
    return _keep(case_key, name, purpose, incoming.length, incoming.digest.hexdigest(), expires_at)


class SealedSink(io.RawIOBase):
    """A binary file to write to: what is written is sealed at once, and saved as a row only by `keep`.

    Until then the store may hold its bytes, which no row names and `sweep` removes.
    """

    def __init__(self, case_key: str, purpose: str) -> None:
        self.case_key, self.purpose = case_key, purpose
        self.name = _fresh_name()
        self.length = 0
        self._digest = hashlib.sha256()
        self._sealer = sealing.Sealer(_seal_key(case_key), self.name)
        self._spool = tempfile.SpooledTemporaryFile(max_size=4 * 2**20)  # noqa: SIM115 - closed in close()

    def writable(self) -> bool:
        return True

    def write(self, block: Any, /) -> int:
        data = bytes(block)
        self.length += len(data)
        self._digest.update(data)
        self._spool.write(self._sealer.push(data))
        return len(data)

    def close(self) -> None:
        if not self.closed:
            self._spool.write(self._sealer.finish())
            self._spool.seek(0)
            store.save(self.name, File(self._spool))
            self._spool.close()
        super().close()

    def keep(self) -> SealedFile:
        return _keep(self.case_key, self.name, self.purpose, self.length, self._digest.hexdigest(), None)


def _fresh_name() -> str:
    return f"{uuid4().hex[:2]}/{uuid4().hex}"


def _keep(case_key: str, name: str, purpose: str, size: int, sha256: str, expires_at: datetime | None) -> SealedFile:
    return SealedFile.objects.create(
        case_key=case_key,
        name=name,
        purpose=purpose,
        size=size,
        sha256=sha256,
        made_at=clock.now(),
        expires_at=expires_at,
    )


def open_file(sealed_id: int) -> Iterator[bytes]:
    """The plain bytes of a sealed file, chunk by chunk; Refused if it is gone, Unreadable if it was changed."""
    kept = SealedFile.objects.get(pk=sealed_id)
    if kept.gone_at is not None:
        raise Refused("The file is no longer kept.")
    return sealing.unseal_stream(_seal_key(kept.case_key), store.blocks(kept.name), kept.name)


def open_files(sealed_ids: Iterable[int]) -> Iterator[tuple[int, Iterator[bytes]]]:
    """The plain bytes of each of these files that is still kept, as `open_file`; each key is read once."""
    keys: dict[str, bytes] = {}
    for kept in SealedFile.objects.filter(pk__in=list(sealed_ids), gone_at__isnull=True).order_by("pk"):
        if kept.case_key not in keys:
            keys[kept.case_key] = _seal_key(kept.case_key)
        yield kept.pk, sealing.unseal_stream(keys[kept.case_key], store.blocks(kept.name), kept.name)


def remove_file(sealed_id: int) -> None:
    """Mark the file as gone and delete its bytes once that is committed."""
    kept = SealedFile.objects.get(pk=sealed_id)
    SealedFile.objects.filter(pk=sealed_id).update(gone_at=clock.now())
    transaction.on_commit(lambda: store.delete(kept.name))


def forget_parts(sealed_ids: Iterable[int]) -> None:
    """Delete parts of a file on its way in, rows and all: they are in the file itself now, or nobody wants them."""
    parts = SealedFile.objects.filter(pk__in=list(sealed_ids), purpose="part")
    names = list(parts.values_list("name", flat=True))
    parts.delete()
    transaction.on_commit(lambda: store.delete_all(names))


def expire(at: datetime) -> int:
    """Remove the originals whose time is over; answers how many texts and files that were. A legal hold keeps them."""
    held = held_cases()
    texts, _ = SealedText.objects.filter(expires_at__lt=at).exclude(case_key__in=held).delete()
    files = SealedFile.objects.filter(expires_at__lt=at, gone_at__isnull=True).exclude(case_key__in=held)
    over = files.values_list("pk", flat=True)
    ids = list(over)
    for sealed_id in ids:
        remove_file(sealed_id)
    return texts + len(ids)


def sweep(at: datetime) -> int:
    """Delete files in the store that no row names and that are older than a day: what a killed upload left.

    A store that nothing was ever saved to has no folder yet.
    """
    known = set(SealedFile.objects.values_list("name", flat=True))
    try:
        folders = default_storage.listdir("")[0]
    except FileNotFoundError:
        return 0
    lost = 0
    for folder in folders:
        for name in default_storage.listdir(folder)[1]:
            path = f"{folder}/{name}"
            if path not in known and at - default_storage.get_modified_time(path) > timedelta(days=1):
                default_storage.delete(path)
                lost += 1
    return lost


def redact_again(case_key: str, value: Any, *, people: Iterable[str] = ()) -> Any:
    """A text, or plain JSON with texts in it, redacted under the word list as it is now. Tokens stay as they are."""
    if isinstance(value, str):
        return redact(case_key, value, people=people).text if value else value
    if isinstance(value, list | tuple):
        return [redact_again(case_key, item) for item in value]
    if isinstance(value, dict):
        return {name: redact_again(case_key, item) for name, item in value.items()}
    return value
