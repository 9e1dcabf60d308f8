"""Thousands of opinions on one draft: as many statements as for fifty, little more memory."""

import tracemalloc
from collections import deque
from uuid import uuid4

from sqlalchemy import func, select
from support.thorough import IS_THOROUGH

from obshto.modules.consultations.models import OpinionGroup
from obshto.modules.consultations.services import queries
from obshto.modules.consultations.services.answers import AnswerWords, answer_opinions
from obshto.modules.consultations.services.filters import OpinionFilter, listed
from obshto.modules.consultations.services.groups import propose_groups
from obshto.modules.consultations.services.page_context import page_of, said_of
from obshto.modules.consultations.services.paragraphs import paragraph_at, paragraphs_of
from obshto.modules.consultations.services.table import record_pieces, rows_of
from obshto.modules.consultations.services.waves import hide_wave
from obshto.platform.cases.channels import COUNTER
from obshto.platform.moderation.services import Reason

FEW, MANY = 50, 5_000 if IS_THOROUGH else 1_200
OF_EACH = 6_000  # bytes that grouping keeps of an opinion, in a group of two


def peak_of(do):
    tracemalloc.start()
    try:
        do()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def read_all(uow, row):
    """What citizens and staff open, and one answer for as many as one act takes."""
    page_of(uow, row, "bg")
    said_of(uow, row, paragraph_at(paragraphs_of(row), 1))
    queries.opinion_counts(uow, row)
    shown = uow.session.scalars(listed(row, OpinionFilter(name="unanswered")).limit(20)).all()
    deque(rows_of(uow, row), maxlen=0)
    assert len(queries.groups_of(uow, row)) <= queries.MOST_GROUPS
    said = AnswerWords(outcome="accepted", reason="Да")
    answer_opinions(uow, row.id, [one.id for one in shown], said, request_id=uuid4())


def recorded(uow, row):
    """What a stranger downloads, as it goes to the file."""
    deque(record_pieces(uow, row), maxlen=0)


def regrouped(uow, row):
    """Proposed once more, as after another opinion."""
    propose_groups(uow, consultation_id=row.id)
    uow.session.flush()
    uow.session.expire_all()


def hide_all(uow, row):
    """By one act; the job tells the authors of the rest."""
    uow.session.expire_all()
    wanted = OpinionFilter(channel=COUNTER)
    hide_wave(uow, row.id, wanted, Reason(words="Обиди."), request_id=uuid4())


def test_thousands_are_read_grouped_answered_and_hidden_in_as_many_statements_as_fifty(
    uow, crowd, statements_of
):
    told = {}
    for number in (FEW, MANY):
        row = crowd(number)
        grouped = statements_of(lambda row=row: propose_groups(uow, consultation_id=row.id))
        own = OpinionGroup.consultation_id == row.id
        assert uow.session.scalar(select(func.count()).where(own)) == number // 2
        read = statements_of(lambda row=row: read_all(uow, row))
        hidden = statements_of(lambda row=row: hide_all(uow, row))
        told[number] = len(grouped), len(read), len(hidden)
        peak = peak_of(lambda row=row: deque(rows_of(uow, row), maxlen=0))
        told[number, "memory"] = peak
        told[number, "record"] = peak_of(lambda row=row: recorded(uow, row))
        told[number, "grouping"] = peak_of(lambda row=row: regrouped(uow, row))
    (few, read_few, hidden_few), (many, read_many, hidden_many) = told[FEW], told[MANY]
    assert many <= few + MANY / 500  # pages of what a job reads and writes
    assert read_many <= read_few and hidden_many <= hidden_few
    for what in ("memory", "record"):
        assert told[MANY, what] <= 4 * told[FEW, what], what
    # Of each opinion stay its stems and its group, not its words: so many bytes and no more.
    more = told[MANY, "grouping"] - told[FEW, "grouping"]
    assert more <= OF_EACH * (MANY - FEW), more / (MANY - FEW)
