"""Reading initiatives: who sees which, their steps, who owes the next one."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import ColumnElement, Select, exists, func, or_, select

from obshto.modules.initiatives.errors import NoSuchInitiative
from obshto.modules.initiatives.models import Initiative, InitiativeMember, InitiativeStep
from obshto.modules.initiatives.services.states import (
    ADDRESSEES,
    ANSWERED,
    CLOSED,
    COLLECTING,
    DISCARDED,
    DRAFT,
    HIDDEN,
    OVER,
    PRINTED,
    WITH_ANSWER,
)
from obshto.modules.initiatives.settings import InitiativesSettings
from obshto.platform.cases.channels import PORTAL
from obshto.platform.clock import day_of
from obshto.platform.legal.terms import Term, term, waiting_term
from obshto.platform.moderation.whole_rows import awaits_moderator
from obshto.platform.petitions.stations import Due
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

PART = "initiatives"
OPEN, ANSWERED_LIST, WAITING, FLAGGED = "open", "answered", "waiting", "flagged"
LISTS = (OPEN, ANSWERED_LIST)
_COMMITTEE = _("Инициативният комитет")
_NOTICE, _NOTICE_WIDE = "zpu_initiative_notice", "zpu_initiative_notice_wide"


def public() -> Select[Initiative]:
    """What everybody sees: all that a meeting has founded, the newest first."""
    seen = (Initiative.sequence > 0, Initiative.state.not_in(HIDDEN))
    return (
        select(Initiative).where(*seen).order_by(Initiative.year.desc(), Initiative.sequence.desc())
    )


def public_list(name: str) -> Select[Initiative]:
    """The public list narrowed to one of its parts; all of it for another word."""
    return public().where(_of_list(name)) if name in LISTS else public()


def public_initiative(
    uow: UnitOfWork, initiative_id: UUID, *, to_change: bool = False
) -> Initiative:
    """One that stands in the public list, its words hidden or not. Raises NoSuchInitiative."""
    return _one(uow, public().where(Initiative.id == initiative_id), to_change=to_change)


def queue(name: str) -> Select[Initiative]:
    """What staff see, never a committee's own draft.

    `WAITING`: the municipality owes a step; `FLAGGED`: a moderator has to look at the words.
    """
    # By its channel: the draft of somebody who closed the account stays as hidden as it was.
    own_draft = (Initiative.state == DRAFT) & (Initiative.channel == PORTAL)
    rows = select(Initiative).where(~own_draft, Initiative.state != DISCARDED)
    if name == WAITING:
        rows = rows.where(Initiative.state.not_in((DRAFT, COLLECTING, *CLOSED)))
    elif name == FLAGGED:
        rows = rows.where(awaits_moderator(PART, Initiative))
    elif name in LISTS:
        rows = rows.where(_of_list(name))
    return rows.order_by(Initiative.due_on.nulls_last(), Initiative.id.desc())


def staff_initiative(
    uow: UnitOfWork, initiative_id: UUID, *, to_change: bool = False
) -> Initiative:
    """One that staff see. Raises NoSuchInitiative."""
    return _one(uow, queue("").where(Initiative.id == initiative_id), to_change=to_change)


def committees_of(person_id: UUID) -> Select[Initiative]:
    """The initiatives that somebody began or is a committee's member of."""
    is_member = exists().where(
        InitiativeMember.petition_id == Initiative.id, InitiativeMember.person_id == person_id
    )
    is_mine = or_(Initiative.person_id == person_id, is_member)
    rows = select(Initiative).where(is_mine, Initiative.state != DISCARDED)
    return rows.order_by(Initiative.id.desc())


def own_initiative(uow: UnitOfWork, initiative_id: UUID, *, to_change: bool = False) -> Initiative:
    """One of the person's committees. Raises NoSuchInitiative."""
    me = uow.principal.person_id
    if me is None:
        raise NoSuchInitiative
    return _one(uow, committees_of(me).where(Initiative.id == initiative_id), to_change=to_change)


def steps_of(uow: UnitOfWork, initiative: Initiative) -> Sequence[InitiativeStep]:
    """What happened, in the order of the days."""
    wanted = select(InitiativeStep).where(InitiativeStep.petition_id == initiative.id)
    order = (InitiativeStep.happened_on, InitiativeStep.at, InitiativeStep.id)
    return uow.session.scalars(wanted.order_by(*order)).all()


def answers_of(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, Mapping[str, str]]:
    """What was answered and what was done, by initiative and name of the step. One query."""
    wanted = select(InitiativeStep.petition_id, InitiativeStep.name, InitiativeStep.words).where(
        InitiativeStep.petition_id.in_(ids), InitiativeStep.name.in_(("answer", "carry-out"))
    )
    found: dict[UUID, dict[str, str]] = {}
    for petition_id, name, words in uow.session.execute(wanted):
        found.setdefault(petition_id, {})[name] = words
    return found


def collecting_term(meeting_on: date) -> Term:
    """The last day on which people may sign (чл. 48, ал. 2). Raises NoRuleYet."""
    return waiting_term("zpu_initiative_collect", starts_on=meeting_on)


def notice_rule(uow: UnitOfWork) -> str:
    """By which reading the committee's letter is due here (чл. 52, ал. 3). One query."""
    settings = settings_of(uow, PART, InitiativesSettings)
    return _NOTICE_WIDE if settings.notice_in_three_months else _NOTICE


def due_of(
    initiative: Initiative, steps: Sequence[InitiativeStep], *, notice: str = _NOTICE
) -> Due | None:
    """Who owes the next step and by when; None where nobody owes anything.

    `notice` is the rule of the committee's letter, once the newspaper has the answer. From which
    day the months run the text does not say: the cautious reading takes the filing.
    """
    if initiative.state in CLOSED:
        return None
    if initiative.state == DRAFT:
        return Due(owes=_COMMITTEE, what=_("провежда събранието и вписва протокола му"))
    if initiative.state == COLLECTING:
        return Due(owes=_COMMITTEE, what=_("събира подписи на хартия и внася подписката"))
    filed_on = next(step.happened_on for step in steps if step.name == "file")
    what = _("обявява решението си и мерките тук и в един регионален вестник")
    if initiative.state == ANSWERED:
        what = _("обявява отговора в един регионален вестник и уведомява комитета")
    if initiative.state == PRINTED:
        what = _("уведомява комитета писмено за решението и мерките")
    rule = notice if initiative.state == PRINTED else "zpu_initiative_answer"
    found = term(rule, starts_on=filed_on)
    return Due(owes=ADDRESSEES[initiative.addressee], what=what, term=found)


def last_day(initiative: Initiative, due: Due | None) -> date | None:
    """The day by which the next step is owed: of the law, or the one that the meeting set."""
    if initiative.state == COLLECTING:
        return initiative.collects_until
    return due.term.due_on if due and due.term else None


def open_number(uow: UnitOfWork) -> int:
    """How many wait for signatures or an answer."""
    wanted = select(func.count()).select_from(Initiative)
    return uow.session.scalar(wanted.where(Initiative.state.not_in((*OVER, *HIDDEN)))) or 0


def late(uow: UnitOfWork) -> Select[Initiative]:
    """Those whose day passed and of which nobody was told yet."""
    return select(Initiative).where(
        Initiative.due_on < day_of(uow.now),
        Initiative.state.not_in((COLLECTING, *CLOSED)),
        Initiative.late_for.is_distinct_from(Initiative.due_on),
    )


def public_title(initiative: Initiative) -> str:
    """What it proposes; of a hidden one its number, in the language in force."""
    if initiative.hidden_at:
        return str(gettext("Гражданска инициатива %(number)s", number=initiative.number))
    return initiative.question


def public_among(uow: UnitOfWork, ids: Collection[UUID] | None) -> Sequence[Initiative]:
    """Those that everybody sees among `ids`; None means all."""
    wanted = public() if ids is None else public().where(Initiative.id.in_(ids))
    return uow.session.scalars(wanted).all()


def _of_list(name: str) -> ColumnElement[bool]:
    if name == ANSWERED_LIST:
        return Initiative.state.in_(WITH_ANSWER)
    return Initiative.state.not_in(OVER)


def _one(uow: UnitOfWork, wanted: Select[Initiative], *, to_change: bool = False) -> Initiative:
    if to_change:
        wanted = wanted.order_by(None).with_for_update(of=Initiative)
        wanted = wanted.execution_options(populate_existing=True)
    found = uow.session.scalar(wanted)
    if found is None:
        raise NoSuchInitiative
    return found
