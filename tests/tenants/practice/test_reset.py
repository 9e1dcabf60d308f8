"""Set back: what was done is gone, what was there at first is there."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.municipalities.lookup import find_municipality
from obshto.tenants.people.roles import appoint
from obshto.tenants.practice.services import (
    _set_row_back,
    is_hour_of_reset,
    next_reset,
    reset_practice,
)


def test_all_contents_are_back_after_a_reset(app, furnished, owner):
    titles = "select title from t_uchebna.news_item order by title"
    before = owner(titles)
    with app.app_context(), open_uow(furnished, Principal.system("Проба")) as uow:
        assert reset_practice(uow)
    assert before
    assert owner(titles) == before


def test_an_administrators_changes_of_the_row_are_undone(app, practice, owner):
    owner(
        "update shared.tenant set modules = '{news}', home_order = '{news}' where slug = 'uchebna'"
    )
    with app.app_context(), open_uow(practice, Principal.system("Проба")) as uow:
        _set_row_back({"news", "reports"})
        assert uow.scope.is_practice
    found = owner("select modules, home_order from shared.tenant where slug = 'uchebna'")
    assert found == [(["news", "reports"], [])]


def test_no_other_municipality_can_be_set_back(app, owner):
    with app.app_context():
        scope = find_municipality("gorno-selo").scope()
        with open_uow(scope, Principal.system("Проба")) as uow:
            appoint(uow, uuid4(), Role.EDITOR)
            assert not reset_practice(uow)
    assert owner("select count(*) from t_gorno_selo.tenants_appointment") == [(1,)]


def test_it_is_reset_at_three_by_the_clock_of_sofia():
    winter, summer = (
        datetime(2026, 1, 15, 1, 0, tzinfo=UTC),
        datetime(2026, 7, 15, 0, 0, tzinfo=UTC),
    )
    hour = timedelta(hours=1)
    for night in (winter, summer):
        assert is_hour_of_reset(night)
        assert not is_hour_of_reset(night - hour)
        assert not is_hour_of_reset(night + hour)
        assert next_reset(night - hour) == night
        assert next_reset(night) == night + timedelta(days=1)
