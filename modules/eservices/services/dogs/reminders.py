"""Whoever keeps a dog hears before its vaccination lapses."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import or_, select

from obshto.modules.eservices.events import VaccinationNears
from obshto.modules.eservices.models import Dog
from obshto.modules.eservices.models.dog import DogState
from obshto.modules.eservices.services.prices import LAW
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork

AT_ONCE = 500


def remind_of_vaccinations(uow: UnitOfWork) -> None:
    """Job: one letter for each vaccination, some days before it counts no more."""
    soon = day_of(uow.now) + timedelta(days=LAW["dog"]["remind_days"])
    not_yet = or_(Dog.reminded_for.is_(None), Dog.reminded_for != Dog.vaccinate_by)
    wanted = select(Dog).where(Dog.state == DogState.HERE, Dog.vaccinate_by <= soon, not_yet)
    locked = wanted.order_by(Dog.id).limit(AT_ONCE).with_for_update(skip_locked=True)
    for dog in uow.session.scalars(locked):
        dog.reminded_for = dog.vaccinate_by
        uow.emit(VaccinationNears(subject_id=dog.id, register_no=dog.register_no))
