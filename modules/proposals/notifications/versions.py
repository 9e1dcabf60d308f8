"""Letters about old versions of a proposal that were hidden, to all its authors."""

from __future__ import annotations

from uuid import UUID

from flask_babel import gettext

from obshto.modules.proposals import events
from obshto.modules.proposals.notifications.proposals import Fact, ending, proposal_in, to_authors
from obshto.modules.proposals.services.queries import PART
from obshto.modules.proposals.services.version_moderation import version_of
from obshto.platform.moderation.rules import RULES
from obshto.platform.moderation.services import decision_on, decisions_about
from obshto.platform.modularity.letters import worded
from obshto.platform.unit_of_work import UnitOfWork


def hidden(uow: UnitOfWork, fact: Fact, *, is_along: bool = False) -> tuple[str, str]:
    """Which version, by which rule and why; the proposal itself stays as it is."""
    row, version = proposal_in(uow, fact), version_of(uow, UUID(fact["version_id"]))
    decision = decision_on(uow, PART, version.id)
    appeal = gettext("Ако не сте съгласни, възразете от страницата му: решава друг човек.")
    return worded(
        gettext("Скрихме стар текст на предложение %(number)s", number=row.number),
        gettext(
            "Скрихме версия %(version)s. Предложението и подкрепите остават.",
            version=version.number,
        ),
        str(RULES[decision.rule]) if decision and decision.rule else "",
        decision.reason if decision else "",
        "" if is_along else appeal,
        *ending(uow, row, is_along=is_along),
    )


def reviewed(uow: UnitOfWork, fact: Fact, *, is_along: bool = False) -> tuple[str, str]:
    """What another person decided about the appeal, and why; or that staff took it back."""
    row, version = proposal_in(uow, fact), version_of(uow, UUID(fact["version_id"]))
    number = version.number
    said = (
        gettext(
            "Друг човек прегледа възражението: версия %(version)s остава скрита.", version=number
        )
        if version.hidden_at
        else gettext("Версия %(version)s отново се вижда.", version=number)
    )
    decision = uow.session.scalars(decisions_about(PART, version.id).limit(1)).first()
    return worded(
        gettext("Дали се вижда стар текст на предложение %(number)s", number=row.number),
        said,
        decision.review if decision else "",
        *ending(uow, row, is_along=is_along),
    )


NOTIFICATIONS = (
    *to_authors(events.ProposalVersionHidden, hidden),
    *to_authors(events.ProposalVersionShown, reviewed),
    *to_authors(events.ProposalVersionUpheld, reviewed),
)
