"""Where no law is known the municipality's own days hold, and are called its own rule."""

from datetime import date, timedelta

import pytest

from obshto.modules.consultations.errors import TermTooShortForKind
from obshto.modules.consultations.services.deadlines import deadline_of, rule_here, term_of
from obshto.modules.consultations.settings import ConsultationsSettings
from obshto.platform.clock import day_of
from obshto.platform.permissions import Role
from obshto.platform.settings.services import save_settings, version_of

MONDAY = date(2026, 11, 2)


def set_days(uow, **days):
    values = ConsultationsSettings(**days)
    version = version_of(uow, "consultations")
    save_settings(uow, "consultations", values, expected_version=version)
    uow.session.flush()


def test_the_municipality_s_days_hold_and_are_called_its_rule(uow, talk):
    set_days(uow, budget=21)
    rule = rule_here(uow, "budget")
    asked = {"starts_on": MONDAY, "short_why": "", "rule": rule}
    found = deadline_of("budget", closes_on=None, **asked)
    assert found.closes_on == date(2026, 11, 23) and found.term.days == 21
    assert found.term.article == "правило на общината"
    with pytest.raises(TermTooShortForKind):
        deadline_of("budget", closes_on=date(2026, 11, 20), **asked)
    row = talk.opened(kind="budget")
    assert term_of(row).counted_to == day_of(uow.now) + timedelta(days=21)
    set_days(uow, budget=40)
    assert term_of(row).counted_to == day_of(uow.now) + timedelta(days=21)  # as it was given


def test_without_a_setting_the_portal_s_fourteen_days_hold_and_law_is_never_set(uow, talk):
    assert term_of(talk.opened(kind="plan")).article == "правило на портала"
    set_days(uow, other=90)
    assert rule_here(uow, "ordinance") == "zna_consultation"
    assert rule_here(uow, "debt") == "zod_debt"


def test_a_plan_says_which_objection_goes_elsewhere(sign_in, client, at, uow_in, begin_talk):
    admin = sign_in("gorno-selo", Role.ADMIN)
    assert admin.press("/console/tenants/consultations", to="/on").status_code == 303
    with uow_in("gorno-selo") as uow:
        plan, other = (begin_talk(uow).opened(kind=kind).path for kind in ("plan", "other"))
        uow.commit()

    def page(path):
        return client.get(path, base_url=at("gorno-selo")).text.replace("\xa0", " ")

    assert "ЗУТ чл. 128" in page(plan) and "правило на портала" in page(plan)
    assert "ЗУТ чл. 128" not in page(other)
