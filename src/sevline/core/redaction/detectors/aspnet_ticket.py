"""What ASP.NET protects with its keys: tickets of sign-ins, cookies and tokens against forgery."""

from sevline.core.redaction.detector import token_format

token_format(
    "aspnet_ticket",
    "Ticket that ASP.NET protects",
    r"CfDJ8[A-Za-z0-9_-]{40,4000}",
    keywords=("CfDJ8",),
)
