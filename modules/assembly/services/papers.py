"""Papers of an assembly as PDF/UA-1: notice, attendance sheets, minutes.

Official papers, so Bulgarian in each language of the portal. Names are written on them by hand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext

from obshto.modules.assembly.models import Assembly, AssemblyQuestion
from obshto.modules.assembly.services import rules
from obshto.modules.assembly.services.places import place_of, units_here
from obshto.modules.assembly.services.proceedings import quorum_due
from obshto.modules.assembly.services.states import (
    ADOPTED,
    BALLOTS,
    CALLERS,
    HELD,
    NO_VOTE,
    QUESTION_STATES,
    REJECTED,
    SECRET_VOTE,
)
from obshto.platform.clock import day_of
from obshto.platform.content.pdf import section_of, tables_pdf
from obshto.platform.content.wheelchair import ACCESS
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment, number, weekday
from obshto.platform.web.language import SOURCE, speaking

LARGE = 16  # points, for a wall
LINES, MOST_LINES = 20, 400  # of a sheet; of all that are printed at once
DOTS = "." * 40
Values = Mapping[str, Any]


def notice_pdf(uow: UnitOfWork, assembly: Assembly, agenda: Sequence[AssemblyQuestion]) -> bytes:
    """What hangs on the board and at the door: day, hour, place, questions (чл. 57, ал. 6)."""
    with speaking(SOURCE):
        before = [_when(assembly), gettext("Къде: %(place)s", place=assembly.place)]
        before += [str(ACCESS[assembly.access])]
        before += [f"{CALLERS[assembly.caller]}: {assembly.document}", assembly.reasons]
        asked = [f"{one.position}. {one.text}" for one in agenda]
        parts = [
            section_of(gettext("Кога и къде"), before=before),
            section_of(gettext("Какво ще се реши"), before=asked),
            section_of(gettext("Как се решава"), before=_explained(assembly)),
        ]
        return _paper(uow, assembly, gettext("Общо събрание на населението"), parts, size=LARGE)


def sheets_pdf(uow: UnitOfWork, assembly: Assembly) -> bytes:
    """Blank numbered lines for whoever comes; filled in by hand and kept on paper alone."""
    with speaking(SOURCE):
        count = min(-(-assembly.voters // LINES) * LINES, MOST_LINES)
        head = [gettext("№"), gettext("Име и фамилия"), gettext("Адрес"), gettext("Подпис")]
        rows = [[str(line), "", "", ""] for line in range(1, count + 1)]
        table = {"head": head, "rows": rows, "widths": [1, 5, 5, 4]}
        needed = gettext("Кворум: %(needed)s души.", needed=number(quorum_due(assembly).needed))
        told = [
            gettext("Записват се хора с право на глас и постоянен или настоящ адрес тук."),
            gettext("Списъкът остава на хартия при протокола. В портала се вписва само броят."),
        ]
        parts = [section_of(gettext("Присъстващи"), before=[needed, *told], tables=[table])]
        return _paper(uow, assembly, gettext("Списък на присъстващите"), parts, size=14)


def minutes_pdf(uow: UnitOfWork, assembly: Assembly, agenda: Sequence[AssemblyQuestion]) -> bytes:
    """The minutes (чл. 62): what is known so far, dots for the rest, lines to sign."""
    with speaking(SOURCE):
        parts = [section_of(gettext("Събранието"), before=_held(assembly))]
        parts += [_voted(assembly, one) for one in agenda]
        signed = [
            gettext("Води събранието (име и подпис): %(dots)s", dots=DOTS),
            gettext("Води протокола (име и подпис): %(dots)s", dots=DOTS),
            *(
                gettext("Брои гласовете, %(nth)s (име и подпис): %(dots)s", nth=nth, dots=DOTS)
                for nth in range(1, (assembly.counters or 3) + 1)
            ),
        ]
        parts.append(section_of(gettext("Подписи"), before=signed))
        return _paper(uow, assembly, gettext("Протокол от общо събрание"), parts)


def _explained(assembly: Assembly) -> list[str]:
    """Quorum and ballot in plain words."""
    later = rules.later_quorum(assembly.voters, day_of(assembly.starts_at)).needed
    first = rules.quorum(assembly.voters, assembly.population, day_of(assembly.starts_at)).needed
    told = {"first": number(first), "later": number(later), "voters": number(assembly.voters)}
    return [
        gettext(
            "Трябва да дойдат %(first)s от %(voters)s гласоподаватели. Ако са по-малко, чакаме един"
            " час и тогава стигат %(later)s.",
            **told,
        ),
        gettext("Гласува се тайно, освен ако събранието реши да е явно. Носете лична карта."),
    ]


def _held(assembly: Assembly) -> list[str]:
    present = number(assembly.present) if assembly.present is not None else DOTS
    began = moment(assembly.began_at) if assembly.began_at else DOTS
    ended = moment(assembly.ended_at) if assembly.ended_at else DOTS
    needed = quorum_due(assembly)
    return [
        gettext("Насрочено: %(moment)s", moment=moment(assembly.starts_at)),
        gettext("Място: %(place)s", place=assembly.place),
        gettext(
            "Свикано от: %(caller)s", caller=f"{CALLERS[assembly.caller]}, {assembly.document}"
        ),
        gettext("Начало: %(moment)s", moment=began),
        gettext("Край: %(moment)s", moment=ended),
        gettext("Гласоподаватели: %(number)s", number=number(assembly.voters)),
        gettext("Присъстващи: %(number)s", number=present),
        gettext(
            "Кворум: %(needed)s (%(why)s, %(article)s)",
            needed=number(needed.needed),
            why=needed.why[SOURCE],
            article=needed.article,
        ),
    ]


def _voted(assembly: Assembly, one: AssemblyQuestion) -> Values:
    ballot = str(BALLOTS[one.ballot]) if one.ballot else DOTS
    before = [
        one.text,
        gettext("Предложения накратко: %(summary)s", summary=one.summary or DOTS),
        gettext("Как се гласува: %(ballot)s", ballot=ballot),
    ]
    after = []
    if assembly.state == HELD and one.ballot != NO_VOTE:
        after.append(gettext("Решение: %(decision)s", decision=one.decision or one.text))
        outcome = QUESTION_STATES[REJECTED if one.state == REJECTED else ADOPTED]
        after.append(gettext("Резултат: %(outcome)s", outcome=str(outcome)))
    elif assembly.state != HELD:
        after.append(gettext("Решение: %(decision)s", decision=one.decision or DOTS))
    head = [gettext("Глас"), gettext("Брой")]
    named = [
        (gettext("За"), one.votes_for),
        (gettext("Против"), one.votes_against),
        (gettext("Въздържали се"), one.abstained),
    ]
    if one.ballot in ("", SECRET_VOTE):
        named.append((gettext("Недействителни бюлетини"), one.invalid))
    rows = [[name, number(votes) if votes is not None else ""] for name, votes in named]
    tables = [] if one.ballot == NO_VOTE else [{"head": head, "rows": rows}]
    title = gettext("Въпрос %(position)s", position=one.position)
    return section_of(title, before=before, tables=tables, after=after)


def _when(assembly: Assembly) -> str:
    told = {"day": moment(assembly.starts_at), "weekday": str(weekday(assembly.starts_at))}
    return str(gettext("Кога: %(weekday)s, %(day)s", **told))


def _paper(
    uow: UnitOfWork, assembly: Assembly, title: str, parts: Sequence[Values], *, size: int = 11
) -> bytes:
    intro = [place_of(uow, assembly, units_here(uow)), assembly.number]
    return tables_pdf(
        title,
        parts,
        municipality=uow.scope.title,
        language=SOURCE,
        on=day_of(uow.now),
        intro=[words for words in intro if words],
        foot=[gettext("Правно основание: ЗПУГДВМС, чл. 54 – 64")],
        size=size,
    )
