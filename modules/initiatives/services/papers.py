"""Papers of the founding meeting as PDF/UA-1 (чл. 47): minutes to fill in, the list of who came.

Official papers, so Bulgarian in each language of the portal. Names are written on them by hand and
stay on paper; not even the committee's are printed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from flask_babel import gettext

from obshto.modules.initiatives.models import Initiative
from obshto.modules.initiatives.services.committee import COMMITTEE
from obshto.modules.initiatives.services.states import ADDRESSEES
from obshto.platform.clock import day_of
from obshto.platform.content.pdf import section_of, tables_pdf
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, speaking

DOTS = "." * 60
LINES = 100  # of the list: twice as many as must come
SIZE = 13  # points: a room of fifty reads it


def minutes_pdf(uow: UnitOfWork, initiative: Initiative, unit: str) -> bytes:
    """The minutes with the proposal printed and dots for what the meeting decides."""
    with speaking(SOURCE):
        addressee = str(ADDRESSEES[initiative.addressee])
        proposed = [
            gettext("До: %(addressee)s", addressee=addressee),
            initiative.question,
            gettext("Мотиви: %(reasons)s", reasons=initiative.reasons),
            _blank(gettext("За / против / въздържали се")),
        ]
        parts = [
            section_of(gettext("Кога и къде"), before=_held()),
            section_of(gettext("1. Предложението"), before=proposed),
            section_of(gettext("2. Инициативен комитет"), before=_elected()),
            section_of(gettext("3. Подписката"), before=_agreed()),
            section_of(gettext("Подписи"), before=_signed()),
        ]
        return _paper(uow, unit, gettext("Протокол от събрание на граждани"), parts)


def attendance_pdf(uow: UnitOfWork, initiative: Initiative, unit: str) -> bytes:
    """Blank numbered lines with the law's columns, on a wide page; the proposal above them."""
    with speaking(SOURCE):
        head = [gettext("№"), gettext("Три имена"), gettext("ЕГН")]
        head += [gettext("Постоянен адрес"), gettext("Подпис")]
        rows = [[str(line), "", "", "", ""] for line in range(1, LINES + 1)]
        table = {"head": head, "rows": rows, "widths": [1, 6, 4, 7, 4]}
        told = [
            gettext("Предложение: %(question)s", question=initiative.question),
            gettext("Нужни са поне 50 граждани с право на глас и постоянен или настоящ адрес тук."),
            gettext("Списъкът остава при протокола и се внася с подписката. В портала не се пише."),
        ]
        parts = [section_of(gettext("Присъстващи"), before=told, tables=[table])]
        title = gettext("Списък на присъствалите на събранието")
        return _paper(uow, unit, title, parts, is_wide=True)


#: By the word in the address.
PAPERS: Mapping[str, Callable[[UnitOfWork, Initiative, str], bytes]] = {
    "minutes": minutes_pdf,
    "attendance": attendance_pdf,
}


def _blank(words: str) -> str:
    return f"{words}: {DOTS}"


def _held() -> list[str]:
    asked = [gettext("Дата и час"), gettext("Място"), gettext("Води събранието")]
    asked += [gettext("Води протокола")]
    asked += [gettext("Присъствали граждани с право на глас (поне 50)")]
    return [_blank(words) for words in asked]


def _elected() -> list[str]:
    size = COMMITTEE.size
    told = {"least": size.least, "most": size.most}
    first = gettext("Избират се от %(least)s до %(most)s души. Първият е председател.", **told)
    places = [_blank(gettext("%(nth)s. Три имена", nth=nth)) for nth in range(1, size.most + 1)]
    return [first, *places, _blank(gettext("За / против / въздържали се"))]


def _agreed() -> list[str]:
    asked = [
        gettext("Събират се подписи до (най-много два месеца от днес)"),
        gettext("Как и на кои места (съгласуват се с кмета)"),
        gettext("За / против / въздържали се"),
    ]
    told = gettext("Приема се лист за подписи с предложението, с реда и колоните по закона.")
    return [told, *map(_blank, asked)]


def _signed() -> list[str]:
    asked = [gettext("Води събранието (име и подпис)"), gettext("Води протокола (име и подпис)")]
    return [_blank(words) for words in asked]


def _paper(
    uow: UnitOfWork,
    unit: str,
    title: str,
    parts: Sequence[Mapping[str, Any]],
    *,
    is_wide: bool = False,
) -> bytes:
    return tables_pdf(
        title,
        parts,
        municipality=uow.scope.title,
        language=SOURCE,
        on=day_of(uow.now),
        intro=[words for words in (unit,) if words != uow.scope.title],
        foot=[gettext("Правно основание: ЗПУГДВМС, чл. 47")],
        size=SIZE,
        is_wide=is_wide,
    )
