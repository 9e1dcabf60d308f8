"""Petitions by a toy kind of their own: rows told apart, doubles promoted, counts that survive."""

from io import BytesIO
from uuid import uuid4

import pikepdf
import psycopg
import pytest
from sqlalchemy import Index, MetaData, UniqueConstraint, create_engine, select, text
from sqlalchemy.orm import DeclarativeBase, Session
from stdnum.bg import egn

from obshto.ops.compose import conninfo
from obshto.platform.db.base import COLUMN_TYPES
from obshto.platform.petitions.counts import counts_of, file_rows, place_after, rows_of
from obshto.platform.petitions.errors import (
    LineTaken,
    NoSuchLine,
    NoSuchSheet,
    NoSuchSignature,
    NotEntered,
    StaleSignature,
    TooManySheets,
)
from obshto.platform.petitions.kinds import (
    CONFIRMED,
    DOUBLE,
    INCOMPLETE,
    NOT_VOTER,
    UNDER_AGE,
    UNSIGNED,
    WRONG_EGN,
    PetitionKind,
)
from obshto.platform.petitions.models import PetitionSheetRow, SignatureRow
from obshto.platform.petitions.retention import empty_rows, forget_staff
from obshto.platform.petitions.sheets import (
    SheetText,
    add_sheets,
    count_sheets,
    numbers_of_batch,
    sheets_as_pdf,
)
from obshto.platform.petitions.signatures import (
    SignatureWords,
    correct_signature,
    enter_findings,
    enter_signature,
    signature_of,
)

VILLAGE = "gorno-selo"


class Toys(DeclarativeBase):
    """Tables of one transaction: no module owns them."""

    metadata = MetaData()


Toys.registry.update_type_annotation_map(COLUMN_TYPES)
TEMPORARY = {"prefixes": ["TEMPORARY"]}


class ToySheet(PetitionSheetRow, Toys):
    __tablename__ = "toys_sheet"
    __table_args__ = TEMPORARY


class ToyRow(SignatureRow, Toys):
    __tablename__ = "toys_row"
    __table_args__ = (
        UniqueConstraint("petition_id", "sheet", "line"),
        Index(
            *("uq_toys_person", "petition_id", "egn_index"),
            unique=True,
            postgresql_where=text("fault = ''"),
        ),
        TEMPORARY,
    )


KIND = PetitionKind(sheet=ToySheet, row=ToyRow)
PETITION = uuid4()


def number_of(order, born="800101"):
    start = f"{born}{order:03}"
    return next(f"{start}{last}" for last in range(10) if egn.is_valid(f"{start}{last}"))


@pytest.fixture
def uow(uow_in, server):
    """As in a village, but as one who may make tables for this transaction alone."""
    told = conninfo(server.set(database="obshto"))
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(told))
    with uow_in(VILLAGE) as begun, Session(engine) as session:
        object.__setattr__(begun, "session", session)
        Toys.metadata.create_all(session.connection(), checkfirst=False)
        add_sheets(begun, KIND, PETITION, 3, request_id=uuid4())
        yield begun
    engine.dispose()


def words(order=1, **changed):
    told = {"name": "Проба Пробова", "egn": number_of(order), "address": "ул. Първа 1", **changed}
    return SignatureWords(**told)


def enter(uow, place, said):
    return enter_signature(uow, KIND, PETITION, said, place=place, request_id=uuid4())


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        (words(), ""),
        (words(is_signed=False), UNSIGNED),
        (words(address=""), INCOMPLETE),
        (words(name="Проба"), INCOMPLETE),
        (words(egn="1234567890"), WRONG_EGN),
        (words(egn="80010"), WRONG_EGN),
        (words(egn=""), WRONG_EGN),
        # Born on 1 January 2015: months from 2000 on are written with 40 more.
        (words(egn=number_of(7, born="154101")), UNDER_AGE),
        # In the year 2099 nobody was born yet.
        (words(egn=number_of(7, born="994101")), WRONG_EGN),
    ],
)
def test_each_row_says_what_it_is_worth_and_stays(uow, said, fault):
    row = enter(uow, (1, 1), said)
    assert row.fault == fault and (row.name, row.egn) == (said.name, said.egn)
    found = counts_of(uow, KIND, PETITION)
    assert (found.total, found.counted) == (1, 0 if fault else 1)


def test_the_same_person_on_two_sheets_counts_once_and_once_more_after_a_correction(uow):
    first, second = enter(uow, (1, 1), words(1)), enter(uow, (2, 4), words(1))
    assert (first.fault, second.fault) == ("", DOUBLE)
    correct_signature(uow, KIND, first, words(2), expected_version=first.version)
    assert (first.fault, second.fault) == ("", "")
    assert counts_of(uow, KIND, PETITION).counted == 2
    correct_signature(uow, KIND, second, words(2), expected_version=second.version)
    assert second.fault == DOUBLE
    with pytest.raises(StaleSignature):
        correct_signature(uow, KIND, second, words(3), expected_version=second.version - 1)


def test_another_petition_knows_nothing_of_it(uow):
    enter(uow, (1, 1), words(1))
    other = uuid4()
    add_sheets(uow, KIND, other, 1, request_id=uuid4())
    row = enter_signature(uow, KIND, other, words(1), place=(1, 1), request_id=uuid4())
    assert row.fault == ""
    with pytest.raises(NoSuchSignature):
        signature_of(uow, KIND, PETITION, row.id)


def test_a_line_is_entered_once_however_often_the_form_is_sent(uow):
    request_id = uuid4()
    told = {"place": (1, 1), "request_id": request_id}
    first = enter_signature(uow, KIND, PETITION, words(1), **told)
    assert enter_signature(uow, KIND, PETITION, words(1), **told) is first
    with pytest.raises(LineTaken):
        enter(uow, (1, 1), words(2))
    with pytest.raises(NoSuchSheet):
        enter(uow, (4, 1), words(2))
    with pytest.raises(NoSuchLine):
        enter(uow, (1, 11), words(2))
    assert counts_of(uow, KIND, PETITION).total == 1


def test_the_protocol_takes_out_rows_and_names_those_nobody_entered(uow):
    for line in (1, 2, 3):
        enter(uow, (1, line), words(line))
    with pytest.raises(NotEntered) as refused:
        enter_findings(uow, KIND, PETITION, [(1, 1), (9, 9)], confirms_rest=True)
    assert "9/9" in str(refused.value)
    enter_findings(uow, KIND, PETITION, [(1, 1)], confirms_rest=True)
    found = counts_of(uow, KIND, PETITION)
    assert (found.counted, found.not_voters) == (2, 1)
    rows = uow.session.scalars(rows_of(KIND, PETITION)).all()
    assert [row.finding for row in rows] == [NOT_VOTER, CONFIRMED, CONFIRMED]
    enter_findings(uow, KIND, PETITION, [(1, 2)], confirms_rest=False)
    rows = uow.session.scalars(rows_of(KIND, PETITION)).all()
    assert [row.finding for row in rows] == ["", NOT_VOTER, ""]
    assert [row.line for row in uow.session.scalars(rows_of(KIND, PETITION, fault=NOT_VOTER))] == [
        2
    ]


def test_the_file_has_the_columns_of_law_and_only_rows_that_count(uow):
    enter(uow, (1, 1), words(1, note="придружител"))
    enter(uow, (1, 2), words(1))
    enter(uow, (1, 3), words(2, is_signed=False))
    assert list(file_rows(uow, KIND, PETITION)) == [
        ("1", "1", "Проба Пробова", number_of(1), "ул. Първа 1", "придружител")
    ]


def test_names_go_and_the_count_stays(uow):
    for line in (1, 2, 3):
        enter(uow, (1, line), words(line % 2))
    before = counts_of(uow, KIND, PETITION)
    assert empty_rows(uow, KIND, PETITION) == 3 and empty_rows(uow, KIND, PETITION) == 0
    assert counts_of(uow, KIND, PETITION) == before
    for row in uow.session.scalars(select(ToyRow)):
        assert (row.name, row.egn, row.address, row.note, row.egn_index) == (None,) * 5
        with pytest.raises(NoSuchSignature):
            signature_of(uow, KIND, PETITION, row.id)
    assert list(file_rows(uow, KIND, PETITION)) == []


def test_what_people_wrote_lies_encrypted(uow):
    enter(uow, (1, 1), words(1))
    [raw] = uow.session.execute(text("select name, egn, address, egn_index from toys_row")).all()
    assert all("Проба".encode() not in value for value in raw)
    assert all(number_of(1).encode() not in value for value in raw)


def test_of_who_entered_no_name_stays(uow):
    person = uuid4()
    row = enter(uow, (1, 1), words(1))
    row.entered_by_id = person
    uow.session.flush()
    forget_staff(uow, KIND, person)
    uow.session.expire_all()
    assert row.entered_by_id is None


def test_sheets_are_numbered_without_gaps_and_once_a_request(uow):
    request_id = uuid4()
    assert list(add_sheets(uow, KIND, PETITION, 2, request_id=request_id)) == [4, 5]
    assert list(add_sheets(uow, KIND, PETITION, 2, request_id=request_id)) == [4, 5]
    assert list(numbers_of_batch(uow, KIND, PETITION, request_id)) == [4, 5]
    assert count_sheets(uow, KIND, PETITION) == 5
    for count in (0, -1, 201):
        with pytest.raises(TooManySheets):
            add_sheets(uow, KIND, PETITION, count, request_id=uuid4())


def test_the_line_after_the_last_is_on_the_next_sheet():
    assert place_after(3, 9) == (3, 10) and place_after(3, 10) == (4, 1)


def test_each_page_carries_its_number_the_question_and_the_line_on_data(uow):
    columns = ("№", "Име", "ЕГН", "Адрес", "Подпис", "Забележки")
    told = {"title": "Подписка", "unit": "Горно село", "request": "Искаме", "help": "Тук"}
    sheet = SheetText(
        **told, question="Да?", data_use="Само за това", columns=columns, number="Лист №", foot=""
    )
    pdf = sheets_as_pdf(sheet, [7, 8], on=uow.now.date())
    assert pdf == sheets_as_pdf(sheet, [7, 8], on=uow.now.date())
    with pikepdf.open(BytesIO(pdf)) as document:
        assert len(document.pages) == 2
