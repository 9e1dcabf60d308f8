"""My account: what is known of me, where I am signed in, the way out."""

from datetime import timedelta

import pytest

from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import CITIZEN, Proof, open_session
from obshto.tenants.people.failures import take_failure
from obshto.tenants.people.sessions import end_sessions_of
from obshto.tenants.ports import DIRECTORY, Failure, Trouble

HERE, THERE = "gorno-selo", "dolno-selo"


@pytest.fixture
def me(sign_in):
    return sign_in(HERE, name="Цветан Лазаров", email="tsvetan@example.com")


def elsewhere(app, me, device="Firefox, Android"):
    with app.app_context():
        return open_session(
            me.person_id, municipality=THERE, term=CITIZEN, proof=Proof(), device=device
        )


def tried(app, person_id, why, minutes=5):
    with app.app_context(), open_uow(None, Principal.system("test")) as region:
        failure = Failure(
            failure_id=f"{person_id}-{why}",
            at=region.now - timedelta(minutes=minutes),
            why=Trouble(why),
            subject=None,
        )
        assert take_failure(region, failure, person_id)


def test_who_tried_to_be_me_is_told_to_me_alone(app, me, sign_in):
    assert "Неуспешни опити за вход" not in me.get("/account").text
    tried(app, me.person_id, "password")
    tried(app, me.person_id, "code", minutes=3)
    tried(app, sign_in(THERE).person_id, "paused")
    page = me.get("/account").text
    assert page.index("грешен код от телефона") < page.index("грешна парола")
    assert "Неуспешни опити за вход" in page and "спрян за кратко" not in page


def test_who_is_not_signed_in_is_led_to_sign_in(client, at):
    answer = client.get("/account", base_url=at(HERE))
    assert answer.headers["Location"] == "/sign-in?next=/account"


def test_it_shows_what_is_known_and_where_one_is(app, me):
    elsewhere(app, me)
    page = me.get("/account").text
    for told in ("Цветан Лазаров", "tsvetan@example.com", "Община Долно село", "Firefox, Android"):
        assert told in page
    assert page.count("Тук сте сега") == 1


def test_phone_and_language_are_mine_to_change(me, owner):
    answer = me.post("/account", {"phone": " 0888 123 456 ", "language": "ro"})
    assert answer.status_code == 303
    assert owner("select phone, language from shared.person") == [("0888 123 456", "ro")]
    assert 'value="0888 123 456"' in me.get("/account").text


@pytest.mark.parametrize("typed", ["12", "не знам", "0888<script>"])
def test_a_number_that_is_none_is_told_and_stays(me, owner, typed):
    answer = me.post("/account", {"phone": typed, "language": "bg"})
    assert answer.status_code == 422
    assert "Въведете номер като 0888 123 456" in answer.text
    assert owner("select phone from shared.person") == [(None,)]


def test_another_device_is_signed_out_by_a_press(app, me, owner):
    elsewhere(app, me)
    [(there,)] = owner(f"select id from shared.session where municipality = '{THERE}'")
    assert me.post(f"/account/sessions/{there}/end").status_code == 303
    assert owner("select municipality from shared.session") == [(HERE,)]


def test_somebody_elses_session_is_none_of_mine(me, sign_in, owner):
    other = sign_in(HERE, name="Друг Човек")
    [(theirs,)] = owner(f"select id from shared.session where person_id = '{other.person_id}'")
    assert me.post(f"/account/sessions/{theirs}/end").status_code == 404
    assert other.get("/account").status_code == 200


class Asked:
    """A provider that was asked whom to sign out."""

    def __init__(self):
        self.subjects = []

    def end_sessions(self, subject):
        self.subjects.append(subject)


def test_out_everywhere_is_out_of_the_provider_too(app, me, owner, monkeypatch):
    asked = Asked()
    monkeypatch.setitem(app.extensions, DIRECTORY, asked)
    [(subject,)] = owner("select subject from shared.person")
    answer = me.post("/account/sign-out-everywhere")
    assert answer.headers["Location"] == "/?said=sso.signed-out"
    assert asked.subjects == [subject]


def test_a_provider_that_does_not_answer_is_told(me):
    answer = me.post("/account/sign-out-everywhere")
    page = me.client.get(answer.headers["Location"], base_url=me.base)
    assert "системата за вход не отговори" in page.text


def test_out_everywhere_is_everywhere(app, me, owner, sign_in):
    other = sign_in(HERE, name="Друг Човек")
    elsewhere(app, me)
    answer = me.post("/account/sign-out-everywhere")
    assert answer.status_code == 303
    assert owner("select person_id from shared.session") == [(other.person_id,)]


def test_a_form_whose_session_has_ended_comes_back_with_everything_typed(sign_in, owner, app):
    """An hour over a text: signing in again must not cost it."""
    editor = sign_in(HERE, Role.EDITOR)
    page = editor.get("/console/news/new").text
    token = page.partition('name="csrf_token" value="')[2].partition('"')[0]
    with app.app_context():
        end_sessions_of(editor.person_id)
    typed = {"csrf_token": token, "title": "Водата спира", "markdown": "Един час писане"}
    back = editor.client.post("/console/news/new", data=typed, base_url=editor.base)
    assert back.status_code == 403
    assert 'value="Един час писане"' in back.text
    assert 'href="/sign-in?next=/console/' in back.text and 'target="_blank"' in back.text
