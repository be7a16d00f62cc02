from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "sevline.vault"
    label = "vault"
