"""What came of a poll reaches by a real mail server who asked to be told, and nobody else."""

import re

import pytest
from sqlalchemy import create_engine, text

from obshto.platform.notify.job_names import TRANSPORT
from obshto.platform.notify.letter import letter_of
from obshto.platform.notify.transport import SmtpTransport
from obshto.platform.permissions import Role

VILLAGE = "gorno-selo"
WRITTEN = {"title": "Кога да е пазарът", "who": "anyone", "closes_at": "2090-01-01T17:00"}
WRITTEN |= {"title_en": "When shall the market be"}
ASKED = {"kind": "single", "title": "Кой ден?", "options": "Петък\nСъбота\n"}
WISH = {"topics": "polls:outcome", "places": "all", "pace": "at once"}
DONE = {"outcome": "Пазарът е в събота.", "outcome_en": "The market is on Saturday."}


@pytest.fixture(autouse=True)
def by_mail(app, house, config, port, monkeypatch):
    monkeypatch.setitem(app.extensions, TRANSPORT, SmtpTransport(f"smtp://127.0.0.1:{port}"))
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['polls']"))
    engine.dispose()


@pytest.fixture
def letters(drain, mail, mailbox):
    """letters(): what has come since the last time."""

    def fetch():
        mailbox.taken.clear()
        with mail():
            drain()
        return [letter_of(raw) for raw in mailbox.taken]

    return fetch


@pytest.fixture
def ended(sign_in):
    """An editor, and the address of a poll of theirs that is over."""
    editor = sign_in(VILLAGE, Role.EDITOR)
    made = editor.press("/console/polls/new", **WRITTEN)
    poll = re.search(r"/console/polls/[0-9a-f-]{36}", made.location)[0]
    assert editor.press(f"{poll}/questions", **ASKED).status_code == 303
    assert editor.press(f"{poll}/open").status_code == 303
    assert editor.press(f"{poll}/close").status_code == 303
    return editor, poll


@pytest.fixture
def follow(client, at, letters):
    """follow(address, language): asked for on the page, confirmed by the link in the letter."""
    base = at(VILLAGE)

    def ask(email, language="bg", **wish):
        sent = {**WISH, "email": email, "language": language, **wish}
        answer = client.post("/notify/", data=sent, base_url=base)
        assert answer.status_code == 303, answer.text
        [letter] = [one for one in letters() if one.recipient == email]
        token = re.search(r"/notify/([\w-]{20,})", letter.text)[1]
        assert client.post(f"/notify/{token}/confirm", base_url=base).status_code == 303
        letters()

    return ask


def test_who_asked_is_told_what_came_of_it_once_in_their_language(ended, follow, letters):
    editor, poll = ended
    follow("ivanka@example.org")
    follow("john@example.org", "en")
    follow("petar@example.org", topics="polls:poll")  # of new polls alone
    assert editor.press(f"{poll}/outcome", **DONE).status_code == 303
    told = {letter.recipient: letter for letter in letters()}
    assert set(told) == {"ivanka@example.org", "john@example.org"}
    ivanka, john = told["ivanka@example.org"], told["john@example.org"]
    assert ivanka.subject == "Какво последва: Кога да е пазарът"
    assert "Пазарът е в събота." in ivanka.text
    assert john.subject == "What came of it: When shall the market be"
    assert "The market is on Saturday." in john.text
    page = poll.removeprefix("/console")
    assert f"{page}\n" in ivanka.text and f"/en{page}\n" in john.text
    assert letters() == []


def test_a_correction_writes_to_nobody_and_news_to_who_still_wants_it(
    ended, follow, letters, client, at
):
    editor, poll = ended
    follow("ivanka@example.org")
    follow("petar@example.org")
    assert editor.press(f"{poll}/outcome", **DONE).status_code == 303
    stop = {letter.recipient: letter.list_unsubscribe for letter in letters()}["petar@example.org"]
    path = stop.partition(":8000")[2]
    one_click = {"List-Unsubscribe": "One-Click"}
    assert client.post(path, data=one_click, base_url=at(VILLAGE)).status_code == 200
    corrected = DONE | {"outcome": "Пазарът е всяка събота."}
    assert editor.press(f"{poll}/outcome", **corrected).status_code == 303
    assert [letter for letter in letters() if "Пазарът" in letter.text] == []
    news = DONE | {"outcome": "Пазарът се мести на площада.", "tells_again": "y"}
    assert editor.press(f"{poll}/outcome", **news).status_code == 303
    [letter] = letters()
    assert letter.recipient == "ivanka@example.org"
    assert "Пазарът се мести на площада." in letter.text
