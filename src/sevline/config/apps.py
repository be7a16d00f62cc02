from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "sevline.config"
    label = "config"

    def ready(self) -> None:
        from sevline.config.wiring import connect

        connect()
