"""Codes of sections: by one a member of the commission reports from a phone, nothing more."""

from __future__ import annotations

from hmac import compare_digest
from uuid import UUID, uuid5

from obshto.modules.results.errors import WrongSectionCode
from obshto.modules.results.models import VoteNight
from obshto.modules.results.services.nights import night_of, nights_of
from obshto.modules.results.services.states import COUNTING
from obshto.modules.results.services.votes import places_of, votes_here
from obshto.platform.cases.codes import code_of, digits
from obshto.platform.clock import day_of
from obshto.platform.modularity.polling_places import CalledVote, PollingPlace
from obshto.platform.unit_of_work import UnitOfWork

LABEL = "results_section.code"
LENGTH = 12  # digits: with the brake of the form nobody guesses one in a day


def section_code(night: VoteNight, section_id: UUID) -> str:
    """The code of a section for one vote; another one after the codes were changed."""
    key = uuid5(night.vote_id, f"{section_id}/{night.code_round}")
    return code_of(LABEL, key)[:LENGTH]


def code_as_written(code: str) -> str:
    """In fours, as one reads it out."""
    return " ".join(code[at : at + 4] for at in range(0, LENGTH, 4))


def section_with_code(
    uow: UnitOfWork, number: int, code: str
) -> tuple[CalledVote, VoteNight, PollingPlace]:
    """Whose code it is, on the day of the vote and until the result. Raises WrongSectionCode."""
    typed, today = digits(code), day_of(uow.now)
    votes = [vote for vote in votes_here(uow) if vote.vote_on <= today]
    nights = nights_of(uow, [vote.id for vote in votes])
    for vote in votes:
        night = nights.get(vote.id) or night_of(uow, vote)
        if night.state != COUNTING:
            continue
        for place in places_of(uow, vote.unit):
            own = section_code(night, place.id)
            if place.number == number and compare_digest(own, typed):
                return vote, night, place
    raise WrongSectionCode
