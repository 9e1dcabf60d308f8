"""The channels that a post can leave by, and what each of them can do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import select

from obshto.modules.feeds.models import Channel
from obshto.modules.feeds.services.approved_text import Said
from obshto.modules.feeds.services.channel_text import (
    Look,
    joined,
    letters,
    network_text,
    validity,
)
from obshto.modules.feeds.services.networks import network_of
from obshto.platform.notify.sms.message_text import example_of_many
from obshto.platform.notify.sms.segments import parts_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import municipality_here

REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One channel as editors choose it; `channel` is the row of a network."""

    word: str
    title: str
    channel: Channel | None = None

    @property
    def can_correct(self) -> bool:
        return self.channel is None or network_of(self.channel.kind).can_correct

    @property
    def can_withdraw(self) -> bool:
        return self.channel is None or network_of(self.channel.kind).can_withdraw


def targets_here(uow: UnitOfWork) -> dict[str, Target]:
    """The regional profile, then each connected network. One query."""
    rows = uow.session.scalars(select(Channel).order_by(Channel.added_at, Channel.id))
    found = [Target(word=REGION, title=gettext("Профил на областта"))]
    for row in rows:
        title = f"{network_of(row.kind).title} {row.account}"
        found.append(Target(word=str(row.id), title=title, channel=row))
    return {target.word: target for target in found}


def looks_of(uow: UnitOfWork, post: Said, targets: Iterable[Target]) -> list[Look]:
    """How it will stand in the feeds, on each of these channels, and as an SMS."""
    assert uow.scope
    home, whole = uow.scope.address, joined((post.title, post.summary, validity(post)))
    found = [Look(title=gettext("Емисии RSS, Atom и JSON"), text=whole, length=len(whole))]
    for target in targets:
        found.append(_look(post, target, home, whole))
    with speaking(SOURCE):  # as most get it, whoever looks
        sms = example_of_many(municipality_here(uow).title(), post.title, home)
    note = gettext("SMS получават абонатите за съобщения. Така би изглеждал.")
    found.append(Look(title="SMS", text=sms, length=len(sms), parts=parts_of(sms), note=note))
    return found


def _look(post: Said, target: Target, home: str, whole: str) -> Look:
    if target.channel is None:
        return Look(title=target.title, text=whole, length=len(whole))
    limit, of_a_link = target.channel.limit, network_of(target.channel.kind).letters_of_a_link
    text = network_text(post, home, limit=limit, of_a_link=of_a_link)
    is_cut = bool(post.summary) and post.summary not in text
    return Look(
        title=target.title,
        text=text,
        length=letters(text, of_a_link),
        limit=limit,
        is_cut=is_cut or post.title not in text,
    )
