from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "sevline.cases"
    label = "cases"
