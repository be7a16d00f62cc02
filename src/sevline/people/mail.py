"""Mail, where the installation has a server for it."""

from django.conf import settings
from django.core.mail import EmailMessage


def can_mail() -> bool:
    return bool(settings.OPTIONS.smtp_url)


def send(to: str, subject: str, text: str) -> None:
    """Hand one mail to the mail server; OSError (which SMTP errors are) when it does not take it."""
    EmailMessage(subject=subject, body=text, to=[to]).send()
