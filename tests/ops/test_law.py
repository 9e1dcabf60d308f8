"""What is national is entered once by the region, and holds in every municipality."""

from datetime import date
from decimal import Decimal

import pytest

from obshto.modules.payments.services.interest import listed, rates_here, set_rate
from obshto.platform.permissions import Role

PATH = "/law/late-interest/2026/2"
HALF = date(2026, 7, 1)
SOURCE = "ЕЦБ, решение от 11.06.2026, прочетено на 01.07.2026"


def test_the_rate_entered_once_holds_in_every_municipality_with_its_source(operator, uow_in):
    assert operator.send(PATH, PATH, percent="10,4", source=SOURCE).status_code == 303
    for slug in ("gorno-selo", "dolno-selo"):
        with uow_in(slug) as uow:
            assert rates_here(uow).of(HALF) == Decimal("10.4")
            assert [it.source for it in listed(uow) if it.begins_on == HALF] == [SOURCE]
    page = operator.get("/law").text.replace("\xa0", " ")
    assert SOURCE in page and "10,4 %" in page


def test_a_municipality_may_still_say_its_own(operator, uow_in):
    operator.send(PATH, PATH, percent="10,4", source=SOURCE)
    with uow_in("gorno-selo") as uow:
        set_rate(uow, 2026, 2, 1050, expected_version=0)
        assert rates_here(uow).of(HALF) == Decimal("10.5")
        assert [it.source for it in listed(uow) if it.begins_on == HALF] == [""]
    with uow_in("dolno-selo") as uow:
        assert rates_here(uow).of(HALF) == Decimal("10.4")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"percent": "", "source": SOURCE}, "Въведете процент като 10,15"),
        ({"percent": "101", "source": SOURCE}, "Въведете процент като 10,15"),
        ({"percent": "10,4", "source": " "}, "Въведете откъде е прочетена"),
    ],
)
def test_without_a_number_or_a_source_nothing_holds(operator, uow_in, typed, words):
    page = operator.send(PATH, PATH, **typed)
    assert page.status_code == 422 and words in page.text
    with uow_in("gorno-selo") as uow:
        assert rates_here(uow).of(HALF) is None


def test_a_late_form_does_not_undo_a_colleague(operator, walk_seen):
    expected_version = walk_seen(operator.get(PATH))
    assert operator.send(PATH, PATH, percent="10,4", source=SOURCE).status_code == 303
    late = operator.send(PATH, PATH, expected_version=expected_version, percent="9", source=SOURCE)
    assert late.status_code == 422 and 'value="9"' in late.text


def test_what_comes_with_the_platform_or_lies_far_ahead_is_not_entered(operator):
    assert operator.get("/law/late-interest/2026/1").status_code == 404
    assert operator.get("/law/late-interest/2099/1").status_code == 404


def test_no_municipality_enters_it(sign_in):
    assert sign_in("gorno-selo", Role.ADMIN).get("/law").status_code == 404


@pytest.fixture
def walk_seen():
    import re  # noqa: PLC0415

    return lambda page: re.search(r'name="expected_version"[^>]* value="(-?\d+)"', page.text)[1]
