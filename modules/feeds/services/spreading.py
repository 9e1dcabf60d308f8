"""Which channels a post has to reach, and from when on: written with the change itself."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select

from obshto.modules.feeds.models import Delivery, Post
from obshto.modules.feeds.services.states import Stand
from obshto.modules.feeds.settings import FeedsSettings
from obshto.platform.clock import SOFIA
from obshto.platform.settings.services import settings_of
from obshto.platform.work import Work

DELIVER = "feeds:deliver"


def spread(work: Work, post: Post) -> None:
    """Each channel is to show the approved edition; one that was left out, not any more."""
    stands = {row.target: row for row in deliveries_of(work, post)}
    due = free_moment(work, post)
    for target in post.targets:
        row = stands.get(target)
        if row and row.state == Stand.WITHDRAWN:  # a new beginning, under a new key
            work.session.delete(row)
            work.session.flush()
            row = None
        if row is None:
            _begin(work, post, target, due)
        elif row.edition == 0:
            # What a network refused may be what was mended.
            row.due_at, row.tries, row.state = due, 0, Stand.WAITING
        elif row.edition != post.approved_edition:
            row.due_at, row.tries = work.now, 0
    for target, row in stands.items():
        if target not in post.targets:
            row.due_at, row.tries = work.now, 0
    ask(work)


def take_back(work: Work, post: Post) -> None:
    """No channel is to show it any more."""
    for row in deliveries_of(work, post):
        row.due_at, row.tries = work.now, 0
    ask(work)


def deliveries_of(work: Work, post: Post) -> list[Delivery]:
    """One for each channel that it ever was to reach, locked."""
    rows = select(Delivery).where(Delivery.post_id == post.id).order_by(Delivery.id)
    return list(work.session.scalars(rows.with_for_update()))


def free_moment(work: Work, post: Post) -> datetime:
    """Its own time, and not while people sleep, unless it is urgent."""
    wanted = max(post.send_at or work.now, work.now)
    settings = settings_of(work, "feeds", FeedsSettings)
    start, end = settings.quiet_from, settings.quiet_until
    local = wanted.astimezone(SOFIA)
    is_quiet = start <= local.hour or local.hour < end if start > end else start <= local.hour < end
    if post.is_urgent or start == end or not is_quiet:
        return wanted
    morning = local.replace(hour=end, minute=0, second=0, microsecond=0)
    return morning if morning > local else morning + timedelta(days=1)


def ask(work: Work) -> None:
    """What is due leaves after the commit."""
    work.later(DELIVER, once=DELIVER, in_turn=DELIVER)


def _begin(work: Work, post: Post, target: str, due: datetime) -> None:
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
        changed_at=work.now,
    )
    work.session.add(row)
