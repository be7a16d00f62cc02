from django.apps import AppConfig


class DiagnosisConfig(AppConfig):
    name = "sevline.diagnosis"
    label = "diagnosis"
