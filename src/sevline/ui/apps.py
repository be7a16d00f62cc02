from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "sevline.ui"
    label = "ui"
