"""Addresses of a diagnosis; the tab itself is part of the workspace."""

from django.urls import path

from sevline.diagnosis import views

app_name = "diagnosis"
urlpatterns = [
    path("cases/<str:key>/diagnosis/panel", views.panel, name="panel"),
    path("cases/<str:key>/diagnosis/<slug:verb>", views.step, name="step"),
    path("cases/<str:key>/diagnosis/<slug:verb>/<int:number>", views.step_of, name="step_of"),
]
