from django.apps import AppConfig


class CustomersConfig(AppConfig):
    name = "sevline.customers"
    label = "customers"
