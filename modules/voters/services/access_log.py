"""Looks at registrations: opened to check them, taken for letters, to give paper."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.voters.events import VoterRollTaken
from obshto.modules.voters.models import FrozenVoterRoll, VoterRegistration, VoterRollEntry
from obshto.modules.voters.services.kinds import PART
from obshto.platform.modularity.manifest import DataKind, LookedAt
from obshto.platform.purposes.services import Opened, Purpose, look, look_at_each
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

GROUND = "Регламент (ЕС) 2016/679, чл. 6, § 1, б. „д“"
CHECK, LETTERS, PAPER = "check", "letters", "paper"
KINDS = (DataKind.NAME, DataKind.ADDRESS, DataKind.CONTACT)
PURPOSES: Mapping[str, LazyString] = {
    CHECK: _("Проверява регистрацията Ви за гласуване"),
    LETTERS: _("Изготвя писмата с кодове за гласуване"),
    PAPER: _("Дава Ви хартиена бюлетина"),
}


def look_at_registration(uow: UnitOfWork, row: VoterRegistration, purpose: str) -> None:
    """Record that an official opens name, address and phone."""
    look(uow, _opened(row.id, row.person_id), Purpose(word=purpose, kinds=KINDS, ground=GROUND))


def look_at_roll(uow: UnitOfWork, roll: FrozenVoterRoll) -> None:
    """Record that the names of a whole roll leave for the commission's computer."""
    wanted = select(VoterRegistration.id, VoterRegistration.person_id).join(VoterRollEntry)
    rows = uow.session.execute(wanted.where(VoterRollEntry.roll_id == roll.id))
    opened: Sequence[Opened] = [_opened(row.id, row.person_id) for row in rows]
    fact = VoterRollTaken(subject_id=roll.id, title=roll.title)
    look_at_each(uow, opened, Purpose(word=LETTERS, kinds=KINDS, ground=GROUND, fact=fact))


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The registrations among these ids, by their numbers. One query."""
    wanted = select(VoterRegistration.id, VoterRegistration.number, VoterRegistration.person_id)
    rows = uow.session.execute(wanted.where(VoterRegistration.id.in_(ids)))
    return {
        row.id: LookedAt(
            gettext("Регистрация за гласуване № %(number)s", number=row.number),
            "/voters/mine" if row.person_id else "",
        )
        for row in rows
    }


def _opened(registration_id: UUID, person_id: UUID | None) -> Opened:
    return Opened(part=PART, object_id=registration_id, subject=Subject(person_id=person_id))
