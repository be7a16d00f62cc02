from django.apps import AppConfig


class GovernanceConfig(AppConfig):
    name = "sevline.governance"
    label = "governance"
