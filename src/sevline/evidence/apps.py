from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "sevline.evidence"
    label = "evidence"

    def ready(self) -> None:
        from sevline.cases.selectors import teach

        teach(
            {
                "evidence.received": "attached a file",
                "evidence.ready": "redacted and read a file; parts: {artifacts}",
                "evidence.refused": "refused a file: {reason}",
                "evidence.removed": "removed a file: {reason}",
                "evidence.cited": "added {item} to the evidence: {claim}",
                "evidence.viewed": "looked at a file",
                "evidence.downloaded": "downloaded a redacted file",
            }
        )
