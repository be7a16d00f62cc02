from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "sevline.evidence"
    label = "evidence"
