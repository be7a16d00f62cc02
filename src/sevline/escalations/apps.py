from django.apps import AppConfig


class EscalationsConfig(AppConfig):
    name = "sevline.escalations"
    label = "escalations"

    def ready(self) -> None:
        from sevline.cases.selectors import teach, teach_records
        from sevline.escalations.selectors import with_number

        teach_records("ESC", with_number)
        teach(
            {
                "escalation.drafted": "drafted {about} for {team}",
                "escalation.packet_edited": "edited {about}: {points} points",
                "escalation.submitted": "sent {about} to {team}: {points} points",
                "escalation.resubmitted": "sent {about} to {team} again, version {version}: {points} points: {reply}",
                "packet.exported": "copied {about} out as {form}",
                "escalation.acknowledged": "acknowledged {about}",
                "escalation.accepted": "accepted {about}: {note}",
                "escalation.accepted_acting": "accepted {about} and acts, {action_code}: {note}",
                "escalation.acted": "acts on {about}, {action_code}: {note}",
                "escalation.changes_requested": "sent {about} back ({reason_code}), asks for {asks_for}: {note}",
                "escalation.rejected": "rejected {about} ({reason_code}): {note}",
                "escalation.duplicate": "named {about} a duplicate of {duplicate_of} ({reason_code}): {note}",
                "escalation.handed_over": "handed {about} over to {team} ({reason_code}): {note}",
                "escalation.withdrawn": "withdrew {about}: {note}",
                "escalation.asked": "asked about {about}: {text}",
                "escalation.question_answered": "answered a question about {about}: {text}",
                "escalation.deferred_provided": "gave {item} for {about} as promised, version {version}",
                "escalation.deferred_overdue": "{item} promised for {about} is overdue",
            }
        )
