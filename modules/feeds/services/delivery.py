"""Posts reach their channels: each channel is brought to where the post stands, however often.

What a network was asked is written down before it is asked, so that a kill repeats the question
under the same key and never forgets it.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from obshto.modules.feeds.events import ChannelBroken, PostDelivered
from obshto.modules.feeds.models import Channel, Delivery, Post
from obshto.modules.feeds.services.approved_text import shown_of
from obshto.modules.feeds.services.fan_out import ask
from obshto.modules.feeds.services.network_calls import STAYS, ask_network
from obshto.modules.feeds.services.port import Away, DeadToken, Placed, Refused
from obshto.modules.feeds.services.regional import put_in_region, take_from_region
from obshto.modules.feeds.services.states import Stand
from obshto.modules.feeds.services.targets import REGION
from obshto.platform.clock import now
from obshto.platform.unit_of_work import UnitOfWork

PAGE = 10  # deliveries of one job; others have their turn in between
MOST = 14  # tries: about two days
LONGEST = timedelta(hours=6)
TOKEN = "token"  # noqa: S105  (a word of what went wrong)


def deliver(uow: UnitOfWork) -> None:
    """Job: bring what is due to its channels. One at a time in a municipality."""
    due = select(Delivery.id).where(Delivery.due_at <= now()).order_by(Delivery.due_at).limit(PAGE)
    ids = list(uow.session.scalars(due))
    for delivery_id in ids:
        _settle(uow, uow.session.get_one(Delivery, delivery_id))
    if len(ids) == PAGE:
        ask(uow)


def deliver_due(uow: UnitOfWork) -> None:
    """Job of the clock: what has its moment by now, and what is to be tried again."""
    if uow.session.scalar(select(Delivery.id).where(Delivery.due_at <= now()).limit(1)):
        ask(uow)


def _settle(uow: UnitOfWork, row: Delivery) -> None:
    """One step towards where it shall stand; another one follows where that is not enough."""
    post = uow.session.get_one(Post, row.post_id)
    if not _is_wanted(post, row) and not (row.remote_id or row.asked_at or row.edition):
        row.state, row.due_at, row.changed_at = Stand.WITHDRAWN, None, now()
        uow.commit()
        return
    if row.target == REGION:
        _settle_region(uow, row, post)
    else:
        _settle_network(uow, row, post)
    uow.commit()


def _settle_region(uow: UnitOfWork, row: Delivery, post: Post) -> None:
    """The region's table is written in a transaction of its own; to do so twice changes nothing."""
    assert uow.scope
    slug, edition, is_wanted = uow.scope.slug, post.approved_edition or 0, _is_wanted(post, row)
    row.asked_at = now()
    uow.commit()
    if is_wanted:
        put_in_region(slug, post)
    else:
        take_from_region(slug, post.id)
    _stands(uow, row, post, edition if is_wanted else 0)


def _settle_network(uow: UnitOfWork, row: Delivery, post: Post) -> None:
    channel = uow.session.get(Channel, UUID(row.target))
    if channel is None:  # the profile was removed: what stands there is nobody's business here
        row.state, row.due_at, row.asked_at = Stand.STAYS, None, None
        return
    is_wanted, edition = _is_wanted(post, row), post.approved_edition or 0
    was_asked = row.asked_at is not None  # and did not answer: what it shows may be older
    row.asked_at, row.tries = now(), row.tries + 1
    uow.commit()
    try:
        placed = ask_network(uow, channel, row, post, is_wanted=is_wanted)
    except DeadToken:
        _failed(row, TOKEN)
        tell_broken(uow, channel)
    except Away as away:
        _again(row, away)
    except Refused as refusal:
        _failed(row, str(refusal))
    else:
        _placed(uow, row, post, placed, 0 if was_asked and not row.remote_id else edition)
        return
    _look_again(uow, row, post, (is_wanted, edition))


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
    is_settled = edition == (post.approved_edition if _is_wanted(post, row) else 0)
    row.due_at = None if is_settled else now()
    if not is_settled:
        ask(uow)
    uow.emit(PostDelivered(subject_id=post.id, title=post.title))


def _again(row: Delivery, away: Away) -> None:
    """Later each time; what the network asks for counts."""
    if row.tries >= MOST:
        row.state, row.trouble, row.due_at, row.changed_at = Stand.FAILED, "away", None, now()
        return
    wait = min(timedelta(minutes=2 ** min(row.tries - 1, 10)), LONGEST)
    wait = max(wait, timedelta(seconds=away.seconds or 0))
    row.state, row.trouble, row.due_at, row.changed_at = Stand.AGAIN, "away", now() + wait, now()


def _failed(row: Delivery, trouble: str) -> None:
    """It was told no: nothing of this try stands there."""
    row.state = Stand.STAYS if trouble == STAYS else Stand.FAILED
    row.trouble, row.due_at, row.asked_at, row.changed_at = trouble, None, None, now()


def _look_again(uow: UnitOfWork, row: Delivery, post: Post, tried: tuple[bool, int]) -> None:
    """Somebody corrected or withdrew it while the network was asked: that is tried at once."""
    uow.session.flush()
    uow.session.refresh(post, with_for_update=True)
    if (_is_wanted(post, row), post.approved_edition or 0) != tried:
        row.due_at = now()
        ask(uow)


def tell_broken(uow: UnitOfWork, channel: Channel) -> None:
    """Who connects profiles hears of it, once."""
    if channel.trouble != TOKEN:
        channel.trouble = TOKEN
        uow.emit(ChannelBroken(subject_id=channel.id, title=channel.account))


def _is_wanted(post: Post, row: Delivery) -> bool:
    is_out = post.withdrawn_at is None and post.approved_edition is not None
    return is_out and row.target in shown_of(post).targets
