"""Mail that may wait, so that the page answers everybody equally fast."""

from django_tasks import task

from sevline.people import actions


@task()
def mail_reset_link(person_id: int) -> bool:
    """The link is made here and not before: its token is never kept in a job's row."""
    return actions.mail_reset_link(person_id)
