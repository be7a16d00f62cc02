from django.apps import AppConfig


class EscalationsConfig(AppConfig):
    name = "sevline.escalations"
    label = "escalations"
