from django.apps import AppConfig


class PlatformConfig(AppConfig):
    name = "sevline.platform"
    label = "platform"
