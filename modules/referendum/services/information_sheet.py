"""Information sheet of a called referendum (чл. 34, ал. 2): question, reasons, when, where, how.

Official paper, so Bulgarian in each language of the portal; nothing on it speaks for a side.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext

from obshto.modules.referendum.models import Referendum
from obshto.modules.referendum.services.adoption import Adoption, adoption_of, with_article
from obshto.modules.referendum.services.campaign_time import campaign_time
from obshto.modules.referendum.settings import ReferendumSettings
from obshto.platform.clock import day_of
from obshto.platform.content.pdf import TABLES, pdf_of
from obshto.platform.modularity.polling_places import PollingPlace, PollingPlaces
from obshto.platform.modularity.ports import port_here
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, weekday
from obshto.platform.web.language import SOURCE, speaking

LARGE, USUAL = 18, 11  # points


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetPart:
    """A heading with what stands below it, one sentence a paragraph."""

    title: str
    paragraphs: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class InformationSheet:
    """What is printed and read aloud."""

    title: str
    question: str
    parts: Sequence[SheetPart]


def sheet_of(uow: UnitOfWork, proposal: Referendum) -> InformationSheet:
    """The sheet of a referendum that has a day. Two queries where places and counts are known."""
    assert proposal.vote_on
    port = port_here(PollingPlaces)
    places = port.places(uow, proposal.unit) if port else ()
    hours = port.hours(uow) if port else None
    adopted = adoption_of(uow, proposal)
    with speaking(SOURCE):
        return InformationSheet(
            title=str(gettext("Информационен лист за местен референдум")),
            question=proposal.question,
            parts=[
                _part(gettext("Ако е „да“"), proposal.yes_means),
                _part(gettext("Ако е „не“"), proposal.no_means),
                _part(gettext("Защо се пита"), proposal.reasons),
                SheetPart(title=gettext("Кога"), paragraphs=_when(proposal.vote_on, hours)),
                SheetPart(title=gettext("Къде"), paragraphs=_where(places)),
                SheetPart(title=gettext("Кой и как гласува"), paragraphs=_how(uow)),
                SheetPart(title=gettext("Кога въпросът е приет"), paragraphs=_adopted(adopted)),
            ],
        )


def sheet_as_pdf(uow: UnitOfWork, proposal: Referendum, *, is_large: bool) -> bytes:
    """The sheet as PDF/UA-1, to be printed; the large one for who sees badly."""
    sheet, on = sheet_of(uow, proposal), day_of(uow.now)
    sections: list[dict[str, Any]] = [
        {"level": 2, "title": part.title, "before": part.paragraphs, "tables": [], "after": []}
        for part in sheet.parts
    ]
    with speaking(SOURCE):
        ground = gettext("Издава се на основание чл. 34, ал. 2 от ЗПУГДВМС.")
    values = {
        "title": sheet.title,
        "municipality": uow.scope.title,
        "lang": SOURCE,
        "at": [on.year, on.month, on.day],
        "size": LARGE if is_large else USUAL,
        "intro": [sheet.question],
        "sections": sections,
        "foot": [ground, f"{uow.scope.address}/referendum/{proposal.id}/campaign"],
    }
    return pdf_of(TABLES, values)


def _part(title: str, text: str) -> SheetPart:
    return SheetPart(title=title, paragraphs=[one for one in text.splitlines() if one.strip()])


def _when(vote_on: date, hours: tuple[int, int] | None) -> list[str]:
    told = campaign_time(vote_on)
    when = {"day": day(vote_on), "weekday": str(weekday(vote_on))}
    lines = [gettext("Гласува се на %(day)s, %(weekday)s.", **when)]
    if hours:
        first, last = hours
        lines.append(
            gettext("Секциите са отворени от %(first)s до %(last)s часа.", first=first, last=last)
        )
    closing = day(day_of(told.closes_at))
    lines.append(gettext("Кампанията свършва на %(day)s в 0:00 часа.", day=closing))
    return lines


def _where(places: Sequence[PollingPlace]) -> list[str]:
    return [*map(_place_line, places)] or [gettext("Секциите се обявяват от общината.")]


def _place_line(place: PollingPlace) -> str:
    where = ", ".join(filter(None, (place.name, place.address)))
    entrance = place.entrance or (
        gettext("вход без стъпала") if place.is_accessible else gettext("вход със стъпала")
    )
    told = {"number": place.number, "where": where, "entrance": entrance}
    return str(gettext("Секция %(number)s: %(where)s. Вход: %(entrance)s.", **told))


def _how(uow: UnitOfWork) -> list[str]:
    return [
        gettext(
            "Гласуват българските граждани с избирателни права, чийто постоянен или настоящ адрес"
            " е тук през последните шест месеца преди насрочването (чл. 4, ал. 2)."
        ),
        gettext("Гласува се на хартия. Носете лична карта."),
        how_to_mark(uow),
        gettext("Сложете бюлетината в плика и го пуснете в кутията."),
    ]


def how_to_mark(uow: UnitOfWork) -> str:
    """What one does on the ballot, by the reading of чл. 37 and 38 that holds here. One query."""
    if settings_of(uow, "referendum", ReferendumSettings).crosses_out:
        return str(gettext("Зачеркнете отговора, който не избирате. Другия оставете чист."))
    return str(gettext("Отбележете кутийката на „да“ или на „не“. Другата оставете чиста."))


def _adopted(adoption: Adoption) -> list[str]:
    lines = [gettext("Въпросът е приет, когато:"), *map(with_article, adoption.conditions)]
    if adoption.otherwise:
        other = gettext("Ако се гласува в деня на общи местни избори, условието е само това:")
        lines += [other, *map(with_article, adoption.otherwise)]
    return [*lines, f"{gettext('Ако не е приет:')} {with_article(adoption.again)}"]
