"""Table of opinions and answers that the law asks for (ЗНА чл. 26), and the record beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from io import BytesIO
from typing import Any, NamedTuple
from uuid import UUID

from flask_babel import gettext
from sqlalchemy import func, select
from sqlalchemy.orm import aliased, defer

from obshto.modules.consultations.errors import NoSuchConsultation
from obshto.modules.consultations.events import TableSet
from obshto.modules.consultations.models import Consultation, Opinion, OpinionAnswer, number_of
from obshto.modules.consultations.services.consultations import tell
from obshto.modules.consultations.services.paragraphs import Paragraph, paragraphs_of
from obshto.modules.consultations.services.queries import IN_ORDER, NUMBERED, consultation_of
from obshto.modules.consultations.services.record import last_line, told_lines, whole_text
from obshto.modules.consultations.services.states import OUTCOMES, STANCES
from obshto.modules.consultations.services.versions import versions_of, written_text
from obshto.platform.content.pdf import TABLES, pdf_of
from obshto.platform.storage.services import forget_files, keep_document
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.web.language import SOURCE, speaking

AT_ONCE = 10
BEGINNING = 200  # characters of a paragraph in the table
READ = 100  # opinions in memory at a time
ON_PAGE = 250  # of one page: it can be printed, and a phone holds it


class Said(NamedTuple):
    """An opinion, the answer in force, the opinion that it repeats and whether that is hidden."""

    opinion: Opinion
    answer: OpinionAnswer | None
    same_as: str
    is_first_hidden: bool


@dataclass(frozen=True, slots=True)
class OpinionRow:
    """One opinion as everybody may read it. `words` are None where they are hidden."""

    number: str
    received: date
    on_behalf: str
    paragraph: str
    stance: str
    words: str | None
    hidden_why: str
    same_as: str
    outcome: str
    reason: str


def rows_of(uow: UnitOfWork, consultation: Consultation) -> Iterator[OpinionRow]:
    """All opinions that have a number, in order, with the answers in force.

    One query, however many there are; some of them are in memory at a time.
    """
    places = _places(consultation)
    return (_row(said, places) for said in _said_on(uow, consultation))


@dataclass(frozen=True, slots=True)
class TablePart:
    """Some rows of the table for a page, `part` of `parts`; `hash` is that the record ends in."""

    rows: Sequence[OpinionRow]
    part: int
    parts: int
    hash: str


def part_of_table(uow: UnitOfWork, consultation: Consultation, part: int) -> TablePart:
    """The rows of one page, in order; past the end is the last one. Three queries.

    Raises NoSuchConsultation before the outcome: until then it is no table of the law.
    """
    if consultation.outcome_at is None:
        raise NoSuchConsultation
    own = select(func.count()).where(Opinion.consultation_id == consultation.id, NUMBERED)
    parts = max(1, -(-(uow.session.scalar(own) or 0) // ON_PAGE))
    part = min(max(part, 1), parts)
    places, last = _places(consultation), last_line(uow, consultation)
    rows = [_row(said, places) for said in _said_on(uow, consultation, part=part)]
    return TablePart(rows, part, parts, last.hash if last else "")


def head() -> list[str]:
    """What stands above the columns."""
    return [
        gettext("Номер"),
        gettext("Получено на"),
        gettext("От чие име"),
        gettext("Абзац"),
        gettext("Иска"),
        gettext("Становище"),
        gettext("Отговор"),
        gettext("Мотиви"),
    ]


def cells(row: OpinionRow) -> list[str]:
    """A row as text."""
    words = gettext("Скрито: %(why)s", why=row.hidden_why) if row.words is None else row.words
    if row.same_as:
        words = gettext("Повтаря становище %(number)s", number=row.same_as)
    outcome = str(OUTCOMES[row.outcome]) if row.outcome else ""
    place = (row.paragraph, str(STANCES.get(row.stance, "")))
    return [row.number, row.received.isoformat(), row.on_behalf, *place, words, outcome, row.reason]


def on_behalf(opinion: Opinion) -> str:
    """On whose behalf, as the law asks; the name of a person only where they want it."""
    name = opinion.author if opinion.shows_name else ""
    with speaking(SOURCE):  # as the names are, which stand in it
        if opinion.organisation:
            said = gettext("от името на %(name)s", name=opinion.organisation)
            return f"{said} ({name})" if name else str(said)
        said = gettext("от свое име: %(name)s", name=name) if name else gettext("от свое име")
        return str(said)


def record_pieces(uow: UnitOfWork, consultation: Consultation) -> Iterator[str]:
    """The whole record as JSON, a row at a time, in the language in force. Four queries.

    `texts` are what the lines with `text_sha256` are of, in order. `shown` gives, by number, what
    the hashes of a line are of, where it may be read.
    """
    texts = [whole_text(consultation), *map(written_text, versions_of(uow, consultation))]
    about = {"title": consultation.title, "path": consultation.path, "texts": texts}
    yield _readable(about)[:-1] + ', "lines": ['
    yield from _listed(_readable(line) for line in told_lines(uow, consultation))
    yield '], "shown": {'
    yield from _listed(
        f"{_readable(said.opinion.number)}: {_readable(_shown(said))}"
        for said in _said_on(uow, consultation)
    )
    yield '}, "table": ['
    digest = sha256(b"[")
    yield from _listed(_table_rows(uow, consultation, digest))
    digest.update(b"]")
    yield f'], "table_sha256": "{digest.hexdigest()}"}}\n'


def _table_rows(uow: UnitOfWork, consultation: Consultation, digest: Any) -> Iterator[str]:
    """Each as it is read; the hash is of all of them as one array, written without a space."""
    places, names = _places(consultation), head()
    for number, said in enumerate(_said_on(uow, consultation)):
        row = dict(zip(names, cells(_row(said, places)), strict=True))
        digest.update((b"," if number else b"") + _canonical(row))
        yield _readable(row)


def _listed(pieces: Iterable[str]) -> Iterator[str]:
    """One a line, with commas between."""
    for number, piece in enumerate(pieces):
        yield f"{',' if number else ''}\n{piece}"


def _readable(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def set_tables(uow: UnitOfWork) -> None:
    """Job: the table as PDF of each published outcome that has none."""
    waiting = select(Consultation.id).where(
        Consultation.outcome_at.is_not(None), Consultation.table_id.is_(None)
    )
    for consultation_id in uow.session.scalars(waiting.limit(AT_ONCE)).all():
        set_table(uow, consultation_id)


def set_table(uow: UnitOfWork, consultation_id: UUID) -> None:
    """Typeset one, keep it; where it is there already nothing changes."""
    consultation = consultation_of(uow, consultation_id)
    if consultation.table_id or not consultation.outcome_at:
        return
    last = last_line(uow, consultation)
    with speaking(SOURCE):
        pdf = pdf_of(TABLES, _values(uow, consultation))
    consultation = consultation_of(uow, consultation_id, to_change=True)
    uow.session.refresh(consultation)
    # What was hidden meanwhile must not stand in it: the next run sets it.
    if consultation.table_id is None and last_line(uow, consultation) is last:
        name = gettext("Справка за становищата")
        consultation.table_id = keep_document(uow, BytesIO(pdf), name=f"{name}.pdf").id
        tell(uow, TableSet, consultation)


def withdraw_table(uow: UnitOfWork, consultation: Consultation) -> None:
    """What its PDF says was hidden, or is shown again: it goes, and the job sets another.

    The consultation must be locked.
    """
    if consultation.table_id:
        forget_files(uow, [consultation.table_id])
        consultation.table_id = None


def _values(uow: UnitOfWork, consultation: Consultation) -> Mapping[str, Any]:
    """What the template reads."""
    assert consultation.published_at and consultation.closes_on
    last, today = last_line(uow, consultation), consultation.outcome_at
    assert last and today
    rows = [cells(row) for row in rows_of(uow, consultation)]
    term = {"begin": day(consultation.published_at), "end": day(consultation.closes_on)}
    table = {"head": head(), "rows": rows, "widths": [2, 2, 3, 4, 2, 6, 2, 6]}
    return {
        "title": gettext("Справка за становищата: %(title)s", title=consultation.title),
        "municipality": uow.scope.title,
        "lang": SOURCE,
        "at": [today.year, today.month, today.day],
        "wide": True,
        "intro": [
            gettext("Консултация от %(begin)s до %(end)s", **term),
            *_paragraphs(consultation.outcome),
            *_paragraphs(consultation.changes),
        ],
        "sections": [
            {
                "level": 2,
                "title": gettext("Становища и отговори"),
                "before": [] if rows else [gettext("Няма получени становища.")],
                "tables": [table] if rows else [],
                "after": [],
            }
        ],
        "foot": [gettext("Отпечатък на записа: %(hash)s", hash=last.hash)],
    }


def _paragraphs(text: str) -> Iterator[str]:
    return (line for line in text.splitlines() if line.strip())


def _said_on(
    uow: UnitOfWork, consultation: Consultation, *, part: int | None = None
) -> Iterator[Said]:
    first = aliased(Opinion)
    reach = (defer(Opinion.email), defer(Opinion.phone))  # of no table
    wanted = (
        select(Opinion, OpinionAnswer, first.year, first.sequence, first.hidden_at)
        .outerjoin(OpinionAnswer, OpinionAnswer.id == Opinion.answer_id)
        .outerjoin(first, first.id == Opinion.same_as)
        .where(Opinion.consultation_id == consultation.id, NUMBERED)
        .order_by(*IN_ORDER)
        .options(*reach)
    )
    if part:
        wanted = wanted.limit(ON_PAGE).offset((part - 1) * ON_PAGE)
    rows = uow.session.execute(wanted).yield_per(READ)
    for opinion, answer, year, sequence, hidden_at in rows:
        yield Said(opinion, answer, number_of(year, sequence), hidden_at is not None)


def _places(consultation: Consultation) -> Mapping[int, str]:
    return {one.number: _named(one) for one in paragraphs_of(consultation)}


def _named(paragraph: Paragraph) -> str:
    """A paragraph as its authors read it: number, what the law calls it, how it begins."""
    label = f" ({paragraph.label})" if paragraph.label else ""
    text = paragraph.text
    return f"{paragraph.number}{label}: {text[:BEGINNING]}{'…' if text[BEGINNING:] else ''}"


def _row(said: Said, places: Mapping[int, str]) -> OpinionRow:
    opinion, answer = said.opinion, said.answer
    return OpinionRow(
        number=opinion.number,
        received=opinion.received_on,
        on_behalf=on_behalf(opinion),
        paragraph=places.get(opinion.paragraph or 0, ""),
        stance=opinion.stance,
        words=None if opinion.hidden_at else opinion.words,
        hidden_why=opinion.hidden_why,
        same_as=said.same_as,
        outcome=answer.outcome if answer else "",
        reason=answer.reason if answer else "",
    )


def _shown(said: Said) -> dict[str, str]:
    """The texts behind the hashes with their salts; a hidden one's words stay behind theirs,
    whoever repeats them.
    """
    opinion, shown = said.opinion, {}
    if not (opinion.hidden_at or said.is_first_hidden):
        shown = {
            "words": opinion.words,
            "organisation": opinion.organisation,
            "salt": opinion.salt,
        }
    if opinion.shows_name and opinion.author_salt:
        shown |= {"author": opinion.author, "author_salt": opinion.author_salt}
    return shown


def _canonical(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
