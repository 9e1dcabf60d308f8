"""Moderation of opinions: flagged by readers, hidden with a reason, shown after an appeal.

A hidden opinion still counts and is still answered. The record has a line for each step.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from flask_babel import LazyString, gettext, ngettext
from sqlalchemy import select

from obshto.modules.consultations.errors import HiddenBefore, StaleConsultation
from obshto.modules.consultations.events import (
    OpinionFact,
    OpinionFlagged,
    OpinionHidden,
    OpinionLeft,
    OpinionShown,
    OpinionUpheld,
)
from obshto.modules.consultations.models import (
    Consultation,
    Opinion,
    OpinionWave,
    number_of,
)
from obshto.modules.consultations.services.access_log import PART, subject_of
from obshto.modules.consultations.services.queries import opinion_of, public_consultation
from obshto.modules.consultations.services.record import add_line
from obshto.modules.consultations.services.table import withdraw_table
from obshto.platform.db.base import new_id
from obshto.platform.entity import expect_version
from obshto.platform.moderation.flags import close_flags, flags_on, put_flag
from obshto.platform.moderation.port import ModeratedThing
from obshto.platform.moderation.rules import RULES
from obshto.platform.moderation.services import (
    Reason,
    decision_on,
    hide,
    hide_on_flag,
    lift,
    said_of,
)
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork


def hide_opinion(
    uow: UnitOfWork, opinion: Opinion, reason: Reason, *, expected_version: int
) -> None:
    """Everybody reads rule and reason in its place; its author is told and may appeal.

    What was hidden on a flag gets its real reason so. Sent twice it is once.

    Raises StaleConsultation, HiddenBefore where another reason stands already.
    """
    consultation = _locked(uow, opinion)
    if opinion.hidden_at and not is_provisional(uow, opinion):
        if opinion.hidden_why == said_of(reason):
            return
        raise HiddenBefore
    expect_version(opinion, expected_version, StaleConsultation)
    hide(uow, PART, opinion.id, reason, request_id=new_id())
    opinion.checked_at = uow.now
    close_flags(uow, PART, opinion.id)
    _put_away(uow, consultation, opinion, reason)


def flag_opinion(uow: UnitOfWork, opinion: Opinion, rule: str, *, request_id: UUID) -> None:
    """A reader says that it breaks a rule: staff read it. Sent twice it is once.

    Personal data of others are hidden at once, unless staff have looked at these words already.
    """
    consultation = _locked(uow, opinion)
    if not put_flag(uow, PART, opinion.id, rule, request_id=request_id):
        return
    _tell(uow, OpinionFlagged, opinion)
    if opinion.checked_at or opinion.hidden_at:
        return
    if reason := hide_on_flag(uow, PART, opinion.id, rule, request_id=request_id):
        _put_away(uow, consultation, opinion, reason)


def leave_opinion(uow: UnitOfWork, opinion: Opinion, *, expected_version: int) -> None:
    """Staff find nothing against it. Twice is once.

    What is hidden already waits for another decision. Raises StaleConsultation.
    """
    _locked(uow, opinion)
    if opinion.hidden_at or not flags_on(uow, PART, [opinion.id]):
        return
    expect_version(opinion, expected_version, StaleConsultation)
    opinion.checked_at = uow.now
    close_flags(uow, PART, opinion.id)
    _tell(uow, OpinionLeft, opinion)


def show_opinion(uow: UnitOfWork, opinion: Opinion, *, expected_version: int) -> None:
    """Staff find nothing against what was hidden on a flag: shown again. Twice is once.

    Raises StaleConsultation.
    """
    consultation = _locked(uow, opinion)
    if not is_provisional(uow, opinion):
        return
    expect_version(opinion, expected_version, StaleConsultation)
    lift(uow, PART, opinion.id)
    opinion.checked_at = uow.now
    close_flags(uow, PART, opinion.id)
    _show(uow, consultation, opinion)


def is_provisional(uow: UnitOfWork, opinion: Opinion) -> bool:
    """Hidden on a flag, before anybody of the staff has read it."""
    decision = decision_on(uow, PART, opinion.id)
    return decision is not None and decision.is_provisional


class OpinionModeration:
    """Offers `ModeratedPart` for opinions."""

    rules: Mapping[str, LazyString] = RULES

    def things(self, uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, ModeratedThing]:
        """Each by its number and the title of its consultation; a wave by how many it hid."""
        wanted = (
            select(Opinion.id, Opinion.year, Opinion.sequence, Consultation.id, Consultation.title)
            .join(Consultation, Consultation.id == Opinion.consultation_id)
            .where(Opinion.id.in_(ids))
        )
        alone = {
            opinion_id: ModeratedThing(
                title=title,
                what=gettext("становище %(number)s", number=number_of(year, sequence)),
                path=f"/consultations/{consultation_id}",
            )
            for opinion_id, year, sequence, consultation_id, title in uow.session.execute(wanted)
        }
        return {**alone, **_waves(uow, ids)}

    def author(self, uow: UnitOfWork, object_id: UUID) -> Subject:
        """Raises NoSuchOpinion."""
        return subject_of(opinion_of(uow, object_id))

    def words(self, uow: UnitOfWork, object_id: UUID) -> str:
        """Raises NoSuchOpinion."""
        return opinion_of(uow, object_id).words

    def lock(self, uow: UnitOfWork, object_id: UUID) -> None:
        """Raises NoSuchOpinion."""
        _locked(uow, opinion_of(uow, object_id))

    def reviewed(self, uow: UnitOfWork, object_id: UUID, *, is_restored: bool) -> None:
        """Raises NoSuchOpinion."""
        opinion = opinion_of(uow, object_id)
        if not is_restored:
            _tell(uow, OpinionUpheld, opinion)
            return
        _show(uow, public_consultation(uow, opinion.consultation_id), opinion)


def _waves(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, ModeratedThing]:
    wanted = (
        select(OpinionWave.id, OpinionWave.number, Consultation.id, Consultation.title)
        .join(Consultation, Consultation.id == OpinionWave.consultation_id)
        .where(OpinionWave.id.in_(ids))
    )
    return {
        wave_id: ModeratedThing(
            title=title,
            what=ngettext("%(num)s становище", "%(num)s становища", number),
            path=f"/consultations/{consultation_id}",
        )
        for wave_id, number, consultation_id, title in uow.session.execute(wanted)
    }


def _locked(uow: UnitOfWork, opinion: Opinion) -> Consultation:
    """The consultation's row first, then the opinion as it is after the wait."""
    consultation = public_consultation(uow, opinion.consultation_id, to_change=True)
    uow.session.refresh(opinion, ["hidden_at", "hidden_why", "checked_at", "version"])
    return consultation


def _put_away(
    uow: UnitOfWork, consultation: Consultation, opinion: Opinion, reason: Reason
) -> None:
    opinion.hidden_at, opinion.hidden_why = opinion.hidden_at or uow.now, said_of(reason)
    told = {"number": opinion.number, "why": opinion.hidden_why}
    add_line(uow, consultation, "hidden", told)
    withdraw_table(uow, consultation)
    _tell(uow, OpinionHidden, opinion)


def _show(uow: UnitOfWork, consultation: Consultation, opinion: Opinion) -> None:
    opinion.hidden_at, opinion.hidden_why = None, ""
    add_line(uow, consultation, "shown", {"number": opinion.number})
    withdraw_table(uow, consultation)
    _tell(uow, OpinionShown, opinion)


def _tell(uow: UnitOfWork, fact: type[OpinionFact], opinion: Opinion) -> None:
    uow.emit(fact(subject_id=opinion.id, number=opinion.number))
