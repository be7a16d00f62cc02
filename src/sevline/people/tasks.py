"""Mail that may wait, so that the page answers everybody equally fast."""

from django_tasks import task

from sevline.people import actions, once
from sevline.platform import clock


@task()
def mail_reset_link(person_id: int) -> bool:
    """The link is made here and not before: its token is never kept in a job's row."""
    return actions.mail_reset_link(person_id)


@task()
def forget_sent_forms() -> int:
    """A form that comes again after a week is a new one."""
    return once.forget(clock.now())
