"""Letters about votes: announced, counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.modules.voting.events import ElectionAnnounced, ElectionCounted
from obshto.modules.voting.models import Election
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Audience, Notification, Topic
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment

TOPIC = "voting:election"
Fact = Mapping[str, Any]
Letter = tuple[str, str] | None


def followers(uow: UnitOfWork, fact: Fact) -> Audience:
    """Those who follow votes."""
    return Audience(topic=TOPIC)


def announced(uow: UnitOfWork, fact: Fact) -> Letter:
    """From when to when people vote; none of a trial."""
    election = _election(uow, fact)
    if election is None:
        return None
    when = gettext(
        "Гласува се от %(first)s до %(last)s",
        first=moment(election.opens_at),
        last=moment(election.closes_at),
    )
    where = gettext("По телефона, на таблет в общината или на хартия.")
    title = gettext("Допитване: %(title)s", title=election.title)
    return worded(title, when, where, _address(uow, election))


def counted(uow: UnitOfWork, fact: Fact) -> Letter:
    """The result is there; none of a trial."""
    election = _election(uow, fact)
    if election is None:
        return None
    title = gettext("Резултат от допитването: %(title)s", title=election.title)
    told = gettext("Пазителите отвориха резултата. Всеки може да го преброи отново.")
    return worded(title, told, _address(uow, election))


def _address(uow: UnitOfWork, election: Election) -> str:
    return f"{uow.scope.address}/voting/{election.slug}"


def _election(uow: UnitOfWork, fact: Fact) -> Election | None:
    found = uow.session.get_one(Election, UUID(fact["subject_id"]))
    return None if found.is_trial else found


TOPICS = (Topic(word=TOPIC, title=_("Допитвания с гласуване по телефона")),)
NOTIFICATIONS = (
    Notification(
        fact=ElectionAnnounced, title=_("Обявено допитване"), to=followers, letter=announced
    ),
    Notification(
        fact=ElectionCounted, title=_("Резултат от допитване"), to=followers, letter=counted
    ),
)
