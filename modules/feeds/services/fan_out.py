"""Which channels a post has to reach, and from when on: written with the change itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from obshto.modules.feeds.models import Delivery, Post
from obshto.modules.feeds.services.states import Stand
from obshto.modules.feeds.settings import FeedsSettings
from obshto.platform.clock import SOFIA
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

DELIVER = "feeds:deliver"


def spread(uow: UnitOfWork, post: Post) -> None:
    """Each channel is to show the approved edition; one that was left out, not any more."""
    stands = {row.target: row for row in deliveries_of(uow, post)}
    due = free_moment(uow, post)
    for target in post.targets:
        row = stands.get(target)
        if row is None:
            _begin(uow, post, target, due)
        elif row.state == Stand.WITHDRAWN:
            begin_anew(uow, post, row, due)
        elif row.edition == 0:
            # What a network refused may be what was mended.
            row.due_at, row.tries, row.state = due, 0, Stand.WAITING
        elif row.edition != post.approved_edition:
            row.due_at, row.tries = uow.now, 0
    for target, row in stands.items():
        if target not in post.targets:
            row.due_at, row.tries = uow.now, 0
    ask(uow)


def begin_anew(uow: UnitOfWork, post: Post, row: Delivery, due: datetime) -> None:
    """A new beginning, under a new key: what stands there, if anything does, is another post."""
    uow.session.delete(row)
    uow.session.flush()
    _begin(uow, post, row.target, due)


def take_back(uow: UnitOfWork, post: Post) -> None:
    """No channel is to show it any more."""
    for row in deliveries_of(uow, post):
        row.due_at, row.tries = uow.now, 0
    ask(uow)


def deliveries_of(uow: UnitOfWork, post: Post) -> list[Delivery]:
    """One for each channel that it ever was to reach, locked."""
    rows = select(Delivery).where(Delivery.post_id == post.id).order_by(Delivery.id)
    return list(uow.session.scalars(rows.with_for_update()))


def free_moment(uow: UnitOfWork, post: Post) -> datetime:
    """Its own time, and not while people sleep, unless it is urgent."""
    wanted = max(post.send_at or uow.now, uow.now)
    settings = settings_of(uow, "feeds", FeedsSettings)
    start, end = settings.quiet_from, settings.quiet_until
    local = wanted.astimezone(SOFIA)
    is_quiet = start <= local.hour or local.hour < end if start > end else start <= local.hour < end
    if post.is_urgent or start == end or not is_quiet:
        return wanted
    morning = local.replace(hour=end, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def ask(uow: UnitOfWork) -> None:
    """What is due leaves after the commit."""
    uow.defer(DELIVER, once=DELIVER, in_turn=DELIVER)


def _begin(uow: UnitOfWork, post: Post, target: str, due: datetime) -> None:
    row = Delivery(
        post_id=post.id,
        target=target,
        state=Stand.WAITING,
        edition=0,
        due_at=due,
        tries=0,
        trouble="",
        remote_id="",
        remote_address="",
        changed_at=uow.now,
    )
    uow.session.add(row)
