"""A report as people read it: ways, groups beside the residents, promises."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext, ngettext

from obshto.modules.participation.models import ParticipationReport
from obshto.modules.participation.services.figures import Figures, summed, told_together, told_ways
from obshto.platform.clock import day_of
from obshto.platform.content.pdf import tables_pdf
from obshto.platform.content.report_tables import ReportTable, sections_of
from obshto.platform.disclosure.representation import (
    Division,
    Representation,
    representation_of_told,
)
from obshto.platform.participation.declarations import MODES, ParticipationWay, WayFigures
from obshto.platform.thread.states import STANDINGS
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, number, percent
from obshto.tenants.api import ages, divisions_of

Ways = Sequence[tuple[ParticipationWay, WayFigures]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportShown:
    """What page, paper and file tell. `unheard` are age groups and places of which not half as many
    spoke as live there."""

    report: ParticipationReport
    title: str
    sums: Mapping[str, int]
    tables: Sequence[ReportTable]
    unheard: Sequence[str]
    ways: Ways


def shown_report(uow: UnitOfWork, report: ParticipationReport, language: str) -> ReportShown:
    """In the language in force. Two reads of the region's tables."""
    ways = list(told_ways(report.figures))
    groups = list(_groups(uow, ways, language))
    return ReportShown(
        report=report,
        title=gettext("Кой беше чут през %(year)s г.", year=report.year),
        sums=summed(report.figures),
        tables=[
            _of_ways(ways),
            *(_of_groups(told, voices) for told, voices in groups),
            _of_promises(report.figures["promises"]),
        ],
        unheard=[name for told, _voices in groups for name in told.unheard],
        ways=ways,
    )


def regional_tables(several: Sequence[Figures]) -> list[ReportTable]:
    """The same over all municipalities: ways with what came of them, age groups, channels."""
    ways = list(told_together(several))
    by_age = Division(title=gettext("По възраст"), column="by_age", names=ages())
    tables = [_of_ways(ways)]
    for division in (by_age, _by_mode()):
        if told := _told_of(division, ways):
            tables.append(_of_groups(*told))
    return tables


def pdf_report(uow: UnitOfWork, shown: ReportShown, language: str) -> bytes:
    """The same as on the page, as PDF/UA-1."""
    assert shown.report.published_at
    intro = [line for line in shown.report.foreword.splitlines() if line.strip()]
    if shown.unheard:
        names = ", ".join(shown.unheard)
        intro.append(gettext("Не сме чули достатъчно: %(names)s", names=names))
    return tables_pdf(
        shown.title,
        sections_of(shown.tables),
        municipality=uow.scope.title,
        language=language,
        on=day_of(shown.report.published_at),
        intro=intro,
        foot=notes(shown.report),
    )


def notes(report: ParticipationReport) -> list[str]:
    """How to read it."""
    return [
        gettext("Един човек може да е участвал няколко пъти: броим гласовете, не хората."),
        gettext("Числа под 10 са скрити, а с тях и онези, от които могат да се изчислят."),
        gettext("Преброено на %(day)s от данните в портала.", day=day(report.counted_at)),
    ]


def _of_ways(ways: Ways) -> ReportTable:
    rows = [
        [
            str(way.title),
            f"{number(told.things)} {way.things}",
            f"{number(told.voices)} {way.voices}",
            "; ".join(_ends(way, told)) or "–",
        ]
        for way, told in ways
    ]
    head = [gettext("Как"), gettext("За какво"), gettext("Колко пъти"), gettext("Какво последва")]
    none = [] if rows else [gettext("През тази година никой не е участвал през портала.")]
    return ReportTable(title=gettext("Как хората участваха"), head=head, rows=rows, notes=none)


def _ends(way: ParticipationWay, told: WayFigures) -> Iterator[str]:
    for word, title in way.ends.items():
        if told.ends.get(word):
            yield f"{title}: {number(told.ends[word])}"


def _groups(uow: UnitOfWork, ways: Ways, language: str) -> Iterator[tuple[Representation, int]]:
    """By age, by place, by mode, each with how often anybody spoke where that is known."""
    for division in (*divisions_of(uow.scope.slug, language), _by_mode()):
        if told := _told_of(division, ways):
            yield told


def _by_mode() -> Division:
    return Division(
        title=gettext("По начин на участие"),
        column="by_mode",
        names={word: str(title) for word, title in MODES.items()},
    )


def _told_of(division: Division, ways: Ways) -> tuple[Representation, int] | None:
    """How often which group spoke, of all who spoke where that is known; None where nobody did."""
    numbers: Counter[str] = Counter()
    voices = 0
    for _way, figures in ways:
        told: Mapping[str, int] | None = getattr(figures, division.column)
        if told is not None:
            numbers.update(told)
            voices += figures.voices
    return (representation_of_told(division, numbers), voices) if voices else None


def _of_groups(told: Representation, voices: int) -> ReportTable:
    rows = [
        [
            group.name,
            number(group.answers),
            percent(group.share),
            "–" if group.of_residents is None else percent(group.of_residents),
        ]
        for group in told.groups
    ]
    head = [gettext("Група"), gettext("Колко пъти"), gettext("Дял от гласовете")]
    head.append(gettext("Дял от жителите"))
    if told.day is None:
        rows, head = [row[:3] for row in rows], head[:3]
    return ReportTable(title=told.title, head=head, rows=rows, notes=list(_below(told, voices)))


def _below(told: Representation, voices: int) -> Iterator[str]:
    """Whom the table says nothing of, and where the numbers of residents are from."""
    unknown = voices - sum(group.answers for group in told.groups)
    if not told.groups:
        yield gettext("Не показваме нищо: от числата може да се изчисли група под 10 души.")
    elif unknown:
        yield ngettext(
            "Още %(num)s глас е без група или е скрит, защото в групата са под 10.",
            "Още %(num)s гласа са без група или са скрити, защото в групата са под 10.",
            unknown,
        )
    if told.unheard:
        yield gettext("Не сме чули достатъчно: %(names)s", names=", ".join(told.unheard))
    if told.day:
        yield gettext(
            "Жители по данни на Националния статистически институт към %(day)s",
            day=day(told.day),
        )


def _of_promises(standings: Mapping[str, int]) -> ReportTable:
    rows = [
        [str(title), number(standings[word])]
        for word, title in STANDINGS.items()
        if standings.get(word)
    ]
    none = [] if rows else [gettext("Нищо не е обещано със срок през тази година.")]
    return ReportTable(
        title=gettext("Обещаното със срок през годината"),
        head=[gettext("Как стои"), gettext("Брой")],
        rows=rows,
        notes=none,
    )
