from django.apps import AppConfig


class DataQueryConfig(AppConfig):
    name = "sevline.dataquery"
    label = "dataquery"

    def ready(self) -> None:
        from sevline.cases.selectors import teach

        teach(
            {
                "data.query_asked": "asked to run a query of their own on {source}: {purpose}",
                "data.query_started": "queried {source}, {query}",
                "data.query_answered": "got {rows} rows from {source}",
                "data.query_failed": "got no answer from {source}: {reason}",
                "data.query_refused": "was refused a query on {source}: {reason}",
                "data.answer_cited": "kept an answer as {item}",
            }
        )
