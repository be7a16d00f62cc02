"""Addresses of cases; `/cases/C-1042` itself is the workspace, which shows several rooms."""

from django.urls import path, register_converter

from sevline.cases import views


class CaseKey:
    """“C-1042”, or the bare number."""

    regex = "(?:[Cc]-)?[0-9]{1,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CaseKey, "case")

app_name = "cases"
urlpatterns = [
    path("", views.queue, name="queue"),
    path("new", views.new, name="new"),
    path("find", views.find, name="find"),
    path("<case:key>/triage", views.triage, name="triage"),
    path("<case:key>/triage/preview", views.preview, name="preview"),
    path("<case:key>/timeline", views.timeline, name="timeline"),
    path("<case:key>/clocks", views.clocks, name="clocks"),
    path("<case:key>/lower/<int:approval>", views.lower, name="lower"),
    path("<case:key>/tell/check", views.check, name="check"),
    path("<case:key>/notes/<int:note>/public", views.publish, name="publish"),
    path("<case:key>/<slug:verb>", views.step, name="step"),
]
