"""Roles that a municipality makes for itself: what they allow, who may change them."""

import re
from uuid import uuid4

import pytest

from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.sso.organizations import link_organization
from obshto.tenants.api import (
    accept_invitation,
    appoint,
    people_who_may,
    person_of,
    scope_named,
)
from obshto.tenants.people.permissions import PeoplePermission
from obshto.tenants.people.roles import dismiss, roles_of

HERE, THERE = "gorno-selo", "dolno-selo"
ROLES = "/console/tenants/people/roles"
WRITE = "news:item.write"


@pytest.fixture
def admin(sign_in):
    return sign_in(HERE, Role.ADMIN, name="Ана Админова")


@pytest.fixture
def clerk(sign_in):
    return sign_in(HERE, name="Боян Чиновник")


def make(admin, name="Новинар", *words):
    """The id of a role that was made in the console."""
    answer = admin.press(f"{ROLES}/new", name=name, words=list(words or (WRITE,)))
    assert answer.status_code == 303
    page = admin.get(f"{ROLES}/").text
    return re.search(rf'/roles/([0-9a-f-]{{36}})"[^>]*>{name}<', page)[1]


def give(app, person, role_id, slug=HERE):
    with app.app_context(), open_uow(scope_named(slug), Principal.system("test")) as uow:
        appoint(uow, person.person_id, role_id)


def test_whoever_holds_it_may_do_what_it_says_and_no_more(app, admin, clerk):
    role_id = make(admin)
    assert clerk.get("/console/news/new").status_code == 403
    assert admin.press(f"/console/tenants/people/{_known(app, clerk)}", roles=[role_id])
    assert clerk.get("/console/news/new").status_code == 200
    assert clerk.get("/console/tenants/people/").status_code == 403


def _known(app, person):
    """Somebody who has worked here before, so that the console knows them."""
    give(app, person, Role.DATA_PROTECTION_OFFICER)
    return person.person_id


def test_a_change_of_the_role_is_a_change_for_its_holders(app, admin, clerk):
    role_id = make(admin)
    give(app, clerk, role_id)
    changed = admin.press(f"{ROLES}/{role_id}", name="Читател", words=["tenants:people.see"])
    assert changed.status_code == 303
    assert clerk.get("/console/news/new").status_code == 403
    assert clerk.get("/console/tenants/people/").status_code == 200


def test_nobody_changes_what_their_own_role_means(app, admin, clerk):
    role_id = make(admin, "Кадри", PeoplePermission.MANAGE.value, PeoplePermission.SEE.value)
    give(app, clerk, role_id)
    more = [PeoplePermission.MANAGE.value, PeoplePermission.SEE.value, WRITE]
    refused = clerk.press(f"{ROLES}/{role_id}", name="Кадри", words=more)
    assert refused.status_code == 422
    assert clerk.get("/console/news/new").status_code == 403


def test_who_holds_a_word_by_an_own_role_is_found_by_it(app, admin, clerk):
    role_id = make(admin, "Кадри", PeoplePermission.SEE.value)
    give(app, clerk, role_id)
    with app.app_context(), open_uow(scope_named(HERE), Principal.system("test")) as uow:
        assert clerk.person_id in people_who_may(uow, PeoplePermission.SEE)


def test_a_role_that_somebody_holds_is_not_removed(app, admin, clerk):
    role_id = make(admin)
    give(app, clerk, role_id)
    answer = admin.press(f"{ROLES}/", to="/remove")
    assert "said=tenants.role-held" in answer.headers["Location"]
    with app.app_context(), open_uow(scope_named(HERE), Principal.system("test")) as uow:
        dismiss(uow, clerk.person_id, role_id)
    answer = admin.press(f"{ROLES}/", to="/remove")
    assert "said=tenants.role-removed" in answer.headers["Location"]
    assert "Новинар" not in admin.get(f"{ROLES}/").text


def test_a_role_of_another_municipality_is_none(app, admin, sign_in):
    role_id = make(admin)
    neighbour = sign_in(THERE, Role.ADMIN, name="Съседка")
    assert neighbour.get(f"{ROLES}/{role_id}").status_code == 404
    assert "Новинар" not in neighbour.get(f"{ROLES}/").text
    give(app, neighbour, role_id, THERE)  # a row that names it there means nothing
    assert neighbour.get("/console/tenants/people/").status_code == 200


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"name": " ", "words": [WRITE]}, "Въведете име на ролята"),
        ({"name": "Новинар", "words": []}, "Изберете поне едно нещо"),
        ({"name": "я" * 61, "words": [WRITE]}, "Съкратете текста до 60 знака"),
        ({"name": "Стар", "words": [WRITE]}, "Вече има роля с това име"),
    ],
)
def test_what_is_wrong_is_said_and_stays(admin, typed, said):
    make(admin, "Стар")
    answer = admin.press(f"{ROLES}/new", **typed)
    assert answer.status_code == 422 and said in answer.text


def test_a_word_of_the_region_cannot_be_given(admin):
    answer = admin.press(f"{ROLES}/new", name="Оператор", words=["tenants:region.run"])
    assert answer.status_code == 422


def test_sent_twice_is_made_once(admin, owner):
    sent_before = str(uuid4())
    for _ in range(2):
        answer = admin.press(f"{ROLES}/new", name="Новинар", words=[WRITE], request_id=sent_before)
        assert answer.status_code == 303
    assert owner("select count(*) from t_gorno_selo.tenants_role")[0][0] == 1


def test_the_invited_get_it_at_their_first_sign_in(app, admin, sign_in):
    role_id = make(admin)
    with app.app_context():
        link_organization(HERE, {"bg": HERE})
    wanted = {"name": "Вяра Новакова", "email": "vyara@kula.example", "roles": [role_id]}
    assert admin.press("/console/tenants/people/invite", **wanted).status_code == 303
    assert "Новинар" in admin.get("/console/tenants/people/").text
    new = sign_in(HERE, name="Вяра Новакова", email="vyara@kula.example")
    with app.app_context(), open_uow(scope_named(HERE), Principal.system("test")) as uow:
        accept_invitation(uow, person_of(new.person_id))
        assert roles_of(uow, new.person_id) == {role_id}


def test_what_a_role_allows_is_grouped_by_part(admin):
    page = admin.get(f"{ROLES}/new").text.replace("\xa0", " ")
    groups = re.findall(r"<fieldset.*?</fieldset>", page, re.DOTALL)
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    [news] = [group for group in groups if f'value="{WRITE}"' in group]
    assert re.search(r"<legend[^>]*>\s*Новини\s*</legend>", news)
    assert PeoplePermission.SEE.value not in news and PeoplePermission.SEE.value in page
    refused = admin.press(f"{ROLES}/new", name="Без права", words=[])
    assert refused.status_code == 422 and 'href="#words"' in refused.text
    assert refused.text.count('id="words"') == 1


def test_rights_stand_below_the_part_that_they_belong_to(admin):
    page = admin.get(f"{ROLES}/new").text
    groups = re.findall(
        r"<fieldset.*?<legend[^>]*>\s*(.*?)\s*</legend>(.*?)</fieldset>", page, re.DOTALL
    )
    titles = [title for title, _body in groups]
    assert len(titles) > 10 and titles == sorted(set(titles))
    offered = [re.findall(r'name="words"[^>]* value="([^"]+)"', body) for _title, body in groups]
    assert all(offered)
    assert len(set(sum(offered, []))) == len(sum(offered, [])) == page.count('name="words"')
