"""Posts reach their channels: each channel is brought to where the post stands, however often.

What a network was asked is written down before it is asked, so that a kill repeats the question
under the same key and never forgets it.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from obshto.modules.feeds.events import ChannelBroken, PostDelivered
from obshto.modules.feeds.models import Channel, Delivery, Post
from obshto.modules.feeds.services.approved_text import is_wanted
from obshto.modules.feeds.services.by_hand import is_by_hand, leave_to_person, settle_by_hand
from obshto.modules.feeds.services.fan_out import ask, begin_anew
from obshto.modules.feeds.services.network_calls import (
    ask_network,
    found_posts,
    login_of,
    message_of,
)
from obshto.modules.feeds.services.networks import network_of
from obshto.modules.feeds.services.port import (
    Away,
    DeadToken,
    Message,
    NetworkFailure,
    Placed,
)
from obshto.modules.feeds.services.regional import put_in_region, take_from_region
from obshto.modules.feeds.services.states import Stand
from obshto.modules.feeds.services.targets import REGION
from obshto.platform.clock import now
from obshto.platform.storage.errors import FileRefused
from obshto.platform.unit_of_work import UnitOfWork

PAGE = 10  # deliveries of one job; others have their turn in between
MOST = 14  # tries: about two days
LONGEST = timedelta(hours=6)
HOUR, SOON = timedelta(hours=1), timedelta(minutes=2)
QUOTA = "quota"
NOTHING = Message(text="", language="")
TOKEN = "token"  # noqa: S105  (a word of what went wrong)


def deliver(uow: UnitOfWork) -> None:
    """Job: bring what is due to its channels. One at a time in a municipality."""
    due = select(Delivery.id).where(Delivery.due_at <= now()).order_by(Delivery.due_at).limit(PAGE)
    ids = list(uow.session.scalars(due))
    silent: set[str] = set()  # who does not answer is not asked again for each post of this page
    for delivery_id in ids:
        row = uow.session.get(Delivery, delivery_id)
        if row is None:  # it began anew under another key
            continue
        if row.target in silent:
            row.due_at = now() + SOON
            uow.commit()
            continue
        _settle(uow, row)
        if row.state == Stand.AGAIN:
            silent.add(row.target)
    if len(ids) == PAGE:
        ask(uow)


def deliver_due(uow: UnitOfWork) -> None:
    """Job of the clock: what has its moment by now, and what is to be tried again."""
    if uow.session.scalar(select(Delivery.id).where(Delivery.due_at <= now()).limit(1)):
        ask(uow)


def _settle(uow: UnitOfWork, row: Delivery) -> None:
    """One step towards where it shall stand; another one follows where that is not enough."""
    post = uow.session.get_one(Post, row.post_id)
    if not is_wanted(post, row.target) and not (row.remote_id or row.asked_at or row.edition):
        row.state, row.due_at, row.changed_at = Stand.WITHDRAWN, None, now()
        uow.commit()
        return
    if is_by_hand(row):
        settle_by_hand(row, (post.approved_edition or 0) if is_wanted(post, row.target) else 0)
    elif row.target == REGION:
        _settle_region(uow, row, post)
    else:
        _settle_network(uow, row, post)
    uow.commit()


def _settle_region(uow: UnitOfWork, row: Delivery, post: Post) -> None:
    """The region's table is written in a transaction of its own; to do so twice changes nothing."""
    slug, edition, wanted = uow.scope.slug, post.approved_edition or 0, is_wanted(post, row.target)
    row.asked_at = now()
    uow.commit()
    if wanted:
        put_in_region(slug, post)
    else:
        take_from_region(slug, post.id)
    _stands(uow, row, post, edition if wanted else 0)


def _settle_network(uow: UnitOfWork, row: Delivery, post: Post) -> None:
    channel = uow.session.get(Channel, UUID(row.target))
    if channel is None:  # the profile was removed: what stands there is nobody's business here
        row.state, row.due_at, row.asked_at = Stand.STAYS, None, None
        return
    if _is_full(uow, channel, row, post):
        row.state, row.trouble = Stand.WAITING, QUOTA
        row.due_at, row.changed_at = now() + HOUR, now()
        return
    wanted, edition = is_wanted(post, row.target), post.approved_edition or 0
    if row.remote_id and not _can_follow(channel, post, is_wanted=wanted):
        leave_to_person(row, edition if wanted else 0)
        return
    was_asked = row.asked_at is not None  # and did not answer: what it shows may be older
    row.tries += 1
    try:
        if wanted and row.remote_id and not network_of(channel.kind).can_correct:
            _replace(uow, channel, row, post)
        elif not _is_searched(uow, channel, row, post):
            message = message_of(uow, channel, post) if wanted or not row.remote_id else NOTHING
            row.asked_at = row.asked_at or now()
            login = login_of(channel, _home(uow))
            uow.commit()
            placed = ask_network(login, channel, row, message, is_wanted=wanted)
            is_old = was_asked and not row.remote_id and not network_of(channel.kind).put_replaces
            _placed(uow, row, post, placed, 0 if is_old else edition)
    except (NetworkFailure, FileRefused) as failure:
        _hinder(uow, channel, row, failure, was_asked=was_asked)
        _look_again(uow, row, post, (wanted, edition))


def _can_follow(channel: Channel, post: Post, *, is_wanted: bool) -> bool:
    """Whether a machine brings what stands there to what is wanted now. Where nothing is corrected
    and nothing withdrawn, an urgent text goes out as one more post: nobody waits for a person.
    """
    network = network_of(channel.kind)
    if is_wanted and (network.can_correct or post.is_urgent):
        return True
    return network.can_withdraw


def _replace(uow: UnitOfWork, channel: Channel, row: Delivery, post: Post) -> None:
    """A network that corrects nothing: the old post goes where it can, then a new one is put."""
    if network_of(channel.kind).can_withdraw:
        row.asked_at = row.asked_at or now()
        login = login_of(channel, _home(uow))
        uow.commit()
        ask_network(login, channel, row, NOTHING, is_wanted=False)
    uow.session.refresh(post, with_for_update=True)
    begin_anew(uow, post, row, now())
    ask(uow)


def _home(uow: UnitOfWork) -> str:
    return uow.scope.address


def _hinder(
    uow: UnitOfWork,
    channel: Channel,
    row: Delivery,
    failure: NetworkFailure | FileRefused,
    *,
    was_asked: bool,
) -> None:
    """What stood in the way, and when it is tried again."""
    if isinstance(failure, FileRefused):  # the machine draws other pictures
        failure = Away(60, is_undone=True)
    if isinstance(failure, Away):
        _again(row, failure, was_asked=was_asked)
        return
    is_token = isinstance(failure, DeadToken)
    _failed(row, TOKEN if is_token else str(failure), was_asked=was_asked)
    if is_token:
        tell_broken(uow, channel)


def _is_searched(uow: UnitOfWork, channel: Channel, row: Delivery, post: Post) -> bool:
    """Search for a question without an answer: True where it has been dealt with.

    Where exactly one such post is found on the page, that is it; else a person has to say.
    """
    if row.remote_id or row.asked_at is None:
        return False
    found = found_posts(uow, channel, row, post)
    if found is None:
        return False
    if len(found) == 1:
        _placed(uow, row, post, found[0], 0)
    else:
        row.state, row.trouble, row.due_at, row.changed_at = Stand.UNKNOWN, "", None, now()
    return True


def _is_full(uow: UnitOfWork, channel: Channel, row: Delivery, post: Post) -> bool:
    """Quota of a day, which is ours: as many as may be were put there since yesterday at this hour.
    A danger does not wait for tomorrow.
    """
    most = network_of(channel.kind).posts_a_day
    if most is None or row.remote_id or row.asked_at or post.is_urgent:
        return False
    placed = select(func.count()).where(
        Delivery.target == str(channel.id),
        Delivery.edition > 0,
        Delivery.changed_at > now() - timedelta(days=1),
    )
    return uow.session.scalars(placed).one() >= most


def _placed(
    uow: UnitOfWork, row: Delivery, post: Post, placed: Placed | None, edition: int
) -> None:
    is_new = placed is not None and not row.remote_id
    if placed:
        row.remote_id, row.remote_address = placed.remote_id, placed.address
    if is_new and edition == 0:  # perhaps an older text: it is put right at once
        row.asked_at, row.due_at, row.changed_at = None, now(), now()
        ask(uow)
        return
    if placed is None:
        row.remote_id = row.remote_address = ""
    _stands(uow, row, post, edition if placed else 0)


def _stands(uow: UnitOfWork, row: Delivery, post: Post, edition: int) -> None:
    """It was done. Whether that is still what is wanted is seen on the rows as they are by now."""
    session: Session = uow.session
    session.flush()
    session.refresh(post, with_for_update=True)
    row.edition, row.asked_at, row.tries, row.trouble = edition, None, 0, ""
    row.changed_at, row.state = now(), Stand.DELIVERED if edition else Stand.WITHDRAWN
    is_settled = edition == (post.approved_edition if is_wanted(post, row.target) else 0)
    row.due_at = None if is_settled else now()
    if not is_settled:
        ask(uow)
    uow.emit(PostDelivered(subject_id=post.id, title=post.title))


def _again(row: Delivery, away: Away, *, was_asked: bool) -> None:
    """Later each time; what the network asks for counts."""
    if away.is_undone and not was_asked:
        row.asked_at = None  # nothing of it stands there
    if row.tries >= MOST:
        row.state, row.trouble, row.due_at, row.changed_at = Stand.FAILED, "away", None, now()
        return
    wait = min(timedelta(minutes=2 ** min(row.tries - 1, 10)), LONGEST)
    wait = max(wait, timedelta(seconds=away.seconds or 0))
    row.state, row.trouble, row.due_at, row.changed_at = Stand.AGAIN, "away", now() + wait, now()


def _failed(row: Delivery, trouble: str, *, was_asked: bool) -> None:
    """It was told no: nothing of this try stands there. What became of one before it that had no
    answer is still not known.
    """
    if row.remote_id or not was_asked:
        row.asked_at = None
    row.state = Stand.FAILED
    row.trouble, row.due_at, row.changed_at = trouble, None, now()


def _look_again(uow: UnitOfWork, row: Delivery, post: Post, tried: tuple[bool, int]) -> None:
    """Somebody corrected or withdrew it while the network was asked: that is tried at once."""
    uow.session.flush()
    uow.session.refresh(post, with_for_update=True)
    if (is_wanted(post, row.target), post.approved_edition or 0) != tried:
        row.due_at = now()
        ask(uow)


def tell_broken(uow: UnitOfWork, channel: Channel) -> None:
    """Who connects profiles hears of it, once."""
    if channel.trouble != TOKEN:
        channel.trouble = TOKEN
        uow.emit(ChannelBroken(subject_id=channel.id, title=channel.account))
