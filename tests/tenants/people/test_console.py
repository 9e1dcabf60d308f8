"""Who works here: seen, asked in, given roles, let go; nobody raises their own rights."""

import re
from uuid import uuid4

import pytest

from obshto.platform.permissions import Role
from obshto.sso.organizations import link_organization
from obshto.tenants.api import STAFF, Proof, accept_invitation, open_session, person_of
from obshto.tenants.ports import DIRECTORY, DirectoryUnavailable, Member, directory

HERE, THERE = "gorno-selo", "dolno-selo"
PEOPLE = "/console/tenants/people"


@pytest.fixture
def admin(sign_in, app):
    with app.app_context():
        for slug in (HERE, THERE):
            link_organization(slug, {"bg": slug})
    return sign_in(HERE, Role.ADMIN, name="Ана Админова", email="ana@kula.example")


@pytest.fixture
def colleague(admin, sign_in):
    return sign_in(HERE, Role.EDITOR, name="Боян Редакторов", email="boyan@kula.example")


def invite(admin, **typed):
    form = {"name": "Вяра Новакова", "email": "Vyara@Kula.example", "roles": ["editor"]}
    return admin.press(f"{PEOPLE}/invite", **{**form, **typed})


def roles(owner, person_id, slug="gorno_selo"):
    rows = owner(f"select role from t_{slug}.tenants_appointment where person_id = '{person_id}'")
    return sorted(row[0] for row in rows)


def test_the_list_shows_who_may_do_what(admin, colleague):
    page = admin.get(f"{PEOPLE}/").text
    assert "Боян Редакторов" in page and "редактор" in page
    assert "(това сте Вие)" in page


def test_the_list_shows_who_has_a_second_factor(admin, colleague, owner, app, monkeypatch):
    """As the provider says it; of who is none of its members it says that roles do not count."""
    people = dict(owner("select name, subject from shared.person"))
    monkeypatch.setitem(app.extensions, DIRECTORY, Members(people["Ана Админова"], True))
    lines = admin.get(f"{PEOPLE}/").text.split("<li>")
    [mine] = [line for line in lines if "Ана Админова" in line and "govuk-heading-s" in line]
    [other] = [line for line in lines if "Боян Редакторов" in line]
    assert "Има втора проверка" in mine and "Не е сред служителите" in other
    monkeypatch.setitem(app.extensions, DIRECTORY, Members(people["Боян Редакторов"], False))
    [other] = [it for it in admin.get(f"{PEOPLE}/").text.split("<li>") if "Боян Редакторов" in it]
    assert "Няма втора проверка" in other


class Members:
    """A provider with one member."""

    def __init__(self, subject, has_second_factor):
        self.one = Member(name="", email="", subject=subject, has_second_factor=has_second_factor)

    def members(self, municipality):
        return [self.one]


def test_an_invitation_waits_and_is_taken_up_at_the_first_sign_in(
    admin, app, uow_in, sign_in, owner
):
    assert invite(admin).status_code == 303
    assert "Чака да приеме поканата" in admin.get(f"{PEOPLE}/").text
    new = sign_in(HERE, name="Вяра Новакова", email="vyara@kula.example")
    with uow_in(HERE) as uow:
        accept_invitation(uow, person_of(new.person_id))
        uow.commit()
    assert roles(owner, new.person_id) == ["editor"]
    assert new.get("/console/news/").status_code == 200
    assert "Чака да приеме поканата" not in admin.get(f"{PEOPLE}/").text


def test_who_is_invited_belongs_to_this_municipality_alone(admin, app):
    invite(admin)
    with app.app_context():
        addresses = [
            [member.email for member in directory().members(slug)] for slug in (HERE, THERE)
        ]
    assert "vyara@kula.example" in addresses[0]
    assert "vyara@kula.example" not in addresses[1]


def test_inviting_a_waiting_address_again_shows_what_would_change_and_asks(admin, owner):
    assert invite(admin).status_code == 303
    asked = invite(admin, roles=["mayor"])
    page = asked.text.replace("\xa0", " ")
    assert asked.status_code == 422 and "вече има покана" in page
    assert "Роли сега" in page and "Роли след промяната" in page and "редактор" in page
    waiting = "select roles from t_gorno_selo.tenants_invitation where ended_at is null"
    assert owner(waiting) == [(["editor"],)]
    replaces = re.search(r'name="replaces"[^>]*value="([0-9a-f-]{36})"', page)[1]
    assert invite(admin, roles=["mayor"], replaces=str(uuid4())).status_code == 422
    assert invite(admin, roles=["mayor"], replaces=replaces).status_code == 303
    assert owner(waiting) == [(["mayor"],)]


def test_a_withdrawn_invitation_leaves_nothing(admin, app):
    invite(admin)
    gone = admin.press(f"{PEOPLE}/", to="/withdraw")
    assert gone.status_code == 303
    assert "vyara" not in admin.get(f"{PEOPLE}/").text
    with app.app_context():
        assert "vyara@kula.example" not in [m.email for m in directory().members(HERE)]


@pytest.mark.parametrize("typed", [{"name": ""}, {"email": ""}, {"email": "не е имейл"}])
def test_a_slip_is_told_and_what_was_typed_stays(admin, typed):
    answer = invite(admin, **typed)
    assert answer.status_code == 422
    assert "Поправете следното" in answer.text
    kept = {"name": "Вяра Новакова", "email": "Vyara@Kula.example"} | typed
    assert all(f'value="{value}"' in answer.text for value in kept.values() if value)


def test_roles_are_given_and_taken_from_the_next_page_on(admin, colleague, owner):
    answer = admin.press(f"{PEOPLE}/{colleague.person_id}", roles=["finance_officer"])
    assert answer.status_code == 303
    assert roles(owner, colleague.person_id) == ["finance_officer"]
    assert colleague.get("/console/news/").status_code == 403
    acts = [row[0] for row in owner("select act from t_gorno_selo.audit_entry order by seq")]
    assert acts == ["tenants:role.given", "tenants:role.taken"]


def test_a_late_copy_of_a_form_does_not_give_back_what_was_taken(admin, colleague, owner):
    path = f"{PEOPLE}/{colleague.person_id}"
    [(_, first)] = [form for form in admin.forms(path) if form[0].endswith(path)]
    assert admin.post(path, first | {"roles": ["editor", "secretary"]}).status_code == 303
    assert admin.press(path, roles=["editor"]).status_code == 303
    late = admin.post(path, first | {"roles": ["editor", "secretary"]})
    assert late.status_code == 422
    assert roles(owner, colleague.person_id) == ["editor"]


def test_a_late_copy_of_an_invitation_does_not_ask_again(admin, owner):
    form = {"name": "Вяра", "email": "v@kula.example", "roles": [], "request_id": uuid4()}
    for _ in range(2):
        assert admin.post(f"{PEOPLE}/invite", form).status_code == 303
    admin.press(f"{PEOPLE}/", to="/withdraw")
    assert admin.post(f"{PEOPLE}/invite", form).status_code == 303
    open_ones = "select count(*) from t_gorno_selo.tenants_invitation where ended_at is null"
    assert owner(open_ones) == [(0,)]


def test_who_loses_every_role_stays_in_the_list_and_can_be_given_one(admin, colleague, owner):
    path = f"{PEOPLE}/{colleague.person_id}"
    assert admin.press(path, roles=[]).status_code == 303
    page = admin.get(f"{PEOPLE}/").text
    assert "Боян Редакторов" in page and "без роля" in page
    assert admin.press(path, roles=["editor"]).status_code == 303
    assert roles(owner, colleague.person_id) == ["editor"]


def test_who_is_removed_leaves_the_list(admin, colleague):
    path = f"{PEOPLE}/{colleague.person_id}"
    admin.press(path, roles=["editor", "secretary"])
    assert admin.press(f"{path}/remove").status_code == 303
    assert "Боян Редакторов" not in admin.get(f"{PEOPLE}/").text
    assert admin.get(path).status_code == 404


def test_who_works_here_is_not_invited_over_again(admin, colleague, owner):
    answer = invite(admin, email="Boyan@kula.example")
    assert answer.status_code == 422
    assert "вече работи в портала" in answer.text
    assert owner("select 1 from t_gorno_selo.tenants_invitation") == []


def test_nobody_changes_their_own_rights(admin, owner):
    answer = admin.post(
        f"{PEOPLE}/{admin.person_id}", {"roles": ["admin", "mayor"], "expected_version": 0}
    )
    assert answer.status_code == 422
    assert roles(owner, admin.person_id) == ["admin"]
    assert invite(admin, email="ANA@kula.example", roles=["mayor"]).status_code == 422
    assert admin.press(f"{PEOPLE}/{admin.person_id}/remove").status_code == 403


@pytest.mark.parametrize("made_up", ["operator", "owner", "admin'; drop table x"])
def test_a_role_that_is_not_offered_is_refused(admin, colleague, owner, made_up):
    answer = admin.press(f"{PEOPLE}/{colleague.person_id}", roles=[made_up])
    assert answer.status_code == 422
    assert roles(owner, colleague.person_id) == ["editor"]


def test_the_last_admin_stays(admin, sign_in, owner, uow_in):
    other = sign_in(HERE, Role.ADMIN, email="other@kula.example")
    assert other.press(f"{PEOPLE}/{admin.person_id}", roles=[]).status_code == 303
    # Now the other is the last: the first, who has no rights any more, can't take that away.
    assert admin.post(f"{PEOPLE}/{other.person_id}", {"roles": []}).status_code == 403
    assert roles(owner, other.person_id) == ["admin"]


def test_who_is_removed_is_out_at_once(admin, colleague, owner, app):
    """Every role, every open page; as a citizen they may come back."""
    proof = Proof(is_member=True, assurance=2)
    with app.app_context():
        second = open_session(colleague.person_id, municipality=HERE, term=STAFF, proof=proof)
    assert admin.press(f"{PEOPLE}/{colleague.person_id}/remove").status_code == 303
    assert colleague.get("/console/news/").status_code == 302
    colleague.client.set_cookie("session", second, domain=f"{HERE}.localhost")
    assert colleague.get("/console/news/").status_code == 302
    assert roles(owner, colleague.person_id) == []


def test_who_lost_their_phone_is_out_and_sets_up_another(
    admin, colleague, app, owner, queued, monkeypatch
):
    asked = Lost()
    monkeypatch.setitem(app.extensions, DIRECTORY, asked)
    [(subject,)] = owner(f"select subject from shared.person where id = '{colleague.person_id}'")
    path = f"{PEOPLE}/{colleague.person_id}/lost-phone"
    [(_, first)] = [form for form in admin.forms(path) if "expected_version" in form[1]]
    assert admin.post(path, first).status_code == 303
    assert asked.subjects == [subject, subject]
    assert colleague.get("/console/news/").status_code == 302
    assert roles(owner, colleague.person_id) == ["editor"]
    assert [job[1]["payload"]["subject_id"] for job in queued()] == [str(colleague.person_id)]
    assert admin.post(path, first).status_code == 409, "a late copy takes no new phone"


def test_nobody_takes_their_own_second_factor_here(admin):
    assert admin.press(f"{PEOPLE}/{admin.person_id}/lost-phone").status_code == 403


class Lost:
    """A provider that was asked whose phone is lost, and whom to sign out."""

    def __init__(self):
        self.subjects = []

    def forget_second_factor(self, subject):
        self.subjects.append(subject)

    end_sessions = forget_second_factor


def test_somebody_of_another_municipality_does_not_exist_here(admin, sign_in):
    stranger = sign_in(THERE, Role.EDITOR, email="s@dolno.example")
    for path in ("", "/remove", "/lost-phone"):
        assert admin.get(f"{PEOPLE}/{stranger.person_id}{path}").status_code == 404
        assert admin.post(f"{PEOPLE}/{stranger.person_id}{path}").status_code == 404


def test_an_editor_sees_nothing_of_it(colleague):
    assert colleague.get(f"{PEOPLE}/").status_code == 403
    assert colleague.post(f"{PEOPLE}/invite").status_code == 403


class Away:
    """A provider that does not answer."""

    def __getattr__(self, name):
        def refuse(*_, **__):
            raise DirectoryUnavailable

        return refuse


def test_while_the_provider_is_away_roles_are_shown_and_nothing_is_half_done(
    admin, colleague, app, monkeypatch, owner
):
    monkeypatch.setitem(app.extensions, DIRECTORY, Away())
    page = admin.get(f"{PEOPLE}/").text
    assert "Системата за вход не отговаря" in page and "Боян Редакторов" in page
    assert invite(admin).status_code == 422
    assert owner("select 1 from t_gorno_selo.tenants_invitation") == []
    gone = admin.press(f"{PEOPLE}/{colleague.person_id}/remove")
    assert gone.status_code == 503
    assert roles(owner, colleague.person_id) == ["editor"]
    assert colleague.get("/console/news/").status_code == 200
