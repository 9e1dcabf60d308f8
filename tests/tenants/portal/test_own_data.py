"""My own data: a copy to take along, an erasure that is done at once and says what stays."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.drafts import add_draft, new_draft
from obshto.platform.clock import now
from obshto.platform.notify.subscribers import Wishes, subscribe_person
from obshto.platform.permissions import Role
from obshto.tenants.api import CITIZEN, Proof, open_session
from obshto.tenants.people.roles import dismiss

HERE, THERE = "gorno-selo", "dolno-selo"
DATA, ERASE, ERASED = "/account/data", "/account/erase", "/account/erased"
WATER = Wishes(topics=("notices:water",), places=())
ACTS = "select act, person_id, subject_id from t_gorno_selo.audit_entry where act like 'privacy:%'"
FOLLOWERS = "select person_id from t_gorno_selo.notify_subscriber"
SESSIONS = "select municipality from shared.session"


@pytest.fixture
def me(sign_in):
    return sign_in(HERE, name="Цветан Лазаров", email="tsvetan@example.com")


@pytest.fixture
def follow(uow_in):
    def follow(person, email):
        with uow_in(HERE) as uow:
            subscribe_person(uow, person.person_id, email, WATER, expected_version=0)
            uow.commit()

    return follow


@pytest.fixture
def follower(me, follow):
    """The same, who follows something by letter."""
    follow(me, "tsvetan@example.com")
    return me


@pytest.fixture
def enter(app, at):
    """The same person in another browser, there or signed in so long ago."""

    def enter(person, slug=HERE, ago=timedelta()):
        proof = Proof(assurance=2, assured_at=now() - ago)
        with app.app_context():
            token = open_session(person.person_id, municipality=slug, term=CITIZEN, proof=proof)
        return type(person)(app, slug, at(slug), token, person.person_id)

    return enter


def copy_of(person):
    return json.loads(person.press(DATA).data)


def plain(page):
    return page.text.replace("\xa0", " ")


@pytest.mark.parametrize("path", [DATA, ERASE])
def test_who_is_not_signed_in_is_led_to_sign_in(client, at, path):
    answer = client.get(path, base_url=at(HERE))
    assert answer.headers["Location"] == f"/sign-in?next={path}&within=600"
    assert client.post(path, base_url=at(HERE)).status_code == 403


@pytest.mark.parametrize("path", [DATA, ERASE])
def test_who_signed_in_long_ago_shows_who_they_are_once_more(me, enter, owner, path):
    """Somebody else may hold the phone by now."""
    old = enter(me, ago=timedelta(minutes=11))
    assert old.get(path).headers["Location"] == f"/sign-in?next={path}&within=600"
    answer = old.post(path)
    assert answer.status_code == 403 and f"/sign-in?next={path}" in answer.text
    assert owner(ACTS) == []


def test_the_account_leads_there(me):
    for page in ("/account", "/privacy"):
        assert f'href="{DATA}"' in me.get(page).text
    assert f'href="{ERASE}"' in me.get(DATA).text


def test_the_copy_is_a_file_for_its_reader_alone(follower):
    answer = follower.press(DATA)
    named = f"lichni-danni-gorno-selo-{now():%Y-%m-%d}.json"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{named}"'
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.mimetype == "application/json"
    assert "Цветан Лазаров" in answer.get_data(as_text=True)  # letters, not their numbers


def test_the_copy_holds_what_the_region_and_every_part_know(follower):
    copy = copy_of(follower)
    assert copy["municipality"] == "Община Горно село"
    assert copy["profile"]["email"] == "tsvetan@example.com"
    assert [place["at"] for place in copy["signed_in"]] == [HERE]
    assert copy["subscriptions"][0]["topics"] == ["notices:water"]
    assert [line["act"] for line in copy_of(follower)["audit"]] == ["privacy:copy.taken"]


def test_the_copy_tells_nothing_of_somebody_else(follower, sign_in):
    copy = copy_of(sign_in(HERE, name="Друг Човек"))
    assert copy["subscriptions"] == [] and len(copy["signed_in"]) == 1
    assert "Лазаров" not in json.dumps(copy, ensure_ascii=False)


def test_the_copy_of_a_neighbour_knows_nothing(follower, enter):
    copy = copy_of(enter(follower, THERE))
    assert copy["municipality"] == "Община Долно село"
    assert copy["subscriptions"] == copy["audit"] == []


def test_who_took_a_copy_stands_in_the_log(me, owner):
    me.press(DATA)
    assert owner(ACTS) == [("privacy:copy.taken", me.person_id, me.person_id)]


def test_staff_take_a_copy_as_well(sign_in):
    editor = sign_in(HERE, Role.EDITOR)
    assert [row["role"] for row in copy_of(editor)["roles"]] == ["editor"]


def test_a_session_of_another_municipality_opens_nothing_here(me, at):
    for path in (DATA, ERASE):
        assert me.get(path, base_url=at(THERE)).status_code == 302


def test_before_it_is_done_the_page_says_what_goes_and_what_stays(me, owner):
    page = plain(me.get(ERASE))
    for said in ("Изтриваме веднага", "Остава, защото законът го иска", "Не можем да върнем"):
        assert said in page
    assert "Назад без промени" in page and "govuk-button--warning" in page
    assert owner(ACTS) == []


def test_of_what_stays_only_that_which_there_is_of_me_is_told(me):
    log, books = "Дневникът пази 5 години", "Пазим документите за плащане 10 години"
    assert log not in plain(me.get(ERASE))
    me.press(DATA)
    page = plain(me.get(ERASE))
    assert log in page and books not in page


def test_erased_is_done_at_once_and_signed_out(follower, owner):
    answer = follower.press(ERASE)
    assert answer.status_code == 303 and answer.headers["Location"] == ERASED
    assert follower.client.get_cookie("session", domain=f"{HERE}.localhost") is None
    assert owner(FOLLOWERS) == owner(SESSIONS) == []
    assert owner(ACTS) == [("privacy:person.erased", follower.person_id, follower.person_id)]
    page = follower.client.get(ERASED, base_url=follower.base)
    assert page.status_code == 200 and "Изтрихме данните Ви" in page.text
    assert follower.get("/account").status_code == 302


def test_a_second_click_does_nothing_more(follower, owner):
    second = follower.again()
    second.form_token()
    follower.press(ERASE)
    assert second.post(ERASE).status_code == 403
    assert len(owner(ACTS)) == 1


def test_doing_it_once_more_is_no_harm(follower, enter, owner):
    follower.press(ERASE)
    assert enter(follower).press(ERASE).headers["Location"] == ERASED
    assert owner(FOLLOWERS) == owner(SESSIONS) == []


def test_who_comes_back_finds_nothing(follower, enter):
    follower.press(ERASE)
    copy = copy_of(enter(follower))
    assert copy["subscriptions"] == copy["notify"] == []


def test_elsewhere_the_person_stays_signed_in_with_what_they_have(follower, enter, owner):
    there = enter(follower, THERE)
    follower.press(ERASE)
    assert owner(SESSIONS) == [(THERE,)]
    assert "Цветан Лазаров" in there.get("/account").text


def test_somebody_else_keeps_everything(follower, follow, sign_in, owner):
    other = sign_in(HERE, name="Друг Човек", email="other@example.com")
    follow(other, "other@example.com")
    follower.press(ERASE)
    assert owner(FOLLOWERS) == [(other.person_id,)]
    assert other.get("/account").status_code == 200


def test_drafts_go_though_the_module_is_switched_off(me, uow_in, owner):
    with uow_in(HERE) as uow:
        draft = new_draft(uow, catalogue_services()["1998"].definition, request_id=uuid4())
        draft.person_id = me.person_id
        add_draft(uow, draft)
        uow.commit()
    assert [row["service"] for row in copy_of(me)["application_drafts"]] == ["1998"]
    me.press(ERASE)
    assert owner("select count(*) from t_gorno_selo.eservices_draft") == [(0,)]


def test_staff_are_told_whom_to_ask_and_lose_nothing(sign_in, owner):
    editor = sign_in(HERE, Role.EDITOR, name="Росица Пенкова")
    sign_in(HERE, Role.ADMIN, name="Ангел Отговорен")
    page = editor.get(ERASE)
    assert page.status_code == 200 and "Ангел Отговорен" in page.text
    assert f'action="{ERASE}"' not in page.text and "govuk-button--warning" not in page.text
    answer = editor.post(ERASE)
    assert answer.status_code == 403 and "Работите за общината" in answer.text
    assert owner(ACTS) == []
    assert editor.get("/console/news/").status_code == 200


def test_the_only_one_who_looks_after_the_portal_is_told_to_invite_another(sign_in):
    page = sign_in(HERE, Role.ADMIN, name="Ангел Отговорен").get(ERASE).text
    assert "Поканете друг" in page and 'lang="bg">Ангел' not in page


def test_who_was_let_go_may_erase(sign_in, owner, uow_in):
    editor = sign_in(HERE, Role.EDITOR)
    with uow_in(HERE) as uow:
        dismiss(uow, editor.person_id, "editor")
        uow.commit()
    assert editor.press(ERASE).headers["Location"] == ERASED
