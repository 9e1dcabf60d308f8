"""The results as a PDF to be printed, filed and read aloud; without the free texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from flask_babel import gettext, ngettext

from obshto.modules.polls.models import Poll
from obshto.modules.polls.services.groups import Breakdown, ByGroup
from obshto.modules.polls.services.paper import told_when
from obshto.modules.polls.services.results import Result, Results
from obshto.platform.clock import day_of
from obshto.platform.content.pdf import TABLES, pdf_of
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, moment, number, percent

Values = dict[str, Any]


def report_of(
    uow: UnitOfWork, poll: Poll, results: Results, breakdowns: Sequence[Breakdown], language: str
) -> bytes:
    """The same figures as on the page, in the language in force, as PDF/UA-1."""
    return pdf_of(TABLES, values_of(uow, poll, results, breakdowns, language))


def values_of(
    uow: UnitOfWork, poll: Poll, results: Results, breakdowns: Sequence[Breakdown], language: str
) -> Values:
    """What the template reads."""
    day = day_of(uow.now)
    return {
        "title": poll.said("title", language)[0],
        "municipality": uow.scope.title,
        "lang": language,
        "at": [day.year, day.month, day.day],
        "intro": list(_intro(poll, results, language)),
        "sections": list(_sections(results, breakdowns, language)),
        "foot": list(_foot(uow)),
    }


def _intro(poll: Poll, results: Results, language: str) -> Iterator[str]:
    yield from _paragraphs(poll.said("intro", language)[0])
    if poll.opens_at:
        dates = {"begin": moment(poll.opens_at), "end": moment(poll.closes_at)}
        yield gettext("От %(begin)s до %(end)s", **dates)
    if not results.is_told:
        yield gettext("Отговориха по-малко от 10 души, затова няма резултати.")
        return
    answers = ngettext("%(num)s отговор", "%(num)s отговора", results.answers)
    channels = {"online": number(results.online), "paper": number(results.paper)}
    yield f"{answers}: {gettext('онлайн %(online)s, на хартия %(paper)s', **channels)}"
    for paragraph in _paragraphs(poll.said("outcome", language)[0]):
        yield gettext("Какво последва: %(text)s", text=paragraph)


def _foot(uow: UnitOfWork) -> Iterator[str]:
    yield gettext("Числа под 10 са скрити, а с тях и онези, от които могат да се изчислят.")
    yield gettext("Отчетът е направен на %(moment)s", moment=moment(uow.now))


def _sections(results: Results, breakdowns: Sequence[Breakdown], language: str) -> Iterator[Values]:
    for result in results.results:
        yield _of_question(result, results.is_final, language)
    for breakdown in breakdowns:
        yield _of_groups(breakdown)
        for one in breakdown.questions:
            yield _by_group(one, breakdown, language)


def _of_question(result: Result, is_final: bool, language: str) -> Values:
    title = result.question.said("title", language)[0]
    if not result.is_told:
        few = gettext("Отговориха по-малко от 10 души, затова не показваме нищо.")
        later = gettext("Този въпрос е за част от хората. Отговорите му показваме след края.")
        return _section(2, title, before=[few if is_final else later])
    said = [when] if (when := told_when(result.asked, language)) else []
    said += [ngettext("Отговори %(num)s човек", "Отговориха %(num)s души", result.answered)]
    if result.mean is not None:
        said.append(gettext("Средна оценка: %(mean)s", mean=number(round(result.mean, 1))))
    by_channel = is_final and not result.question.only_if
    head = [gettext("Отговор"), gettext("Брой"), gettext("Дял")]
    head += [gettext("Онлайн"), gettext("На хартия")] if by_channel else []
    rows = []
    for line in result.lines:
        share = line.total / result.answered if result.answered else 0
        row = [line.option.said(language)[0], number(line.total), percent(share)]
        rows.append(row + ([_cell(line.online), _cell(line.paper)] if by_channel else []))
    corrected = result.question.said("correction", language)[0]
    after = [gettext("Поправка: %(text)s", text=corrected)] if corrected else []
    return _section(2, title, before=said, table=(head, rows), after=after)


def _of_groups(breakdown: Breakdown) -> Values:
    head = [gettext("Група"), gettext("Отговори"), gettext("Дял от отговорите")]
    head.append(gettext("Дял от жителите"))
    others = [breakdown.others] if breakdown.others else []
    rows = [
        [
            group.name,
            number(group.answers),
            percent(group.share),
            "–" if group.of_residents is None else percent(group.of_residents),
        ]
        for group in (*breakdown.groups, *others)
    ]
    after = [_of_hidden(breakdown)] if breakdown.hidden else []
    if breakdown.unheard:
        names = ", ".join(breakdown.unheard)
        after.append(gettext("Не сме чули достатъчно: %(names)s", names=names))
    if breakdown.day:
        of = gettext(
            "Жители по данни на Националния статистически институт към %(day)s",
            day=day(breakdown.day),
        )
        after.append(of)
    if not breakdown.groups:
        few = gettext("Не показваме нищо: от числата може да се изчисли група под 10 души.")
        return _section(2, breakdown.title, before=[few], after=after)
    return _section(2, breakdown.title, table=(head, rows), after=after)


def _of_hidden(breakdown: Breakdown) -> str:
    names = [
        f"{name} ({gettext('%(share)s от жителите', share=percent(share))})"
        for name, share in breakdown.hidden
    ]
    return f"{gettext('Скрити, защото може да са под 10 души:')} {', '.join(names)}"


def _by_group(one: ByGroup, breakdown: Breakdown, language: str) -> Values:
    title = f"{breakdown.title}: {one.question.said('title', language)[0]}"
    if not one.is_told:
        return _section(3, title, before=[gettext("скрито")])
    head = [gettext("Отговор"), *(group.name for group in breakdown.groups)]
    rows = [
        [option.said(language)[0], *(_cell(cell) for cell in cells)] for option, cells in one.lines
    ]
    return _section(3, title, table=(head, rows))


def _section(
    level: int,
    title: str,
    *,
    before: Sequence[str] = (),
    table: tuple[list[str], list[list[str]]] | None = None,
    after: Sequence[str] = (),
) -> Values:
    tables = [dict(zip(("head", "rows"), table, strict=True))] if table else []
    told = {"before": list(before), "tables": tables, "after": list(after)}
    return {"level": level, "title": title, **told}


def _cell(value: int | None) -> str:
    return gettext("скрито") if value is None else number(value)


def _paragraphs(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip())
