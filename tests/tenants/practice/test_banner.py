"""Banner of the practice municipality: an hour before the reset it says that all begins anew."""

from datetime import timedelta

import pytest

from obshto.platform.clock import now
from obshto.platform.scope import PRACTICE
from obshto.tenants.api import find_municipality
from obshto.tenants.portal.banners import reset_of
from obshto.tenants.practice.services import TOLD_BEFORE, next_reset

EVERY_NIGHT, SOON = "Всяка нощ в", "всичко тук започва отначало"
SECOND = timedelta(seconds=1)


@pytest.fixture
def clock(monkeypatch):
    """clock(moment): so late it is for the banner."""
    return lambda moment: monkeypatch.setattr("obshto.tenants.portal.banners.now", lambda: moment)


def test_it_warns_from_an_hour_before_until_the_reset(practice, clock, sign_in):
    night = next_reset(now())
    person = sign_in(PRACTICE)  # nobody's page is kept for others
    for moment, told, untold in (
        (night - TOLD_BEFORE - SECOND, EVERY_NIGHT, SOON),
        (night - TOLD_BEFORE, SOON, EVERY_NIGHT),
        (night - SECOND, SOON, EVERY_NIGHT),
        (night, EVERY_NIGHT, SOON),
    ):
        clock(moment)
        page = person.get("/").text.replace("\xa0", " ")
        assert "Учебна община." in page
        assert told in page and untold not in page, moment
        assert "3:00" in page


def test_no_other_municipality_says_it(app, clock, practice):
    clock(next_reset(now()) - SECOND)
    with app.app_context():
        assert reset_of(find_municipality("gorno-selo")) is None
        assert reset_of(None) is None
        assert reset_of(find_municipality(PRACTICE)).is_soon
