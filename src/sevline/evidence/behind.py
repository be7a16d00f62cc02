"""The value behind a token, found again in what is sealed. Nothing here writes, logs or asks for a right."""

import re
from collections.abc import Iterator

from sevline.bench.amounts import LABEL
from sevline.bench.examine import Source, trace, trace_all
from sevline.cases.models import Case
from sevline.core.lifecycle import Refused
from sevline.evidence.models import Upload
from sevline.platform import clock
from sevline.vault import actions as vault
from sevline.vault.models import SealedFile, SealedText

_HEX = re.compile(r"[0-9a-f]{16}")


def value_behind(case: Case, token: str) -> str:
    """Read the sealed texts and files of a case until one holds the value; Refused when none does or the key is gone.

    The values are read in the parser process, where hostile files belong. What comes back is the value in its normal
    form: an e-mail address in small letters, a word as it stands on the case's list.
    """
    if not _HEX.search(token):
        raise Refused("This is no token of this case.")
    terms, kept = vault.words(case.key)
    found = trace(
        list(_sealed(case)), token=token, key=vault.pseudonym_key(case.key), at=clock.now(), terms=terms, allowed=kept
    )
    if not found:
        raise Refused(
            "The value is not in anything that is still sealed. Originals leave when their time is over, and "
            "a token of another case cannot be read here."
        )
    return found


def amounts_behind(upload: Upload) -> dict[str, str]:
    """The amounts that stand as tokens in the redacted form of an upload, read again from its sealed original; Refused
    when that is gone."""
    if upload.original_id is None:
        raise Refused("The original of this file is gone, and with it its amounts.")
    case: Case = upload.case
    terms, kept = vault.words(case.key)
    source = Source(upload.name, vault.open_file(upload.original_id), upload.role)
    return trace_all(
        [source], label=LABEL, key=vault.pseudonym_key(case.key), at=clock.now(), terms=terms, allowed=kept
    )


def _sealed(case: Case) -> Iterator[Source]:
    """Texts first, then files; each is opened here, for the thread that reads them out has no database of its own."""
    now = clock.now()
    for text_id in SealedText.objects.filter(case_key=case.key, expires_at__gt=now).values_list("pk", flat=True):
        yield Source("text.txt", [vault.unseal_text(text_id).encode()])
    kept = SealedFile.objects.filter(case_key=case.key, purpose="original", gone_at=None).values_list("pk", flat=True)
    for upload in Upload.objects.filter(case=case, original_id__in=list(kept)).order_by("number"):
        if upload.original_id is not None:
            yield Source(upload.name, vault.open_file(upload.original_id), upload.role)
