"""Settings are a dataclass or an error; nothing in between."""

from dataclasses import dataclass

import pytest

from obshto.modules.news.settings import NewsSettings
from obshto.platform.errors import Conflict
from obshto.platform.permissions import Role
from obshto.platform.settings.services import UnknownSetting, checked, save_settings, settings_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


@dataclass(frozen=True, kw_only=True)
class Told:
    size: int = 4
    is_loud: bool = False
    greeting: str = "Здравейте"


def test_without_a_row_the_defaults_hold(uow_in):
    with uow_in(VILLAGE) as uow:
        assert settings_of(uow, "told", Told) == Told()


def test_what_was_saved_holds_here_and_nowhere_else(uow_in):
    with uow_in(VILLAGE) as uow:
        save_settings(uow, "told", Told(size=7), expected_version=0)
        uow.session.flush()
        save_settings(uow, "told", Told(size=8, is_loud=True), expected_version=1)
        uow.commit()
    with uow_in(VILLAGE) as uow:
        assert settings_of(uow, "told", Told) == Told(size=8, is_loud=True)
        assert settings_of(uow, "other", Told) == Told()
    with uow_in(NEIGHBOUR) as uow:
        assert settings_of(uow, "told", Told) == Told()


def test_the_log_says_which_settings_changed_and_not_their_values(uow_in, owner):
    with uow_in(VILLAGE) as uow:
        save_settings(uow, "told", Told(size=7, greeting="тайна"), expected_version=0)
        uow.commit()
    [(detail,)] = owner("select detail from t_gorno_selo.audit_entry")
    assert (detail["part"], detail["keys"]) == ("told", "greeting, size")
    assert "тайна" not in str(detail)


def test_saving_what_stands_already_is_no_act(uow_in, owner):
    with uow_in(VILLAGE) as uow:
        save_settings(uow, "told", Told(), expected_version=0)
        uow.commit()
    assert owner("select 1 from t_gorno_selo.settings_value") == []
    assert owner("select 1 from t_gorno_selo.audit_entry") == []


@pytest.mark.parametrize("expected_version", [0, 1, -1])
def test_settings_that_somebody_changed_meanwhile_are_not_written_over(uow_in, expected_version):
    with uow_in(VILLAGE) as uow:
        for number, size in enumerate((7, 8)):
            save_settings(uow, "told", Told(size=size), expected_version=number)
            uow.session.flush()
        with pytest.raises(Conflict):
            save_settings(uow, "told", Told(size=7), expected_version=expected_version)
        save_settings(
            uow, "told", Told(size=8), expected_version=expected_version
        )  # it stands: the same, sent twice
        assert settings_of(uow, "told", Told) == Told(size=8)
        assert len(uow.facts) == 2


@pytest.mark.parametrize(
    "given",
    [
        {"szie": 4},
        {"size": "4"},
        {"size": 4.0},
        {"size": True},  # in Python a bool is an int: here it is not
        {"is_loud": 1},
        {"greeting": None},
        {"__class__": "x"},
    ],
)
def test_an_unknown_key_or_a_value_of_another_type_is_an_error(given):
    with pytest.raises(UnknownSetting):
        checked(Told, given)


def test_a_stored_key_that_the_part_does_not_know_is_an_error(uow_in):
    with uow_in(VILLAGE) as uow:
        save_settings(uow, "news", Told(size=7), expected_version=0)
        with pytest.raises(UnknownSetting, match=r"NewsSettings\."):
            settings_of(uow, "news", NewsSettings)


@pytest.fixture
def admin(sign_in):
    return sign_in(VILLAGE, Role.ADMIN)


def value(admin):
    return admin.get("/console/settings/news").text.partition('name="on_home"')[2].partition(">")[0]


@pytest.mark.parametrize("typed", ["0", "5", "-1", "", "четири", "4.5", "9" * 40, "1e1"])
def test_a_number_out_of_bounds_is_asked_again(admin, typed):
    answer = admin.press("/console/settings/news", on_home=typed)
    assert answer.status_code == 422
    assert "Въведете число от 1 до 4" in answer.text.replace("\xa0", " ")
    assert 'value="4"' in value(admin)


@pytest.mark.parametrize("typed", ["1", "4", " 3 "])
def test_a_number_within_bounds_is_kept(admin, typed):
    assert admin.press("/console/settings/news", on_home=typed).status_code == 303
    assert f'value="{typed.strip()}"' in value(admin)


def test_who_saves_over_a_colleague_is_told_so_and_keeps_what_was_typed(admin, sign_in):
    page = "/console/settings/news"
    [mine] = [fields for address, fields in admin.forms(page) if address == page]
    assert sign_in(VILLAGE, Role.ADMIN).press(page, on_home="3").status_code == 303
    answer = admin.post(page, mine | {"on_home": "2"})
    assert answer.status_code == 422
    assert "Междувременно друг промени това" in answer.text.replace("\xa0", " ")
    assert 'value="2"' in answer.text
    assert 'value="3"' in value(admin)


def test_a_field_that_the_form_does_not_have_is_ignored(admin):
    answer = admin.press("/console/settings/news", on_home="4", is_admin="y")
    assert answer.status_code == 303


@pytest.mark.parametrize("slug", ["audit", "cinema", "%00", "..%2Fnews"])
def test_what_has_no_settings_has_no_page(admin, slug):
    assert admin.get(f"/console/settings/{slug}").status_code in (400, 404)


def test_a_module_that_is_off_has_no_settings_page(sign_in):
    admin = sign_in(NEIGHBOUR, Role.ADMIN)
    assert admin.get("/console/settings/news").status_code == 404
    assert admin.get("/console/settings/").status_code == 200


def test_only_who_answers_for_the_portal_changes_settings(sign_in):
    editor = sign_in(VILLAGE, Role.EDITOR)
    assert editor.post("/console/settings/news", {"on_home": "5"}).status_code == 403
