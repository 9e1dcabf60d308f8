"""What the law asks of a kind is a row with its day: a changed law needs nobody who programs."""

from datetime import date, timedelta

import pytest

from obshto.modules.consultations.errors import ProofMissing
from obshto.modules.consultations.services import kinds
from obshto.modules.consultations.services.answers import check_ready
from obshto.modules.consultations.services.deadlines import deadline_of, rule_here, term_of
from obshto.modules.consultations.services.kinds import BOARD, KINDS, ROLES, law_on
from obshto.modules.consultations.settings import ConsultationsSettings
from obshto.platform.clock import day_of
from obshto.platform.legal.terms import is_rule
from obshto.platform.permissions import Role

FIRST = date(2026, 11, 1)


@pytest.fixture
def budget_law(uow, monkeypatch):
    """From tomorrow on a law gives the budget its term, and wants an invitation on the board."""
    tomorrow = day_of(uow.now) + timedelta(days=1)
    row = {"id": "budget", "article": "Проба чл. 1", "rule": "zna_consultation"}
    row |= {"proofs": [BOARD], "from": tomorrow.isoformat()}
    monkeypatch.setattr(kinds, "ROWS", [*kinds.ROWS, row])
    return tomorrow


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_a_row_of_known_rules_and_papers_with_its_article(kind):
    law = law_on(kind, FIRST)
    assert law.in_force == FIRST
    assert law.is_own is (law.article == "") is hasattr(ConsultationsSettings(), kind)
    assert all(is_rule(rule) for rule in (law.rule, law.short) if rule and not law.is_own)
    assert set(law.proofs) <= set(ROLES)
    assert law_on(kind, date(2020, 1, 1)) == law  # the first that we know


def test_no_row_is_of_a_kind_that_is_not_there():
    assert {row["id"] for row in kinds.ROWS} == set(KINDS)


def test_a_new_law_holds_from_its_day_and_what_was_published_before_keeps_its_own(
    uow, talk, budget_law
):
    asked = {"closes_on": None, "short_why": ""}
    assert rule_here(uow, "budget") == kinds.OWN
    assert deadline_of("budget", starts_on=budget_law, **asked).rule == "zna_consultation"
    row = talk.opened(kind="budget")
    talk.over(row)
    check_ready(uow, row, knows_untied=False)
    assert term_of(row).article == "правило на портала"
    row.published_at += timedelta(days=1)
    with pytest.raises(ProofMissing):
        check_ready(uow, row, knows_untied=False)


def test_the_paper_that_the_law_wants_is_told_with_its_article(sign_in, uow_in, begin_talk):
    admin = sign_in("gorno-selo", Role.ADMIN)
    assert admin.press("/console/tenants/consultations", to="/on").status_code == 303
    secretary = sign_in("gorno-selo", Role.SECRETARY, email="s@v.example")
    with uow_in("gorno-selo") as uow:
        draft = begin_talk(uow).written(kind="debt").id
        uow.commit()
    for page in ("", "/publish"):
        told = secretary.get(f"/console/consultations/{draft}{page}").text.replace("\xa0", " ")
        assert "Покана във вестник" in told and "ЗОД чл. 15" in told
