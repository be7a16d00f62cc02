"""A product area belongs to an engineering team."""

import pytest

from sevline.catalog import actions, selectors
from sevline.core.lifecycle import Refused
from sevline.core.rights import Forbidden
from tests.cast import cast

pytestmark = pytest.mark.django_db


def test_a_lead_adds_an_area_and_everybody_can_choose_it() -> None:
    area = actions.add_product_area(by=cast().lea, name="Webhooks", engineering=cast().teams["delivery"])

    assert area in selectors.product_areas(cast().sam)


def test_a_support_team_owns_no_area() -> None:
    with pytest.raises(Refused, match="no engineering team"):
        actions.add_product_area(by=cast().lea, name="Webhooks", engineering=cast().teams["integrations"])


def test_a_specialist_may_not_add_an_area() -> None:
    with pytest.raises(Forbidden):
        actions.add_product_area(by=cast().sam, name="Webhooks", engineering=cast().teams["delivery"])
