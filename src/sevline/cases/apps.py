from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "sevline.cases"
    label = "cases"

    def ready(self) -> None:
        from sevline.cases.selectors import owns_open_cases
        from sevline.people.actions import keep_while

        keep_while("cases", owns_open_cases)
