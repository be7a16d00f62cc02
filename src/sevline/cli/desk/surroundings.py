"""What surrounds the cases of the demo desk: changes of the product, what is known of a customer's network, and how
supportable a component is."""

from datetime import timedelta

from sevline.catalog import actions as catalog
from sevline.catalog.models import ProductArea
from sevline.cli.desk.story import Desk
from sevline.core.mining.surfacing.nearby import ChangeKind
from sevline.core.supportability import SUPPORTABILITY
from sevline.customers import actions as customers
from sevline.customers.models import FactKind
from sevline.platform import clock

# Minutes before now, kind, title, components. The sample case breaks 64 minutes before now.
CHANGES = (
    (72, ChangeKind.DEPLOY, "webhook dispatcher 2026.11.3", ("webhook dispatcher", "dispatch-eu-3")),
    (72, ChangeKind.CONFIG, "Connection pool per worker from 64 to 8", ("webhook dispatcher", "dispatch-eu-3")),
    (3 * 60 + 55, ChangeKind.CONFIG, "New signing certificate of Tessel Bank", ("sign-in gateway",)),
    (9 * 60, ChangeKind.FLAG, "Paging by cursor in report exports, for one customer in ten", ("report exporter",)),
    (22 * 60 + 40, ChangeKind.DEPLOY, "rate limiter 4.8.0", ("rate limiter",)),
    (29 * 60, ChangeKind.DEPLOY, "report exporter 2026.11.2", ("report exporter",)),
    (51 * 60, ChangeKind.VENDOR, "Mail provider: delays in the EU, mended after 40 minutes", ("mail",)),
    (4 * 1440, ChangeKind.MIGRATION, "Index of orders by time of shipping", ("search indexer", "orders")),
    (5 * 1440 + 190, ChangeKind.DEPLOY, "webhook dispatcher 2026.11.2", ("webhook dispatcher", "dispatch-eu-3")),
    (7 * 1440 + 60, ChangeKind.DEPLOY, "edge router 2026.11.1", ("edge router",)),
    (8 * 1440 + 500, ChangeKind.FLAG, "Sign-in on custom domains, for all", ("sign-in gateway",)),
    (15 * 1440, ChangeKind.CONFIG, "Egress allowed to ports 443 and 8080 only", ("egress gateway",)),
)  # fmt: skip
# Days since somebody verified it, kind, what is known, from where.
FACTS = (
    (12, FactKind.IDP, "SAML 2.0, one identity provider for stores and head office", "Their metadata file"),
    (12, FactKind.WEBHOOK, "One receiver behind a load balancer; answers in about 180 ms", "Their own figures"),
    (40, FactKind.EGRESS, "Two fixed addresses, both in our allow list", "Their network team, by phone"),
    (90, FactKind.WINDOW, "No change on Fridays; warehouse counts stock from 22:00 to 02:00 UTC", "Contract, annex 2"),
    (230, FactKind.PROXY, "All calls to our API leave through one forward proxy", "Onboarding notes"),
    (90, FactKind.CONTACT, "Head of integration, mornings UTC", "Customer success"),
)  # fmt: skip
# Product area and the checks of the supportability table that it lacks.
LACKS = (
    ("webhooks", ("red_metrics", "config_audit", "bundle")),
    ("sign-in", ("traces",)),
)


def describe(desk: Desk) -> None:
    """Enter it all as the lead would have, each at its time."""
    for minutes, kind, title, components in CHANGES:
        at = desk.before(minutes)
        with clock.held_at(at + timedelta(minutes=1)):
            catalog.record_change(by=desk.lead, kind=kind, title=title, at=at, components=components)
    for days, about, value, source in FACTS:
        with clock.held_at(desk.before(days * 1440)):
            customers.add_profile_fact(desk.tenant.account, by=desk.lead, kind=about, value=value, source=source)
    for key, lacks in LACKS:
        met = [one.key for one in SUPPORTABILITY.check if one.key not in lacks]
        with clock.held_at(desk.before(6 * 1440)):
            catalog.score_supportability(ProductArea.objects.get(key=key), by=desk.lead, met=met)
