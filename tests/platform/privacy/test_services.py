"""A person's data can be taken out whole, or be gone."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.news.services import Text, drafts, write_item
from obshto.ops.compose import all_components
from obshto.platform.modularity.manifest import PersonalData
from obshto.platform.notify.models import Subscriber
from obshto.platform.notify.subscribers import Wishes, subscribe
from obshto.platform.permissions import Role
from obshto.platform.privacy.services import erase_person, export_person

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TEXT = {"title": "Водата спира", "summary": "…", "markdown": "…"}


@pytest.fixture
def editor(sign_in):
    one = sign_in(VILLAGE, Role.EDITOR, name="Росица Пенкова")
    assert one.post("/console/news/new", {**TEXT, "request_id": uuid4()}).status_code == 303
    return one


@pytest.fixture
def colleague(sign_in):
    one = sign_in(VILLAGE, Role.EDITOR, name="Мая Тошева")
    assert one.post("/console/news/new", {**TEXT, "request_id": uuid4()}).status_code == 303
    return one


@pytest.fixture
def export(uow_in):
    def export(person_id, slug=VILLAGE):
        with uow_in(slug) as uow:
            return export_person(uow, person_id)

    return export


@pytest.fixture
def erase(uow_in):
    def erase(person_id, slug=VILLAGE):
        with uow_in(slug) as uow:
            erase_person(uow, person_id)
            uow.commit()

    return erase


def test_an_export_has_a_heading_for_every_part_that_holds_something(editor, export):
    found = export(editor.person_id)
    assert [row["title"] for row in found["news"]] == [TEXT["title"]]
    assert [row["role"] for row in found["roles"]] == ["editor"]
    assert [row["act"] for row in found["audit"]] == ["news:item.written"]
    # Each part at least one, and no two of them the same.
    assert len(found) > sum(isinstance(part.privacy, PersonalData) for part in all_components())


def test_an_export_tells_nothing_of_a_colleague(editor, colleague, export):
    for one in (editor, colleague):
        assert len(export(one.person_id)["news"]) == len(export(one.person_id)["audit"]) == 1


def test_who_is_unknown_has_nothing(editor, export):
    assert not any(export(uuid4()).values())


def test_a_neighbour_knows_nothing_of_the_person(editor, export):
    assert not any(export(editor.person_id, NEIGHBOUR).values())


def test_an_export_reaches_modules_that_are_switched_off(editor, export, sign_in):
    sign_in(VILLAGE, Role.ADMIN).press("/console/tenants/news", to="/off")
    assert export(editor.person_id)["news"]


def test_erasure_takes_the_person_and_leaves_the_colleague(editor, colleague, export, erase):
    erase(editor.person_id)
    assert {heading for heading, rows in export(editor.person_id).items() if rows} == {"audit"}
    assert export(colleague.person_id)["news"] and export(colleague.person_id)["roles"]


def test_the_text_stays_without_its_author(editor, erase, uow_in):
    erase(editor.person_id)
    with uow_in(VILLAGE) as uow:
        [item] = uow.session.scalars(drafts())
        assert (item.title, item.author_id, item.changed_by) == (TEXT["title"], None, "")


def test_invitations_to_people_who_are_erased_are_over(sign_in, erase, owner):
    """Two that wait must not become one address; who wrote theirs in capitals is found, too."""
    admin = sign_in(VILLAGE, Role.ADMIN, email="admin@villages.example")
    for email in ("Vyara@villages.example", "petko@villages.example"):
        invited = {"name": "Проба Поканена", "email": email.lower(), "roles": "editor"}
        assert admin.press("/console/tenants/people/invite", **invited).status_code == 303
        erase(sign_in(VILLAGE, email=email).person_id)
    rows = "select name, email, ended_at is null from t_gorno_selo.tenants_invitation"
    assert owner(rows) == [("", "", False)] * 2


def test_a_subscription_to_the_address_of_the_person_is_theirs(sign_in, export, erase, uow_in):
    """It was asked for before they had an account, or without signing in."""
    follower = sign_in(VILLAGE, email="Ivanka@villages.example")
    with uow_in(VILLAGE) as uow:
        wishes = Wishes(topics=("notices:water",), places=())
        for email in ("ivanka@villages.example", "other@villages.example"):
            subscribe(uow, email, wishes)
        uow.commit()
    told = export(follower.person_id)
    assert [row["address"] for row in told["subscriptions"]] == ["ivanka@villages.example"]
    assert [row["recipient"] for row in told["notify"]] == ["ivanka@villages.example"]
    erase(follower.person_id)
    assert not export(follower.person_id)["notify"]
    with uow_in(VILLAGE) as uow:
        [left] = uow.session.scalars(select(Subscriber))
        assert left.address == "other@villages.example"


def test_erasing_twice_is_no_harm(editor, erase, export):
    erase(editor.person_id)
    erase(editor.person_id)
    assert not export(editor.person_id)["roles"]


def test_erasure_in_one_municipality_is_none_in_another(editor, erase, export, uow_in):
    with uow_in(NEIGHBOUR) as uow:
        write_item(uow, Text(**TEXT), request_id=uuid4())
        uow.commit()
    erase(editor.person_id, NEIGHBOUR)
    assert export(editor.person_id)["news"]


def test_erasure_stands_in_the_log_so_that_a_restore_can_repeat_it(editor, erase, owner):
    erase(editor.person_id)
    rows = "select subject_id from t_gorno_selo.audit_entry where act = 'privacy:person.erased'"
    assert owner(rows) == [(editor.person_id,)]


def test_who_was_erased_may_do_nothing_any_more(editor, erase):
    assert editor.get("/console/news/").status_code == 200
    erase(editor.person_id)
    assert editor.get("/console/news/").status_code == 403
