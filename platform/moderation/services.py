"""Decisions to hide, appeals, reviews by another person, the public log.

The part locks its own row first and then calls these: a thing has at most one decision in force.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask_babel import force_locale, gettext
from sqlalchemy import Select, or_, select

from obshto.platform.entity import expect_version
from obshto.platform.moderation.errors import (
    AppealClosed,
    AppealWaits,
    NoSuchDecision,
    SameReviewer,
    StaleDecision,
)
from obshto.platform.moderation.events import AppealDecided, AppealFiled
from obshto.platform.moderation.links import is_suspicious
from obshto.platform.moderation.models import ModerationDecision
from obshto.platform.moderation.port import moderated_parts
from obshto.platform.moderation.rules import ADVERTISING, PERSONAL, RULES
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

RESTORED, UPHELD = "restored", "upheld"
IN_FORCE = ModerationDecision.outcome != RESTORED


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Which rule of the part, and the words that everybody reads in the place of what is hidden."""

    rule: str = ""
    words: str


def said_of(reason: Reason) -> str:
    """Rule and words in Bulgarian, as they stand in the place of what is hidden and in records."""
    with force_locale(SOURCE):
        rule = str(RULES[reason.rule]) if reason.rule else ""
    return f"{rule}. {reason.words}" if rule else reason.words


def hide(
    uow: UnitOfWork,
    part: str,
    object_id: UUID,
    reason: Reason,
    *,
    request_id: UUID,
    is_provisional: bool = False,
) -> ModerationDecision:
    """Put a decision in force. What was hidden on a report gets its real reason by the same call.

    A second decision on the same thing finds the first.
    """
    decision = decision_on(uow, part, object_id, to_change=True)
    if decision and (is_provisional or not decision.is_provisional):
        return decision
    if decision is None:
        decision = ModerationDecision(request_id=request_id, part=part, object_id=object_id)
        uow.session.add(decision)
    decision.rule, decision.reason, decision.at = reason.rule, reason.words, uow.now
    decision.is_provisional = is_provisional
    decision.by_id = None if is_provisional else uow.principal.person_id
    decision.by_name = "" if is_provisional else uow.principal.name
    uow.session.flush()
    return decision


def hide_on_flag(
    uow: UnitOfWork, part: str, object_id: UUID, rule: str, *, request_id: UUID
) -> Reason | None:
    """Provisional decision on a flag of personal data of others, which nobody may read meanwhile.

    None, and nothing is hidden, for any other rule: those wait for a moderator.
    """
    if rule != PERSONAL:
        return None
    with force_locale(SOURCE):
        words = gettext("Скрито е веднага след сигнал. Служител ще го прегледа.")
    reason = Reason(rule=PERSONAL, words=words)
    hide(uow, part, object_id, reason, request_id=request_id, is_provisional=True)
    return reason


def hide_links(
    uow: UnitOfWork, part: str, object_id: UUID, words: str, *, request_id: UUID
) -> Reason | None:
    """Provisional decision on words that lead to other sites, before everybody sees them.

    None, and nothing is hidden, where there is no such link.
    """
    if not is_suspicious(uow, words):
        return None
    with force_locale(SOURCE):
        said = gettext("Има връзка към друг сайт. Служител ще го прегледа.")
    reason = Reason(rule=ADVERTISING, words=said)
    hide(uow, part, object_id, reason, request_id=request_id, is_provisional=True)
    return reason


def lift(uow: UnitOfWork, part: str, object_id: UUID) -> None:
    """A moderator takes it back; nothing happens where nothing is in force.

    Raises AppealWaits once the author has appealed: another person decides.
    """
    decision = decision_on(uow, part, object_id, to_change=True)
    if decision is None:
        return
    if decision.appealed_at:
        raise AppealWaits
    _review(uow, decision, RESTORED, "")


def appeal(
    uow: UnitOfWork, decision: ModerationDecision, words: str, *, request_id: UUID
) -> ModerationDecision:
    """The author objects, once; sent twice it is once. Raises AppealClosed."""
    row = _locked(uow, decision.id)
    if row.appeal_request_id == request_id:
        return row
    if not row.is_open_to_appeal:
        raise AppealClosed
    row.appeal, row.appealed_at, row.appeal_request_id = words, uow.now, request_id
    uow.emit(AppealFiled(subject_id=row.id, part=row.part))
    return row


def review(
    uow: UnitOfWork, decision_id: UUID, outcome: str, words: str, *, expected_version: int
) -> ModerationDecision:
    """Another person than who hid it decides the appeal, with reasons.

    Raises NoSuchDecision, AppealClosed, SameReviewer, StaleDecision.
    """
    row = decision_of(uow, decision_id)
    part = moderated_parts()[row.part]
    part.lock(uow, row.object_id)
    row = _locked(uow, decision_id)
    if row.outcome == outcome and row.review == words:
        return row  # the same form, sent twice
    if row.appealed_at is None or row.outcome:
        raise AppealClosed
    if row.by_id is not None and row.by_id == uow.principal.person_id:
        raise SameReviewer
    expect_version(row, expected_version, StaleDecision)
    _review(uow, row, outcome, words)
    part.reviewed(uow, row.object_id, is_restored=outcome == RESTORED)
    uow.emit(AppealDecided(subject_id=row.id, part=row.part))
    return row


def decision_on(
    uow: UnitOfWork, part: str, object_id: UUID, *, to_change: bool = False
) -> ModerationDecision | None:
    """What is in force for one thing. One query."""
    own = ModerationDecision.part == part, ModerationDecision.object_id == object_id
    wanted = select(ModerationDecision).where(*own, IN_FORCE)
    return uow.session.scalar(wanted.with_for_update() if to_change else wanted)


def decisions_on(
    uow: UnitOfWork, part: str, ids: Collection[UUID]
) -> Mapping[UUID, ModerationDecision]:
    """What is in force, by thing. One query, none where there are no ids."""
    if not ids:
        return {}
    wanted = select(ModerationDecision).where(
        ModerationDecision.part == part, ModerationDecision.object_id.in_(ids), IN_FORCE
    )
    return {row.object_id: row for row in uow.session.scalars(wanted)}


def decisions_about(part: str, object_id: UUID) -> Select[ModerationDecision]:
    """All that was ever decided on one thing, the newest first."""
    own = ModerationDecision.part == part, ModerationDecision.object_id == object_id
    return select(ModerationDecision).where(*own).order_by(ModerationDecision.at.desc())


def decision_of(uow: UnitOfWork, decision_id: UUID) -> ModerationDecision:
    """By its id, of a part that is on. Raises NoSuchDecision."""
    row = uow.session.get(ModerationDecision, decision_id)
    if row is None or row.part not in moderated_parts():
        raise NoSuchDecision
    return row


def log() -> Select[ModerationDecision]:
    """The public log, the newest first: what staff decided, of the parts that are on.

    An act about many things is one line; besides it stands what authors objected to.
    """
    wanted = select(ModerationDecision).where(ModerationDecision.part.in_(moderated_parts()))
    alone = ModerationDecision.act_id.is_(None), ModerationDecision.appealed_at.is_not(None)
    wanted = wanted.where(or_(*alone))
    wanted = wanted.where(ModerationDecision.is_provisional.is_(False))
    return wanted.order_by(ModerationDecision.at.desc(), ModerationDecision.id.desc())


def appeals(*, is_decided: bool) -> Select[ModerationDecision]:
    """Queue of appeals, what waits longest first; or those that are decided, the newest first."""
    wanted = select(ModerationDecision).where(
        ModerationDecision.part.in_(moderated_parts()), ModerationDecision.appealed_at.is_not(None)
    )
    if is_decided:
        wanted = wanted.where(ModerationDecision.outcome != "")
        return wanted.order_by(ModerationDecision.reviewed_at.desc(), ModerationDecision.id)
    wanted = wanted.where(ModerationDecision.outcome == "")
    return wanted.order_by(ModerationDecision.appealed_at, ModerationDecision.id)


def forget_appeals(uow: UnitOfWork, part: str, ids: Collection[UUID]) -> None:
    """What authors wrote in their objections goes; the decisions stay in the log."""
    own = ModerationDecision.part == part, ModerationDecision.object_id.in_(ids)
    said = ModerationDecision.appeal.is_not(None)
    for row in uow.session.scalars(select(ModerationDecision).where(*own, said)):
        row.appeal = None


def _locked(uow: UnitOfWork, decision_id: UUID) -> ModerationDecision:
    """As it is after the wait. Raises NoSuchDecision."""
    wanted = select(ModerationDecision).where(ModerationDecision.id == decision_id)
    wanted = wanted.with_for_update().execution_options(populate_existing=True)
    row = uow.session.scalar(wanted)
    if row is None:
        raise NoSuchDecision
    return row


def _review(uow: UnitOfWork, row: ModerationDecision, outcome: str, words: str) -> None:
    row.outcome, row.review, row.reviewed_at = outcome, words, uow.now
    row.reviewed_by_id, row.reviewed_by = uow.principal.person_id, uow.principal.name
    uow.session.flush()
