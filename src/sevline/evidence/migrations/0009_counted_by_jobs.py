from typing import ClassVar

from django.db import migrations, models

STATES = [
    ("queued", "Waits"),
    ("running", "Counts"),
    ("done", "Done"),
    ("refused", "No answer"),
    ("stopped", "Stopped"),
]


def of_a_count(model: str) -> list[migrations.AddField]:
    """What was counted before was counted at once, so it is done."""
    added = [
        ("state", models.CharField(choices=STATES, default="done", max_length=8), False),
        ("said", models.TextField(blank=True, default=""), False),
        ("read", models.JSONField(null=True), True),
        ("asked_seq", models.BigIntegerField(null=True), True),
        ("ended_at", models.DateTimeField(null=True), True),
    ]
    return [
        migrations.AddField(model_name=model, name=name, field=field, preserve_default=keeps)
        for name, field, keeps in added
    ]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("evidence", "0008_sent_by_program")]

    operations: ClassVar = [
        *of_a_count("impactanswer"),
        *of_a_count("checkrun"),
        migrations.AlterField("impactanswer", "records", models.BigIntegerField(default=0)),
        migrations.AlterField("impactanswer", "unnamed", models.BigIntegerField(default=0)),
        migrations.AlterField("checkrun", "reason", models.TextField(blank=True)),
        migrations.AlterField("checkrun", "before", models.JSONField(default=list)),
        migrations.AlterField("checkrun", "after", models.JSONField(default=list)),
        migrations.AlterField(
            "checkrun",
            "verdict",
            models.CharField(
                blank=True, choices=[("pending", "pending"), ("pass", "pass"), ("fail", "fail")], max_length=8
            ),
        ),
        migrations.RemoveConstraint("checkrun", "check_run_verdict_known"),
        migrations.AddConstraint(
            "checkrun",
            models.CheckConstraint(
                condition=models.Q(("state", "done"), ("verdict__in", ["pending", "pass", "fail"]))
                | (models.Q(verdict="") & ~models.Q(state="done")),
                name="check_run_verdict_when_done",
            ),
        ),
    ]
