"""What is read about requests, links and files on their way: a link by its token, everything else for a person."""

from django.db.models import QuerySet

from sevline.cases.models import Case
from sevline.core.access import grant_lacks
from sevline.core.checklist import ItemAnswer, ItemState
from sevline.evidence.models import ChecklistAnswer, EvidenceRequest, Reveal, Sending, SendingState, UploadLink
from sevline.governance.models import Approval, ApprovalState
from sevline.people.models import Person
from sevline.people.selectors import token_hash
from sevline.platform import clock


def link_for(token: str) -> UploadLink | None:
    """The link that a token opens, while it opens anything."""
    found = UploadLink.objects.select_related("case", "made_by").filter(token_hash=token_hash(token))
    return found.filter(revoked_at=None, expires_at__gt=clock.now()).first()


def sending_of(person: Person, key: str) -> Sending | None:
    """A file that this person is sending to a case that they may still see."""
    mine = Sending.objects.select_related("case", "link", "sender").filter(key=key, sender=person)
    return mine.filter(case__in=Case.objects.visible_to(person)).first()


def sending_by_link(link: UploadLink, key: str) -> Sending | None:
    """A file that is being sent by this link."""
    sent = Sending.objects.select_related("case", "link__made_by", "sender")
    return sent.filter(key=key, link=link).first()


def sent_by_link(link: UploadLink) -> int:
    """How many files came by the link in whole. Their names are not told: a link can be forwarded."""
    return Sending.objects.filter(link=link, state=SendingState.DONE).count()


def links(person: Person, case: Case) -> QuerySet[UploadLink]:
    """The upload links of a case that still work."""
    visible = Case.objects.visible_to(person).filter(pk=case.pk)
    live = UploadLink.objects.filter(case__in=visible, revoked_at=None, expires_at__gt=clock.now())
    return live.select_related("made_by")


def requests(person: Person, case: Case) -> QuerySet[EvidenceRequest]:
    visible = Case.objects.visible_to(person).filter(pk=case.pk)
    return EvidenceRequest.objects.filter(case__in=visible).select_related("asked_by", "link")


def answers(case: Case) -> dict[str, ItemAnswer]:
    """What people said about items of the checklist; what was taken back says nothing."""
    said = ChecklistAnswer.objects.filter(case=case).exclude(state=ItemState.MISSING.value)
    return {row.item: ItemAnswer(ItemState(row.state), row.reason, row.no_signal) for row in said}


def reveal(person: Person, reveal_id: int) -> Reveal | None:
    """A look behind a token that this person asked for, in a case that they may still see."""
    mine = Reveal.objects.select_related("case").filter(pk=reveal_id, asked_by=person)
    return mine.filter(case__in=Case.objects.visible_to(person)).first()


def is_pending(wanted: Reveal) -> bool:
    """Whether somebody still has to answer the request."""
    pending = Approval.objects.filter(pk=wanted.approval_id, state=ApprovalState.PENDING, expires_at__gt=clock.now())
    return pending.exists()


def lacks(wanted: Reveal) -> str:
    """Empty when the value can be shown now, else the sentence that says why not."""
    approval = Approval.objects.get(pk=wanted.approval_id)
    return grant_lacks(
        shown=wanted.shown_at is not None,
        state=approval.state,
        decided_at=approval.decided_at,
        minutes=wanted.minutes,
        now=clock.now(),
    )
