"""Letters about referenda: to followers, to the committee, to those who lead them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _

from obshto.modules.referendum.events import (
    ReferendumCalled,
    ReferendumChanged,
    ReferendumDecided,
    ReferendumFact,
    ReferendumLate,
)
from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.permissions import ReferendumPermission
from obshto.modules.referendum.services.committee import COMMITTEE
from obshto.modules.referendum.services.states import STATES
from obshto.platform.modularity.letters import worded
from obshto.platform.modularity.manifest import Audience, Notification, Topic
from obshto.platform.notify.address import Address
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day

TOPIC = "referendum:news"
Fact = Mapping[str, Any]
Letter = tuple[str, str] | None


def who_follows(uow: UnitOfWork, fact: Fact) -> Audience:
    """Those who follow referenda at its place."""
    proposal = uow.session.get_one(Referendum, UUID(fact["subject_id"]))
    return Audience(topic=TOPIC, places=frozenset(filter(None, [proposal.unit])))


def the_committee(uow: UnitOfWork, fact: Fact) -> Collection[UUID | Address]:
    """The members who have an account, and who began it."""
    proposal = uow.session.get_one(Referendum, UUID(fact["subject_id"]))
    members = COMMITTEE.members_of(uow, proposal, is_named=False)
    return {one for one in (proposal.person_id, *(m.person_id for m in members)) if one}


def news(uow: UnitOfWork, fact: Fact) -> Letter:
    """How it stands now, with its question; none for what the public does not see."""
    proposal = uow.session.get(Referendum, UUID(fact["subject_id"]))
    if proposal is None or not proposal.sequence:
        return None
    vote = ""
    if proposal.vote_on:
        vote = gettext("На %(day)s се гласува на хартия.", day=day(proposal.vote_on))
    return worded(
        gettext("Местен референдум: %(state)s", state=str(STATES[proposal.state]).lower()),
        proposal.question,
        gettext("Сега: %(state)s.", state=str(STATES[proposal.state]).lower()),
        vote,
        f"{uow.scope.address}/referendum/{proposal.id}",
    )


def late(uow: UnitOfWork, fact: Fact) -> Letter:
    """A term of law passed: whoever leads it hears once."""
    return worded(
        gettext("Изтече срок по местен референдум %(number)s", number=fact["number"]),
        gettext("Срок по закон мина, а следващата стъпка не е записана."),
        f"{uow.scope.address}/console/referendum/{fact['subject_id']}",
    )


def _to_followers(fact: type[ReferendumFact], title: Any) -> Notification:
    return Notification(fact=fact, title=title, to=who_follows, letter=news)


def _to_committee(fact: type[ReferendumFact], title: Any) -> Notification:
    return Notification(fact=fact, title=title, to=the_committee, letter=news)


TOPICS = (Topic(word=TOPIC, title=_("Местни референдуми")),)
NOTIFICATIONS = (
    _to_followers(ReferendumChanged, _("Нова стъпка по местен референдум")),
    _to_followers(ReferendumCalled, _("Насрочен местен референдум")),
    _to_followers(ReferendumDecided, _("Резултат от местен референдум")),
    _to_committee(ReferendumChanged, _("Новина по моя инициативен комитет")),
    _to_committee(ReferendumCalled, _("Насрочен е референдумът на моя комитет")),
    _to_committee(ReferendumDecided, _("Резултат от референдума на моя комитет")),
    Notification(
        fact=ReferendumChanged,
        title=_("Стъпка по местен референдум за мен"),
        to=ReferendumPermission.LEAD,
        letter=news,
    ),
    Notification(
        fact=ReferendumLate,
        title=_("Изтекъл срок по местен референдум"),
        to=ReferendumPermission.LEAD,
        letter=late,
    ),
)
