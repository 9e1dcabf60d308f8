"""Subscriptions as people meet them: asked for, confirmed, changed, stopped, over HTTP."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select, text

from obshto.platform.notify.models import Message, Subscriber
from obshto.platform.notify.subscribers import Wishes, confirm, subscribe, token_of
from obshto.platform.notify.suppression import suppress
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
EMAIL = "ivanka@example.org"
TYPED = {"email": EMAIL, "topics": "notices:water", "places": "all", "pace": "at once"}
TYPED |= {"language": "bg"}
WATER = Wishes(topics=("notices:water",), places=())


@pytest.fixture(autouse=True)
def switched_on(house, config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['notices']"))
    engine.dispose()


class Browser:
    """Of somebody without an account."""

    def __init__(self, client, base):
        self.client, self.base = client, base

    def get(self, path, **kw):
        return self.client.get(path, base_url=self.base, **kw)

    def post(self, path, data=None, **kw):
        return self.client.post(path, data=data or {}, base_url=self.base, **kw)


@pytest.fixture
def browser(client, at):
    return Browser(client, at(VILLAGE))


@pytest.fixture
def neighbour(client, at):
    return Browser(client, at(NEIGHBOUR))


@pytest.fixture
def token(uow_in):
    """Of somebody who has confirmed."""
    with uow_in(VILLAGE) as uow:
        reader = subscribe(uow, EMAIL, WATER)
        confirm(uow, reader)
        uow.session.flush()
        found = token_of(reader)
        uow.commit()
        return found


@pytest.fixture
def readers(uow_in):
    """All subscribers: (address, token, wishes, whether confirmed)."""

    def found():
        with uow_in(VILLAGE) as uow:
            rows = uow.session.scalars(select(Subscriber)).all()
            return [(r.address, token_of(r), r.topics, bool(r.confirmed_at)) for r in rows]

    return found


def plain(answer):
    return answer.text.replace("\xa0", " ")


def test_somebody_subscribes_and_confirms_by_a_button(browser, readers):
    assert browser.post("/notify/", TYPED).location == "/notify/asked"
    ((email, token, topics, is_confirmed),) = readers()
    assert (email, topics, is_confirmed) == (EMAIL, ["notices:water"], False)
    page = browser.get(f"/notify/{token}")
    assert "Потвърдете абонамента" in plain(page) and EMAIL not in page.text
    assert readers()[0][-1] is False  # a program that opens links has confirmed nothing
    answer = browser.post(f"/notify/{token}/confirm")
    assert answer.status_code == 303 and readers()[0][-1] is True
    assert EMAIL in browser.get(answer.location).text


def test_whoever_gets_nothing_more_reads_so_and_how_to_mend_it(browser, token, uow_in):
    page = f"/notify/{token}"
    assert "Вече не Ви пращаме" not in plain(browser.get(page))
    with uow_in(VILLAGE) as uow:
        suppress(uow, EMAIL, "550 5.1.1")
        uow.commit()
    answer = browser.get(page)
    assert "Вече не Ви пращаме" in plain(answer) and 'href="/notify/"' in answer.text


def test_the_page_says_the_same_whether_the_address_was_known(browser, token):
    known = browser.post("/notify/", TYPED)
    unknown = browser.post("/notify/", TYPED | {"email": "new@example.org"})
    assert (known.status_code, known.location) == (unknown.status_code, unknown.location)
    assert re.sub(r"\s", "", known.text) == re.sub(r"\s", "", unknown.text)
    assert dict(known.headers).keys() == dict(unknown.headers).keys()


@pytest.mark.parametrize(
    "wrong",
    [
        {"email": ""},
        {"email": "ivanka"},
        {"email": "a@b..bg"},
        {"email": "Иван <a@b.bg>"},
        {"email": "a" * 300 + "@b.bg"},
        {"topics": "notices:moon"},
        {"topics": ""},
        {"places": "99999"},
        {"places": ""},
        {"pace": "hourly"},
        {"language": "xx"},
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(browser, readers, wrong):
    answer = browser.post("/notify/", TYPED | wrong)
    assert answer.status_code == 422 and readers() == []
    if "email" not in wrong:
        assert f'value="{EMAIL}"' in answer.text


def test_what_was_looked_at_is_ticked(browser):
    page = browser.get("/notify/?topic=notices:road&place=99999").text
    assert re.search(r'value="notices:road"[^>]*checked', page)
    assert not re.search(r'value="notices:water"[^>]*checked', page)


def test_beyond_the_limit_a_sum_is_asked(browser, monkeypatch):
    monkeypatch.setattr("obshto.platform.rate_limit.forms.within_limit", lambda *_, **__: False)
    answer = browser.post("/notify/", TYPED)
    assert answer.status_code == 422 and "Колко прави" in answer.text


def test_wishes_are_changed_by_the_link_of_a_letter(browser, token, readers):
    page = browser.get(f"/notify/{token}").text
    expected_version = re.search(r'name="expected_version"[^>]*value="(\d+)"', page)[1]
    changed = TYPED | {"topics": "notices:road", "expected_version": expected_version}
    assert browser.post(f"/notify/{token}", changed).status_code == 303
    assert readers()[0][2] == ["notices:road"]
    late = browser.post(f"/notify/{token}", TYPED | {"expected_version": expected_version})
    assert late.status_code == 422 and readers()[0][2] == ["notices:road"]


def test_a_page_with_a_token_is_kept_nowhere(browser, token):
    for path in (f"/notify/{token}", f"/notify/{token}/stop"):
        assert browser.get(path).headers["Cache-Control"] == "private, no-store"


def test_the_link_to_stop_stops_nothing_by_itself(browser, token, readers):
    assert browser.get(f"/notify/{token}/stop").status_code == 200 and len(readers()) == 1
    assert browser.post(f"/notify/{token}/end").location == "/notify/stopped"
    assert readers() == []
    assert browser.get(f"/notify/{token}").status_code == 404


ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def mail_program(app, at):
    """It sends no cookie and says nothing of where it comes from."""
    return Browser(app.test_client(), at(VILLAGE))


@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data"])
def test_one_click_in_a_mail_program_stops(mail_program, token, readers, kind):
    answer = mail_program.post(f"/notify/{token}/stop", ONE_CLICK, content_type=kind)
    assert (answer.status_code, answer.text, readers()) == (200, "", [])
    assert "Set-Cookie" not in answer.headers


def test_one_click_says_that_it_is_one(mail_program, token, readers):
    assert mail_program.post(f"/notify/{token}/stop").status_code == 400
    assert len(readers()) == 1


def test_a_page_elsewhere_stops_nobody(mail_program, token, readers):
    foreign = {"Origin": "https://evil.example"}
    answer = mail_program.post(f"/notify/{token}/stop", ONE_CLICK, headers=foreign)
    assert answer.status_code == 403 and len(readers()) == 1


@pytest.mark.parametrize("page", ["", "/stop"])
def test_a_token_of_another_municipality_shows_nothing(browser, neighbour, token, page):
    assert browser.get(f"/notify/{token}{page}").status_code == 200
    assert neighbour.get(f"/notify/{token}{page}").status_code == 404


def test_a_token_of_another_municipality_does_nothing(neighbour, app, at, token, readers):
    paths = [f"/notify/{token}", f"/notify/{token}/confirm", f"/notify/{token}/end"]
    assert [neighbour.post(path, TYPED).status_code for path in paths] == [404] * 3
    stranger = Browser(app.test_client(), at(NEIGHBOUR))
    assert stranger.post(f"/notify/{token}/stop", ONE_CLICK).status_code == 404
    assert len(readers()) == 1


@pytest.mark.parametrize("token", ["x", "a" * 22, "a" * 3000, "%D1%8F" * 22])
def test_a_token_that_is_none_is_a_page_that_is_not_there(browser, mail_program, token):
    assert browser.get(f"/notify/{token}").status_code == 404
    assert browser.post(f"/notify/{token}/end").status_code == 404
    assert mail_program.post(f"/notify/{token}/stop", ONE_CLICK).status_code == 404


# Under an account


def test_somebody_signed_in_follows_without_a_letter(sign_in, readers):
    person = sign_in(VILLAGE, email=EMAIL)
    page = person.get("/notify/mine")
    assert page.status_code == 200 and EMAIL in page.text
    assert person.post("/notify/mine", TYPED | {"expected_version": 0}).status_code == 303
    assert readers()[0][3] is True
    assert person.get("/account").text.count("/notify/mine") == 1
    assert person.press("/notify/mine", to="/stop").status_code == 303 and readers() == []


def test_an_account_without_an_address_is_told_so(sign_in, readers):
    person = sign_in(VILLAGE)
    assert "няма имейл" in plain(person.get("/notify/mine"))
    assert (
        person.post("/notify/mine", TYPED | {"expected_version": 0}).status_code == 200
        and readers() == []
    )


def test_a_stranger_is_asked_to_sign_in_first(browser):
    assert browser.get("/notify/mine").status_code == 302


# At the counter


def test_a_clerk_asks_for_somebody_who_must_still_confirm(sign_in, readers, uow_in):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    asked = TYPED | {"request_id": str(uuid4())}
    for _ in range(2):
        assert clerk.post("/console/notify/new", asked).status_code == 303
    assert [(email, is_sure) for email, _, _, is_sure in readers()] == [(EMAIL, False)]
    with uow_in(VILLAGE) as uow:
        assert len(uow.session.scalars(select(Message)).all()) == 1
    assert EMAIL not in clerk.get("/console/notify/").text


def test_the_counter_is_warned_before_the_budget_bites(sign_in, owner, config):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    assert "чакат до утре" not in plain(clerk.get("/console/notify/"))
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(
            text(
                "INSERT INTO t_gorno_selo.settings_value (part, values)"
                """ VALUES ('notify', '{"letters_a_day": 5, "only_to_staff": true}')"""
            )
        )
        connection.execute(
            text(
                "INSERT INTO t_gorno_selo.notify_message (id, cause, fact, language, state,"
                " accepted_at, handed_over_at) SELECT gen_random_uuid(), gen_random_uuid(), 'x',"
                " 'bg', 'handed over', now(), now() FROM generate_series(1, 4)"
            )
        )
    engine.dispose()
    page = plain(clerk.get("/console/notify/"))
    assert "тръгнали 4 писма от най-много 5" in page and "само служители" in page
