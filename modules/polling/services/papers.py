"""Papers for sections as PDF/UA-1: packing lists, seals, announcements, letters of appointment.

Official papers, so Bulgarian in each language of the portal; all out of the register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext

from obshto.modules.polling.models import CommissionMember, PollingSection, SectionMaterials
from obshto.modules.polling.services.commissions import OFFICES
from obshto.modules.polling.services.materials import seals_of
from obshto.modules.polling.services.votes import settings_here
from obshto.platform.clock import day_of
from obshto.platform.content.pdf import section_of, tables_pdf
from obshto.platform.modularity.polling_places import CalledVote
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day, weekday
from obshto.platform.web.language import SOURCE, speaking

LARGE = 16  # points, for a sheet on a door
Values = Mapping[str, Any]


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
        settings = settings_here(uow)
        opened = {"first": settings.opens_at, "last": settings.closes_at}
        hours = gettext("Отворено от %(first)s до %(last)s часа.", **opened)
        parts = [
            section_of(
                gettext("Секция %(number)s", number=one.number),
                before=[_where(one), _when(vote), hours, *filter(None, [one.entrance])],
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


def _packed(section: PollingSection, row: SectionMaterials | None) -> Values:
    if row is None:
        title = gettext("Секция %(number)s", number=section.number)
        return section_of(title, before=[gettext("Материалите още не са записани.")])
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
    title = gettext("Секция %(number)s", number=section.number)
    return section_of(title, before=[_where(section)], tables=[table], after=signed)


def _letter(vote: CalledVote, section: PollingSection, member: CommissionMember) -> Values:
    told = {"office": str(OFFICES[member.office]), "number": section.number}
    before = [
        gettext("Вие сте %(office)s на комисията в секция %(number)s.", **told),
        _where(section),
        _when(vote),
    ]
    if member.trained_on:
        before.append(gettext("Обучение: %(day)s.", day=day(member.trained_on)))
    else:
        before.append(gettext("За деня на обучението ще Ви се обадим."))
    return section_of(gettext("До %(name)s", name=member.name), before=before)


def _where(section: PollingSection) -> str:
    return ", ".join(filter(None, (section.place, section.address)))


def _when(vote: CalledVote) -> str:
    when = {"day": day(vote.vote_on), "weekday": str(weekday(vote.vote_on))}
    return str(gettext("Гласува се на %(day)s, %(weekday)s.", **when))


def _paper(
    uow: UnitOfWork, vote: CalledVote, title: str, sections: Sequence[Values], *, size: int = 11
) -> bytes:
    assert uow.scope
    return tables_pdf(
        title,
        sections,
        municipality=uow.scope.title,
        language=SOURCE,
        on=day_of(uow.now),
        intro=[f"{vote.number}. {vote.question}", _when(vote)],
        size=size,
    )
