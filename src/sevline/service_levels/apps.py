from django.apps import AppConfig


class ServiceLevelsConfig(AppConfig):
    name = "sevline.service_levels"
    label = "service_levels"
