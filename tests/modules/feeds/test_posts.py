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
from obshto.modules.feeds.services import posts, queries
from obshto.modules.feeds.services.approved_text import shown_of
from obshto.modules.feeds.services.channel_text import letters, network_text, shortened
from obshto.modules.feeds.services.fan_out import free_moment
from obshto.modules.feeds.services.posts import Draft, Thing, draft_of
from obshto.modules.feeds.services.states import State, state_of
from obshto.modules.feeds.settings import FeedsSettings
from obshto.platform.clock import SOFIA
from obshto.platform.notify.sms.segments import parts_of
from obshto.platform.permissions import Role
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.unit_of_work import Principal

HOUR = timedelta(hours=1)
DRAFT = Draft(title="Чешмата тече", summary="Сменихме помпата.")


def another(uow):
    """The same work, by somebody who may approve."""
    who = Principal(
        person_id=uuid4(), name="Друга", permissions=frozenset({FeedsPermission.APPROVE})
    )
    return replace(uow, principal=who)


def author(uow):
    return replace(uow, principal=Principal(person_id=uuid4(), name="Автор"))


def strict(uow):
    values = FeedsSettings(second_eyes=True)
    save_settings(uow, "feeds", values, expected_version=version_of(uow, "feeds"))
    uow.session.flush()


def write(uow, draft=DRAFT, **more):
    post = posts.write_post(uow, draft, request_id=uuid4(), **more)
    uow.session.flush()
    return post


def test_a_repeated_click_finds_the_first_result(uow):
    request_id = uuid4()
    first = posts.write_post(uow, DRAFT, request_id=request_id)
    assert posts.write_post(uow, DRAFT, request_id=request_id) is first


def test_a_post_of_its_own_needs_no_channel_since_it_stands_in_the_feeds(uow):
    post = write(uow)
    assert list(uow.session.scalars(queries.public(uow.now))) == []
    posts.submit_post(uow, post, expected_version=post.version)
    uow.session.flush()
    assert list(uow.session.scalars(queries.public(uow.now))) == [post]
    assert state_of(post, uow.now) is State.SENT


def test_what_tells_of_a_thing_goes_somewhere(uow):
    post = write(uow, thing=Thing(part="news", object_id=uuid4(), path="/news/1"))
    with pytest.raises(NoChannel):
        posts.submit_post(uow, post, expected_version=post.version)


def test_one_thing_is_told_of_once(uow):
    thing = Thing(part="news", object_id=uuid4(), path="/news/1")
    first = write(uow, thing=thing)
    with pytest.raises(posts.ToldAlready):
        write(uow, thing=thing)
    posts.withdraw_post(uow, first, expected_version=first.version)
    uow.session.flush()
    assert write(uow, thing=thing).id != first.id


def test_an_embargo_lies_ahead_and_a_post_is_not_over_before_it_leaves(uow):
    for changed, refusal in (
        ({"send_at": uow.now - HOUR}, PastEmbargo),
        ({"until": uow.now - HOUR}, OverBeforeSent),
        ({"send_at": uow.now + 2 * HOUR, "until": uow.now + HOUR}, OverBeforeSent),
    ):
        post = write(uow, replace(DRAFT, **changed))
        with pytest.raises(refusal):
            posts.submit_post(uow, post, expected_version=post.version)


def test_before_its_hour_nobody_sees_it(uow):
    post = write(uow, replace(DRAFT, send_at=uow.now + HOUR))
    posts.submit_post(uow, post, expected_version=post.version)
    uow.session.flush()
    assert state_of(post, uow.now) is State.PLANNED
    with pytest.raises(queries.NoSuchPost):
        queries.public_post(uow, post.id)
    assert list(uow.session.scalars(queries.public(uow.now + 2 * HOUR))) == [post]


def test_the_second_pair_of_eyes_is_somebody_elses(uow):
    strict(uow)
    mine, others = author(uow), another(uow)
    post = write(mine)
    posts.submit_post(mine, post, expected_version=post.version)
    uow.session.flush()
    assert (state_of(post, uow.now), post.sent_at) == (State.WAITING, None)
    own = replace(mine, principal=replace(mine.principal, permissions=frozenset(FeedsPermission)))
    with pytest.raises(NeedsAnother):
        posts.approve_post(own, post, expected_version=post.version)
    posts.approve_post(others, post, expected_version=post.version)
    assert (state_of(post, uow.now), post.approved_by) == (State.SENT, "Друга")


def test_a_correction_is_seen_by_nobody_before_it_is_approved_too(uow, picture):
    strict(uow)
    mine, others = author(uow), another(uow)
    post = write(mine, picture=picture("red"))
    posts.submit_post(mine, post, expected_version=post.version)
    uow.session.flush()
    posts.approve_post(others, post, expected_version=post.version)
    uow.session.flush()
    was = shown_of(post)
    better = replace(DRAFT, title="Чешмата на площада тече")
    posts.edit_post(mine, post, better, expected_version=post.version, picture=picture("blue"))
    uow.session.flush()
    assert state_of(post, uow.now) is State.CHANGED
    assert shown_of(post) == was
    assert queries.picture_for(uow, post.id).id == was.picture_id
    posts.approve_post(others, post, expected_version=post.version)
    assert shown_of(post).title == better.title
    assert shown_of(post).picture_id == post.picture_id != was.picture_id


def test_it_can_be_given_back_to_who_wrote_it(uow):
    strict(uow)
    post = write(uow)
    posts.submit_post(uow, post, expected_version=post.version)
    uow.session.flush()
    posts.return_post(uow, post, expected_version=post.version)
    assert state_of(post, uow.now) is State.DRAFT


def test_a_late_copy_of_a_form_undoes_nothing(uow):
    post = write(uow)
    old = post.version
    posts.edit_post(uow, post, replace(DRAFT, title="Друго"), expected_version=old)
    uow.session.flush()
    with pytest.raises(PostChanged):
        posts.edit_post(uow, post, DRAFT, expected_version=old)
    posts.edit_post(uow, post, draft_of(post), expected_version=old)  # the same form, sent twice
    assert post.title == "Друго"


@pytest.mark.parametrize(
    ("at", "leaves"),
    [("22:30", "08:00"), ("03:00", "08:00"), ("08:00", "08:00"), ("20:59", "20:59")],
)
def test_at_night_nothing_leaves_that_can_wait(uow, at, leaves):
    values = FeedsSettings()
    save_settings(uow, "feeds", values, expected_version=version_of(uow, "feeds"))
    night = datetime.combine(uow.now.date(), datetime.strptime(at, "%H:%M").time(), SOFIA)
    then = replace(uow, now=night)
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
        *("feeds:source.read", "feeds:channel.expiring", "feeds:village.chosen"),
        "feeds:village.mayor-named",
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


def test_each_channel_is_written_down_with_the_post(uow, channel, sent):
    post = sent(uow, targets=("region", str(channel.id)))
    rows = uow.session.scalars(select(Delivery).where(Delivery.post_id == post.id)).all()
    assert {(row.target, row.state) for row in rows} == {
        ("region", "waiting"),
        (str(channel.id), "waiting"),
    }
