from __future__ import annotations

from django.urls import path

from sevline.ui import views

app_name = "ui"
urlpatterns = [path("", views.styleguide, name="styleguide")]
