"""Who hears of posts by letter: whoever is to look at one, whoever mends a profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext, lazy_gettext

from obshto.modules.feeds.events import ChannelBroken, ChannelExpiring, PostSubmitted
from obshto.modules.feeds.models import Channel
from obshto.modules.feeds.permissions import FeedsPermission
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Notification
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day

Payload = Mapping[str, Any]


def submitted(uow: UnitOfWork, fact: Payload) -> tuple[str, str]:
    """Which post waits, where it is looked at, why this letter comes."""
    subject = gettext("Публикация чака одобрение – %(name)s", name=uow.scope.title)
    address = f"{uow.scope.address}/console/feeds/{fact['subject_id']}"
    lines = (
        gettext("„%(title)s“ чака втори човек да я одобри, преди да излезе.", title=fact["title"]),
        gettext("Прегледайте я тук: %(address)s", address=address),
        gettext("Пишем Ви, защото одобрявате публикациите на общината."),
    )
    return worded(subject, *lines)


def broken(uow: UnitOfWork, fact: Payload) -> tuple[str, str]:
    """Which profile, what to do about it."""
    subject = gettext("Профилът на общината не приема публикации – %(name)s", name=uow.scope.title)
    address = f"{uow.scope.address}/console/feeds/channels/{fact['subject_id']}/token"
    lines = (
        gettext(
            "Мрежата не приема повече кода за достъп до %(account)s. Публикациите чакат и ще"
            " излязат, когато дадете нов.",
            account=fact["title"],
        ),
        gettext("Как се прави нов код и къде се пише: %(address)s", address=address),
        gettext("Пишем Ви, защото свързвате профилите на общината."),
    )
    return worded(subject, *lines)


def expiring(uow: UnitOfWork, fact: Payload) -> tuple[str, str]:
    """Until when the token works, where a new one is given."""
    channel = uow.session.get(Channel, UUID(str(fact["subject_id"])))
    end = channel.expires_at if channel else None
    subject = gettext("Кодът за Facebook скоро изтича – %(name)s", name=uow.scope.title)
    address = f"{uow.scope.address}/console/feeds/channels/{fact['subject_id']}/token"
    lines = (
        gettext(
            "Кодът за достъп до %(account)s важи до %(day)s. Без нов код публикациите ще спрат.",
            account=fact["title"],
            day=day(end) if end else "–",
        ),
        gettext("Как се прави нов код и къде се пише: %(address)s", address=address),
        gettext("Пишем Ви, защото свързвате профилите на общината."),
    )
    return worded(subject, *lines)


NOTIFICATIONS = (
    Notification(
        fact=PostSubmitted,
        title=lazy_gettext("Публикация чака одобрение"),
        to=FeedsPermission.APPROVE,
        letter=submitted,
    ),
    Notification(
        fact=ChannelBroken,
        title=lazy_gettext("Прекъсната връзка с профил в социална мрежа"),
        to=FeedsPermission.CONNECT,
        letter=broken,
    ),
    Notification(
        fact=ChannelExpiring,
        title=lazy_gettext("Код за достъп до социална мрежа, който скоро изтича"),
        to=FeedsPermission.CONNECT,
        letter=expiring,
    ),
)
