"""Turnout by SMS from a section: „СЕКЦИЯ 3 1234 5678 9012 11 145“, answered in words.

That is the number of the section, its code, the full hour, how many have voted. Other words and
signs between them do not matter, so what somebody types by heart is read as well.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask_babel import gettext

from obshto.modules.results.errors import NoSuchHour
from obshto.modules.results.services.codes import LENGTH, section_with_code
from obshto.modules.results.services.turnout import report_turnout, reports_of
from obshto.modules.results.services.votes import turnout_hours
from obshto.platform.errors import DomainError
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking

# How phones with and without Cyrillic spell it, and the portal's other languages say it.
FOR_US = frozenset(
    ("секция", "sekcia", "sekcija", "sekciya", "sekciq", "sekziq", "sektsia", "section", "sectia")
)
LONGEST_NUMBER = 5  # digits of a section and of how many have voted
_first_word = re.compile(r"[^\W\d_]+").search
_full_hour = re.compile(r"\b(\d{1,2})\s*[:.,]\s*00\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class SentTurnout:
    """What a message says, its numbers short enough to be read as such."""

    section: int
    code: str
    hour: int
    voted: int


class TurnoutBySms:
    """Supplies `IncomingSms`."""

    def answer(self, uow: UnitOfWork, words: str) -> str | None:
        """What was written down, or why nothing was; the same message again changes nothing."""
        first = _first_word(words)
        if first is None or first[0].casefold() not in FOR_US:
            return None
        with speaking(SOURCE):
            told = read_message(words)
            if told is None:
                return str(
                    gettext("Не е записано. Пишете: СЕКЦИЯ, номер, код с 12 цифри, час, гласували.")
                )
            try:
                return _written(uow, told)
            except NoSuchHour:
                hours = ", ".join(map(str, turnout_hours(uow)))
                said = gettext("Съобщава се към %(hours)s часа.", hours=hours)
            except DomainError as refusal:
                said = str(refusal)
            return str(gettext("Не е записано. %(why)s", why=said))


def read_message(words: str) -> SentTurnout | None:
    """The numbers of a message; None where they are not what is asked for."""
    groups = re.findall(r"\d+", _full_hour.sub(r"\1", words), re.ASCII)
    section, *rest = groups or [""]
    code = ""
    while rest and len(code) < LENGTH:
        code += rest.pop(0)
    if len(code) != LENGTH or len(rest) != 2:
        return None
    hour, voted = rest
    if len(section) > LONGEST_NUMBER or len(hour) > 2 or len(voted) > LONGEST_NUMBER:
        return None
    return SentTurnout(section=int(section), code=code, hour=int(hour), voted=int(voted))


def _written(uow: UnitOfWork, told: SentTurnout) -> str:
    """Raises WrongSectionCode and what `report_turnout` raises."""
    vote, _night, place = section_with_code(uow, told.section, told.code)
    before = reports_of(uow, vote).get(place.id, {}).get(told.hour)
    was = before.voted if before else None
    report_turnout(uow, vote, place, told.hour, told.voted, by_section=True)
    about = {"number": told.section, "hour": told.hour, "voted": told.voted, "was": was}
    if was is None:
        said = gettext("Секция %(number)s, %(hour)s часа: записано %(voted)s. Благодарим.", **about)
    elif was == told.voted:
        said = gettext("Секция %(number)s, %(hour)s часа: %(voted)s вече е записано.", **about)
    else:
        said = gettext(
            "Секция %(number)s, %(hour)s часа: поправено. Беше %(was)s, сега е %(voted)s.", **about
        )
    return str(said)
