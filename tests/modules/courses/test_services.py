"""Courses: a series skips holidays, seats go in order, attendance decides, letters reach all."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from obshto.modules.courses.errors import (
    AttendedTooFew,
    CertificateNotYet,
    EnrolledAlready,
    GroupClosed,
    SeriesOver,
    StaleGroup,
    WrongDoorCode,
)
from obshto.modules.courses.events import GroupOpened
from obshto.modules.courses.models import Enrolment, Group, TeacherNote
from obshto.modules.courses.notifications import cancelled, enrolled, opened, waiting
from obshto.modules.courses.privacy import erase, export
from obshto.modules.courses.services.attendance import (
    attended_in,
    come_by_code,
    mark_attendance,
    needed,
)
from obshto.modules.courses.services.certificates import issue_certificate
from obshto.modules.courses.services.courses import copy_course, publish_course
from obshto.modules.courses.services.enrolments import (
    Participant,
    doubles,
    enrol,
    enrolment_of,
    participants,
)
from obshto.modules.courses.services.figures import by_age, waiting_for_group, without_place
from obshto.modules.courses.services.groups import (
    Series,
    cancel_group,
    cancel_lesson,
    lessons,
    lessons_of,
    write_group,
)
from obshto.modules.courses.services.queries import followed
from obshto.modules.courses.services.retention import empty_old
from obshto.platform.bookings import notifications as bookings
from obshto.platform.bookings.errors import SlotFull
from obshto.platform.bookings.queries import load_bookers
from obshto.platform.bookings.retention import empty_old as empty_bookings
from obshto.platform.bookings.services import Booker, cancel
from obshto.platform.bookings.states import BOOKED, CANCELLED, OFFERED, WAITING
from obshto.platform.bookings.waiting_list import accept_offer
from obshto.platform.clock import SOFIA
from obshto.platform.documents.services import read_file
from obshto.platform.documents.verification import document_by_code
from obshto.platform.followers.services import FollowLink, confirm_follow
from obshto.platform.unit_of_work import Principal

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"


def somebody(number=1, **changed):
    return Booker(**{"name": f"Проба {number}", "phone": f"+35988812345{number}", **changed})


def enrolled_in(uow, group, number=1, *, waits=False, **changed):
    told = Participant(ekatte="elsewhere", age="65+")
    made = enrol(uow, group, somebody(number, **changed), told, request_id=uuid4(), waits=waits)
    uow.session.flush()
    return made


def attend(uow, group, booking, count):
    own = enrolment_of(uow, booking)
    for lesson in lessons(uow, group)[:count]:
        seen = {"seen": (), "expected_version": lesson.version}
        mark_attendance(uow, lesson, [own], {own.id}, **seen)
    return own


# -- the series ---------------------------------------------------------------------------------


def at(year, month, day, hour=10):
    return datetime(year, month, day, hour, tzinfo=SOFIA).astimezone(UTC)


def test_a_series_skips_holidays_and_gets_longer_by_them():
    series = Series(first=at(2026, 12, 11), minutes=90, frequency="weekly", number=4)
    days = [start.astimezone(SOFIA).date() for start, _ in lessons_of(series)]
    # The 25th of December and the 1st of January are Fridays, both holidays.
    assert days == [date(2026, 12, d) for d in (11, 18)] + [date(2027, 1, 8), date(2027, 1, 15)]


def test_a_series_begins_at_ten_on_both_sides_of_a_clock_change():
    series = Series(first=at(2027, 3, 22), minutes=90, frequency="weekly", number=2)
    assert [start.astimezone(SOFIA).hour for start, _ in lessons_of(series)] == [10, 10]
    assert all(end - start == timedelta(minutes=90) for start, end in lessons_of(series))


def test_a_course_cannot_begin_in_the_past(uow, course, group):
    with pytest.raises(SeriesOver):
        group(uow, course(uow), days=-1)


def test_a_group_sent_twice_is_one(uow, course, group):
    made = group(uow, course(uow))
    again = write_group(uow, None, None, None, request_id=made.request_id)
    assert again.id == made.id


# -- seats --------------------------------------------------------------------------------------


def test_sixteen_at_once_over_one_seat_are_one_enrolment(uow, uow_in, course, group, owner):
    made = group(uow, course(uow), seats=2)
    enrolled_in(uow, made, 0)  # the key is fetched now, not by sixteen at once
    group_id = made.id
    uow.commit()
    together = Barrier(16)

    def press(number):
        with uow_in(VILLAGE) as mine:
            together.wait(60)
            try:
                told = somebody(name=f"Проба {number}", phone=f"+3598881234{number:02}")
                found = mine.session.get(Group, group_id)
                enrol(mine, found, told, Participant(), request_id=uuid4())
                mine.commit()
                return "enrolled"
            except SlotFull:
                return "full"

    with ThreadPoolExecutor(16) as pool:
        answers = sorted(pool.map(press, range(10, 26)))
    assert answers == ["enrolled", *["full"] * 15]
    assert owner("select taken, capacity from t_gorno_selo.bookings_slot") == [(2, 2)]
    assert owner("select count(*) from t_gorno_selo.courses_enrolment") == [(2,)]


def test_a_free_seat_goes_to_who_waits_first(uow, course, group):
    made = group(uow, course(uow), seats=1)
    first = enrolled_in(uow, made, 1)
    second, third = (enrolled_in(uow, made, n, waits=True) for n in (2, 3))
    assert (second.state, third.state) == (WAITING, WAITING)
    cancel(uow, first, "courses", expected_version=first.version)
    assert (second.state, third.state) == (OFFERED, WAITING)
    accept_offer(uow, second, "courses", expected_version=second.version)
    assert second.state == BOOKED


def test_the_same_name_and_number_is_enrolled_once_another_number_is_marked(uow, course, group):
    made = group(uow, course(uow), seats=5)
    enrolled_in(uow, made, 1, name="Мария Примерова")
    with pytest.raises(EnrolledAlready):
        enrolled_in(uow, made, 1, name=" мария  ПРИМЕРОВА")
    second = enrolled_in(uow, made, 2, name="Мария Примерова")
    mother = enrolled_in(uow, made, 1, name="Пенка Примерова")  # on behalf, the same phone
    found = doubles(participants(uow, made))
    assert second.id in found and mother.id not in found and len(found) == 2


def test_a_cancelled_group_takes_nobody_and_everybody_is_told(uow, course, group):
    made, taught = group(uow, written := course(uow), seats=1), written
    one, two = enrolled_in(uow, made, 1), enrolled_in(uow, made, 2, waits=True)
    with pytest.raises(StaleGroup):
        cancel_group(uow, taught, made, expected_version=made.version + 1)
    cancel_group(uow, taught, made, expected_version=made.version)
    assert (one.state, two.state) == (CANCELLED, CANCELLED)
    told = [fact.name for fact in uow.facts]
    assert told.count("bookings:booking.called-off") == 2
    assert "bookings:booking.offered" not in told
    with pytest.raises(GroupClosed):
        enrolled_in(uow, made, 3)


# -- lessons ------------------------------------------------------------------------------------


def test_absence_reaches_all_with_one_press_and_the_seats_move_along(uow, course, group):
    made = group(uow, course(uow), seats=3)
    for number in (1, 2):
        enrolled_in(uow, made, number, email=f"p{number}@primer.example")
    first, second = lessons(uow, made)[:2]
    instead = second.starts_at + timedelta(days=1)
    cancel_lesson(uow, made, first, instead, expected_version=made.version)
    assert made.starts_at == second.starts_at
    booking, _ = participants(uow, made)[0]
    assert booking.slot.starts_at == second.starts_at
    assert len([one for one in lessons(uow, made) if not one.cancelled_at]) == 4
    fact = {"subject_id": str(first.id)}
    assert sorted(one.email for one in enrolled(uow, fact)) == [
        "p1@primer.example",
        "p2@primer.example",
    ]
    subject, text = cancelled(uow, fact)
    assert "Няма занятие" in subject and "Вместо него" in subject and "Интернет" in text
    assert len({one.slot_id for one in (booking, enrolled_in(uow, made, 3))}) == 1


@pytest.mark.parametrize("letter", ["made", "cancelled", "lapsed", "due"])
def test_letters_about_a_seat_speak_of_a_course_and_offer_no_other_hour(uow, course, group, letter):
    booking = enrolled_in(uow, group(uow, course(uow)))
    write = getattr(bookings, letter)
    subject, text = write(uow, {"subject_id": str(booking.id)})
    assert "курс" in subject and "се откажете тук" in text and "/courses/enrolment/" in text
    for said in ("час", "преместете"):
        assert said not in subject + text


def test_two_who_cancel_at_once_see_each_other(uow, course, group):
    made = group(uow, course(uow))
    version = made.version
    uow = replace(uow, now=uow.now + timedelta(minutes=1))
    cancel_lesson(uow, made, lessons(uow, made)[2], None, expected_version=version)
    uow.session.flush()
    with pytest.raises(StaleGroup):
        cancel_lesson(uow, made, lessons(uow, made)[3], None, expected_version=version)


def test_a_door_code_counts_during_its_lesson_only(uow, course, group):
    made = group(uow, course(uow), seats=3)
    own = enrolment_of(uow, enrolled_in(uow, made))
    lesson = lessons(uow, made)[0]
    with pytest.raises(WrongDoorCode):
        come_by_code(uow, own, lesson.code)
    uow = replace(uow, now=lesson.starts_at + timedelta(minutes=20))
    come_by_code(uow, own, lesson.code)
    come_by_code(uow, own, lesson.code)
    assert attended_in(uow, made) == {own.id: 1}
    uow = replace(uow, now=lesson.ends_at + timedelta(hours=1))
    with pytest.raises(WrongDoorCode):
        come_by_code(uow, own, lesson.code)


def test_a_late_list_is_refused_and_who_typed_the_code_meanwhile_stays(uow, course, group):
    made = group(uow, course(uow), seats=3)
    pairs = [enrolment_of(uow, enrolled_in(uow, made, number)) for number in (1, 2)]
    one, two = pairs
    lesson = lessons(uow, made)[0]
    uow = replace(uow, now=lesson.starts_at)
    drawn = lesson.version  # the teacher's list, nobody ticked
    come_by_code(uow, two, lesson.code)
    mark_attendance(uow, lesson, pairs, {one.id}, seen=(), expected_version=drawn)
    uow.session.flush()
    assert attended_in(uow, made) == {one.id: 1, two.id: 1}
    both = {one.id, two.id}
    mark_attendance(uow, lesson, pairs, both, seen=(), expected_version=drawn)  # so it is
    with pytest.raises(StaleGroup):
        mark_attendance(uow, lesson, pairs, set(), seen={one.id}, expected_version=drawn)
    mark_attendance(uow, lesson, pairs, set(), seen={one.id}, expected_version=lesson.version)
    assert attended_in(uow, made) == {two.id: 1}


# -- certificates -------------------------------------------------------------------------------


def test_no_certificate_before_the_end_nor_for_too_few_lessons(uow, course, group):
    taught = course(uow, least_percent=75)
    made = group(uow, taught, seats=3)
    booking = enrolled_in(uow, made)
    own = enrolment_of(uow, booking)
    with pytest.raises(CertificateNotYet):
        issue_certificate(uow, taught, made, booking, own)
    uow = replace(uow, now=made.ends_at + timedelta(hours=1))
    assert needed(uow, taught, made) == (3, 4)
    attend(uow, made, booking, 2)
    with pytest.raises(AttendedTooFew):
        issue_certificate(uow, taught, made, booking, own)
    attend(uow, made, booking, 3)
    paper = issue_certificate(uow, taught, made, booking, own)
    assert issue_certificate(uow, taught, made, booking, own) is paper
    assert paper.is_trial and read_file(paper).startswith(b"%PDF")


def test_names_last_until_ninety_days_after_the_last_lesson(uow, course, group):
    made = group(uow, course(uow), number=20)
    booking = enrolled_in(uow, made)
    first, uow = made.starts_at, replace(uow, now=made.ends_at + timedelta(days=89))
    assert uow.now - first > timedelta(days=200)
    empty_bookings(uow)
    empty_old(uow)
    load_bookers(uow, [booking.id])
    assert booking.name == "Проба 1"
    uow = replace(uow, now=made.ends_at + timedelta(days=91))
    empty_bookings(uow)
    empty_old(uow)
    assert booking.is_emptied and enrolment_of(uow, booking).name_index is None


def test_an_erased_person_leaves_the_number_of_the_certificate(uow, course, group):
    me = Principal(person_id=uuid4(), name="Проба 1")
    uow = replace(uow, principal=me)
    taught = course(uow)
    made = group(uow, taught, seats=3)
    booking = enrolled_in(uow, made)
    uow = replace(uow, now=made.ends_at + timedelta(hours=1))
    own = attend(uow, made, booking, 4)
    paper = issue_certificate(uow, taught, made, booking, own)
    told = export(uow, me.person_id)
    assert told["certificates"][0]["code"] == paper.code
    assert told["enrolments"][0]["lessons_attended"] == 4
    erase(uow, me.person_id)
    assert read_file(paper) == b"" and document_by_code(uow, paper.code) is paper
    assert export(uow, me.person_id)["enrolments"] == []


def test_an_erased_teacher_leaves_a_group_without_one(uow, course, group):
    teacher = uuid4()
    made = group(uow, course(uow), teacher_id=teacher, teacher="Учителка")
    uow.session.add(
        TeacherNote(group_id=made.id, author_id=teacher, words="тайна", changed_at=uow.now)
    )
    erase(uow, teacher)
    uow.session.refresh(made)
    assert made.teacher_id is None and made.teacher == ""
    assert uow.session.scalar(select(func.count()).select_from(TeacherNote)) == 0


# -- the organiser ------------------------------------------------------------------------------


def test_a_copy_is_a_draft_with_the_same_words(uow, course):
    taught, key = course(uow), uuid4()
    made = copy_course(uow, taught, request_id=key)
    assert copy_course(uow, taught, request_id=key).id == made.id != taught.id
    assert made.questions == taught.questions and not made.is_published


def test_figures_tell_no_group_below_ten_and_who_found_no_place(uow, course, group):
    made = group(uow, course(uow), seats=9)
    for number in range(9):
        enrolled_in(uow, made, number)
    enrolled_in(uow, made, 9, name="Десета", phone="+359888123460", waits=True)
    told = by_age(uow, {"65+": "над 65"})
    assert told.told == [] and told.others == told.everybody == 9
    [(wanted, number)] = without_place(uow)
    assert (wanted.id, number) == (made.course_id, 1)


def test_another_municipality_has_no_such_group(uow, uow_in, course, group):
    made = group(uow, course(uow))
    uow.commit()
    with uow_in(NEIGHBOUR) as other:
        assert other.session.get(Group, made.id) is None
        assert other.session.scalar(select(func.count()).select_from(Enrolment)) == 0


def test_who_waits_for_a_group_hears_of_it_and_nobody_of_a_draft(uow, course, group):
    row = course(uow)
    link = FollowLink(
        thing=followed(row),
        person_id=None,
        email="w@villages.example",
        language="bg",
        is_stale=False,
    )
    for _ in range(2):
        confirm_follow(uow, link)
    assert waiting_for_group(uow) == [(row, 1)]
    made = group(uow, row)
    [told] = [fact for fact in uow.facts if isinstance(fact, GroupOpened)]
    fact = {"subject_id": str(told.subject_id), "group_id": str(told.group_id)}
    assert [one.email for one in waiting(uow, fact)] == ["w@villages.example"]
    subject, text = opened(uow, fact)
    assert "Интернет без страх" in subject
    assert "Читалището" in text and f"/courses/groups/{made.id}/enrol" in text
    publish_course(uow, row, False, expected_version=row.version)
    uow.session.flush()
    assert waiting_for_group(uow) == [], "nothing more is written about it"
    uow.facts.clear()
    group(uow, row)
    assert not [fact for fact in uow.facts if isinstance(fact, GroupOpened)]
