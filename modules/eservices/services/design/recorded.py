"""Recorded cases of a design: a trial is kept, run again, and must pass before publishing."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from sqlalchemy import func, select

from obshto.modules.eservices.errors import (
    DesignChanged,
    NoSuchService,
    NotWhole,
    StillMissing,
    TooManyRecorded,
)
from obshto.modules.eservices.models import DesignedService, Draft, Offer, RecordedCase
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.design.outcomes import (
    LEFT,
    WRONG,
    Outcome,
    differences,
    outcome_of,
)
from obshto.modules.eservices.services.offers import offer_of
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.entity import create_once, expect_version
from obshto.platform.keys.decryption_log import uncounted
from obshto.platform.questionnaires.answers import missing
from obshto.platform.unit_of_work import UnitOfWork

MOST = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What a case holds: what was typed by who applies and by the official, what followed."""

    answers: Mapping[str, str]
    official: Mapping[str, str]
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Replay:
    """A case that was run again: what is no longer as it was, by section."""

    case: RecordedCase
    now: Outcome
    differences: Sequence[tuple[str, Sequence[tuple[str, str]]]]

    @property
    def passes(self) -> bool:
        return not self.differences

    @property
    def is_whole(self) -> bool:
        """Whether such an application could still be sent."""
        return not self.now[LEFT] and not self.now[WRONG]


def cases_of(uow: UnitOfWork, row: DesignedService) -> Sequence[RecordedCase]:
    """Those of a service, in the order in which they were recorded."""
    wanted = select(RecordedCase).where(RecordedCase.service == row.key)
    return uow.session.scalars(wanted.order_by(RecordedCase.recorded_at, RecordedCase.id)).all()


def case_in(
    uow: UnitOfWork, row: DesignedService, case_id: UUID, *, to_change: bool = False
) -> RecordedCase:
    """One of them; `to_change` makes others wait. Raises NoSuchService."""
    wanted = select(RecordedCase).where(RecordedCase.id == case_id, RecordedCase.service == row.key)
    found = uow.session.scalar(wanted.with_for_update() if to_change else wanted)
    if found is None:
        raise NoSuchService
    return found


def record_case(
    uow: UnitOfWork, row: DesignedService, draft: Draft, name: str, *, request_id: UUID
) -> RecordedCase:
    """Keep a trial with what follows of it. The same request again finds the first.

    Raises StillMissing, TooManyRecorded.
    """
    definition, typed = definition_behind(draft), draft.read()
    official = {n: a for n, a in typed.items() if n in definition.document.fields}
    answers = {n: a for n, a in typed.items() if n in definition.questions}
    return keep_case(
        *(uow, row, definition, name), answers=answers, official=official, request_id=request_id
    )


def keep_case(
    uow: UnitOfWork,
    row: DesignedService,
    definition: Definition,
    name: str,
    *,
    answers: Mapping[str, str],
    official: Mapping[str, str],
    request_id: UUID,
) -> RecordedCase:
    """The same of answers that are at hand."""
    same = select(RecordedCase).where(RecordedCase.request_id == request_id)
    if (first := uow.session.scalar(same)) is not None:
        return first
    if missing(definition.questions, answers):
        raise StillMissing
    number = select(func.count()).where(RecordedCase.service == row.key)
    if (uow.session.scalar(number) or 0) >= MOST:
        raise TooManyRecorded(most=MOST)
    case = RecordedCase(
        id=new_id(),
        request_id=request_id,
        service=row.key,
        name=name,
        recorded_at=uow.now,
        recorded_by_id=uow.principal.person_id,
        recorded_by=uow.principal.name,
    )
    outcome = _outcome(uow, definition, case, answers, official)
    _keep(case, _Told(answers=answers, official=official, outcome=outcome))
    if (first := create_once(uow, case)) is not case:
        return first
    return case


def replay(uow: UnitOfWork, definition: Definition, case: RecordedCase) -> Replay:
    """Run it again by this definition."""
    told = _told(case)
    now = _outcome(uow, definition, case, told.answers, told.official)
    return Replay(case=case, now=now, differences=differences(told.outcome, now))


def replays(uow: UnitOfWork, row: DesignedService, definition: Definition) -> list[Replay]:
    """All of a service."""
    return [replay(uow, definition, case) for case in cases_of(uow, row)]


def accept_outcome(
    uow: UnitOfWork, definition: Definition, case: RecordedCase, *, expected_version: int
) -> None:
    """What follows now is what is expected from now on. Raises DesignChanged, NotWhole."""
    again = replay(uow, definition, case)
    if again.passes:
        return
    expect_version(case, expected_version, DesignChanged)
    if not again.is_whole:
        raise NotWhole
    _keep(case, replace(_told(case), outcome=again.now))


def remove_case(uow: UnitOfWork, case: RecordedCase, *, expected_version: int) -> None:
    """It is not run any more. Raises DesignChanged."""
    expect_version(case, expected_version, DesignChanged)
    uow.session.delete(case)


def _outcome(
    uow: UnitOfWork,
    definition: Definition,
    case: RecordedCase,
    answers: Mapping[str, str],
    official: Mapping[str, str],
) -> Outcome:
    """By the fee that is set; before the first publishing, the one that is designed."""
    offer = offer_of(uow, case.service) or Offer(
        service=case.service,
        speeds=definition.offer.get("speeds", {}),
        fee_cents=definition.offer.get("fee_cents"),
    )
    return outcome_of(definition, offer, answers, official, on=day_of(case.recorded_at))


def _keep(case: RecordedCase, told: _Told) -> None:
    parts = {name: json.dumps(part, ensure_ascii=False) for name, part in asdict(told).items()}
    case.keep(parts)


def _told(case: RecordedCase) -> _Told:
    with uncounted():
        return _Told(**{name: json.loads(part) for name, part in case.read().items()})
