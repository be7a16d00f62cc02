from __future__ import annotations

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The components, styles and scripts every page is made of; it holds no data."""

    name = "sevline.ui"
    label = "ui"
    verbose_name = "Interface"
