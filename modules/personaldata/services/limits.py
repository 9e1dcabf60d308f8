"""Limits: a restriction that an answer accepts, and its end (Regulation (EU) 2016/679, art. 18)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from obshto.modules.personaldata.errors import WhoseLimit
from obshto.modules.personaldata.events import LimitLifted
from obshto.modules.personaldata.models import DataRequest
from obshto.modules.personaldata.services.request_actions import answer_request
from obshto.modules.personaldata.services.states import ANSWERED, note, record
from obshto.modules.personaldata.services.timeline import subject_of
from obshto.platform.modularity.manifest import PersonalData, RestrictionReach
from obshto.platform.modularity.registry import current_registry
from obshto.platform.privacy.restrictions import (
    lift_restriction,
    place_restriction,
    restriction_by,
)
from obshto.platform.purposes.look_words import section_of
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import find_municipality

LIMITATION = "limitation"


def accept_limit(
    uow: UnitOfWork, row: DataRequest, words: str, subject: Subject, *, expected_version: int
) -> None:
    """Answer, and bind acts of staff at once. `subject` is what the officer typed of the person.

    Raises WhoseLimit, StaleRequest, RequestNotYours, IdentityNeeded, RequestNotFromHere.
    """
    if row.state == ANSWERED:
        return
    known = _subject(uow, row, subject)
    if not known.indexes():
        raise WhoseLimit
    answer_request(uow, row, words, expected_version=expected_version)
    place_restriction(uow, known, case_id=row.id, number=row.number)


def lift_limit(uow: UnitOfWork, row: DataRequest, why: str, *, expected_version: int) -> None:
    """The person is told why before it ends. Raises NoSuchRestriction, StaleRestriction."""
    limit = restriction_by(uow, row.id, to_change=True)
    if limit.ends_at:
        return
    lift_restriction(uow, limit, why, expected_version=expected_version)
    note(uow, row, "lifted", words=why)
    record(uow, row, LimitLifted)


def reach_here(uow: UnitOfWork) -> Mapping[RestrictionReach, Sequence[str]]:
    """What a restriction stops: names of the parts that are on here, by what each declares."""
    here = find_municipality(uow.scope.slug)
    parts = current_registry().switched_on(here.modules if here else ())
    found: dict[RestrictionReach, list[str]] = {reach: [] for reach in RestrictionReach}
    for part in parts:
        if isinstance(part.privacy, PersonalData):
            found[part.privacy.restriction].append(section_of(part.slug))
    return {reach: names for reach, names in found.items() if names}


def _subject(uow: UnitOfWork, row: DataRequest, typed: Subject) -> Subject:
    """What was typed; of who asks for themselves also the account."""
    if row.person_id is None or row.behalf:
        return typed
    own = subject_of(uow, row.person_id)
    return replace(
        typed,
        person_id=row.person_id,
        email=typed.email or own.email,
        number=typed.number or own.number,
    )
