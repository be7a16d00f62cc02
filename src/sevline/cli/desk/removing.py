"""Taking the demo desk away: its cases, files, keys and people. The audit trail keeps what they did."""

from dataclasses import dataclass

from django.db import transaction

from sevline.cases.models import Case
from sevline.catalog.models import Change, SignalRequest, SupportabilityScore
from sevline.cli.desk.loading import ACCOUNTS
from sevline.customers.models import Account
from sevline.dataquery.models import AdHocQuery, QueryRun
from sevline.diagnosis.models import Cause, Hypothesis, Link, Reproduction, TelemetryGap, Test, Workaround
from sevline.escalations.models import Escalation
from sevline.evidence.models import ChecklistAnswer, EvidenceRequest, Item, Reveal, Sending, Upload, UploadLink
from sevline.governance.models import AccessGrant, Approval, LegalHold
from sevline.people.actions import remove_demo_cast
from sevline.service_levels.models import Clock
from sevline.vault import actions as vault
from sevline.vault.models import CaseKey, CaseWord, SealedFile, SealedText


@dataclass(frozen=True, slots=True)
class Removed:
    cases: int
    files: int
    people: int


@transaction.atomic
def remove() -> Removed:
    """Remove every case that a demo person opened, with all that hangs on it."""
    cases = list(Case.objects.filter(opened_by__is_demo=True))
    keys = [case.key for case in cases]
    # From the latest room to the earliest, because later rows protect what they cite.
    Escalation.objects.filter(case__in=cases).delete()
    for model in (Cause, Reproduction, Workaround):
        model.objects.filter(case__in=cases).delete()
    Link.objects.filter(hypothesis__case__in=cases).delete()
    Test.objects.filter(case__in=cases).delete()
    Hypothesis.objects.filter(case__in=cases).delete()
    Item.objects.filter(case__in=cases).delete()
    for came in (EvidenceRequest, Sending, ChecklistAnswer, Reveal, Upload, UploadLink):
        came.objects.filter(case__in=cases).delete()
    for asked in (QueryRun, AdHocQuery):
        asked.objects.filter(case__in=cases).delete()
    CaseWord.objects.filter(case_key__in=keys).delete()
    AccessGrant.objects.filter(case_key__in=keys).delete()
    LegalHold.objects.filter(case_key__in=keys).delete()
    Approval.objects.filter(case_key__in=keys).delete()
    Clock.objects.filter(case_key__in=keys).delete()
    files = list(SealedFile.objects.filter(case_key__in=keys, gone_at__isnull=True).values_list("pk", flat=True))
    for sealed_id in files:
        vault.remove_file(sealed_id)
    SealedFile.objects.filter(case_key__in=keys).delete()
    SealedText.objects.filter(case_key__in=keys).delete()
    Case.objects.filter(pk__in=[case.pk for case in cases]).delete()
    Change.objects.filter(recorded_by__is_demo=True).delete()
    SupportabilityScore.objects.filter(by__is_demo=True).delete()
    signals = SignalRequest.objects.filter(asked_by__is_demo=True)
    signals.exclude(pk__in=TelemetryGap.objects.exclude(request=None).values("request")).delete()
    for key in CaseKey.objects.filter(case_key__in=keys):
        vault.destroy_key(key.case_key)
    unused = Account.objects.filter(key__in=[account[0] for account in ACCOUNTS])
    unused.exclude(pk__in=Case.objects.exclude(account=None).values("account")).delete()
    return Removed(len(cases), len(files), remove_demo_cast())
