"""A browser subscribes itself: that it gave its keys is its owner's consent."""

from __future__ import annotations

from uuid import UUID

from obshto.platform.notify.models import Channel, Subscriber
from obshto.platform.notify.push.subscription_keys import written
from obshto.platform.notify.subscribers import Wishes, confirm, found_or_made, put_wishes
from obshto.platform.unit_of_work import UnitOfWork


def subscribe_browser(
    uow: UnitOfWork, subscription: str, wishes: Wishes, *, person_id: UUID | None
) -> Subscriber:
    """Those keys are known to that browser alone, so it may change its wishes by asking again."""
    found, _is_new = found_or_made(uow, written(subscription), wishes, channel=Channel.PUSH)
    put_wishes(found, wishes)
    found.person_id = person_id or found.person_id
    confirm(uow, found)
    return found
