"""Reviews and use of roles as tables and on paper."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.accessreview.models import AccessReview, LineDecision, ReviewLine
from obshto.modules.accessreview.services.reach import KINDS, RoleReach, role_text
from obshto.modules.accessreview.services.usage import RoleUse, UseState
from obshto.platform.clock import day_of
from obshto.platform.content.pdf import section_of, tables_pdf
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import find_municipality

DECISIONS: Mapping[str, LazyString] = {
    "": _("Чака решение"),
    LineDecision.KEPT: _("Оставена"),
    LineDecision.TAKEN: _("Отнета"),
    LineDecision.GONE: _("Вече е била отнета"),
    LineDecision.OWN: _("Собствена роля, без преглед"),
}
STATES: Mapping[UseState, LazyString] = {
    UseState.USED: _("Ползва се"),
    UseState.NEW: _("Нова"),
    UseState.UNUSED: _("Не е ползвана от година"),
}


def reach_table(reaches: Sequence[RoleReach]) -> tuple[list[str], list[list[str]]]:
    """The matrix: head and rows."""
    head = [gettext("Роля"), gettext("Области"), *(str(name) for name in KINDS.values())]
    rows = [
        [
            str(reach.role.label),
            str(len(reach.areas)),
            *(str(reach.counts.get(kind, 0)) for kind in KINDS),
        ]
        for reach in reaches
    ]
    return head, rows


def use_table(uses: Iterable[RoleUse]) -> tuple[list[str], list[list[str]]]:
    head = [gettext("Служител"), gettext("Роля"), gettext("Дадена на")]
    head += [gettext("Последно ползвана на"), gettext("Състояние")]
    rows = [
        [
            use.name,
            str(use.role.label),
            day_of(use.given_at).isoformat(),
            day_of(use.used_at).isoformat() if use.used_at else "",
            str(STATES[use.state]),
        ]
        for use in uses
    ]
    return head, rows


def review_table(lines: Iterable[ReviewLine]) -> tuple[list[str], Iterator[list[str]]]:
    head = [gettext("Служител"), gettext("Роля"), gettext("Дадена на")]
    head += [gettext("Последно ползвана на"), gettext("Решение"), gettext("Причина")]
    head += [gettext("Решено на"), gettext("Кой реши")]
    return head, (_row(line) for line in lines)


def review_pdf(
    uow: UnitOfWork,
    review: AccessReview,
    lines: Iterable[ReviewLine],
    counts: Mapping[str, int],
) -> bytes:
    """The sheet that is kept in a folder and signed by the mayor."""
    municipality = find_municipality(uow.scope.slug)
    assert municipality
    with speaking(SOURCE):
        head = [gettext("Служител"), gettext("Роля"), gettext("Последно ползвана на")]
        head += [gettext("Решение"), gettext("Причина")]
        rows = [_paper_row(line) for line in lines]
        tables = [{"head": head, "rows": rows}] if rows else []
        return tables_pdf(
            gettext("Преглед на достъпа"),
            [section_of(gettext("Решения по роли"), tables=tables)],
            municipality=municipality.title(),
            language=SOURCE,
            on=day_of(uow.now),
            intro=_intro(review, counts),
            foot=[gettext("Подпис на кмета: ______________")],
        )


def _intro(review: AccessReview, counts: Mapping[str, int]) -> list[str]:
    nobody = gettext("изтрито име")
    begun = {"day": day(review.begun_at), "who": review.begun_by or nobody}
    told = [gettext("Започнат на %(day)s от %(who)s.", **begun)]
    if review.ended_at:
        ended = {"day": day(review.ended_at), "who": review.ended_by or nobody}
        told.append(gettext("Приключен на %(day)s от %(who)s.", **ended))
    else:
        told.append(gettext("Прегледът още не е приключен."))
    said = [f"{DECISIONS[word]}: {number}" for word, number in sorted(counts.items()) if number]
    return [*told, "; ".join(said)]


def _row(line: ReviewLine) -> list[str]:
    return [
        line.name,
        role_text(line),
        day_of(line.given_at).isoformat(),
        day_of(line.used_at).isoformat() if line.used_at else "",
        str(DECISIONS[line.decision or ""]),
        line.reason,
        day_of(line.decided_at).isoformat() if line.decided_at else "",
        line.decided_by,
    ]


def _paper_row(line: ReviewLine) -> list[str]:
    used = day(line.used_at) if line.used_at else "–"
    decided = str(DECISIONS[line.decision or ""])
    return [line.name or "–", role_text(line), used, decided, line.reason or "–"]
