"""Addresses of pages that show several rooms: the desk, the workspace of a case, the search."""

from django.urls import path

from sevline.cases import urls as cases  # makes the “case” part of an address known
from sevline.web import access, asking, exhibit, holding, views, workspace

__all__ = ["cases", "urlpatterns"]

urlpatterns = [
    path("", views.desk, name="desk"),
    path("search", views.search, name="search"),
    path("cases/<case:key>", workspace.timeline, name="case"),
    path("cases/<case:key>/evidence", workspace.evidence, name="case_evidence"),
    path("cases/<case:key>/evidence/<str:item>", exhibit.exhibit, name="exhibit"),
    path("cases/<case:key>/ask", asking.ask, name="ask_customer"),
    path("cases/<case:key>/item/<str:item>", asking.item, name="checklist_item"),
    path("cases/<case:key>/access", access.access, name="case_access"),
    path("cases/<case:key>/access/break-glass", access.glass, name="case_access_glass"),
    path("cases/<case:key>/access/<int:grant>/revoke", access.revoke, name="case_access_revoke"),
    path("cases/<case:key>/access/<int:grant>/review", access.review, name="case_access_review"),
    path("cases/<case:key>/legal-hold", holding.hold, name="case_hold"),
    path("cases/<case:key>/diagnosis", workspace.diagnosis, name="case_diagnosis"),
    path("cases/<case:key>/escalation", workspace.escalation, name="case_escalation"),
]
