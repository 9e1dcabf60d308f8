"""Rules of requests: one case, one month, once longer; nothing without knowing who asks."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from threading import Thread
from uuid import uuid4

import pytest

from obshto.modules.personaldata.errors import (
    ExtendedBefore,
    IdentityNeeded,
    NoAccountBehind,
    NoSuchLook,
    NoSuchRequest,
    ReplyAddressNeeded,
    RequestNotYours,
    StaleRequest,
    TooLateToExtend,
)
from obshto.modules.personaldata.events import EVENTS
from obshto.modules.personaldata.models import DataCopy, DataRequest
from obshto.modules.personaldata.services import queries, request_actions, timeline
from obshto.modules.personaldata.services.codes import code_of
from obshto.modules.personaldata.services.copies import KEPT, assemble_copy, forget_copies
from obshto.modules.personaldata.services.counter_print import lines_to_print, open_for_person
from obshto.modules.personaldata.services.retention import (
    empty_old_requests,
    forget_person,
    lapse_unconfirmed,
    watch_terms,
)
from obshto.modules.personaldata.services.submission import (
    RequestWords,
    confirm_request,
    send_request,
)
from obshto.platform.cases.channels import COUNTER
from obshto.platform.clock import SOFIA, day_of
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import ANONYMOUS, Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TOLD = RequestWords(kind="access", words="Какво пазите за мен?", name="Проба Пробова")
MORNING = datetime(2026, 12, 1, 9, 0, tzinfo=SOFIA)


@pytest.fixture
def officer(sign_in):
    person_id = sign_in(VILLAGE, "data_protection_officer").person_id
    return Principal(person_id=person_id, name="Проба Защитник")


@pytest.fixture
def citizen(sign_in):
    return Principal(person_id=sign_in(VILLAGE).person_id, name="Проба Пробова")


@pytest.fixture
def uow(uow_in, officer):
    with uow_in(VILLAGE) as begun:
        yield replace(begun, principal=officer, now=MORNING)


def sent(uow, who, **changed):
    row = send_request(replace(uow, principal=who), replace(TOLD, **changed), request_id=uuid4())
    uow.session.flush()
    return row


def taken(uow, who, **changed):
    row = sent(uow, who, **changed)
    request_actions.take_request(uow, row, expected_version=row.version)
    uow.session.flush()
    return row


def act(do, uow, row, *said):
    do(uow, row, *said, expected_version=row.version)
    uow.session.flush()


def names(uow):
    return [fact.name for fact in uow.facts]


def test_ten_times_the_same_is_one_case_and_the_person_is_told(uow, citizen):
    rows = [sent(uow, citizen) for _ in range(10)]
    assert {row.id for row in rows} == {rows[0].id} and rows[0].asked_again == 9
    assert names(uow) == ["personaldata:request.sent"]
    assert sent(uow, citizen, kind="correction").id != rows[0].id


def test_after_the_answer_the_same_is_a_new_case(uow, citizen):
    first = taken(uow, citizen)
    act(request_actions.answer_request, uow, first, "Ето")
    assert sent(uow, citizen).sequence == first.sequence + 1


@pytest.mark.parametrize(
    ("day", "due"),
    [
        (date(2026, 12, 1), date(2027, 1, 4)),  # 1 January is a holiday, then a weekend
        (date(2027, 1, 31), date(2027, 3, 1)),  # February has no 31st; the 28th is a Sunday
        (date(2027, 5, 10), date(2027, 6, 10)),
    ],
)
def test_the_month_ends_on_a_working_day(uow, citizen, day, due):
    at = datetime(day.year, day.month, day.day, 23, 30, tzinfo=SOFIA)
    row = sent(replace(uow, now=at), citizen)
    assert (row.starts_on, row.due_on) == (day, due)


def test_two_months_more_are_told_once_within_the_first(uow, citizen):
    row = taken(uow, citizen)
    late = replace(uow, now=MORNING + timedelta(days=40))
    with pytest.raises(TooLateToExtend):
        act(request_actions.extend_term, late, row, "Много преписки")
    act(request_actions.extend_term, uow, row, "Много преписки")
    assert row.due_on == date(2027, 3, 1)
    with pytest.raises(ExtendedBefore):
        act(request_actions.extend_term, uow, row, "Пак")
    assert "personaldata:request.extended" in names(uow)


def test_who_has_no_account_confirms_from_the_e_mail_and_proves_who_they_are(uow):
    with pytest.raises(ReplyAddressNeeded):
        sent(uow, ANONYMOUS)
    row = sent(uow, ANONYMOUS, email="a@villages.example")
    assert names(uow) == ["personaldata:request.to-confirm"]
    today = day_of(uow.now)
    shown = uow.session.scalars(queries.queue(uow, queries.Wanted(list="all"), today=today)).all()
    assert shown == []
    confirm_request(uow, row), confirm_request(uow, row)
    assert names(uow)[1:] == ["personaldata:request.sent"]
    act(request_actions.take_request, uow, row)
    with pytest.raises(IdentityNeeded):
        act(request_actions.answer_request, uow, row, "Ето")
    act(request_actions.ask_identity, uow, row, "Елате с лична карта")
    act(request_actions.identify_person, uow, row, "card")
    act(request_actions.answer_request, uow, row, "Ето")
    assert (row.state, row.identified_by) == ("answered", "Проба Защитник")


def test_for_somebody_else_no_account_is_proof(uow, citizen):
    row = taken(uow, citizen, behalf="heir")
    with pytest.raises(IdentityNeeded):
        act(request_actions.answer_request, uow, row, "Ето")
    with pytest.raises(NoAccountBehind):
        act(request_actions.ask_for_copy, uow, row)
    act(request_actions.identify_person, uow, row, "papers")
    act(request_actions.answer_request, uow, row, "Ето")
    assert row.state == "answered"


def test_only_who_took_it_acts_and_on_what_they_saw(uow, citizen):
    row = taken(uow, citizen)
    other = replace(uow, principal=Principal(person_id=uuid4(), name="Друг"))
    with pytest.raises(RequestNotYours):
        act(request_actions.refuse_request, other, row, "Не")
    with pytest.raises(StaleRequest):
        request_actions.answer_request(uow, row, "Ето", expected_version=row.version + 1)


def test_the_copy_holds_what_every_part_exports_and_is_made_once(uow, citizen, owner):
    row = taken(uow, citizen)
    act(request_actions.ask_for_copy, uow, row)
    [job] = uow.jobs
    assemble_copy(uow, **job.arguments), assemble_copy(uow, **job.arguments)
    found = queries.copy_of_request(uow, row)
    assert TOLD.words in found.body and '"looks_at_you"' in found.body
    assert uow.session.query(DataCopy).count() == 1
    uow.session.flush()
    body = uow.session.connection().exec_driver_sql(
        "SELECT body FROM t_gorno_selo.personaldata_copy"
    )
    assert TOLD.words.encode() not in body.scalar()
    later = replace(uow, now=MORNING + KEPT + timedelta(minutes=1))
    assert queries.copy_of_request(later, row) is None
    forget_copies(later)
    assert uow.session.query(DataCopy).count() == 0


def test_the_officer_is_told_three_days_before_and_after_the_term_once(uow, citizen):
    row = sent(uow, citizen)
    noon = {"tzinfo": SOFIA, "hour": 12}
    for day, told in ((31, []), (2, ["due-soon"]), (3, ["due-soon"]), (5, ["due-soon", "late"])):
        at = datetime(2026, 12, day, **noon) if day == 31 else datetime(2027, 1, day, **noon)
        watch_terms(replace(uow, now=at))
        heard = [name.rpartition(".")[2] for name in names(uow)[1:]]
        assert heard == told, (row.due_on, day)


def test_what_nobody_confirmed_lapses_after_a_fortnight_without_a_trace(uow):
    row = sent(uow, ANONYMOUS, email="a@villages.example")
    lapse_unconfirmed(replace(uow, now=MORNING + timedelta(days=13)))
    assert row.state == "unconfirmed"
    lapse_unconfirmed(replace(uow, now=MORNING + timedelta(days=15)))
    assert (row.state, row.applicant, row.email, row.words) == ("lapsed", "", None, None)


def test_five_years_after_the_end_nobody_stands_beside_it(uow, citizen):
    row = taken(uow, citizen)
    act(request_actions.refuse_request, uow, row, "Не")
    empty_old_requests(replace(uow, now=MORNING + timedelta(days=5 * 365 + 1)))
    assert (row.person_id, row.applicant, row.answer, row.is_emptied) == (None, "", None, True)


def test_an_erased_person_leaves_the_number_alone(uow, citizen, officer):
    row = taken(uow, citizen)
    forget_person(uow, citizen.person_id), forget_person(uow, officer.person_id)
    uow.session.expire_all()
    assert (row.state, row.person_id, row.words, row.assignee) == ("withdrawn", None, None, "")


def test_a_code_opens_its_request_alone_and_no_neighbours(uow, uow_in):
    row = sent(uow, ANONYMOUS, channel=COUNTER, identified="card")
    code = code_of(row.request_id)
    assert queries.request_by_number(uow, row.number, code).id == row.id
    with pytest.raises(NoSuchRequest):
        queries.request_by_number(uow, "2026-99999", code)
    uow.commit()
    with uow_in(NEIGHBOUR) as there, pytest.raises(NoSuchRequest):
        queries.request_at(there, code)


def test_names_of_facts_and_their_keys_are_fixed():
    keys = {tuple(sorted(field.name for field in fields(fact))) for fact in EVENTS}
    assert keys == {("kind", "number", "subject_id")}, "no fact says who the person is"
    assert [fact.name.removeprefix("personaldata:") for fact in EVENTS] == [
        *("request.to-confirm", "request.sent", "request.taken"),
        *("identity.asked", "identity.checked", "request.extended"),
        *("request.answered", "request.refused", "request.withdrawn", "request.lapsed"),
        *("request.late", "request.due-soon", "copy.assembled", "limit.lifted"),
        *("accounts.linked", "accounts.parted"),
    ]


# -- the timeline --------------------------------------------------------------------------


def looked(uow, **known):
    opened = Opened(part="reports", object_id=uuid4(), subject=Subject(**known))
    look(uow, opened, Purpose(word="contact", kinds=(DataKind.NAME,), ground="чл. 6"))


def test_a_look_reads_as_a_sentence_without_a_name(uow, citizen):
    looked(uow, person_id=citizen.person_id)
    rows = uow.session.scalars(timeline.own_looks(uow, citizen.person_id)).all()
    [line] = timeline.told(uow, rows, person_id=citizen.person_id)
    assert line.offices == ("длъжностно лице по защита на данните",)
    assert (line.section, line.purpose) == ("Сигнали за нередности", "Свързва се с подателя")
    assert line.kinds == ("име",) and "Защитник" not in repr(line)


def test_somebody_elses_look_is_none_of_mine(uow, citizen):
    looked(uow, person_id=uuid4())
    row = uow.session.scalars(timeline.own_looks(uow, citizen.person_id)).all()
    assert row == []
    with pytest.raises(NoSuchLook):
        timeline.own_look(uow, citizen.person_id, uuid4())


def test_a_typed_phone_of_a_profile_finds_no_looks_of_its_neighbour(uow, citizen):
    looked(uow, phone="0888 123 456")
    subject = timeline.subject_of(uow, citizen.person_id)
    assert subject.phone == ""


def test_on_paper_it_opens_for_the_clerk_who_asked_and_half_an_hour(uow, officer):
    looked(uow, number="7501010010")
    person, request_id = Subject(number="7501010010"), uuid4()
    first = open_for_person(uow, person, request_id=request_id)
    assert open_for_person(uow, person, request_id=request_id) == first
    assert len(lines_to_print(uow, str(first))) == 2  # the print itself stands in it
    for other in (
        replace(uow, principal=Principal(person_id=uuid4(), name="Друг")),
        replace(uow, now=MORNING + timedelta(minutes=31)),
    ):
        with pytest.raises(NoSuchLook):
            lines_to_print(other, str(first))


def test_sixteen_people_at_once_get_sixteen_numbers_and_one_person_one(app, uow_in, citizen):

    rows = []

    def send(told, who):
        with uow_in(VILLAGE) as uow:
            row = send_request(replace(uow, principal=who), told, request_id=uuid4())
            uow.commit()
            rows.append((row.id, row.sequence))

    same = [(TOLD, citizen)] * 8
    others = [(replace(TOLD, email=f"{n}@villages.example"), ANONYMOUS) for n in range(8)]
    threads = [Thread(target=send, args=args) for args in same + others]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows) == 16 and len(set(rows)) == 9
    with uow_in(VILLAGE) as uow:
        numbers = sorted(row.sequence for row in uow.session.query(DataRequest))
    assert numbers == list(range(1, 10))
