from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "sevline.reports"
    label = "reports"
