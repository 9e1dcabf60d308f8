"""Use of a power of attorney: chosen when applying, checked again when the application is sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import undefer

from obshto.modules.eservices.errors import (
    PowerNotFound,
    PowerNotInForce,
    PowerOfAnother,
    StaleVersion,
)
from obshto.modules.eservices.models import Draft, PowerOfAttorney
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.powers.queries import is_in_force, powers_held, powers_listed
from obshto.platform.entity import expect_version
from obshto.platform.questionnaires.answers import Answers
from obshto.platform.unit_of_work import UnitOfWork

SELF = ""  # the choice of who applies for themselves
OWN = ("representative_name", "representative_egn", "poa_number", "poa_date")
WHOSE = ("applicant_id_kind", "applicant_name", "applicant_id")


def usable_powers(uow: UnitOfWork, service: str) -> Sequence[PowerOfAttorney]:
    """Those in force under which who is signed in may ask for a service.

    Nobody under a mandate: who lent an act lent it for their own matters.
    """
    who = uow.principal
    if who.person_id is None or who.actor:
        return ()
    held = powers_held(uow, who.person_id)
    return [power for power in held if is_in_force(uow, power) and covers(power, service)]


def covers(power: PowerOfAttorney, service: str) -> bool:
    """Whether it is for this service."""
    return not power.services or service in power.services


def power_numbered(uow: UnitOfWork, number: str, service: str) -> PowerOfAttorney:
    """For the counter: the one whose number somebody says.

    Raises PowerNotFound, PowerNotInForce.
    """
    rows = powers_listed("", number=number).options(undefer(PowerOfAttorney.answers))
    power = uow.session.scalar(rows)
    if power is None:
        raise PowerNotFound
    if not (is_in_force(uow, power) and covers(power, service)):
        raise PowerNotInForce(number=power.number)
    return power


def represent(draft: Draft, definition: Definition, power: PowerOfAttorney) -> None:
    """The draft is filled in for who gave it: what the paper says stands in it."""
    known = {**power.read(), "acting_as": "proxy"}
    names = [name for name in ("acting_as", *WHOSE, *OWN) if name in definition.questions]
    said = {name: known[name] for name in names if known.get(name)}
    draft.keep({**draft.read(), **said})
    draft.power_id = power.id
    draft.prefilled = sorted({*draft.prefilled, *said})


def represent_nobody(draft: Draft) -> None:
    """The draft is of who fills it in; the rest of what was typed stays."""
    gone = {"acting_as", *WHOSE, *OWN}
    draft.keep({name: said for name, said in draft.read().items() if name not in gone})
    draft.power_id = None
    draft.prefilled = [name for name in draft.prefilled if name not in gone]


def change_whom(
    draft: Draft, definition: Definition, power: PowerOfAttorney | None, *, expected_version: int
) -> None:
    """For whom it is from now on. The row is locked. Raises StaleVersion."""
    if draft.power_id == (power.id if power else None):
        return
    expect_version(draft, expected_version, StaleVersion)
    if draft.power_id:
        represent_nobody(draft)
    if power:
        represent(draft, definition, power)


def power_behind(uow: UnitOfWork, draft: Draft) -> PowerOfAttorney | None:
    """The one under which a draft is filled in."""
    if draft.power_id is None:
        return None
    return uow.session.get_one(
        PowerOfAttorney, draft.power_id, options=[undefer(PowerOfAttorney.answers)]
    )


def still_holds(uow: UnitOfWork, draft: Draft, power: PowerOfAttorney) -> bool:
    """Whether the draft could be sent under it now."""
    is_whose = draft.entered_by_id is not None or draft.person_id == power.representative_id
    return is_whose and is_in_force(uow, power) and covers(power, draft.service)


def power_to_send(uow: UnitOfWork, draft: Draft, answers: Answers) -> PowerOfAttorney | None:
    """The same, held as it is until the application is there: a withdrawal comes before or after.

    Raises PowerNotInForce, PowerOfAnother where somebody else stands as who applies.
    """
    if draft.power_id is None:
        return None
    rows = select(PowerOfAttorney).where(PowerOfAttorney.id == draft.power_id)
    rows = rows.options(undefer(PowerOfAttorney.answers)).with_for_update(read=True)
    power = uow.session.scalars(rows.execution_options(populate_existing=True)).one()
    if not still_holds(uow, draft, power):
        raise PowerNotInForce(number=power.number)
    if answers.get("applicant_id") != power.read()["applicant_id"]:
        raise PowerOfAnother(number=power.number)
    return power


def names_represented(powers: Sequence[PowerOfAttorney]) -> Mapping[UUID, str]:
    """Who is represented by each, as typed."""
    return {power.id: power.read().get("applicant_name", "") for power in powers}
