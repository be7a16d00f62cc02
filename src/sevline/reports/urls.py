"""Addresses of the KPIs."""

from django.urls import path

from sevline.reports import views

app_name = "reports"
urlpatterns = [
    path("", views.insights, name="insights"),
    path("overrides", views.overridden, name="overrides"),
    path("<str:key>.csv", views.export, name="export"),
    path("<str:key>", views.rows, name="rows"),
]
