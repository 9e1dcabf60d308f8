"""Papers for sections as PDF/UA-1: ballot, protocols, day sheets, lists, notices, letters.

Official papers, so Bulgarian in each language of the portal; all out of the register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from flask_babel import gettext

from obshto.modules.polling.models import CommissionMember, PollingSection, SectionMaterials
from obshto.modules.polling.services.commissions import OFFICES
from obshto.modules.polling.services.materials import seals_of
from obshto.modules.polling.services.votes import crosses_out, settings_here
from obshto.platform.clock import day_of
from obshto.platform.content.pdf import pdf_of, section_of, tables_pdf
from obshto.platform.modularity.polling_places import CalledVote
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, weekday
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import name_of, settlements_here

LARGE = 16  # points, for a sheet on a door
BALLOT = Path(__file__).parents[1] / "data" / "ballot.typ"
BLANK = "." * 20
Values = Mapping[str, Any]


def ballot_pdf(uow: UnitOfWork, vote: CalledVote) -> bytes:
    """One ballot (чл. 36): the copy shop prints as many as the packing lists say."""
    with speaking(SOURCE):
        on = day_of(uow.now)
        told = {
            "title": gettext("Местен референдум"),
            "unit": name_of(vote.unit, settlements_here(uow), SOURCE) or uow.scope.title,
            "question": vote.question,
            "answers": [gettext("да"), gettext("не")],
            "municipality": uow.scope.title,
            "lang": SOURCE,
            "at": [on.year, on.month, on.day],
        }
        return pdf_of(BALLOT, told)


def protocols_pdf(uow: UnitOfWork, vote: CalledVote, sections: Sequence[PollingSection]) -> bytes:
    """Two copies for each section, to be filled in by hand (чл. 39, ал. 1 и 3)."""
    copies = (gettext("за общинската избирателна комисия"), gettext("за кмета на общината"))
    with speaking(SOURCE):
        valid = _what_is_valid(crosses_out(uow))
        parts = [_protocol(one, copy, valid) for one in sections for copy in copies]
        return _paper(uow, vote, gettext("Протоколи на секционните комисии"), parts)


def sheets_pdf(
    uow: UnitOfWork,
    vote: CalledVote,
    sections: Sequence[PollingSection],
    materials: Mapping[UUID, SectionMaterials],
) -> bytes:
    """What a commission does that day, with the seals that it must find; no names."""
    with speaking(SOURCE):
        told = (_hours(uow), _what_is_valid(crosses_out(uow)))
        parts = [_sheet(one, materials.get(one.id), *told) for one in sections]
        return _paper(uow, vote, gettext("Листове за деня на секциите"), parts, size=14)


def packing_pdf(
    uow: UnitOfWork,
    vote: CalledVote,
    sections: Sequence[PollingSection],
    materials: Mapping[UUID, SectionMaterials],
) -> bytes:
    """A list for each section, with room for a signature of who packed and who took over."""
    with speaking(SOURCE):
        parts = [_packed(one, materials.get(one.id)) for one in sections]
        return _paper(uow, vote, gettext("Опис на материалите по секции"), parts)


def seals_pdf(
    uow: UnitOfWork,
    vote: CalledVote,
    sections: Sequence[PollingSection],
    materials: Mapping[UUID, SectionMaterials],
) -> bytes:
    """Which seals went where."""
    with speaking(SOURCE):
        rows = [
            [
                str(section.number),
                str(row.first_seal),
                str(row.last_seal),
                str((row.last_seal or 0) - (row.first_seal or 0) + 1),
                day(row.packed_on) if row.packed_on else "",
            ]
            for section, row in seals_of(sections, materials)
        ]
        head = (gettext("Секция"), gettext("От №"), gettext("До №"), gettext("Брой"))
        table = {"head": [*head, gettext("Опаковано")], "rows": rows}
        part = section_of(
            gettext("Пломби по секции"),
            before=[] if rows else [gettext("Още няма записани пломби.")],
            tables=[table] if rows else [],
        )
        return _paper(uow, vote, gettext("Опис на пломбите"), [part])


def notices_pdf(uow: UnitOfWork, vote: CalledVote, sections: Sequence[PollingSection]) -> bytes:
    """What hangs at the door of each section, in large letters."""
    with speaking(SOURCE):
        told = (_hours(uow), _how_to_mark(crosses_out(uow)))
        parts = [
            section_of(
                _named(one),
                before=[_where(one), _when(vote), *told, *filter(None, [one.entrance])],
            )
            for one in sections
        ]
        return _paper(uow, vote, gettext("Обява за местен референдум"), parts, size=LARGE)


def letters_pdf(
    uow: UnitOfWork,
    vote: CalledVote,
    sections: Sequence[PollingSection],
    members: Sequence[CommissionMember],
) -> bytes:
    """A letter to each member: where, when, in which office, when trained. Record a look before."""
    rooms = {one.id: one for one in sections}
    with speaking(SOURCE):
        parts = [_letter(vote, rooms[one.section_id], one) for one in members]
        return _paper(uow, vote, gettext("Писма до членовете на секционните комисии"), parts)


def untrained_pdf(
    uow: UnitOfWork,
    vote: CalledVote,
    sections: Sequence[PollingSection],
    members: Sequence[CommissionMember],
) -> bytes:
    """Whom to call before the day, section by section. Record a look before."""
    with speaking(SOURCE):
        own = {one.id: [row for row in members if row.section_id == one.id] for one in sections}
        parts = [_untrained(one, own[one.id]) for one in sections if own[one.id]]
        if not parts:
            parts = [section_of(gettext("Всички членове на комисиите са обучени."))]
        return _paper(uow, vote, gettext("Членове на комисии без обучение"), parts)


def _packed(section: PollingSection, row: SectionMaterials | None) -> Values:
    if row is None:
        return section_of(_named(section), before=[gettext("Материалите още не са записани.")])
    lines = [
        [gettext("Бюлетини"), str(row.ballots)],
        [gettext("Пликове"), str(row.envelopes)],
        [gettext("Протоколи"), str(row.protocols)],
        [gettext("Листа от избирателния списък"), str(row.lists)],
        [gettext("Кутии"), str(row.boxes)],
        [gettext("Кабини за тайно гласуване"), str(row.booths)],
    ]
    if row.first_seal is not None:
        lines.append([gettext("Пломби"), f"{row.first_seal} – {row.last_seal}"])
    table = {"head": [gettext("Какво"), gettext("Брой")], "rows": lines}
    signed = [gettext("Предал (име и подпис):"), gettext("Приел за комисията (име и подпис):")]
    return section_of(_named(section), before=[_where(section)], tables=[table], after=signed)


def _protocol(section: PollingSection, copy: str, valid: str) -> Values:
    """The lines of чл. 39, ал. 1 in their order."""
    lines = (
        (gettext("Гласоподаватели по избирателния списък"), str(section.voters or "")),
        (gettext("Гласоподаватели, които са се подписали"), ""),
        (gettext("Бюлетини, намерени в кутията"), ""),
        (gettext("Действителни бюлетини с „да“"), ""),
        (gettext("Действителни бюлетини с „не“"), ""),
        (gettext("Недействителни бюлетини"), ""),
        (gettext("Заявления и жалби"), ""),
    )
    head = [gettext("Какво"), gettext("С цифри"), gettext("С думи")]
    table = {"head": head, "rows": [[*line, ""] for line in lines], "widths": [6, 2, 4]}
    told = {"number": section.number, "copy": copy}
    after = [
        valid,
        gettext("Подписалите се не са повече от списъка. Бюлетините са колкото подписите."),
        gettext("Съставен в %(blank)s часа.", blank=BLANK),
        gettext("Председател (име и подпис): %(blank)s", blank=BLANK),
        gettext("Секретар (име и подпис): %(blank)s", blank=BLANK),
        gettext("Членове (имена и подписи): %(blank)s", blank=BLANK),
    ]
    title = gettext("Протокол на секция %(number)s, екземпляр %(copy)s", **told)
    return section_of(title, before=[_where(section)], tables=[table], after=after)


def _sheet(section: PollingSection, row: SectionMaterials | None, hours: str, valid: str) -> Values:
    seals = (
        BLANK if row is None or row.first_seal is None else f"{row.first_seal} – {row.last_seal}"
    )
    steps = [
        gettext("Преди отваряне: кутията е празна и се запечатва. Пломби: %(seals)s.", seals=seals),
        gettext("Всеки показва документ за самоличност, получава бюлетина и плик и се подписва."),
        gettext("В определените часове съобщете само колко са гласували, никога кой."),
        gettext("След края: първо пребройте подписите, после бюлетините."),
        valid,
        gettext("Попълнете двата протокола. Трите сбора трябва да излизат."),
        gettext("Предайте протоколите и материалите на общинската комисия."),
    ]
    numbered = [f"{number}. {words}" for number, words in enumerate(steps, 1)]
    voters = gettext("Хора в избирателния списък: %(number)s", number=section.voters or BLANK)
    return section_of(_named(section), before=[_where(section), hours, voters, *numbered])


def _how_to_mark(is_crossed: bool) -> str:
    if is_crossed:
        return str(gettext("Зачеркнете отговора, който не избирате. Другия оставете чист."))
    return str(gettext("Отбележете кутийката на „да“ или на „не“. Другата оставете чиста."))


def _what_is_valid(is_crossed: bool) -> str:
    """By which sign a ballot is told (чл. 37, ал. 1; чл. 38, ал. 1, т. 3): the reading here."""
    if is_crossed:
        return str(gettext("Действителна е бюлетина, в която е зачеркнат само един отговор."))
    return str(gettext("Действителна е бюлетина, в която е отбелязана само една кутийка."))


def _named(section: PollingSection) -> str:
    return str(gettext("Секция %(number)s", number=section.number))


def _hours(uow: UnitOfWork) -> str:
    settings = settings_here(uow)
    opened = {"first": settings.opens_at, "last": settings.closes_at}
    return str(gettext("Отворено от %(first)s до %(last)s часа.", **opened))


def _letter(vote: CalledVote, section: PollingSection, member: CommissionMember) -> Values:
    told = {"office": str(OFFICES[member.office]), "number": section.number}
    before = [
        gettext("Вие сте %(office)s на комисията в секция %(number)s.", **told),
        _where(section),
        _when(vote),
    ]
    if member.trained_on:
        before.append(gettext("Обучение: %(day)s.", day=_training(member)))
    else:
        before.append(gettext("За деня на обучението ще Ви се обадим."))
    return section_of(gettext("До %(name)s", name=member.name), before=before)


def _untrained(section: PollingSection, members: Sequence[CommissionMember]) -> Values:
    head = [gettext("Име"), gettext("Длъжност"), gettext("Телефон"), gettext("Обучение")]
    lines = [
        [one.name, str(OFFICES[one.office]), one.phone or "–", _training(one)] for one in members
    ]
    table = {"head": head, "rows": lines}
    return section_of(_named(section), before=[_where(section)], tables=[table])


def _training(member: CommissionMember) -> str:
    when = day(member.trained_on) if member.trained_on else gettext("без ден")
    return ", ".join(filter(None, (when, member.course)))


def _where(section: PollingSection) -> str:
    return ", ".join(filter(None, (section.place, section.address)))


def _when(vote: CalledVote) -> str:
    when = {"day": day(vote.vote_on), "weekday": str(weekday(vote.vote_on))}
    return str(gettext("Гласува се на %(day)s, %(weekday)s.", **when))


def _paper(
    uow: UnitOfWork, vote: CalledVote, title: str, sections: Sequence[Values], *, size: int = 11
) -> bytes:
    return tables_pdf(
        title,
        sections,
        municipality=uow.scope.title,
        language=SOURCE,
        on=day_of(uow.now),
        intro=[f"{vote.number}. {vote.question}", _when(vote)],
        size=size,
    )
