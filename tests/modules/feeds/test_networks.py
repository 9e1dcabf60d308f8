"""What every network owes to a post, whichever it is; what some of them do otherwise."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update
from tests.modules.feeds import stand_ins

from obshto.modules.feeds.errors import NotConnected, PostChanged
from obshto.modules.feeds.events import ChannelExpiring
from obshto.modules.feeds.models import Channel, Delivery
from obshto.modules.feeds.notifications import expiring
from obshto.modules.feeds.services import by_hand, posts
from obshto.modules.feeds.services.bluesky import OF_A_LINK, key_of
from obshto.modules.feeds.services.channels import check_channels, connect_channel, renew_token
from obshto.modules.feeds.services.delivery import deliver
from obshto.modules.feeds.services.facebook import Facebook
from obshto.modules.feeds.services.networks import NETWORKS
from obshto.modules.feeds.services.posts import draft_of
from obshto.platform.clock import now
from obshto.platform.permissions import Role

PASTED = {
    "telegram": "https://t.me/kula",
    "bluesky": "https://bsky.app/profile/kula.bsky.social/",
}
DOWN = {"facebook": 2}  # what it says when it is; all others 503


def edit(uow, post, **changed):
    better = replace(draft_of(post), **changed)
    posts.edit_post(uow, post, better, expected_version=post.version)
    uow.commit()


def withdraw(uow, post):
    posts.withdraw_post(uow, post, expected_version=post.version)
    uow.commit()


def test_a_post_is_put_corrected_and_removed(uow, network, sent, delivered, stand):
    """A network that corrects nothing gets a new post for the old one; where nothing can be taken
    back either, a person does it there.
    """
    post = sent(uow, targets=(str(network.channel.id),), place="село Поле")
    delivered()
    [text] = network.texts()
    assert text.startswith("Чешмата тече") and "село Поле" in text
    assert post.path in text or network.kind == "bluesky"  # where links are shortened
    assert (stand(post).state, stand(post).edition) == ("delivered", 1)
    edit(uow, post, title="Чешмата пак тече")
    delivered()
    [text] = network.texts()
    can_follow = network.can.can_withdraw
    assert text.startswith("Чешмата пак тече" if can_follow else "Чешмата тече")
    assert stand(post).state == ("delivered" if can_follow else "by_hand")
    withdraw(uow, post)
    delivered()
    assert network.puts == (1 if network.can.can_correct or not can_follow else 2)
    if can_follow:
        assert (network.texts(), stand(post).state) == ([], "withdrawn")
    else:
        assert (len(network.texts()), stand(post).state) == (1, "by_hand")
        by_hand.confirm_by_hand(uow, post, stand(post), edition=0)
        assert stand(post).state == "withdrawn"


def test_each_text_of_a_danger_reaches_every_network(uow, network, sent, delivered, stand):
    """Also one that corrects nothing and takes nothing back: there they follow each other."""
    post = sent(uow, targets=(str(network.channel.id),), is_urgent=True, title="Реката излиза")
    delivered()
    for said in ("Реката спада", "Опасността отмина"):
        edit(uow, post, title=said)
        delivered()
        assert network.texts()[-1].startswith(said)
        assert (stand(post).state, stand(post).edition) == ("delivered", post.approved_edition)
    assert len(network.texts()) == (1 if network.can.can_withdraw else 3)


def test_a_lost_answer_makes_no_second_post(uow, network, sent, delivered, stand, again):
    network.fails["put"] = ["lost"]
    post = sent(uow, targets=(str(network.channel.id),))
    delivered()
    assert (stand(post).state, stand(post).remote_id) == ("again", "")
    edit(uow, post, title="Поправено")
    again()
    again()
    [text] = network.texts()
    assert network.puts == 1
    if network.is_silent:
        assert stand(post).state == "unknown"
        return
    assert text.startswith("Поправено")
    assert (stand(post).state, stand(post).edition) == ("delivered", 2)


def test_what_was_withdrawn_before_the_answer_does_not_stay(
    uow, network, sent, delivered, stand, again
):
    network.fails["put"] = ["lost"]
    post = sent(uow, targets=(str(network.channel.id),))
    delivered()
    withdraw(uow, post)
    again()
    if network.is_silent:
        assert (len(network.texts()), stand(post).state) == (1, "unknown")
    else:
        assert (network.texts(), stand(post).state) == ([], "withdrawn")
    assert network.puts == 1


def test_a_profile_is_kept_only_when_its_token_works_and_lies_encrypted(uow, network, owner):
    with pytest.raises(NotConnected):
        connect_channel(uow, **network.told, token="wrong", request_id=uuid4())
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
    network.fails["put"] = [DOWN.get(network.kind, 503)] * 9
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


def test_where_telegram_wants_fewer_questions_the_post_waits(
    uow, telegram, sent, delivered, stand, again
):
    """It says for sure that it took nothing, and for how long to wait."""
    channel = connect_channel(uow, **told_of(telegram, "telegram"))
    telegram.fails["put"] = [429]
    post = sent(uow, targets=(str(channel.id),))
    delivered()
    row = stand(post)
    assert (row.state, row.asked_at) == ("again", None)
    assert row.due_at > now() + timedelta(seconds=60)
    again()
    assert (stand(post).state, telegram.puts) == ("delivered", 1)
    assert stand(post).remote_address == "https://t.me/kula/1"


def test_a_picture_in_telegram_keeps_its_text_below_it(uow, telegram, delivered, picture, stand):
    channel = connect_channel(uow, **told_of(telegram, "telegram"))
    post = pictured(uow, channel, picture)
    delivered()
    assert telegram.media[0].startswith(b"\xff\xd8\xff")
    edit(uow, post, title="Друго")
    delivered()
    [text] = telegram.texts()
    assert text.startswith("Друго") and stand(post).state == "delivered"


def test_a_bot_that_was_sent_away_is_told_to_who_connects(uow, telegram, sent, delivered, stand):
    channel = connect_channel(uow, **told_of(telegram, "telegram"))
    telegram.fails["put"] = [403]
    post = sent(uow, targets=(str(channel.id),))
    delivered()
    uow.session.refresh(channel)
    assert (stand(post).trouble, channel.trouble) == ("token", "token")


def test_a_channel_that_is_not_there_is_said_so(uow, telegram):
    with pytest.raises(NotConnected, match="не намира такъв профил"):
        connect_channel(uow, **told_of(telegram, "telegram") | {"account": "@other"})


def test_viber_looks_for_its_webhook_and_the_portal_answers(uow, viber, apart, client, at):
    connect_channel(uow, **told_of(viber, "viber"))
    assert viber.hook.endswith("/feeds/viber") and "gorno-selo" in viber.hook
    told = {"path": "/feeds/viber", "json": {"event": "webhook"}}
    answer = apart(client.post, base_url=at("gorno-selo"), **told)
    assert answer.status_code == 200 and answer.data == b""
    assert apart(client.post, base_url=at("dolno-selo"), **told).status_code == 404


def test_a_link_in_bluesky_is_short_and_leads_to_the_whole(uow, bluesky, delivered, picture):
    channel = connect_channel(uow, **told_of(bluesky, "bluesky"))
    post = pictured(uow, channel, picture)
    delivered()
    [record] = bluesky.statuses.values()
    [facet] = record["facets"]
    assert facet["features"][0]["uri"].endswith(post.path)
    index = facet["index"]
    shown = record["text"].encode()[index["byteStart"] : index["byteEnd"]].decode()
    assert shown.endswith("…") and len(shown) == OF_A_LINK
    assert record["embed"]["images"][0]["alt"] == "Чешмата" and record["langs"] == ["bg"]
    assert bluesky.media[0].startswith(b"\xff\xd8\xff")


def test_a_key_of_bluesky_sorts_by_its_moment_and_is_the_same_again():
    moments = [1_790_000_000_000 + after for after in (0, 2, 70_000, 9_000_000_000)]
    rows = [str(UUID(int=moment << 80 | 7 << 76 | 2 << 62 | 12345)) for moment in moments]
    keys = [key_of(row) for row in rows]
    assert keys == sorted(keys) == [key_of(row) for row in rows]
    assert {len(key) for key in keys} == {13} and {key[0] for key in keys} == {"3"}


@pytest.mark.parametrize("kind", ["telegram", "viber", "bluesky"])
def test_a_channel_is_connected_in_the_console(sign_in, request, monkeypatch, kind):
    stand_in = request.getfixturevalue(kind)
    monkeypatch.setattr(type(NETWORKS[kind]), "default_address", stand_in.address)
    admin = sign_in("gorno-selo", Role.ADMIN)
    form = f"/console/feeds/channels/new/{kind}"
    assert "Още никой не я е пробвал" in admin.get(form).text
    typed = {"token": "right", "account": PASTED.get(kind, ""), "request_id": uuid4()}
    assert admin.post(form, typed | {"token": "wrong"}).status_code == 422
    for _ in range(2):
        assert admin.post(form, typed).status_code == 303
    page = admin.get("/console/feeds/channels").text
    assert page.count(NETWORKS[kind].title + " <span") == 1
    assert sign_in("gorno-selo", Role.EDITOR).get(form).status_code == 403


def told_of(stand_in, kind):
    """What somebody types to connect it."""
    account = stand_ins.ACCOUNT.get(kind, "")
    told = {"kind": kind, "address": stand_in.address, "account": account}
    return {**told, "token": "right", "request_id": uuid4()}


def pictured(uow, channel, picture):
    """A post with a picture that was submitted to one channel."""
    draft = posts.Draft(title="А", picture_alt="Чешмата", targets=(str(channel.id),))
    post = posts.write_post(uow, draft, request_id=uuid4(), picture=picture("red"))
    uow.session.flush()
    posts.submit_post(uow, post, expected_version=post.version)
    uow.commit()
    return post
