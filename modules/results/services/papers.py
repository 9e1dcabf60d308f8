"""Papers of the count as PDF/UA-1: codes for the sections, data for the municipal protocol.

Official papers, so Bulgarian in each language of the portal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext

from obshto.modules.results.models import VoteNight
from obshto.modules.results.services.codes import code_as_written, section_code
from obshto.modules.results.services.control_sums import NAMES
from obshto.modules.results.services.states import COUNTED, PROTOCOL_STATES
from obshto.modules.results.services.totals import SectionCount, VoteTotals
from obshto.modules.results.services.votes import turnout_hours
from obshto.platform.clock import day_of
from obshto.platform.content.pdf import section_of, tables_pdf
from obshto.platform.modularity.polling_places import CalledVote, PollingPlace
from obshto.platform.notify.sms.inbound_messages import answerable_number
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, weekday
from obshto.platform.web.language import SOURCE, speaking

LARGE = 16  # points, to be read at a table in the evening
Values = Mapping[str, Any]


def codes_pdf(
    uow: UnitOfWork,
    vote: CalledVote,
    night: VoteNight,
    places: Sequence[PollingPlace],
    address: str,
) -> bytes:
    """A sheet for each section, packed with the materials: where to report, by which code, when."""
    with speaking(SOURCE):
        hours = ", ".join(str(hour) for hour in turnout_hours(uow))
        parts = [
            section_of(
                gettext("Секция %(number)s", number=place.number),
                before=[
                    f"{place.name}, {place.address}",
                    gettext("Отворете: %(address)s", address=address),
                    gettext("Код: %(code)s", code=code_as_written(section_code(night, place.id))),
                    gettext("Съобщете колко са гласували към %(hours)s часа.", hours=hours),
                    *_by_sms(uow, night, place),
                    gettext("Само число: никога кой е гласувал. Без телефон – обадете се."),
                ],
            )
            for place in places
        ]
        return _paper(uow, vote, gettext("Кодове на секциите"), parts, size=LARGE)


def summary_pdf(uow: UnitOfWork, vote: CalledVote, totals: VoteTotals) -> bytes:
    """Data for the protocol of the municipal commission (чл. 40, ал. 1) with all sections."""
    with speaking(SOURCE):
        sums = totals.sums
        rows = [
            [gettext("Секционни комисии"), str(len(totals.sections))],
            [gettext("Представили протоколи"), str(totals.counted)],
            *([str(NAMES[name]), str(sums[name])] for name in NAMES),
        ]
        table = {"head": [gettext("Какво"), gettext("Брой")], "rows": rows}
        by_section = {
            "head": [gettext("Секция"), *(str(label) for label in NAMES.values())],
            "rows": [_line(one) for one in totals.sections],
        }
        signed = [gettext("Подписи на членовете на комисията:")]
        parts = [
            section_of(gettext("Общо"), tables=[table]),
            section_of(gettext("По секции"), tables=[by_section], after=signed),
        ]
        title = gettext("Данни за протокола на общинската комисия")
        return _paper(uow, vote, title, parts)


def _by_sms(uow: UnitOfWork, night: VoteNight, place: PollingPlace) -> list[str]:
    """How the same is written, where there is a number that people can write to."""
    number = answerable_number(uow)
    if not number:
        return []
    told = {
        "number": number,
        "section": place.number,
        "code": code_as_written(section_code(night, place.id)),
        "hour": turnout_hours(uow)[0],
    }
    return [
        gettext("Или пратете SMS на %(number)s: секция, номер, код, час, гласували.", **told),
        gettext("Пример за 145 гласували: СЕКЦИЯ %(section)s %(code)s %(hour)s 145", **told),
    ]


def _line(one: SectionCount) -> list[str]:
    row = one.protocol
    if row is None or row.state not in COUNTED:
        told = str(PROTOCOL_STATES[one.state])
        return [str(one.place.number), told, *([""] * (len(NAMES) - 1))]
    return [str(one.place.number), *(str(getattr(row, name)) for name in NAMES)]


def _paper(
    uow: UnitOfWork, vote: CalledVote, title: str, parts: Sequence[Values], *, size: int = 11
) -> bytes:
    when = {"day": day(vote.vote_on), "weekday": str(weekday(vote.vote_on))}
    held = gettext("Гласува се на %(day)s, %(weekday)s.", **when)
    return tables_pdf(
        title,
        parts,
        municipality=uow.scope.title,
        language=SOURCE,
        on=day_of(uow.now),
        intro=[f"{vote.number}. {vote.question}", held],
        foot=[gettext("Гласуването е на хартия. Резултата обявява избирателната комисия.")],
        size=size,
    )
