"""How somebody signs in is theirs to change from their profile, the same with every provider."""

from http import HTTPStatus
from urllib.parse import urlencode

import pytest

HERE = "gorno-selo"
WAYS = "/account/ways"


def enter(provider, surfer, key="citizen", path=WAYS):
    surfer.get(provider.site.at(HERE) + path)
    surfer.submit("/sign-in")
    if provider.is_asking(surfer):
        provider.enter(surfer, key)
    assert surfer.page.url == provider.site.at(HERE) + path


def set_out(provider, surfer, act, key="citizen", **more):
    """Go to change something; now at the provider, before the page that does it."""
    surfer.get(f"{provider.site.at(HERE)}/sign-in?{urlencode({'act': act, 'next': WAYS, **more})}")
    surfer.submit("/sign-in")
    provider.prove(surfer, key)


def phones(surfer):
    """How many ways to sign in can be removed."""
    return surfer.page.text.count("act=remove")


def session(surfer):
    return surfer.cookie("session", f"{HERE}.localhost")


@pytest.mark.both
def test_codes_are_set_up_shown_and_removed(provider, surfer, owner):
    enter(provider, surfer)
    before = phones(surfer)
    set_out(provider, surfer, "codes")
    provider.set_up_codes(surfer)
    assert surfer.page.url == f"{provider.site.at(HERE)}{WAYS}?said=sso.done-codes"
    assert "Кодовете от телефона са настроени" in surfer.page.text
    assert phones(surfer) == before + 1
    surfer.follow("act=remove")
    assert "Премахнете този начин за вход" in surfer.page.text
    surfer.submit("/sign-in")
    provider.prove(surfer, "citizen")
    provider.confirm(surfer)
    assert "Начинът за вход е премахнат" in surfer.page.text
    assert phones(surfer) == before
    told = "select detail->>'what' from t_gorno_selo.audit_entry where act = 'sso:way.changed'"
    assert [row[0] for row in owner(told + " order by seq")] == ["codes", "remove"]


def test_who_changes_their_mind_comes_back_and_nothing_is_changed(provider, surfer, owner):
    enter(provider, surfer)
    before = phones(surfer)
    set_out(provider, surfer, "codes")
    provider.cancel(surfer)
    assert "Отказахте се и нищо не е променено" in surfer.page.text
    assert phones(surfer) == before
    assert owner("select 1 from t_gorno_selo.audit_entry where act = 'sso:way.changed'") == []


def test_staff_come_back_as_sure_as_they_went(provider, surfer):
    enter(provider, surfer, "editor", "/console/news/")
    set_out(provider, surfer, "name", "editor")
    provider.cancel(surfer)
    assert surfer.get(provider.site.at(HERE) + "/console/news/").status_code == HTTPStatus.OK


def test_a_new_name_is_theirs_at_once(provider, surfer, owner):
    enter(provider, surfer)
    set_out(provider, surfer, "name")
    provider.rename(surfer, "Мария", "Тошева")
    assert surfer.page.url == f"{provider.site.at(HERE)}{WAYS}?said=sso.done-name"
    assert "Мария Тошева" in surfer.get(provider.site.at(HERE) + "/account").text
    told = "select detail->>'what' from t_gorno_selo.audit_entry where act = 'sso:way.changed'"
    assert owner(told) == [("name",)]


@pytest.mark.parametrize("running", ["embedded"], indirect=True)
def test_a_new_address_is_theirs_once_it_is_one_and_nobody_elses(provider, surfer, owner):
    """Of Keycloak `test_a_new_address_counts_when_its_letter_is_opened`: this house sends none."""
    enter(provider, surfer)
    set_out(provider, surfer, "email")
    for typed, said in (("tsvetan", "Напишете имейл"), ("editor@demo.example", "вече има профил")):
        surfer.submit("", act="do", typed=typed)
        assert said in surfer.page.text and f'value="{typed}"' in surfer.page.text
    surfer.submit("", act="do", typed="Tsvetan@villages.example")
    assert surfer.page.url == f"{provider.site.at(HERE)}{WAYS}?said=sso.done-email"
    assert "tsvetan@villages.example" in surfer.get(provider.site.at(HERE) + "/account").text
    known = owner("select email from shared.person where subject = 'demo:citizen'")
    assert known == [("tsvetan@villages.example",)]


@pytest.mark.parametrize("asked", [{"act": "delete_account"}, {"act": ""}, {"act": "Passkey"}])
def test_another_act_than_ours_is_no_act(provider, surfer, asked):
    enter(provider, surfer)
    surfer.get(f"{provider.site.at(HERE)}/sign-in?{urlencode({**asked, 'next': WAYS})}")
    assert surfer.page.url == provider.site.at(HERE) + WAYS


def test_the_browser_holds_one_session_however_often_somebody_comes(provider, surfer, owner):
    enter(provider, surfer)
    first = session(surfer)
    surfer.get(f"{provider.site.at(HERE)}/sign-in?next={WAYS}&level=1&within=60")
    surfer.submit("/sign-in")
    assert session(surfer) not in (None, first)
    assert owner("select count(*) from shared.session") == [(1,)]


def test_on_a_shared_computer_the_provider_forgets_at_once(provider, surfer, owner):
    """Who sits down next and presses the same button is asked who they are."""
    surfer.get(provider.site.at(HERE) + "/sign-in?next=/account")
    surfer.submit("/sign-in", shared="1")
    provider.enter(surfer, "citizen")
    assert surfer.page.url == provider.site.at(HERE) + "/account"
    assert surfer.get(provider.site.at(HERE) + "/account").status_code == HTTPStatus.OK
    assert "/sign-in" not in surfer.page.url, "the house knows them for their minutes"
    surfer.get(provider.site.at("dolno-selo") + "/account")
    surfer.submit("/sign-in")
    assert provider.is_asking(surfer)


def test_a_computer_that_is_shared_stays_so_after_a_step_up(provider, surfer, owner):
    surfer.get(provider.site.at(HERE) + "/sign-in?next=/account")
    surfer.submit("/sign-in", shared="1")
    provider.enter(surfer, "citizen")
    surfer.get(f"{provider.site.at(HERE)}/sign-in?next=/account&level=1&within=60")
    surfer.submit("/sign-in")
    provider.enter(surfer, "citizen")
    whole = "select extract(epoch from ends_at - opened_at) / 60 from shared.session"
    assert owner(whole) == [(20,)]


def test_who_signs_out_of_a_shared_computer_is_told_so(provider, surfer):
    surfer.get(provider.site.at(HERE) + "/sign-in?next=/account")
    surfer.submit("/sign-in", shared="1")
    provider.enter(surfer, "citizen")
    page = surfer.submit("/sign-out")
    assert page.url == f"{provider.site.at(HERE)}/?said=sso.signed-out"


def test_my_profile_names_the_municipalities_where_i_work(provider, surfer):
    surfer.get(provider.site.at(HERE) + "/account")
    surfer.submit("/sign-in")
    page = provider.enter(surfer, "editor")
    assert 'href="/console/">Община Горно село' in page.text
    assert f'href="{provider.site.at("dolno-selo")}/console/">Община Долно село' in page.text
