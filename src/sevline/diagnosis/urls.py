"""Addresses of a diagnosis; the tab itself is part of the workspace."""

from django.urls import path

from sevline.diagnosis import signals, views
from sevline.diagnosis import walking as runbooks

app_name = "diagnosis"
urlpatterns = [
    path("signals", signals.signals, name="signals"),
    path("signals/<int:number>", signals.signal, name="signal"),
    path("cases/<str:key>/runbooks", runbooks.shelf, name="runbooks"),
    path("cases/<str:key>/runbooks/<slug:name>", runbooks.runbook, name="runbook"),
    path("cases/<str:key>/runbooks/<slug:name>/attach", runbooks.attach, name="runbook_attach"),
    path("cases/<str:key>/runbooks/<slug:name>/step/<slug:step>", runbooks.step, name="runbook_step"),
    path("cases/<str:key>/diagnosis/panel", views.panel, name="panel"),
    path("cases/<str:key>/diagnosis/<slug:verb>", views.step, name="step"),
    path("cases/<str:key>/diagnosis/<slug:verb>/<int:number>", views.step_of, name="step_of"),
]
