"""What was decided of a dog is written into its row: entered, altered, with its keeper and fee."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from obshto.modules.eservices.events import DogEntered
from obshto.modules.eservices.models import Case, Dog, DogEntry, Keeping
from obshto.modules.eservices.models.dog import DogState
from obshto.modules.eservices.services.codes import applicant_index
from obshto.modules.eservices.services.dogs.duties import ask_duty, let_go_of
from obshto.modules.eservices.services.dogs.event_text import (
    DEATH,
    FEE,
    FOUND,
    LOST,
    REGISTER,
    TRANSFER,
    VACCINATION,
)
from obshto.modules.eservices.services.dogs.queries import (
    DOG,
    chip_index,
    dog_by_chip,
    is_kept_by,
    keeping_of,
)
from obshto.modules.eservices.services.offers import offer_of
from obshto.modules.eservices.services.official_names import official_names
from obshto.modules.eservices.services.prices import LAW
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.legal.terms import months_later
from obshto.platform.questionnaires.places import place_in
from obshto.platform.unit_of_work import UnitOfWork

Answers = Mapping[str, str]
LOOKS = (
    *("dog_name", "sex", "breed", "colour", "dog_birth", "origin", "passport", "vet"),
    *("kept_settlement", "kept_street", "lost_place"),
)
NEUTERED = "neutered"


def enter_dog(uow: UnitOfWork, case: Case, answers: Answers, official: Answers) -> None:
    """Write down what a document about a dog was just issued for; of other services nothing.

    `answers` are those that count. A dog of which the register does not know is entered first.
    """
    if case.service != DOG:
        return
    dog = _dog(uow, case, answers, official)
    dog.keep({**dog.read(), **{name: answers[name] for name in LOOKS if answers.get(name)}})
    event, day = answers["event"], _day_of(answers, day_of(uow.now))
    WAYS[event](uow, dog, case, answers)
    if event in (REGISTER, VACCINATION):
        _vaccinated(dog, date.fromisoformat(answers["rabies"]))
    write_entry(uow, dog, event, day=day, case=case)
    uow.session.flush()
    if not dog.is_ended and (keeping := keeping_of(uow, dog)):
        ask_duty(uow, dog, keeping, offer_of(uow, DOG))
    uow.emit(DogEntered(subject_id=dog.id, register_no=dog.register_no, event=event))


def write_entry(
    uow: UnitOfWork,
    dog: Dog,
    name: str,
    *,
    day: date,
    case: Case | None = None,
    words: str | None = None,
) -> DogEntry:
    """Write down what happened to it."""
    entry = DogEntry(
        dog_id=dog.id,
        case_id=case.id if case else None,
        name=name,
        day=day,
        at=uow.now,
        by_id=uow.principal.person_id,
        by_name=uow.principal.name,
        words=words,
    )
    uow.session.add(entry)
    return entry


# -- inside ----------------------------------------------------------------------------------


def _dog(uow: UnitOfWork, case: Case, answers: Answers, official: Answers) -> Dog:
    """Its row, locked; a new one under the number of this application, or the official's own."""
    chip = answers["chip"]
    if dog := dog_by_chip(uow, chip, to_change=True):
        return dog
    dog = Dog(
        id=new_id(),
        register_no=official.get("register_no") or case.number,
        chip=chip,
        chip_index=chip_index(chip),
        state=DogState.HERE,
        is_neutered=False,
        entered_on=day_of(uow.now),
    )
    dog.keep({})
    try:
        with uow.session.begin_nested():
            uow.session.add(dog)
    except IntegrityError:  # another application about it, in the same instant
        found = dog_by_chip(uow, chip, to_change=True)
        assert found
        return found
    return dog


def _day_of(answers: Answers, today: date) -> date:
    told = answers.get("event_date") or answers.get("acquired") or answers.get("rabies")
    return date.fromisoformat(told) if told else today


def _registered(uow: UnitOfWork, dog: Dog, case: Case, answers: Answers) -> None:
    """Who declares it keeps it; somebody else who did so keeps it no longer."""
    dog.is_neutered = answers.get("neutered") == "yes"
    dog.state, dog.ended_on = DogState.HERE, None
    since = date.fromisoformat(answers["acquired"])
    keeping = keeping_of(uow, dog)
    if keeping and not is_kept_by(keeping, case):
        _close(uow, keeping, since)
        keeping = None
    if keeping is None:
        _open_for(uow, dog, case, answers, since=since)
        return
    keeping.keep(_applicant(answers))
    keeping.person_id, keeping.number_index = _person(case, answers), case.number_index
    keeping.is_declared = True


def _vaccinated(dog: Dog, day: date) -> None:
    if dog.vaccinated_on is None or day > dog.vaccinated_on:
        dog.vaccinated_on = day
        dog.vaccinate_by = months_later(day, LAW["dog"]["vaccinate_months"])


def _transferred(uow: UnitOfWork, dog: Dog, case: Case, answers: Answers) -> None:
    """One duty ends, the other one begins, unless the new keeper lives in another municipality."""
    day = date.fromisoformat(answers["event_date"])
    if keeping := keeping_of(uow, dog):
        _close(uow, keeping, day)
    place = place_in(answers["owner_settlement"])
    if not place or place.municipality != official_names(uow)["municipality_short"]:
        dog.state, dog.ended_on = DogState.GONE, day
        return
    dog.state, dog.ended_on = DogState.HERE, None
    who = {
        "name": answers["owner_name"],
        "settlement": answers["owner_settlement"],
        "street": answers["owner_street"],
        "phone": answers.get("owner_phone", ""),
    }
    number = answers.get("owner_egn", "")
    known_by = applicant_index(number) if number else None
    _open(uow, dog, {**who, "number": number}, known_by, since=day, is_declared=False)


def _lost(uow: UnitOfWork, dog: Dog, case: Case, answers: Answers) -> None:
    _at_least_kept(uow, dog, case, answers)
    dog.state = DogState.LOST


def _kept(uow: UnitOfWork, dog: Dog, case: Case, answers: Answers) -> None:
    _at_least_kept(uow, dog, case, answers)
    if answers["event"] == FOUND and dog.state == DogState.LOST:
        dog.state = DogState.HERE


def _died(uow: UnitOfWork, dog: Dog, case: Case, answers: Answers) -> None:
    day = date.fromisoformat(answers["event_date"])
    dog.state, dog.ended_on = DogState.DEAD, day
    if keeping := keeping_of(uow, dog):
        _close(uow, keeping, day)


def _freed(uow: UnitOfWork, dog: Dog, case: Case, answers: Answers) -> None:
    keeping = _at_least_kept(uow, dog, case, answers)
    keeping.exempt = answers["exempt"]
    dog.is_neutered = dog.is_neutered or answers["exempt"] == NEUTERED
    let_go_of(uow, keeping)


WAYS: Mapping[str, Callable[[UnitOfWork, Dog, Case, Answers], None]] = {
    REGISTER: _registered,
    VACCINATION: _kept,
    TRANSFER: _transferred,
    LOST: _lost,
    FOUND: _kept,
    DEATH: _died,
    FEE: _freed,
}


def _at_least_kept(uow: UnitOfWork, dog: Dog, case: Case, answers: Answers) -> Keeping:
    """Who keeps it; of a dog that nobody declared the applicant, who has to declare it yet."""
    keeping = keeping_of(uow, dog)
    if keeping is None:
        today = day_of(uow.now)
        keeping = _open_for(uow, dog, case, answers, since=today, is_declared=False)
    return keeping


def _open_for(
    uow: UnitOfWork,
    dog: Dog,
    case: Case,
    answers: Answers,
    *,
    since: date,
    is_declared: bool = True,
) -> Keeping:
    """The applicant keeps it from that day on."""
    return _open(
        uow,
        dog,
        _applicant(answers),
        case.number_index,
        since=since,
        person_id=_person(case, case.read()),
        is_declared=is_declared,
    )


def _open(
    uow: UnitOfWork,
    dog: Dog,
    who: Answers,
    number_index: bytes | None,
    *,
    since: date,
    person_id: UUID | None = None,
    is_declared: bool = True,
) -> Keeping:
    keeping = Keeping(
        id=new_id(),
        dog_id=dog.id,
        person_id=person_id,
        number_index=number_index,
        since=since,
        is_declared=is_declared,
    )
    keeping.keep(who)
    uow.session.add(keeping)
    uow.session.flush()
    return keeping


def _close(uow: UnitOfWork, keeping: Keeping, day: date) -> None:
    keeping.until = max(day, keeping.since)
    uow.session.flush()


def _person(case: Case, answers: Answers) -> UUID | None:
    """Whose profile shows the dog: who acts for somebody else does not keep it."""
    return case.person_id if answers.get("acting_as", "self") == "self" else None


def _applicant(answers: Answers) -> dict[str, str]:
    names = {
        "name": "applicant_name",
        "number": "applicant_id",
        "settlement": "address_settlement",
        "street": "address_street",
        "phone": "phone",
        "email": "email",
    }
    return {key: answers.get(name, "") for key, name in names.items()}
