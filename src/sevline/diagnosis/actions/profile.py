"""What is known of the customer's surroundings becomes evidence of the case, as it was known then."""

import json

from sevline.cases import selectors as cases
from sevline.core.field_classes import may_read
from sevline.core.lifecycle import Refused
from sevline.core.readers.profile import PROFILE_KEY
from sevline.core.rights import Right, require
from sevline.customers import selectors as customers
from sevline.evidence import actions as evidence
from sevline.evidence.models import Upload
from sevline.people.models import Person
from sevline.platform import clock


def add_profile(case_key: str, *, by: Person) -> Upload:
    """Attach the profile of the case's account as a file that the checks read; Refused where nothing is known."""
    require(by, Right.EVIDENCE_ATTACH)
    case = cases.case_by_key(by, case_key)
    now = clock.now()
    known = customers.profile(by, case.account, at=now) if case.account is not None else []
    # The file is read by everybody on the case, so only what everybody reads goes into it, whoever attaches it.
    known = [fact for fact in known if may_read(f"profile.{fact.row.kind}", ())]
    if not known:
        raise Refused("Nothing is written down yet about this customer's surroundings.")
    document = {
        "as_of": now.isoformat(),
        PROFILE_KEY: [
            {
                "kind": fact.row.kind,
                "value": fact.value.value,
                "source": fact.row.source,
                "verified_at": fact.row.verified_at.isoformat(),
            }
            for fact in known
        ],
    }
    data = json.dumps(document, ensure_ascii=False, indent=1).encode() + b"\n"
    origin = evidence.Origin("customer profile", "as written down in Sevline", now)
    return evidence.attach(case.key, "customer-profile.json", [data], by=by, origin=origin)
