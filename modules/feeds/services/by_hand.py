"""Posts that somebody puts on a network by hand; questions that only a person can answer."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, or_, select, update

from obshto.modules.feeds.errors import NoSuchPost, PostChanged
from obshto.modules.feeds.events import PostDelivered
from obshto.modules.feeds.models import Channel, Delivery, Post
from obshto.modules.feeds.services.approved_text import is_wanted
from obshto.modules.feeds.services.fan_out import ask
from obshto.modules.feeds.services.states import Stand
from obshto.modules.feeds.services.targets import BY_HAND, REGION, targets_here
from obshto.platform.clock import now
from obshto.platform.unit_of_work import UnitOfWork

STAYS = "stays"  # the word of why


def is_by_hand(row: Delivery) -> bool:
    """Whether no machine brings it further: not connected, or put there by somebody."""
    return row.target in BY_HAND or (row.edition > 0 and not row.remote_id and row.target != REGION)


def can_take_over(row: Delivery) -> bool:
    """Whether somebody may put it there although a machine should have: the network refused or is
    away, and nothing of the post surely stands there.
    """
    is_empty = row.edition == 0 and not row.remote_id and row.asked_at is None
    return row.state == Stand.FAILED and is_empty and row.target != REGION


def is_open(row: Delivery, edition: int) -> bool:
    """Whether this edition (0 for nothing) is to be put there, or taken away, by a person."""
    return row.state == Stand.BY_HAND or (edition > 0 and can_take_over(row))


def settle_by_hand(row: Delivery, edition: int) -> None:
    """What is to be done there is said; nobody is asked."""
    row.due_at, row.changed_at = None, now()
    if row.edition == edition:
        row.state = Stand.DELIVERED if edition else Stand.WITHDRAWN
    else:
        row.state = Stand.BY_HAND


def leave_to_person(row: Delivery, edition: int) -> None:
    """The network does neither for a machine: from now on somebody does it there."""
    row.remote_id, row.asked_at, row.trouble = "", None, STAYS
    settle_by_hand(row, edition)


def delivery_of(
    uow: UnitOfWork, post: Post, delivery_id: UUID, *, to_change: bool = False
) -> Delivery:
    """`to_change` makes others wait. Raises NoSuchPost for one of another post."""
    row = uow.session.get(Delivery, delivery_id, with_for_update=to_change or None)
    if row is None or row.post_id != post.id:
        raise NoSuchPost
    return row


def confirm_by_hand(
    uow: UnitOfWork, post: Post, row: Delivery, *, edition: int, address: str = ""
) -> None:
    """Somebody did there what was said: it shows this edition, 0 for nothing. The same form sent
    twice changes nothing. Raises PostChanged where something else is to be done by now.
    """
    wanted = (post.approved_edition or 0) if is_wanted(post, row.target) else 0
    if row.state != Stand.BY_HAND and row.edition == edition:
        return
    if not is_open(row, wanted) or edition != wanted:
        raise PostChanged(who=post.changed_by or "–")
    row.trouble = ""
    row.edition, row.remote_address = edition, (address or row.remote_address) if edition else ""
    settle_by_hand(row, edition)
    uow.emit(PostDelivered(subject_id=post.id, title=post.title))


def leave_to_hands(uow: UnitOfWork, removed: Channel) -> None:
    """What waits for a channel that was removed goes on by hand, where that network is chosen.

    A post that stands there, or of which nobody knows, is left alone.
    """
    word = next((word for word in targets_here(uow) if _serves(word, removed)), None)
    if word is None:
        return
    gone = str(removed.id)
    is_there = or_(Delivery.edition > 0, Delivery.asked_at.is_not(None))
    placed = select(Delivery.post_id).where(Delivery.target == gone, is_there)
    posts = select(Post).where(
        Post.targets.contains([gone]), Post.withdrawn_at.is_(None), Post.id.not_in(placed)
    )
    for post in uow.session.scalars(posts.order_by(Post.id).with_for_update()).all():
        if word not in post.targets:
            _swap(uow, post, gone, word)
    ask(uow)


def _serves(word: str, removed: Channel) -> bool:
    by_hand = BY_HAND.get(word)
    return by_hand is not None and by_hand.kind == removed.kind and not removed.is_regional


def _swap(uow: UnitOfWork, post: Post, gone: str, word: str) -> None:
    """One target for another: in what is written, in what was approved, on its way."""
    post.targets = [word if one == gone else one for one in post.targets]
    if post.shown:
        told = [word if one == gone else one for one in post.shown["targets"]]
        post.shown = {**post.shown, "targets": told}
    own = update(Delivery).where(Delivery.post_id == post.id, Delivery.target == gone)
    due = func.greatest(func.coalesce(Delivery.due_at, uow.now), uow.now)
    values = {"target": word, "state": Stand.WAITING, "due_at": due, "trouble": "", "tries": 0}
    uow.session.execute(own.values(values))


def question_of(row: Delivery) -> int:
    """The number of the unanswered request: the second in which the network was asked."""
    return int(row.asked_at.timestamp()) if row.asked_at else 0


def decide_unknown(
    uow: UnitOfWork,
    post: Post,
    row: Delivery,
    *,
    question: int,
    is_there: bool,
    address: str = "",
) -> None:
    """A person looked at the page of the network. What is there stays in their hands; what is not
    is put there anew. A second decision changes nothing. Raises PostChanged where the network was
    asked once more meanwhile.
    """
    if row.state != Stand.UNKNOWN:
        return
    if question != question_of(row):
        raise PostChanged(who=post.changed_by or "–")
    row.asked_at, row.tries, row.trouble = None, 0, ""
    if is_there:
        edition = post.approved_edition or 1
        # Of several it may be an older one that stands there: somebody puts it right.
        row.edition, row.remote_address = max(1, edition - 1), address
        settle_by_hand(row, edition if is_wanted(post, row.target) else 0)
        uow.emit(PostDelivered(subject_id=post.id, title=post.title))
        return
    row.state, row.due_at, row.changed_at = Stand.WAITING, now(), now()
    ask(uow)
