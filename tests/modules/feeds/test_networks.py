"""What every network owes to a post, whichever it is; what Facebook does otherwise."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from obshto.modules.feeds.errors import NotConnected, PostChanged
from obshto.modules.feeds.events import ChannelExpiring
from obshto.modules.feeds.models import Channel, Delivery
from obshto.modules.feeds.notifications import expiring
from obshto.modules.feeds.services import by_hand, posts
from obshto.modules.feeds.services.channels import check_channels, connect_channel, renew_token
from obshto.modules.feeds.services.delivery import deliver
from obshto.modules.feeds.services.facebook import Facebook
from obshto.modules.feeds.services.networks import NETWORKS
from obshto.modules.feeds.services.posts import draft_of
from obshto.platform.clock import now
from obshto.platform.permissions import Role

STAND_INS = {"mastodon": "mastodon", "facebook": "facebook"}
TEXT = {"mastodon": "status", "facebook": "message"}


@pytest.fixture(params=sorted(NETWORKS))
def network(request, uow):
    """network: its stand-in, `text()` of each post there, a connected `channel`."""
    made = request.getfixturevalue(STAND_INS[request.param])
    made.channel = connect_channel(
        uow, kind=request.param, address=made.address, token="right", request_id=uuid4()
    )
    uow.commit()
    made.texts = lambda: [one[TEXT[request.param]] for one in made.statuses.values()]
    return made


def edit(uow, post, **changed):
    better = replace(draft_of(post), **changed)
    posts.edit_post(uow, post, better, expected_version=post.version)
    uow.commit()


def withdraw(uow, post):
    posts.withdraw_post(uow, post, expected_version=post.version)
    uow.commit()


def test_a_post_is_put_corrected_and_removed(uow, network, sent, delivered, stand):
    post = sent(uow, targets=(str(network.channel.id),), place="село Поле")
    delivered()
    [text] = network.texts()
    assert text.startswith("Чешмата тече") and "село Поле" in text and post.path in text
    assert (stand(post).state, stand(post).edition) == ("delivered", 1)
    edit(uow, post, title="Чешмата пак тече")
    delivered()
    [text] = network.texts()
    assert text.startswith("Чешмата пак тече")
    withdraw(uow, post)
    delivered()
    assert (network.texts(), network.puts, stand(post).state) == ([], 1, "withdrawn")


def test_a_lost_answer_makes_no_second_post(uow, network, sent, delivered, stand, again):
    network.fails["put"] = ["lost"]
    post = sent(uow, targets=(str(network.channel.id),))
    delivered()
    assert (stand(post).state, stand(post).remote_id) == ("again", "")
    edit(uow, post, title="Поправено")
    again()
    again()
    [text] = network.texts()
    assert text.startswith("Поправено") and network.puts == 1
    assert (stand(post).state, stand(post).edition) == ("delivered", 2)


def test_what_was_withdrawn_before_the_answer_does_not_stay(
    uow, network, sent, delivered, stand, again
):
    network.fails["put"] = ["lost"]
    post = sent(uow, targets=(str(network.channel.id),))
    delivered()
    withdraw(uow, post)
    again()
    assert (network.texts(), network.puts, stand(post).state) == ([], 1, "withdrawn")


def test_a_kill_before_the_answer_is_written_down_makes_no_second_post(
    uow, network, sent, stand, monkeypatch
):
    class Killed(BaseException):
        """No except clause of ours catches it, as none catches a kill."""

    def die(*anything):
        raise Killed

    post = sent(uow, targets=(str(network.channel.id),))
    with monkeypatch.context() as patched:
        patched.setattr("obshto.modules.feeds.services.delivery._placed", die)
        with pytest.raises(Killed):
            deliver(uow)
    uow.session.rollback()
    assert (network.puts, stand(post).remote_id) == (1, "")
    for _ in range(3):
        deliver(uow)
    assert (network.puts, stand(post).state) == (1, "delivered")


def test_a_profile_is_kept_only_when_its_token_works_and_lies_encrypted(uow, network, owner):
    kind = network.channel.kind
    with pytest.raises(NotConnected):
        connect_channel(uow, kind=kind, address=network.address, token="wrong", request_id=uuid4())
    assert len(uow.session.scalars(select(Channel)).all()) == 1
    assert b"right" not in bytes(owner("SELECT secret FROM t_gorno_selo.feeds_channel")[0][0])


def test_a_dead_token_holds_the_post_until_a_new_one(uow, network, sent, delivered, stand):
    network.token = "new"  # noqa: S105
    post = sent(uow, targets=(str(network.channel.id),))
    delivered()
    assert (stand(post).state, stand(post).trouble) == ("failed", "token")
    uow.session.refresh(network.channel)
    renew_token(uow, network.channel, "new", expected_version=network.channel.version)
    uow.commit()
    delivered()
    assert stand(post).state == "delivered"


def test_a_network_that_is_down_holds_nobody(uow, network, sent, delivered, owner):
    """The region is reached, and the network is not asked for each post anew."""
    network.fails["put"] = [503 if network.channel.kind == "mastodon" else 2] * 9
    for _ in range(3):
        sent(uow, targets=(str(network.channel.id), "region"))
    deliver(uow)
    rows = owner("SELECT target, state FROM t_gorno_selo.feeds_delivery")
    assert [state for target, state in rows if target == "region"] == ["delivered"] * 3
    assert len(network.fails["put"]) == 8


def test_facebook_says_when_nobody_knows_and_a_person_decides(
    uow, page, facebook, sent, delivered, stand, again
):
    """The page does not show what it took: the post is not sent again by itself."""
    facebook.fails["put"] = ["lost"]
    post = sent(uow, targets=(str(page.id),))
    delivered()
    facebook.statuses.clear()
    again()
    assert (stand(post).state, stand(post).due_at, facebook.puts) == ("unknown", None, 1)
    row, question = stand(post), by_hand.question_of(stand(post))
    by_hand.decide_unknown(uow, post, row, question=question, is_there=False)
    by_hand.decide_unknown(uow, post, row, question=question, is_there=False)
    uow.commit()
    again()
    assert (stand(post).state, facebook.puts) == ("delivered", 2)


def test_what_somebody_found_there_stays_in_their_hands(
    uow, page, facebook, sent, delivered, stand, again
):
    facebook.fails["put"] = ["lost"]
    post = sent(uow, targets=(str(page.id),))
    delivered()
    facebook.statuses.clear()
    again()
    row, address = stand(post), "https://facebook.example/1"
    with pytest.raises(PostChanged):
        by_hand.decide_unknown(uow, post, row, question=1, is_there=False)
    question = by_hand.question_of(row)
    by_hand.decide_unknown(uow, post, row, question=question, is_there=True, address=address)
    uow.commit()
    assert stand(post).state == "delivered"
    edit(uow, post, title="Друго")
    again()
    assert (stand(post).state, facebook.puts) == ("by_hand", 1)
    withdraw(uow, post)
    again()
    by_hand.confirm_by_hand(uow, post, stand(post), edition=0)
    assert (stand(post).state, facebook.puts) == ("withdrawn", 1)


def test_what_was_corrected_before_it_was_found_is_corrected_there_by_hand(
    uow, page, facebook, sent, delivered, stand, again
):
    facebook.fails["put"] = ["lost"]
    post = sent(uow, targets=(str(page.id),))
    delivered()
    facebook.statuses.clear()
    edit(uow, post, title="Друго")
    again()
    row = stand(post)
    question = by_hand.question_of(row)
    by_hand.decide_unknown(uow, post, row, question=question, is_there=True)
    assert (stand(post).state, stand(post).edition) == ("by_hand", 1)
    by_hand.confirm_by_hand(uow, post, stand(post), edition=2)
    assert stand(post).state == "delivered"


def test_a_dead_token_does_not_make_the_house_forget_what_had_no_answer(
    uow, page, facebook, sent, delivered, stand, again
):
    facebook.fails["put"] = ["lost"]
    post = sent(uow, targets=(str(page.id),))
    delivered()
    facebook.token = "new"  # noqa: S105
    again()
    assert (stand(post).state, stand(post).trouble) == ("failed", "token")
    uow.session.refresh(page)
    renew_token(uow, page, "new", expected_version=page.version)
    uow.commit()
    again()
    again()
    assert (stand(post).state, facebook.puts) == ("delivered", 1)


@pytest.mark.parametrize("code", [4, 17, 32, 341, 613])
def test_where_facebook_wants_fewer_questions_the_post_waits(
    uow, page, facebook, sent, delivered, stand, again, code
):
    """It says for sure that it took nothing: nobody has to look."""
    facebook.fails["put"] = [code]
    post = sent(uow, targets=(str(page.id),))
    delivered()
    assert (stand(post).state, stand(post).asked_at) == ("again", None)
    again()
    assert (stand(post).state, facebook.puts) == ("delivered", 1)


def test_facebook_takes_no_more_than_its_posts_of_a_day(
    uow, page, facebook, sent, delivered, stand, monkeypatch
):
    monkeypatch.setattr(Facebook, "posts_a_day", 1)
    for _ in range(2):
        post = sent(uow, targets=(str(page.id),))
        delivered()
    assert (stand(post).state, stand(post).trouble, facebook.puts) == ("waiting", "quota", 1)
    uow.session.execute(update(Delivery).values(changed_at=now() - timedelta(days=2)))
    uow.session.execute(update(Delivery).values(due_at=now()).where(Delivery.edition == 0))
    uow.commit()
    delivered()
    assert (stand(post).state, facebook.puts) == ("delivered", 2)


def test_a_picture_goes_as_jpeg_with_the_words_for_who_cannot_see_it(
    uow, page, facebook, delivered, picture
):
    draft = posts.Draft(title="А", picture_alt="Чешмата", targets=(str(page.id),))
    post = posts.write_post(uow, draft, request_id=uuid4(), picture=picture("red"))
    uow.session.flush()
    posts.submit_post(uow, post, expected_version=post.version)
    uow.commit()
    delivered()
    [media] = facebook.media.values()
    assert "Чешмата".encode() in media and b"image/jpeg" in media and b"\xff\xd8\xff" in media
    assert b'name="published"' in media and b"false" in media
    [status] = facebook.statuses.values()
    assert status["attached_media[0]"] == '{"media_fbid": "m0"}'


def test_the_end_of_a_token_is_told_weeks_before_and_once_more_in_its_last_week(
    uow, page, facebook, owner
):
    def told():
        acts = owner("SELECT act FROM t_gorno_selo.audit_entry")
        return [row[0] for row in acts].count(ChannelExpiring.name)

    for days, count in ((40, 0), (20, 1), (19, 1)):
        facebook.ends = {"expires_at": 0, "data_access_expires_at": int(in_days(days))}
        check_channels(uow)
        assert told() == count
    told_at = now() - timedelta(days=14)
    uow.session.execute(update(Channel).values(expiry_told_at=told_at))
    facebook.ends = {"expires_at": int(in_days(5))}
    check_channels(uow)
    check_channels(uow)
    assert told() == 2
    subject, text = expiring(uow, {"subject_id": str(page.id), "title": page.account})
    assert "изтича" in subject and f"/channels/{page.id}/token" in text


def in_days(days):
    return (now() + timedelta(days=days)).timestamp()


def test_a_page_that_was_renamed_is_the_same_page(uow, page, facebook):
    facebook.name = "Горно село"
    check_channels(uow)
    uow.session.refresh(page)
    assert (page.account, page.account_id, page.trouble) == ("Горно село", "100", "")


def test_a_page_of_the_province_wants_a_second_pair_of_eyes_and_tags_by_place(
    uow, page, facebook, delivered
):
    page.is_regional = True
    values = replace(posts.settings_of(uow, "feeds", posts.FeedsSettings), second_eyes_region=True)
    posts_settings(uow, values)
    draft = posts.Draft(title="А", place="село Поле", targets=(str(page.id),))
    post = posts.write_post(uow, draft, request_id=uuid4())
    uow.session.flush()
    posts.submit_post(uow, post, expected_version=post.version)
    uow.commit()
    delivered()
    assert facebook.puts == 0 and posts.needs_another(uow, post)
    posts_settings(uow, replace(values, second_eyes_region=False))
    other = posts.write_post(uow, draft, request_id=uuid4())
    uow.session.flush()
    posts.submit_post(uow, other, expected_version=other.version)
    uow.commit()
    delivered()
    [status] = facebook.statuses.values()
    assert "#СелоПоле" in status["message"] and "#ОбщинаГорноСело" in status["message"]


def posts_settings(uow, values):
    from obshto.platform.settings.services import save_settings, version_of  # noqa: PLC0415

    save_settings(uow, "feeds", values, expected_version=version_of(uow, "feeds"))
    uow.session.flush()


def test_a_page_is_connected_renewed_and_removed_in_the_console(sign_in, facebook, monkeypatch):
    monkeypatch.setattr(Facebook, "default_address", facebook.address)
    admin = sign_in("gorno-selo", Role.ADMIN)
    assert "Още никой не я е пробвал" in admin.get("/console/feeds/channels/new-facebook").text
    typed = {"token": "right", "request_id": uuid4()}
    answer = admin.post("/console/feeds/channels/new-facebook", typed)
    assert answer.status_code == 303, answer.text
    assert "Община Горно село" in admin.get("/console/feeds/channels").text
    editor = sign_in("gorno-selo", Role.EDITOR)
    assert editor.get("/console/feeds/channels/new-facebook").status_code == 403
