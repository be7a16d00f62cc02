from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "sevline.catalog"
    label = "catalog"
