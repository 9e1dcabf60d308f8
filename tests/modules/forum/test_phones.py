"""Who left the forum only a phone hears by SMS what happened, or from staff by voice."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.forum.services.announcements import owe_announcement, owed
from obshto.modules.forum.services.discussions import decide
from obshto.modules.forum.services.moderation import hide_post
from obshto.modules.forum.services.posts import answer_discussion
from obshto.modules.forum.services.queries import discussion_of
from obshto.modules.forum.services.retention import empty_old_authors
from obshto.platform.moderation.services import Reason
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.permissions import Role
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.settings.services import save_settings, version_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
MOBILE, LANDLINE = "0888 123 456", "094 601 234"
ANSWERED = "Общината отговори: Пейката пред магазина"


def read(who, path):
    return who.get(path).text.replace("\xa0", " ")


@pytest.fixture
def told(uow):
    """told(): letters of what happened are written, each tried twice; the SMS that wait."""
    settings = NotifySettings(sms_sender="GORNO")
    save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))

    def go():
        facts, causes = list(uow.facts), [str(uuid4()) for _ in uow.facts]
        uow.facts.clear()
        for _run in range(2):
            for fact, cause in zip(facts, causes, strict=True):
                write_letters(uow, fact=fact.name, payload=fact.payload(), cause=cause)
        rows = select(Message).where(Message.channel == "sms").order_by(Message.id)
        return [(one.recipient, one.text) for one in uow.session.scalars(rows)]

    return go


def answered(uow, begin, **changed):
    """A post of the counter in a discussion that the municipality has answered."""
    post = begin(uow, **changed)
    discussion = discussion_of(uow, post.discussion_id, to_change=True)
    answer_discussion(uow, discussion, "Поправена е.", request_id=uuid4())
    uow.session.flush()
    return post, discussion


def test_a_mobile_phone_gets_an_sms(uow, begin, told):
    post, _discussion = answered(uow, begin, phone=MOBILE)
    hide_post(uow, post, Reason(rule="insult", words="Обида"), request_id=uuid4())
    texts = told()
    assert {recipient for recipient, _text in texts} == {"+359888123456"}
    assert any(text.endswith(ANSWERED) for _to, text in texts)
    assert any("Скрихме мнението Ви" in text for _to, text in texts)
    assert uow.session.scalars(owed()).all() == []


def test_a_landline_is_rung_for_all_that_happened(uow, begin, told):
    post, discussion = answered(uow, begin, phone=LANDLINE)
    decide(uow, discussion, "Нова пейка.", expected_version=discussion.version)
    uow.session.flush()
    assert told() == []
    both = [ANSWERED, "Какво се реши: Пейката пред магазина"]
    assert post.to_announce.splitlines() == both
    assert uow.session.scalars(owed()).all() == [post]


def test_staff_ring_and_the_look_at_the_number_is_recorded(switched_on, sign_in, uow_in, begin):
    with uow_in(VILLAGE) as uow:
        post_id = begin(uow, phone=LANDLINE).id
        owe_announcement(uow, post_id, ANSWERED)
        uow.commit()
    listed, page = "/console/forum/announcements", f"/console/forum/posts/{post_id}/announcement"
    act = f"/console/forum/posts/{post_id}/announce"
    clerk, stranger = sign_in(VILLAGE, Role.REGISTRY_CLERK), sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    assert ANSWERED in read(clerk, listed)
    assert "Проба Авторова" not in read(clerk, page)
    assert clerk.press(page, to=f"{page}/author").status_code == 303
    assert "Проба Авторова" in read(clerk, page) and "601" in read(clerk, page)
    with uow_in(VILLAGE) as uow:
        assert uow.session.scalar(select(RecordedLook.purpose)) == "contact"
    assert ANSWERED not in read(stranger, listed) and stranger.get(page).status_code == 404
    assert stranger.post(act, {"expected_version": 1}).status_code == 404
    assert clerk.press(page, to=act).status_code == 303
    assert ANSWERED not in read(clerk, listed) and "Всичко е казано" in read(clerk, page)


def test_after_a_year_nobody_is_rung(uow, begin, told):
    post, _discussion = answered(uow, begin, phone=LANDLINE)
    told()
    post.sent_at = uow.now.replace(year=2020)
    uow.session.flush()
    empty_old_authors(uow)
    assert post.to_announce == "" and uow.session.scalars(owed()).all() == []


def test_who_leaves_no_address_follows_by_sms(switched_on, uow_in, begin, client, at):
    with uow_in(VILLAGE) as uow:
        discussion_id = begin(uow).discussion_id
        settings = NotifySettings(sms_sender="GORNO")
        save_settings(uow, "notify", settings, expected_version=version_of(uow, "notify"))
        uow.commit()
    page = f"/forum/{discussion_id}/follow"
    assert "by=phone" in client.get(page, base_url=at(VILLAGE)).text
    assert client.get(page, base_url=at(NEIGHBOUR)).status_code == 404
