"""Looks at powers of attorney: opening one is a look at both people, recorded for both."""

from __future__ import annotations

from uuid import UUID

from obshto.modules.eservices.events.powers import PowerLookedAt
from obshto.modules.eservices.models import PowerOfAttorney
from obshto.modules.eservices.services.access_log import PART
from obshto.modules.eservices.services.powers.kinds import CHECK, GROUND, KINDS
from obshto.platform.privacy.errors import DataRestricted
from obshto.platform.privacy.restrictions import restriction_refusal
from obshto.platform.purposes import services as purposes
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork


def look_at_power(uow: UnitOfWork, power: PowerOfAttorney) -> None:
    """Write down that somebody opens it, unless this sitting is written down already."""
    said = power.read()
    is_person = said.get("applicant_id_kind") != "eik"
    represented = Subject(
        person_id=power.represented_id,
        email=said.get("email", ""),
        number=said.get("applicant_id", "") if is_person else "",
    )
    representative = Subject(
        person_id=power.representative_id, number=said.get("representative_egn", "")
    )
    opened = purposes.Opened(
        part=PART, object_id=power.id, subject=representative, others=(represented,)
    )
    fact = PowerLookedAt(subject_id=power.id, number=power.number)
    purposes.look(uow, opened, purposes.Purpose(word=CHECK, kinds=KINDS, ground=GROUND, fact=fact))


def restricted_power(uow: UnitOfWork, power: PowerOfAttorney) -> DataRestricted | None:
    """Why staff may not act upon it: a restriction that either asked for after it was sent."""
    return _bound(uow, power, power.representative_id) or _bound(uow, power, power.represented_id)


def _bound(
    uow: UnitOfWork, power: PowerOfAttorney, person_id: UUID | None
) -> DataRestricted | None:
    return restriction_refusal(uow, lambda: Subject(person_id=person_id), since=power.sent_at)
