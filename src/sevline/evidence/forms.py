"""What people fill in about evidence. Times are typed and shown in UTC."""

from datetime import UTC, datetime

from django import forms

from sevline.core.mining.surfacing.impact import ImpactQuery
from sevline.core.readers.logs.levels import LEVELS
from sevline.core.readers.roles import Role
from sevline.evidence.actions import Origin
from sevline.ui.moments import UtcField


class UploadForm(forms.Form):
    """Where the files come from; the files themselves are read while they arrive, past this form."""

    source = forms.CharField(
        label="Who or what gave it",
        max_length=120,
        required=False,
        help_text="Such as: customer administrator, pod log.",
    )
    how = forms.CharField(
        label="How it was collected", max_length=200, required=False, help_text="The query, command or steps."
    )
    captured_at = UtcField(
        label="Captured at (UTC)",
        required=False,
        help_text="Signatures and tokens are judged as of this moment. Left empty, only times in the file count.",
    )

    skew = forms.FloatField(
        label="Seconds that its clock is ahead",
        required=False,
        min_value=-31_536_000,
        max_value=31_536_000,
        help_text="Negative when it is behind. Times in the file stay as they are.",
    )

    def origin(self) -> Origin:
        given = self.cleaned_data
        captured: datetime | None = given["captured_at"]
        skew = None if given["skew"] is None else round(given["skew"] * 1000)
        return Origin(given["source"], given["how"], captured.astimezone(UTC) if captured else None, skew)


class RemoveForm(forms.Form):
    reason = forms.CharField(
        label="Why it is removed",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="The reason and the file's hash stay; original and redacted form are deleted.",
    )


class CiteForm(forms.Form):
    """A range of lines, and what it shows."""

    first = forms.IntegerField(label="From line", min_value=1)
    last = forms.IntegerField(label="To line", min_value=1, required=False)
    claim = forms.CharField(label="What it shows", max_length=300)

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if first and last and last < first:
            self.add_error("last", "The range ends before it begins.")
        return given


class WordForm(forms.Form):
    """A word that the detectors could not know."""

    value = forms.CharField(
        label="Word to mask",
        min_length=3,
        max_length=200,
        help_text="As it stands in the file: a name, a host, a tenant. It is kept sealed, like the files.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label="What it is",
        choices=[("person", "A person"), ("host", "A host"), ("tenant", "A tenant"), ("word", "Something else")],
    )


class KeepForm(forms.Form):
    token = forms.CharField(
        label="Token that stands for nothing secret",
        max_length=120,
        help_text="Copy the black mark from the file. You are not shown the value; it stands there after the next run.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class RevealForm(forms.Form):
    """What is to be seen, why, and for how long the grant holds."""

    token = forms.CharField(
        label="Token", max_length=120, help_text="Copy the black mark from the file, whole.",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    reason = forms.CharField(
        label="Why it is needed",
        min_length=10,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Whoever approves reads it, and it stays in the audit trail.",
    )
    minutes = forms.IntegerField(label="Minutes that the grant holds", min_value=1, max_value=480)


ROLES = {
    Role.IDP_METADATA: "Metadata of the identity provider",
    Role.SP_SETTINGS: "Our SAML settings",
    Role.OIDC_CLIENT: "Settings of an OpenID Connect client",
    Role.SCIM_IDP: "Users as the identity provider has them",
    Role.SCIM_APP: "Users as our app has them",
    Role.SOURCE: "Rows of the source",
    Role.TARGET: "Rows of the target",
    Role.DELIVERIES: "Webhook deliveries",
    Role.EVENTS: "Events that were to be delivered",
    Role.JOBS: "Background jobs",
    Role.REQUESTS: "Requests with their times",
    Role.SYNC_RUNS: "Runs of a synchronisation",
    Role.BILLING_EXPECTED: "Billing events that were expected",
    Role.BILLING_RECEIVED: "Billing events that were received",
    Role.LOG: "A log",
    Role.ACCESS_LOG: "An access log",
    Role.TABLE: "A table",
    Role.TEXT: "Plain text",
}


class RoleForm(forms.Form):
    """What a file is, where its form and content do not tell."""

    role = forms.ChoiceField(
        label="Read it as",
        required=False,
        choices=[("", "What its content says"), *((role.value, words) for role, words in ROLES.items())],
        help_text="The file is read again, and the checks judge it anew.",
    )
    captured_at = UtcField(
        label="Captured at (UTC)",
        required=False,
        help_text="When the token or response in it was used. It arrived later, which says nothing of that.",
    )


class RecordsForm(forms.Form):
    """Which records are meant; what is left empty selects all."""

    level = forms.ChoiceField(
        label="Level", required=False, choices=[("", "Any"), *((level, f"{level} or louder") for level in LEVELS)]
    )
    services = forms.CharField(label="Services", required=False, max_length=300, help_text="Names with commas between.")
    text = forms.CharField(
        label="Text in the message", required=False, max_length=300, help_text="As it stands in the redacted lines."
    )

    def _query(self, since: datetime | None = None, until: datetime | None = None) -> ImpactQuery:
        given = self.cleaned_data
        services = tuple(name.strip() for name in given["services"].split(",") if name.strip())
        return ImpactQuery(since, until, given["level"], services, given["text"])


class ImpactForm(RecordsForm):
    """Whom do these records touch?"""

    since = UtcField(label="From (UTC)", required=False)
    until = UtcField(label="Until (UTC)", required=False)

    def query(self) -> ImpactQuery:
        """Raises Refused for a window that ends before it begins."""
        return self._query(self.cleaned_data["since"], self.cleaned_data["until"])


class SuccessForm(RecordsForm):
    """What will count as success: the share of these records among all stays below a bound."""

    metric = forms.CharField(label="What is measured", max_length=160, help_text="Such as: share of failed payments.")
    below = forms.FloatField(label="Below, in %", min_value=0.001, max_value=99.9, initial=0.5)
    minutes = forms.IntegerField(label="For how many minutes", min_value=1, max_value=7 * 1440, initial=60)

    def bad(self) -> ImpactQuery:
        return self._query()


class JudgeForm(forms.Form):
    fixed_at = UtcField(label="The fix took effect at (UTC)")
