from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "sevline.people"
    label = "people"
