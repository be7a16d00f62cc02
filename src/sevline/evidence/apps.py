from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    name = "sevline.evidence"
    label = "evidence"

    def ready(self) -> None:
        from sevline.cases.selectors import teach, teach_records
        from sevline.evidence.selectors import with_item

        teach_records("E", with_item)
        teach(
            {
                "evidence.received": "attached a file",
                "evidence.ready": "redacted and read a file; parts: {artifacts}",
                "evidence.refused": "refused a file: {reason}",
                "evidence.reading_stopped": "ended the reading of a file before its end",
                "evidence.removed": "removed a file: {reason}",
                "evidence.cited": "added {item} to the evidence: {claim}",
                "evidence.expired": "let a file go: its time was over",
                "evidence.link_made": "made an upload link for the customer",
                "evidence.link_opened": "opened the upload link",
                "evidence.link_revoked": "ended an upload link",
                "evidence.requested": "asked the customer for {count} missing things, due {due_at}",
                "evidence.item_answered": "said of {item}: {state} {reason}",
                "evidence.confirmed": "looked at the pictures of a file and released it",
                "evidence.capture_told": "said that {name} was captured at {captured}",
                "evidence.role_named": "said that {name} is to be read as {role}",
                "evidence.word_added": "changed the case's word list ({word}); {files} files are redacted again",
                "vault.secrets_learned": "learned secrets by their names ({count}); they are masked in the whole case",
                "evidence.reveal_asked": "asked to see what {token} stands for",
                "evidence.revealed": "saw what {token} stands for",
                "evidence.impact_asked": "asked the logs whom it touches ({query})",
                "evidence.comparison_asked": "asked the logs whether the fix holds: {check}",
                "evidence.count_ended": "ended a count in the logs without an answer ({about}): {said}",
                "evidence.impact_counted": "counted whom it touches ({query}): {records} records",
                "evidence.success_defined": "wrote down what will count as success: {check}",
                "evidence.fix_judged": "compared before and after the fix, {verdict}: {reason}",
                "evidence.viewed": "looked at a file",
                "evidence.report_taken": "took out what reading a file gave",
                "evidence.downloaded": "downloaded a redacted file",
                "evidence.amounts_shown": "saw the amounts of a billing file",
            }
        )
