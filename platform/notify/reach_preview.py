"""What telling something would reach and cost, said to editors before they send it."""

from __future__ import annotations

from dataclasses import dataclass

from obshto.platform.modularity.manifest import Audience
from obshto.platform.notify.audience import who_would_hear
from obshto.platform.notify.budgets import room_left
from obshto.platform.notify.models import Channel
from obshto.platform.notify.sms.segments import parts_of
from obshto.platform.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlook:
    """So many people by each channel; `parts` of each SMS, `left` of them today."""

    letters: int
    sms: int
    pushes: int
    parts: int
    left: int

    @property
    def cost(self) -> int:
        """Short messages that the municipality pays for."""
        return self.sms * self.parts

    @property
    def waits(self) -> bool:
        """Whether some of them leave only tomorrow."""
        return self.cost > self.left


def outlook(uow: UnitOfWork, audience: Audience, *, sms: str) -> Outlook:
    """`sms` is what each would get, by `example_of_many`. Three queries."""
    people = who_would_hear(uow, audience)
    return Outlook(
        letters=people[Channel.EMAIL],
        sms=people[Channel.SMS],
        pushes=people[Channel.PUSH],
        parts=parts_of(sms),
        left=room_left(uow)[Channel.SMS],
    )
