"""Proofs: what each run took away, as a list, a table and a paper."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from uuid import UUID

from flask_babel import gettext, ngettext
from sqlalchemy import Select, select

from obshto.modules.retention.services.calendar import CalendarRule, outside_runs
from obshto.platform.clock import day_of
from obshto.platform.content.pdf import section_of, tables_pdf
from obshto.platform.db.batches import batches_of
from obshto.platform.errors import NotFound
from obshto.platform.modularity.retention_rules import OutsideRun
from obshto.platform.privacy.models import RetentionRun
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import moment
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.api import find_municipality

ON_PAPER = 200


def runs(rule: CalendarRule | None = None, *, all_runs: bool = False) -> Select[RetentionRun]:
    """The newest first. Without `all_runs` only those that took something or were held."""
    rows = select(RetentionRun).order_by(RetentionRun.at.desc(), RetentionRun.id.desc())
    if rule is not None:
        rows = rows.where(RetentionRun.job.in_(rule.jobs))
    if not all_runs:
        rows = rows.where(RetentionRun.ids_hash.is_not(None) | RetentionRun.is_held.is_(True))
    return rows


def run_of(uow: UnitOfWork, run_id: UUID) -> RetentionRun:
    """Raises NotFound."""
    found = uow.session.get(RetentionRun, run_id)
    if found is None:
        raise NotFound
    return found


def names_of(rules: Sequence[CalendarRule]) -> Mapping[str, CalendarRule]:
    """The rule that a job keeps, by the job's name."""
    return {job: rule for rule in rules for job in rule.jobs}


def table_head() -> list[str]:
    """What stands above the columns of the file."""
    return [
        gettext("Кога"),
        gettext("Какво"),
        gettext("Срок"),
        gettext("Правно основание"),
        gettext("Изтрити"),
        gettext("Обезличени"),
        gettext("Спряно от забрана"),
        gettext("Отпечатък"),
        gettext("Номер на доказателството"),
    ]


def table_rows(
    uow: UnitOfWork, rules: Sequence[CalendarRule], wanted: Select[RetentionRun]
) -> Iterator[list[str]]:
    """All of them as text, some in memory at a time."""
    names = names_of(rules)
    for row in chain.from_iterable(batches_of(uow.session, wanted)):
        rule = names.get(row.job)
        yield [
            row.at.isoformat(timespec="seconds"),
            str(rule.what) if rule else row.job,
            str(rule.kept) if rule else "",
            rule.ground if rule else "",
            str(row.erased),
            str(row.emptied),
            gettext("Да") if row.is_held else gettext("Не"),
            row.ids_hash.hex() if row.ids_hash else "",
            str(row.id),
        ]


def outside_rows(uow: UnitOfWork) -> Iterator[list[str]]:
    """Runs outside the tables, in the columns of the file."""
    for rule, run in outside_runs(uow):
        when, no = run.at.isoformat(timespec="seconds"), gettext("Не")
        yield [when, str(rule.what), str(rule.kept), rule.ground, str(run.took), "0", no] + [
            run.digest,
            "",
        ]


def proof_pdf(
    uow: UnitOfWork, rules: Sequence[CalendarRule], wanted: Select[RetentionRun]
) -> bytes:
    """The newest runs on paper, for who checks the municipality."""
    municipality = find_municipality(uow.scope.slug)
    assert municipality
    names = names_of(rules)
    with speaking(SOURCE):
        rows = [_paper_row(row, names) for row in uow.session.scalars(wanted.limit(ON_PAPER))]
        head = [gettext("Кога"), gettext("Какво"), gettext("Колко"), gettext("Отпечатък")]
        tables = [{"head": head, "rows": rows}] if rows else []
        before = [] if rows else [gettext("Още нищо не е изтрито по срок.")]
        outside = [_outside_paper(rule, run) for rule, run in outside_runs(uow)]
        beside = [{"head": head, "rows": outside}] if outside else []
        title = gettext("Извън таблиците на портала")
        return tables_pdf(
            gettext("Доказателства за изтрити данни"),
            [
                section_of(gettext("Изпълнения"), before=before, tables=tables),
                *([section_of(title, tables=beside)] if beside else []),
            ],
            municipality=municipality.title(),
            language=SOURCE,
            on=day_of(uow.now),
            intro=[
                gettext(
                    "Тук няма лични данни. Отпечатъкът е изчислен с ключ на общината от номерата"
                    " на изтритите записи. Същата задача върху копие от същата нощ дава същия"
                    " отпечатък."
                )
            ],
        )


def took(row: RetentionRun) -> str:
    """How much a run took, in words."""
    if row.is_held:
        return str(gettext("спряно от забрана"))
    return words_of(row.erased, row.emptied) or str(gettext("нищо не беше с изтекъл срок"))


def words_of(erased: int, emptied: int) -> str:
    """„12 записа изтрити, 3 записа останаха без имена“; empty for nothing."""
    said = []
    if erased:
        said.append(ngettext("%(num)s запис изтрит", "%(num)s записа изтрити", erased))
    if emptied:
        said.append(
            ngettext("%(num)s запис без лични данни", "%(num)s записа без лични данни", emptied)
        )
    return ", ".join(said)


def _outside_paper(rule: CalendarRule, run: OutsideRun) -> list[str]:
    return [moment(run.at), str(rule.what), str(run.took), run.digest or "–"]


def _paper_row(row: RetentionRun, names: Mapping[str, CalendarRule]) -> list[str]:
    rule = names.get(row.job)
    what = str(rule.what) if rule else row.job
    return [moment(row.at), what, took(row), row.ids_hash.hex() if row.ids_hash else "–"]
