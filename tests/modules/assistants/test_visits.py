"""Rules of visits: one at a time, none by who left, word in time, who comes is told twice."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from obshto.modules.assistants import notifications
from obshto.modules.assistants.errors import (
    AnotherMunicipality,
    AssistantAway,
    AssistantBusy,
    AssistantLeft,
    DayFull,
    HelpRequestNotFromHere,
    LeaveEndsFirst,
    NotesFull,
    NothingTaught,
    NotToday,
    PersonBusy,
    StaleAssistant,
    StaleHelpRequest,
    StaleHomeVisit,
    StaleProblem,
    TimePassed,
    TooFarAhead,
    VisitNotFromHere,
    VisitsDuringLeave,
)
from obshto.modules.assistants.models import CheckIn, HomeVisit
from obshto.modules.assistants.services import check_ins, problems, queries, reminders, visit_plans
from obshto.modules.assistants.services.check_ins import CheckInAct, take_act, watch_check_ins
from obshto.modules.assistants.services.places import neighbour_here, refuse_elsewhere
from obshto.modules.assistants.services.staff_records import write_leave
from obshto.modules.assistants.services.states import AHEAD, DONE, RECEIVED, WITHDRAWN
from obshto.modules.assistants.services.submission import due_on, send_request
from obshto.modules.assistants.settings import AssistantsSettings
from obshto.platform.clock import SOFIA
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


@pytest.fixture
def who(uow, make, assistant):
    return make.employed(uow, assistant.person_id)


@pytest.fixture
def row(uow, make):
    return make.asked(uow)


def press(uow, visit, row, kind, *, at=None, words="", key=None):
    act = CheckInAct(kind=kind, at=at or uow.now, words=words)
    take_act(uow, visit, row, act, request_id=key or uuid4())


def test_a_form_sent_twice_is_one_request(uow, told, make):
    key = uuid4()
    first, second = (send_request(uow, told, request_id=key) for _ in range(2))
    assert first.id == second.id and make.names(uow) == ["assistants:request.sent"]


def test_somebody_calls_within_five_working_days():
    assert due_on(date(2026, 12, 18)) == date(2026, 12, 30)  # a weekend, and 24 to 28 December


def test_two_visits_at_once_are_refused_with_the_hours(uow, make, who, row):
    make.planned(uow, row, who, hours=2)
    other = make.asked(uow, name="Проба Каменов")
    with pytest.raises(AssistantBusy, match="от 11:00 до 12:00"):
        make.planned(uow, other, who, hours=2.5)
    make.planned(uow, other, who, hours=3)  # one after the other


def test_one_person_is_not_visited_by_two_at_once(uow, make, who, row, sign_in):
    make.planned(uow, row, who)
    second = make.employed(uow, sign_in(VILLAGE).person_id, name="Проба Втори")
    with pytest.raises(PersonBusy):
        make.planned(uow, row, second)


def test_eight_coordinators_plan_one_hour_and_one_visit_stands(
    app, uow, make, who, coordinator, assistant
):
    rows = [make.asked(uow).id for _ in range(8)]
    wanted, me, barrier = who.id, uow.principal, Barrier(8)
    uow.session.commit()

    def plan(case_id):
        with app.app_context(), open_uow(scope_named(VILLAGE), me) as own:
            own = replace(own, now=uow.now)
            barrier.wait()
            row = queries.request_of(own, case_id, to_change=True)
            chosen = queries.assistant_of(own, wanted, to_change=True)
            try:
                make.planned(own, row, chosen)
            except AssistantBusy:
                own.session.rollback()
                return 0
            return 1

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(plan, rows)) == 1
    number = select(func.count()).select_from(HomeVisit).where(HomeVisit.state == AHEAD)
    assert uow.session.scalar(number) == 1


def test_a_day_holds_twelve(uow, make, who):
    early = replace(uow, now=uow.now.replace(hour=0))
    for number in range(12):
        make.planned(early, make.asked(uow), who, hours=6 + number, minutes=30)
    with pytest.raises(DayFull):
        make.planned(early, make.asked(uow), who, hours=18.5, minutes=30)


@pytest.mark.parametrize(
    ("hours", "refusal"), [(-1, TimePassed), (24 * 200, TooFarAhead)], ids=["past", "far"]
)
def test_a_day_that_is_no_day_for_a_visit_is_refused(uow, make, who, row, hours, refusal):
    with pytest.raises(refusal):
        make.planned(uow, row, who, hours=hours)


def test_the_plan_of_an_older_page_is_refused(uow, make, who, row):
    seen = row.version
    make.planned(uow, row, who)
    plan = visit_plans.VisitPlan(starts_at=uow.now + timedelta(hours=8))
    with pytest.raises(StaleHelpRequest):
        visit_plans.plan_visit(uow, row, who, plan, request_id=uuid4(), expected_version=seen)


def test_nobody_goes_to_who_withdrew(uow, make, who, row):
    visit = make.planned(uow, row, who)
    visit_plans.withdraw_request(uow, row, expected_version=row.version)
    visit_plans.withdraw_request(uow, row, expected_version=0)  # twice is once
    assert (row.state, visit.state) == (WITHDRAWN, "cancelled")
    with pytest.raises(HelpRequestNotFromHere):
        make.planned(uow, row, who)


def test_a_new_day_is_promised_only_to_who_waits_for_one(uow, make, who, row):
    visit = make.planned(uow, row, who)
    fact = {"subject_id": str(visit.id)}
    visit_plans.cancel_visit(uow, row, visit, expected_version=visit.version)
    assert "нов ден" in notifications.cancelled(uow, fact)[1]
    make.planned(uow, row, who)
    visit_plans.withdraw_request(uow, row, expected_version=row.version)
    assert "нов ден" not in notifications.cancelled(uow, fact)[1]


def test_leave_keeps_visits_away_and_visits_keep_leave_away(uow, make, who, row):
    day = uow.now.date()
    write_leave(uow, who, day, day + timedelta(days=1), request_id=uuid4())
    uow.session.flush()
    with pytest.raises(AssistantAway):
        make.planned(uow, row, who, hours=25)
    make.planned(uow, row, who, hours=50)
    with pytest.raises(VisitsDuringLeave):
        write_leave(uow, who, day, day + timedelta(days=2), request_id=uuid4())
    with pytest.raises(LeaveEndsFirst):
        write_leave(uow, who, day, day - timedelta(days=1), request_id=uuid4())


def test_people_of_an_assistant_who_left_wait_for_another(uow, make, who, row):
    visit, far = make.planned(uow, row, who), make.asked(uow)
    other = make.planned(uow, far, who, hours=30)
    uow.session.flush()
    with pytest.raises(StaleAssistant):
        visit_plans.dismiss_assistant(uow, who.id, expected_version=who.version + 1)
    assert visit_plans.dismiss_assistant(uow, who.id, expected_version=who.version) == 2
    assert {visit.state, other.state} == {"cancelled"}
    assert {row.state, far.state} == {RECEIVED} and row.due_on
    assert make.names(uow).count("assistants:visit.cancelled") == 2
    with pytest.raises(AssistantLeft, match="Помощникова"):
        make.planned(uow, row, who, hours=50)


def test_a_cancelled_visit_returns_the_request_unless_another_is_planned(uow, make, who, row):
    first, second = make.planned(uow, row, who), make.planned(uow, row, who, hours=30)
    with pytest.raises(StaleHomeVisit):
        visit_plans.cancel_visit(uow, row, first, expected_version=first.version + 1)
    visit_plans.cancel_visit(uow, row, first, expected_version=first.version)
    assert row.state == "planned"
    visit_plans.cancel_visit(uow, row, second, expected_version=second.version)
    assert row.state == RECEIVED


def test_a_village_of_the_neighbour_is_offered_to_the_neighbour(uow, places):
    own, theirs = places
    found = neighbour_here(uow, theirs)
    assert found.takes
    assert f"{NEIGHBOUR}.localhost" in found.address and theirs in found.address
    with pytest.raises(AnotherMunicipality, match="Чуждо"):
        refuse_elsewhere(uow, theirs)
    refuse_elsewhere(uow, own)


def test_acts_of_a_phone_without_network_land_once_and_at_their_hour(uow, make, who, row, helper):
    visit = make.planned(uow, row, who)
    evening = make.later(uow, helper, hours=9)
    arrived, left = (visit.starts_at + timedelta(minutes=m) for m in (4, 50))
    keys = [uuid4() for _ in range(3)]
    for _ in range(2):  # the phone did not hear the first answer
        press(evening, visit, row, "arrived", at=arrived, key=keys[0])
        press(evening, visit, row, "note", at=left, words="Учи бързо", key=keys[1])
        press(evening, visit, row, "ended", at=left, key=keys[2])
    assert (visit.state, visit.arrived_at, visit.ended_at) == ("ended", arrived, left)
    assert visit.notes == "Учи бързо" and row.state == DONE
    number = select(func.count()).select_from(CheckIn).where(CheckIn.visit_id == visit.id)
    assert uow.session.scalar(number) == 3


def test_an_act_of_another_day_or_from_the_future_is_not_believed(uow, make, who, row, helper):
    visit = make.planned(uow, row, who, hours=26)
    with pytest.raises(NotToday):
        press(make.later(uow, helper), visit, row, "arrived")
    tomorrow = make.later(uow, helper, hours=27)
    press(tomorrow, visit, row, "arrived", at=tomorrow.now + timedelta(hours=5))
    assert visit.arrived_at == tomorrow.now


def test_a_note_that_finds_no_room_leaves_the_ones_before_it(uow, make, who, row, helper):
    visit, then = make.planned(uow, row, who), make.later(uow, helper, hours=2)
    press(then, visit, row, "note", words="Учи бързо")
    with pytest.raises(NotesFull):
        press(then, visit, row, "note", words="х" * check_ins.MOST_NOTES)
    assert visit.notes == "Учи бързо"


def test_nobody_home_returns_the_request(uow, make, who, row, helper):
    visit = make.planned(uow, row, who)
    press(make.later(uow, helper, hours=2), visit, row, "absent")
    assert (visit.state, row.state) == ("missed", RECEIVED)
    with pytest.raises(VisitNotFromHere):
        press(make.later(uow, helper, hours=3), visit, row, "arrived")


def test_a_next_visit_agreed_on_the_spot_opens_what_was_done(uow, make, who, row, helper):
    visit = make.planned(uow, row, who)
    noon = make.later(uow, helper, hours=3)
    press(noon, visit, row, "ended")
    assert row.state == DONE and row.ended_at
    make.planned(noon, row, who, hours=24)
    assert row.state == "planned" and row.ended_at is None


def test_what_was_shown_needs_a_visit_and_something_shown(uow, make, who, row, helper):
    visit = make.planned(uow, row, who)
    write = check_ins.write_lessons
    with pytest.raises(VisitNotFromHere):
        write(uow, visit, ["call"], "", expected_version=visit.version)
    press(make.later(uow, helper, hours=2), visit, row, "arrived")
    with pytest.raises(StaleHomeVisit):
        write(uow, visit, ["call"], "", expected_version=visit.version - 1)
    write(uow, visit, ["call"], "", expected_version=visit.version)
    uow.session.flush()
    with pytest.raises(NothingTaught):
        write(uow, visit, [], "", expected_version=visit.version)


def test_a_check_in_that_is_missed_calls_once_and_word_ends_it(uow, make, who, row, helper):
    visit = make.planned(uow, row, who)
    watch_check_ins(make.later(uow, hours=2, minutes=29))
    assert not visit.alarm
    for minutes in (31, 41):
        watch_check_ins(make.later(uow, hours=2, minutes=minutes))
    assert visit.alarm == "arrival"
    assert make.names(uow).count("assistants:check-in.missed") == 1
    press(make.later(uow, helper, hours=3), visit, row, "arrived")
    assert visit.alarm_ended_at and not queries.alarms(uow)
    watch_check_ins(make.later(uow, hours=4))
    assert visit.alarm == "departure" and len(queries.alarms(uow)) == 1
    check_ins.clear_alarm(uow, visit, row, expected_version=visit.version)
    assert not queries.alarms(uow)


def test_a_missed_check_in_rings_at_once_and_says_nothing_of_the_home(uow, make, who, row):
    visit = make.planned(uow, row, who)
    watch_check_ins(make.later(uow, hours=2, minutes=31))
    fact = {"fact": "assistants:check-in.missed", "payload": {"subject_id": str(visit.id)}}

    def sent(phones, sender="GORNO"):
        """SMS to whom, after the duty phones were set so."""
        for part, values in (
            ("notify", NotifySettings(sms_sender=sender)),
            ("assistants", AssistantsSettings(duty_phones=phones)),
        ):
            save_settings(uow, part, values, expected_version=version_of(uow, part))
            uow.session.flush()
        cause = uuid4()
        for _run in range(2):
            write_letters(uow, **fact, cause=str(cause))
        wanted = select(Message).where(Message.channel == "sms", Message.cause == cause)
        return uow.session.scalars(wanted).all()

    assert sent("") == [] and sent("0888 123 456", sender="") == [] and sent("0938 12 345") == []
    messages = sent("0888 123 456, 0888123457, 0888 123 456")
    assert {one.recipient for one in messages} == {"+359888123456", "+359888123457"}
    for one in messages:
        assert "Няма вест от" in one.text and "Обадете се сега" in one.text
        assert "Тайна" not in one.text and "Първанов" not in one.text and row.number not in one.text


def test_who_was_promised_the_afternoon_is_missed_at_six(uow, make, who, row):
    visit = make.planned(uow, row, who, hours=5, half="afternoon")
    watch_check_ins(make.later(uow, hours=8, minutes=59))
    assert not visit.alarm
    watch_check_ins(make.later(uow, hours=9, minutes=1))
    assert visit.alarm == "arrival"


def test_who_comes_is_told_the_day_before_and_on_the_day_once_each(uow, make, who, row):
    visit = make.planned(uow, row, who, hours=25)  # tomorrow at ten
    told = []
    for at in (10, 14, 15, 31, 32):  # hours of today and tomorrow
        moment = datetime(2026, 12, 1, 0, 20, tzinfo=SOFIA) + timedelta(hours=at)
        before = len(uow.facts)
        reminders.remind(replace(uow, now=moment))
        told.append(len(uow.facts) - before)
    assert told == [0, 1, 0, 1, 0]
    assert visit.day_before_at and visit.same_day_at


@pytest.mark.parametrize(
    ("phone", "email", "is_called"),
    [
        ("+359888100201", "", False),
        ("+35993812345", "", True),
        ("+35993812345", "dete@primer.bg", False),
    ],
    ids=["mobile", "landline", "e-mail"],
)
def test_who_no_message_reaches_is_called(uow, make, phone, email, is_called):
    assert reminders.must_be_called(make.asked(uow, phone=phone, email=email)) is is_called


def test_a_problem_is_answered_once_by_its_official(uow, make, who, row, helper):
    visit = make.planned(uow, row, who)
    me = (uow.principal.person_id, "Проба Координаторова")
    problem = problems.hand_over(
        make.later(uow, helper), visit, row, "Не приема ЕГН", official=me, request_id=uuid4()
    )
    seen = problem.version
    problems.answer_problem(uow, problem, row, "Оправено", expected_version=seen)
    problems.answer_problem(uow, problem, row, "Оправено", expected_version=seen)
    with pytest.raises(StaleProblem):
        problems.answer_problem(uow, problem, row, "Друго", expected_version=seen)


def test_candidates_speak_first_then_are_near_then_have_time(uow, make, who, sign_in):
    row = make.asked(uow, language="ro")
    speaks = make.employed(
        uow, sign_in(VILLAGE).person_id, name="Проба Далечна", languages=("bg", "ro")
    )
    busy = make.employed(uow, sign_in(VILLAGE).person_id, name="Проба Аетна")
    make.planned(uow, make.asked(uow), busy)
    order = [one.assistant.id for one in visit_plans.candidates(uow, row)]
    assert order == [speaks.id, who.id, busy.id]


def test_no_fact_names_a_person_or_a_place(uow, make, who, row):
    make.planned(uow, row, who)
    told = " ".join(map(str, uow.facts))
    assert row.number in told
    for secret in ("Първанов", "Тайна", "888100201"):
        assert secret not in told
    assert isinstance(uow.principal, Principal)
