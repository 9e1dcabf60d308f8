"""Posts reach a network at least once under one key, and exactly once within our doors."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from obshto.modules.feeds.errors import NotConnected
from obshto.modules.feeds.events import ChannelBroken
from obshto.modules.feeds.models import Channel, Delivery
from obshto.modules.feeds.notifications import broken
from obshto.modules.feeds.services import posts
from obshto.modules.feeds.services.channels import (
    check_channels,
    connect_channel,
    remove_channel,
    renew_token,
    server_of,
)
from obshto.modules.feeds.services.delivery import deliver
from obshto.modules.feeds.services.posts import draft_of
from obshto.modules.feeds.services.retries import retry_post
from obshto.platform.clock import now
from obshto.platform.permissions import Role


@pytest.fixture
def stand(uow):
    """stand(post): how it stands on its channel."""

    def look(post):
        rows = select(Delivery).where(Delivery.post_id == post.id)
        return uow.session.scalars(rows.execution_options(populate_existing=True)).one()

    return look


def again(uow):
    """The hour of the next try has come."""
    uow.session.execute(update(Delivery).where(Delivery.due_at.is_not(None)).values(due_at=now()))
    uow.commit()


def test_a_post_is_put_corrected_and_removed(uow, channel, mastodon, sent, delivered, stand):
    post = sent(uow, targets=(str(channel.id),), place="село Поле")
    delivered()
    [status] = mastodon.statuses.values()
    assert status["status"].splitlines()[0] == "Чешмата тече"
    assert "село Поле" in status["status"] and post.path in status["status"]
    assert status["language"] == "bg"
    row = stand(post)
    assert (row.state, row.edition, row.due_at) == ("delivered", 1, None)
    assert row.remote_address.startswith(mastodon.address)
    better = replace(draft_of(post), title="Чешмата пак тече")
    posts.edit_post(uow, post, better, expected_version=post.version)
    uow.commit()
    delivered()
    [status] = mastodon.statuses.values()
    assert status["status"].startswith("Чешмата пак тече")
    posts.withdraw_post(uow, post, expected_version=post.version)
    uow.commit()
    delivered()
    assert mastodon.statuses == {} and mastodon.puts == 1
    assert (stand(post).state, stand(post).remote_id) == ("withdrawn", "")


def test_a_picture_goes_along_with_the_words_for_who_cannot_see_it(
    uow, channel, mastodon, delivered, picture
):
    draft = posts.Draft(title="А", picture_alt="Чешмата", targets=(str(channel.id),))
    post = posts.write_post(uow, draft, request_id=uuid4(), picture=picture("red"))
    uow.session.flush()
    posts.submit_post(uow, post, expected_version=post.version)
    uow.commit()
    delivered()
    [media] = mastodon.media.values()
    assert "Чешмата".encode() in media and b"image/webp" in media and b"RIFF" in media
    [status] = mastodon.statuses.values()
    assert status["media_ids[]"] == "m0"


def test_an_answer_that_was_lost_makes_no_second_post(
    uow, channel, mastodon, sent, delivered, stand
):
    """As when the worker is killed after the network took it: the key finds the first one."""
    mastodon.fails["put"] = ["lost", "lost"]
    post = sent(uow, targets=(str(channel.id),))
    delivered()
    assert (stand(post).state, stand(post).remote_id) == ("again", "")
    assert stand(post).asked_at is not None
    # Meanwhile it is corrected: what stands there is an older text.
    better = replace(draft_of(post), title="Поправено")
    posts.edit_post(uow, post, better, expected_version=post.version)
    uow.commit()
    again(uow)
    delivered()
    again(uow)
    delivered()
    assert mastodon.puts == 1
    [status] = mastodon.statuses.values()
    assert status["status"].startswith("Поправено")
    assert (stand(post).state, stand(post).edition) == ("delivered", 2)


def test_what_was_withdrawn_while_nobody_answered_does_not_stay_there(
    uow, channel, mastodon, sent, delivered, stand
):
    mastodon.fails["put"] = ["lost"]
    post = sent(uow, targets=(str(channel.id),))
    delivered()
    assert len(mastodon.statuses) == 1
    posts.withdraw_post(uow, post, expected_version=post.version)
    uow.commit()
    delivered()
    assert (mastodon.puts, mastodon.statuses) == (1, {})
    assert stand(post).state == "withdrawn"


def test_a_kill_before_the_answer_is_written_down_repeats_the_question(
    uow, channel, mastodon, sent, stand, monkeypatch
):
    class Killed(BaseException):
        """No except clause of ours catches it, as none catches a kill."""

    def die(*anything):
        raise Killed

    post = sent(uow, targets=(str(channel.id),))
    monkeypatch.setattr("obshto.modules.feeds.services.delivery._placed", die)
    with pytest.raises(Killed):
        deliver(uow)
    uow.session.rollback()
    monkeypatch.undo()
    assert (mastodon.puts, stand(post).remote_id) == (1, "")
    for _ in range(3):
        deliver(uow)
    assert (mastodon.puts, stand(post).state) == (1, "delivered")


@pytest.mark.parametrize("status", [429, 500, 503])
def test_who_says_later_is_asked_later(uow, channel, mastodon, sent, delivered, stand, status):
    mastodon.fails["put"] = [status]
    post = sent(uow, targets=(str(channel.id),))
    delivered()
    assert stand(post).state == "again" and stand(post).due_at > now()
    again(uow)
    delivered()
    assert stand(post).state == "delivered"


def test_a_refusal_is_told_in_the_words_of_the_network(
    uow, channel, mastodon, sent, delivered, stand
):
    mastodon.fails["put"] = [422, 422]
    post = sent(uow, targets=(str(channel.id),))
    delivered()
    assert (stand(post).state, stand(post).trouble) == ("failed", "422 as it was planned")
    assert stand(post).due_at is None
    retry_post(uow, post, expected_version=post.version)
    uow.commit()
    delivered()
    assert stand(post).state == "failed"
    # What is mended is tried again without being asked for.
    posts.edit_post(
        uow, post, replace(draft_of(post), title="Друго"), expected_version=post.version
    )
    uow.commit()
    delivered()
    assert stand(post).state == "delivered"


def test_a_dead_token_is_told_once_and_what_waits_leaves_with_a_new_one(
    uow, channel, mastodon, sent, delivered, stand, owner
):
    mastodon.token = "new"  # noqa: S105
    check_channels(uow)
    check_channels(uow)
    told = owner("SELECT act FROM t_gorno_selo.audit_entry")
    assert [row[0] for row in told].count(ChannelBroken.name) == 1
    subject, text = broken(uow, {"subject_id": str(channel.id), "title": channel.account})
    assert "не приема" in subject and f"/channels/{channel.id}/token" in text
    post = sent(uow, targets=(str(channel.id),))
    delivered()
    assert (stand(post).state, stand(post).trouble) == ("failed", "token")
    uow.session.refresh(channel)
    renew_token(uow, channel, "new", expected_version=channel.version)
    uow.commit()
    delivered()
    assert (stand(post).state, channel.trouble) == ("delivered", "")


def test_a_profile_is_kept_only_when_its_token_works(uow, mastodon):
    for address, token in ((mastodon.address, "wrong"), ("http://127.0.0.1:1", "right"), ("", "x")):
        with pytest.raises(NotConnected):
            connect_channel(uow, kind="mastodon", address=address, token=token, request_id=uuid4())
    assert uow.session.scalars(select(Channel)).all() == []


def test_a_token_lies_sealed_for_its_row(uow, channel, owner):
    assert b"right" not in bytes(owner("SELECT secret FROM t_gorno_selo.feeds_channel")[0][0])
    assert channel.account.startswith("@kula@") and channel.limit == 500
    assert "right" not in repr(channel.__dict__)


def test_a_profile_that_was_removed_leaves_its_posts_there(
    uow, channel, mastodon, sent, delivered, stand
):
    post = sent(uow, targets=(str(channel.id),))
    delivered()
    remove_channel(uow, channel, expected_version=channel.version)
    uow.commit()
    posts.withdraw_post(uow, post, expected_version=post.version)
    uow.commit()
    delivered()
    assert stand(post).state == "stays" and len(mastodon.statuses) == 1


def test_the_region_shows_it_until_it_is_withdrawn(uow, sent, delivered, visit, owner):
    post = sent(uow, targets=("region",), place="село Поле")
    delivered()
    delivered()
    page = visit("/feeds/?municipality=gorno-selo&place=село+Поле", "").text
    assert "Чешмата тече" in page and f"http://gorno-selo.localhost:8000{post.path}" in page
    assert "Чешмата тече" in visit("/feeds/rss.xml", "").text
    assert owner("SELECT municipality FROM shared.regional_post") == [("gorno-selo",)]
    posts.withdraw_post(uow, post, expected_version=post.version)
    uow.commit()
    delivered()
    assert "Чешмата тече" not in visit("/feeds/", "").text


def test_a_municipality_that_switched_posts_off_is_not_in_the_region(
    uow, sent, delivered, visit, apart, sign_in
):
    sent(uow, targets=("region",))
    delivered()
    assert "Чешмата тече" in visit("/feeds/", "").text
    admin = apart(sign_in, "gorno-selo", Role.ADMIN)
    answer = apart(admin.press, "/console/tenants/feeds", to="/off")
    assert answer.status_code == 303
    assert "Чешмата тече" not in visit("/feeds/", "").text


def test_the_server_is_found_in_whatever_is_typed():
    for typed in ("mastodon.bg", "https://Mastodon.bg/@kula", " mastodon.bg/ "):
        assert server_of(typed) == "https://mastodon.bg"
