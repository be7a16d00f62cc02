"""What reaches a person has been redacted, and the original stays sealed for whoever leads too."""

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from sevline.cases.models import Case
from sevline.core.redaction import Redactor
from sevline.core.rights import Right
from sevline.evidence import actions
from sevline.evidence.models import Artifact, Upload
from sevline.platform.jobs import worker
from sevline.vault import actions as vault
from tests import make
from tests.cast import cast, signed_in
from tests.redaction_corpus import labelled_corpus
from tests.redaction_corpus.corpus import Corpus, Labelled, Sort
from tests.redaction_corpus.score import scored

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
EACH = 500


def prepared() -> Corpus:
    """500 secrets, 500 items of personal data, and 1,000 lines in which nothing is to be masked."""
    made = labelled_corpus(34, labels=3 * EACH, decoys=2 * EACH)
    secrets = [one for one in made.labelled if one.sort is Sort.SECRET][:EACH]
    personal = [one for one in made.labelled if one.sort is Sort.PERSONAL][:EACH]
    return Corpus((*secrets, *personal), made.decoys)


def bytes_of(lines: tuple[Labelled, ...]) -> bytes:
    return "\n".join(one.text for one in lines).encode()


@pytest.mark.slow
@pytest.mark.requirement("R-034")
def test_of_500_secrets_and_500_items_of_personal_data_99_and_97_percent_are_masked_before_the_lead_sees_the_file() -> (
    None
):
    corpus = prepared()
    case: Case = make.case(severity=2, by=cast().lea)
    upload = actions.attach(case.key, "app.log", [bytes_of(corpus.labelled)], by=cast().lea)
    early = signed_in(cast().lea).get(f"/evidence/uploads/{upload.pk}/report.json").status_code
    worker.drain()
    file = Artifact.objects.get(upload=upload)
    page = signed_in(cast().lea).get(f"/evidence/files/{file.pk}/download")
    shown = b"".join(page.streaming_content) if page.streaming else page.content  # type: ignore[attr-defined]

    score = scored(Redactor(vault.pseudonym_key(case.key)), corpus)
    flagged = sum(Redactor(vault.pseudonym_key(case.key)).data(bytes_of(corpus.labelled)).counts.values())
    left = sum(len(one.form) > 9 and one.form.encode() in shown for one in corpus.labelled)
    assert (score.secrets.of, score.personal.of) == (EACH, EACH)
    assert score.secrets.share >= 0.99
    assert score.personal.share >= 0.97
    assert score.changed / (flagged + score.changed) <= 0.05
    assert left <= EACH * 0.01 + EACH * 0.03
    assert early == 404


@pytest.mark.requirement("R-034")
def test_the_lead_has_no_address_and_no_right_that_leads_to_a_sealed_original() -> None:
    case = make.case(severity=2, by=cast().lea)
    upload = actions.attach(case.key, "app.log", [b"password=" + b"Kx7-lantern-Qz\n" * 3], by=cast().lea)
    worker.drain()
    upload = Upload.objects.get(pk=upload.pk)

    client = signed_in(cast().lea)
    answers = [
        client.get(address.replace("<int:upload_id>", str(upload.pk)).replace("<int:artifact_id>", str(number)))
        for address in _of_evidence()
        for number in {upload.original_id, Artifact.objects.get(upload=upload).pk}
    ]
    shown = b"".join(b"".join(each.streaming_content) if each.streaming else each.content for each in answers)  # type: ignore[attr-defined]

    assert len(answers) >= len(_of_evidence()) > 4
    assert b"Kx7-lantern-Qz" not in shown
    assert not [right for right in Right if "original" in right.value or "unseal" in right.value]


def _of_evidence() -> list[str]:
    """Every address under /evidence that takes an upload or one of its files."""
    found: list[str] = []

    def walk(patterns: list[URLPattern | URLResolver], before: str) -> None:
        for each in patterns:
            path = before + str(each.pattern)
            if isinstance(each, URLResolver):
                walk(each.url_patterns, path)
            elif (
                path.startswith("evidence/")
                and ("upload_id" in path or "artifact_id" in path)
                and "pattern_id" not in path
            ):
                found.append("/" + path)

    walk(get_resolver().url_patterns, "")
    return found
