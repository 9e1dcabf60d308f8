"""One bus line is followed: by letter, by SMS, with a profile; nobody else hears of it."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.transit.events import AlertPublished, AlertWithdrawn
from obshto.modules.transit.services.line_followers import followed
from obshto.modules.transit.services.publication import (
    AlertDetails,
    delete_line,
    forget_old,
    hide_line,
    publish_alert,
)
from obshto.platform.clock import day_of
from obshto.platform.followers.consents import things_followed
from obshto.platform.followers.models import Follower
from obshto.platform.followers.services import FollowLink, confirm_follow, followers_of, put_phone
from obshto.platform.notify.models import Channel, Message
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.permissions import Role
from obshto.platform.settings.services import save_settings, version_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
READER = {"person_id": None, "email": "proba@villages.example", "language": "bg"}


@pytest.fixture
def followed_line(uow, public):
    """A line that an address and a phone follow; another one that nobody does."""
    settings = NotifySettings(sms_sender="GORNO")
    save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))
    line = public(uow, ("8:00", "8:30"), name="Поле – Гора")
    confirm_follow(uow, FollowLink(thing=followed(line), is_stale=False, **READER))
    put_phone(uow, followed(line), "+359888123456", language="bg")
    uow.session.flush()
    return line


def change(uow, line, **more):
    today = day_of(uow.now)
    told = AlertDetails(text="Сняг на прохода.", starts_on=today, ends_on=today, **more)
    alert = publish_alert(uow, line, told, request_id=uuid4())
    uow.session.flush()
    return {"subject_id": str(alert.id)}


def letters(uow, channel):
    return list(uow.session.scalars(select(Message).where(Message.channel == channel)))


def test_who_follows_a_line_hears_what_changes_and_when_and_why(uow, followed_line, public):
    other = public(uow, ("9:00", "9:30"), name="Поле – Град", places=("Поле", "Град"))
    write_letters(uow, fact=AlertPublished.name, payload=change(uow, other), cause=str(uuid4()))
    assert letters(uow, Channel.EMAIL) == letters(uow, Channel.SMS) == []
    fact, cause = change(uow, followed_line, is_cancelled=True), str(uuid4())
    for _twice in range(2):
        write_letters(uow, fact=AlertPublished.name, payload=fact, cause=cause)
    [letter], [sms] = letters(uow, Channel.EMAIL), letters(uow, Channel.SMS)
    assert letter.subject == "Не се движи: Поле – Гора" and "/followers/" in letter.text
    assert "Сняг на прохода." in letter.text and "Сняг на прохода." in sms.text
    assert f"{day_of(uow.now):%Y}" in sms.text and "Не се движи: Поле – Гора" in sms.text
    write_letters(uow, fact=AlertWithdrawn.name, payload=fact, cause=str(uuid4()))
    assert any("Пак по разписание" in one.text for one in letters(uow, Channel.SMS))


def test_followers_go_with_the_line(uow, followed_line):
    thing = followed(followed_line)
    delete_line(uow, followed_line, expected_version=followed_line.version)
    forget_old(uow)
    assert len(followers_of(uow, thing)) == 2
    forget_old(replace(uow, now=uow.now + timedelta(days=31)))
    assert not followers_of(uow, thing)


def test_a_line_is_followed_from_its_page_with_a_profile_by_a_press(
    client, at, uow_in, public, sign_in
):
    with uow_in(VILLAGE) as uow:
        line = public(uow, ("8:00", "8:30"), name="Поле – Гора")
        uow.session.commit()
    path = f"/transit/lines/{line.id}/letters"
    assert path in client.get(f"/transit/lines/{line.id}", base_url=at(VILLAGE)).text
    assert client.get(path, base_url=at(NEIGHBOUR)).status_code == 404
    reader = sign_in(VILLAGE, Role.EDITOR)
    assert reader.post(path, {"request_id": str(uuid4()), "wants": "y"}).status_code == 303
    with uow_in(VILLAGE) as uow:
        person = uow.session.scalars(select(Follower.person_id)).one()
        [given] = things_followed(uow, person)
        assert given.title.endswith(": Поле – Гора")
        hide_line(uow, uow.session.merge(line), expected_version=line.version)
        uow.session.commit()
    assert client.get(path, base_url=at(VILLAGE)).status_code == 404
