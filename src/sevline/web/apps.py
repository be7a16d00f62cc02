from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "sevline.web"
    label = "web"
