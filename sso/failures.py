"""Who was not let in by the identity provider stands in the log, once."""

from __future__ import annotations

from collections.abc import Mapping

from flask import current_app

from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.sso.events import STRANGER, SignInRefused
from obshto.sso.oidc import current_provider
from obshto.tenants.api import (
    Person,
    ask_failures_from,
    forget_old_failures,
    people_known_as,
    take_failure,
    untold,
)
from obshto.tenants.ports import DirectoryUnavailable, Failure, directory


def note_failures(region: UnitOfWork) -> None:
    """Duty: ask the provider for what is new, keep each in a transaction of its own.

    Killed at any moment it goes on where it was: a failure is kept together with its lines of the
    log. While the provider is away nothing is lost, it remembers for longer.
    """
    forget_old_failures(region)
    since = ask_failures_from(region)
    region.commit()  # the provider may take its time
    try:
        for page in directory().failures(since):
            new = untold(region, page)
            known = _whose(new)
            for failure in new:
                _note(failure, known.get(failure.subject or ""))
    except DirectoryUnavailable as error:
        current_app.logger.warning("failed sign-ins could not be asked for: %s", error)


def _whose(failures: list[Failure]) -> Mapping[str, Person]:
    subjects = {one.subject for one in failures if one.subject}
    return people_known_as(current_provider().config.name, subjects) if subjects else {}


def _note(failure: Failure, whose: Person | None) -> None:
    """In the log of each municipality that they work in; of others only the region knows.

    Staff are named, as in all that the log says of them; a citizen, or whoever was made up, is not.
    """
    places = tuple(whose.works_in) if whose else ()
    who = Principal.system(whose.name if whose and places else STRANGER)
    person_id = whose.id if whose else None
    with open_uow(None, who) as own:
        if not take_failure(own, failure, person_id):
            return
        for place in places or (None,):
            own.emit(
                SignInRefused(
                    subject_id=person_id,
                    municipality=place,
                    why=failure.why.value,
                    tried_at=failure.at,
                )
            )
