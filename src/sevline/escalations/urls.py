"""Addresses of escalations: the inbox of Engineering, a packet, its steps; and the start of one on a case."""

from django.urls import path, re_path

from sevline.cases import urls as cases  # makes the “case” part of an address known
from sevline.escalations import views

__all__ = ["app_name", "cases", "urlpatterns"]

app_name = "escalations"
KEY = "(?P<key>ESC-[0-9]{1,9})"
urlpatterns = [
    path("cases/<case:key>/escalate", views.start, name="start"),
    path("escalations/", views.inbox, name="inbox"),
    re_path(rf"^escalations/{KEY}/$", views.packet, name="packet"),
    re_path(rf"^escalations/{KEY}/edit$", views.edit, name="edit"),
    re_path(rf"^escalations/{KEY}/packet\.(?P<kind>md|json)$", views.export, name="export"),
    re_path(rf"^escalations/{KEY}/(?P<verb>[a-z-]+)$", views.step, name="step"),
]
