"""What becomes of a post before it reaches a channel."""

import re
from dataclasses import fields, replace
from datetime import datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.feeds.errors import (
    NeedsAnother,
    NoChannel,
    OverBeforeSent,
    PastEmbargo,
    PostChanged,
)
from obshto.modules.feeds.events import EVENTS
from obshto.modules.feeds.models import Delivery, Post
from obshto.modules.feeds.permissions import FeedsPermission
from obshto.modules.feeds.services import posts, reading
from obshto.modules.feeds.services.posts import Draft, Thing, draft_of
from obshto.modules.feeds.services.shown import shown_of
from obshto.modules.feeds.services.spreading import free_moment
from obshto.modules.feeds.services.states import State, state_of
from obshto.modules.feeds.services.wording import letters, network_text, shortened
from obshto.modules.feeds.settings import FeedsSettings
from obshto.platform.clock import SOFIA
from obshto.platform.notify.sms.segments import parts_of
from obshto.platform.permissions import Role
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.work import Principal

HOUR = timedelta(hours=1)
DRAFT = Draft(title="Чешмата тече", summary="Сменихме помпата.")


def another(work):
    """The same work, by somebody who may approve."""
    who = Principal(
        person_id=uuid4(), name="Друга", permissions=frozenset({FeedsPermission.APPROVE})
    )
    return replace(work, principal=who)


def author(work):
    return replace(work, principal=Principal(person_id=uuid4(), name="Автор"))


def strict(work):
    values = FeedsSettings(second_eyes=True)
    save_settings(work, "feeds", values, seen=version_of(work, "feeds"))
    work.session.flush()


def write(work, draft=DRAFT, **more):
    post = posts.write_post(work, draft, request_id=uuid4(), **more)
    work.session.flush()
    return post


def test_a_repeated_click_finds_the_first_result(work):
    request_id = uuid4()
    first = posts.write_post(work, DRAFT, request_id=request_id)
    assert posts.write_post(work, DRAFT, request_id=request_id) is first


def test_a_post_of_its_own_needs_no_channel_since_it_stands_in_the_feeds(work):
    post = write(work)
    assert list(work.session.scalars(reading.public(work.now))) == []
    posts.submit_post(work, post, seen=post.version)
    work.session.flush()
    assert list(work.session.scalars(reading.public(work.now))) == [post]
    assert state_of(post, work.now) is State.SENT


def test_what_tells_of_a_thing_goes_somewhere(work):
    post = write(work, thing=Thing(part="news", object_id=uuid4(), path="/news/1"))
    with pytest.raises(NoChannel):
        posts.submit_post(work, post, seen=post.version)


def test_one_thing_is_told_of_once(work):
    thing = Thing(part="news", object_id=uuid4(), path="/news/1")
    first = write(work, thing=thing)
    with pytest.raises(posts.ToldAlready):
        write(work, thing=thing)
    posts.withdraw_post(work, first, seen=first.version)
    work.session.flush()
    assert write(work, thing=thing).id != first.id


def test_an_embargo_lies_ahead_and_a_post_is_not_over_before_it_leaves(work):
    for changed, refusal in (
        ({"send_at": work.now - HOUR}, PastEmbargo),
        ({"until": work.now - HOUR}, OverBeforeSent),
        ({"send_at": work.now + 2 * HOUR, "until": work.now + HOUR}, OverBeforeSent),
    ):
        post = write(work, replace(DRAFT, **changed))
        with pytest.raises(refusal):
            posts.submit_post(work, post, seen=post.version)


def test_before_its_hour_nobody_sees_it(work):
    post = write(work, replace(DRAFT, send_at=work.now + HOUR))
    posts.submit_post(work, post, seen=post.version)
    work.session.flush()
    assert state_of(post, work.now) is State.PLANNED
    with pytest.raises(reading.NoSuchPost):
        reading.public_post(work, post.id)
    assert list(work.session.scalars(reading.public(work.now + 2 * HOUR))) == [post]


def test_the_second_pair_of_eyes_is_somebody_elses(work):
    strict(work)
    mine, others = author(work), another(work)
    post = write(mine)
    posts.submit_post(mine, post, seen=post.version)
    work.session.flush()
    assert (state_of(post, work.now), post.sent_at) == (State.WAITING, None)
    own = replace(mine, principal=replace(mine.principal, permissions=frozenset(FeedsPermission)))
    with pytest.raises(NeedsAnother):
        posts.approve_post(own, post, seen=post.version)
    posts.approve_post(others, post, seen=post.version)
    assert (state_of(post, work.now), post.approved_by) == (State.SENT, "Друга")


def test_a_correction_is_seen_by_nobody_before_it_is_approved_too(work, picture):
    strict(work)
    mine, others = author(work), another(work)
    post = write(mine, picture=picture("red"))
    posts.submit_post(mine, post, seen=post.version)
    work.session.flush()
    posts.approve_post(others, post, seen=post.version)
    work.session.flush()
    was = shown_of(post)
    better = replace(DRAFT, title="Чешмата на площада тече")
    posts.edit_post(mine, post, better, seen=post.version, picture=picture("blue"))
    work.session.flush()
    assert state_of(post, work.now) is State.CHANGED
    assert shown_of(post) == was
    assert reading.picture_for(work, post.id).id == was.picture_id
    posts.approve_post(others, post, seen=post.version)
    assert shown_of(post).title == better.title
    assert shown_of(post).picture_id == post.picture_id != was.picture_id


def test_it_can_be_given_back_to_who_wrote_it(work):
    strict(work)
    post = write(work)
    posts.submit_post(work, post, seen=post.version)
    work.session.flush()
    posts.return_post(work, post, seen=post.version)
    assert state_of(post, work.now) is State.DRAFT


def test_a_late_copy_of_a_form_undoes_nothing(work):
    post = write(work)
    old = post.version
    posts.edit_post(work, post, replace(DRAFT, title="Друго"), seen=old)
    work.session.flush()
    with pytest.raises(PostChanged):
        posts.edit_post(work, post, DRAFT, seen=old)
    posts.edit_post(work, post, draft_of(post), seen=old)  # the same form, sent twice
    assert post.title == "Друго"


@pytest.mark.parametrize(
    ("at", "leaves"),
    [("22:30", "08:00"), ("03:00", "08:00"), ("08:00", "08:00"), ("20:59", "20:59")],
)
def test_at_night_nothing_leaves_that_can_wait(work, at, leaves):
    values = FeedsSettings()
    save_settings(work, "feeds", values, seen=version_of(work, "feeds"))
    night = datetime.combine(work.now.date(), datetime.strptime(at, "%H:%M").time(), SOFIA)
    then = replace(work, now=night)
    post = Post(send_at=None, is_urgent=False)
    told = free_moment(then, post)
    assert told.astimezone(SOFIA).strftime("%H:%M") == leaves and told >= night
    assert free_moment(then, Post(send_at=None, is_urgent=True)) == night


def test_a_text_is_cut_at_a_word_and_the_link_never():
    told = Draft(title="Заглавие", summary="дума " * 200, place="село Поле")
    post = Post(title=told.title, summary=told.summary.strip(), place=told.place, path="/news/1")
    text = network_text(post, "https://kula.example", limit=500, of_a_link=23)
    assert letters(text, 23) <= 500 and text.endswith("https://kula.example/news/1")
    assert "дума…" in text and "село Поле" in text
    assert shortened("Кратко", 10) == "Кратко"


@pytest.mark.parametrize(
    ("text", "parts"),
    [("а" * 70, 1), ("а" * 71, 2), ("а" * 135, 3), ("a" * 160, 1), ("a" * 161, 2)],
)
def test_cyrillic_takes_more_messages(text, parts):
    assert parts_of(text) == parts


def test_names_of_facts_and_their_keys_are_fixed():
    told = {fact.name: sorted(field.name for field in fields(fact)) for fact in EVENTS}
    assert set(told) == {
        *("feeds:post.written", "feeds:post.edited", "feeds:post.submitted"),
        *("feeds:post.approved", "feeds:post.returned", "feeds:post.withdrawn"),
        *("feeds:post.delivered", "feeds:channel.connected", "feeds:channel.broken"),
        *("feeds:channel.removed", "feeds:source.added", "feeds:source.removed"),
        "feeds:source.read",
    }
    assert all(keys == ["subject_id", "title"] for keys in told.values())


def test_an_editor_writes_it_sees_how_it_will_look_and_sends_it(sign_in, client, at, queued):
    """The whole way in the console; the neighbour has none of it."""
    editor = sign_in("gorno-selo", Role.EDITOR)
    typed = {"title": "Пазарът е на стадиона", "summary": "От 7 до 13 часа.", "targets": "region"}
    answer = editor.post("/console/feeds/new", {**typed, "request_id": uuid4()})
    assert answer.status_code == 303, answer.text
    page = answer.location.partition("?")[0]
    shown = editor.get(page).text
    assert "Как ще изглежда" in shown and "SMS" in shown and "трябва да я одобри" in shown
    # As it is sent: in Bulgarian whoever looks, with the page on which it is stopped.
    for text in (shown, editor.get(f"/en{page}").text):
        sms = re.search(r"Община Горно село: Пазарът е на стадиона[^<]+", text)[0]
        assert re.search(
            r" Спиране: http://gorno-selo.localhost:8000/notify/\w{22}$", sms.replace("\xa0", " ")
        )
    assert editor.press(page, to="/submit").status_code == 303
    assert "не този, който я е написал" in editor.get(page).text
    secretary = sign_in("gorno-selo", Role.SECRETARY)
    assert secretary.press(page, to="/approve").status_code == 303
    assert "feeds:deliver" in [name for name, _ in queued()]
    post_path = page.removeprefix("/console")
    assert "От 7 до 13 часа." in client.get(post_path, base_url=at("gorno-selo")).text
    assert client.get(post_path, base_url=at("dolno-selo")).status_code == 404
    stranger = sign_in("dolno-selo", Role.SECRETARY)
    assert stranger.get(page).status_code == 404


def test_what_must_be_mended_stays_as_it_was_typed(sign_in):
    editor = sign_in("gorno-selo", Role.EDITOR)
    file = (BytesIO(b"not a picture"), "a.png")
    typed = {"title": "", "summary": "Остава", "request_id": uuid4(), "picture": file}
    answer = editor.post("/console/feeds/new", typed)
    assert answer.status_code == 422
    for said in ("Въведете заглавие", "Въведете какво се вижда на снимката", "Остава"):
        assert said in answer.text
    right = {"title": "А", "picture_alt": "Б", "picture": (BytesIO(b"no picture"), "a.png")}
    answer = editor.post("/console/feeds/new", {**right, "request_id": uuid4()})
    assert answer.status_code == 422 and 'href="#picture"' in answer.text


def test_each_channel_is_written_down_with_the_post(work, channel, sent):
    post = sent(work, targets=("region", str(channel.id)))
    rows = work.session.scalars(select(Delivery).where(Delivery.post_id == post.id)).all()
    assert {(row.target, row.state) for row in rows} == {
        ("region", "waiting"),
        (str(channel.id), "waiting"),
    }
