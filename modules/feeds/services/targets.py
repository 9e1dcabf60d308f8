"""The channels that a post can leave by, and what each of them can do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext
from sqlalchemy import select

from obshto.modules.feeds.models import Channel
from obshto.modules.feeds.services import bluesky, facebook, mastodon, telegram, viber
from obshto.modules.feeds.services.approved_text import Said
from obshto.modules.feeds.services.channel_text import (
    ChannelLook,
    joined,
    letters,
    network_text,
    tags_of,
    validity,
)
from obshto.modules.feeds.services.networks import network_of
from obshto.modules.feeds.services.port import PictureLimits
from obshto.modules.feeds.settings import FeedsSettings
from obshto.platform.fetching.services import MB
from obshto.platform.notify.sms.message_text import example_of_many
from obshto.platform.notify.sms.segments import parts_of
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import municipality_here

REGION = "region"
PLENTY = 5_000  # characters, for a profile that was removed since


@dataclass(frozen=True, slots=True, kw_only=True)
class ByHand:
    """A network where somebody puts the post: its name, how long a post may be, its setting.

    `kind` is that of its connector, empty where there is none: a municipality that has connected
    its own profile is not offered the same network by hand.
    """

    title: str
    limit: int
    setting: str
    kind: str = ""
    pictures: PictureLimits | None = None  # where no connector says it


# Networks that are not connected; the words lie in posts and deliveries.
BY_HAND: Mapping[str, ByHand] = {
    "hand:facebook": ByHand(
        title="Facebook", limit=facebook.LIMIT, setting="hand_facebook", kind="facebook"
    ),
    "hand:instagram": ByHand(
        title="Instagram",
        limit=2_200,
        setting="hand_instagram",
        pictures=PictureLimits(size=8 * MB),
    ),
    "hand:viber": ByHand(title="Viber", limit=viber.LIMIT, setting="hand_viber", kind="viber"),
    "hand:telegram": ByHand(
        title="Telegram", limit=telegram.LIMIT, setting="hand_telegram", kind="telegram"
    ),
    "hand:bluesky": ByHand(
        title="Bluesky", limit=bluesky.LIMIT, setting="hand_bluesky", kind="bluesky"
    ),
    "hand:mastodon": ByHand(
        title="Mastodon", limit=mastodon.LIMIT, setting="hand_mastodon", kind="mastodon"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One channel as editors choose it; `channel` is the row of a network."""

    word: str
    title: str
    channel: Channel | None = None

    @property
    def is_regional(self) -> bool:
        """Whether the whole province reads it, so that somebody else looks first."""
        return self.word == REGION or (self.channel is not None and self.channel.is_regional)

    @property
    def can_withdraw(self) -> bool:
        return self.channel is None or network_of(self.channel.kind).can_withdraw

    @property
    def letters_of_a_link(self) -> int:
        by_hand = BY_HAND.get(self.word)
        kind = self.channel.kind if self.channel else by_hand.kind if by_hand else ""
        return network_of(kind).letters_of_a_link if kind else 0

    @property
    def pictures(self) -> PictureLimits | None:
        """What is taken of a picture there; None for our own pages."""
        by_hand = BY_HAND.get(self.word)
        if by_hand and not by_hand.kind:
            return by_hand.pictures
        kind = self.channel.kind if self.channel else by_hand.kind if by_hand else ""
        return network_of(kind).pictures if kind else None

    @property
    def limit(self) -> int | None:
        """Characters of a post there."""
        by_hand = BY_HAND.get(self.word)
        return by_hand.limit if by_hand else self.channel.limit if self.channel else None


def targets_here(uow: UnitOfWork) -> dict[str, Target]:
    """The regional profile, each connected network, then those where somebody puts it by hand:
    the municipality chose them and has connected no profile of its own there.
    """
    rows = list(uow.session.scalars(select(Channel).order_by(Channel.added_at, Channel.id)))
    found = [Target(word=REGION, title=gettext("Профил на областта"))]
    for row in rows:
        title = f"{network_of(row.kind).title} {row.account}"
        found.append(Target(word=str(row.id), title=title, channel=row))
    settings = settings_of(uow, "feeds", FeedsSettings)
    own = {row.kind for row in rows if not row.is_regional}
    for word, network in BY_HAND.items():
        if getattr(settings, network.setting) and network.kind not in own:
            found.append(Target(word=word, title=title_by_hand(network)))
    return {target.word: target for target in found}


def every_target(uow: UnitOfWork) -> dict[str, Target]:
    """Those that can be chosen, and networks by hand that were switched off since."""
    off = {word: Target(word=word, title=title_by_hand(one)) for word, one in BY_HAND.items()}
    return off | targets_here(uow)


def targets_for(uow: UnitOfWork, words: Iterable[str]) -> list[Target]:
    """Those that can be chosen, with the ones that a post goes to already: an editor takes them
    off, a setting does not.
    """
    here, every = targets_here(uow), every_target(uow)
    kept = {word: every[word] for word in words if word in every}
    return list((here | kept).values())


def machine_targets(uow: UnitOfWork) -> tuple[str, ...]:
    """Where a post leaves by itself."""
    return tuple(word for word in targets_here(uow) if word not in BY_HAND)


def title_by_hand(network: ByHand) -> str:
    """As editors choose it."""
    return str(gettext("%(network)s, на ръка", network=network.title))


def text_for(post: Said, target: Target, home: str, municipality: str) -> str:
    """As it stands on this network; on a page of the province with tags by place."""
    limit, of_a_link = target.limit or PLENTY, target.letters_of_a_link
    tags = tags_of(municipality, post.place) if target.is_regional else ""
    return network_text(post, home, limit=limit, of_a_link=of_a_link, tags=tags)


def looks_of(uow: UnitOfWork, post: Said, targets: Iterable[Target]) -> list[ChannelLook]:
    """How it will stand in the feeds, on each of these channels, and as an SMS."""
    home, whole = uow.scope.address, joined((post.title, post.summary, validity(post)))
    found = [ChannelLook(title=gettext("Емисии RSS, Atom и JSON"), text=whole, length=len(whole))]
    for target in targets:
        found.append(_look(post, target, home, uow.scope.title))
    with speaking(SOURCE):  # as most get it, whoever looks
        sms = example_of_many(municipality_here(uow).title(), post.title, home)
    note = gettext("SMS получават абонатите за съобщения. Така би изглеждал.")
    found.append(
        ChannelLook(title="SMS", text=sms, length=len(sms), parts=parts_of(sms), note=note)
    )
    return found


def _look(post: Said, target: Target, home: str, name: str) -> ChannelLook:
    whole = joined((post.title, post.summary, validity(post)))
    if target.limit is None:
        return ChannelLook(title=target.title, text=whole, length=len(whole))
    text = text_for(post, target, home, name)
    note = ""
    if target.channel and not network_of(target.channel.kind).can_swap_pictures:
        note = gettext("Поправка там сменя текста. Снимката сменете на ръка в мрежата")
    is_cut = bool(post.summary) and post.summary not in text
    return ChannelLook(
        title=target.title,
        text=text,
        length=letters(text, target.letters_of_a_link),
        limit=target.limit,
        note=note,
        is_cut=is_cut or post.title not in text,
    )
