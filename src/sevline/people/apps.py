from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sevline.people"
    label = "people"

    def ready(self) -> None:
        from sevline.people.adapter import connect

        connect()
