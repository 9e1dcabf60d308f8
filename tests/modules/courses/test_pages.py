"""Pages of courses: from the first click without an account to a checked certificate."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from sqlalchemy import select

from obshto.modules.courses.models import Course, Group
from obshto.modules.courses.seeds import seed
from obshto.modules.courses.services.groups import GroupEntry, Series, write_group
from obshto.platform.clock import SOFIA, now
from obshto.platform.permissions import Role
from obshto.platform.posters.models import PosterAddress
from obshto.platform.purposes.guard import UNRECORDED

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
NAME = "Проба Пробова"


def opened(person, place):
    """The names of the group, for a purpose."""
    page = f"/console/courses/groups/{place.group}"
    answer = person.post(f"{page}/look", {"purpose": "welcome", "request_id": uuid4()})
    assert answer.status_code == 303
    return person.get(page).text


def attend_all(person, place, lessons):
    for one in lessons:
        page = f"/console/courses/groups/{place.group}/lessons/{one.id}"
        shown = person.get(page).text
        own = re.findall(r'name="came" value="([0-9a-f-]{36})"', shown)
        version = re.search(r'name="expected_version" value="(\d+)"', shown)[1]
        assert person.post(page, {"came": own, "expected_version": version}).status_code == 303


# -- the journey --------------------------------------------------------------------------------


def seat_from_the_line(visitor, place, path_of, version_of):
    """Two take both seats, a third waits, one leaves, the third accepts: the third one's page."""
    first = path_of(visitor.enrol(place.group, name="Първа Примерова", phone="0888 123 451"))
    path_of(visitor.enrol(place.group, name="Втора Примерова", phone="0888 123 452"))
    full = visitor.enrol(place.group, phone="0888 123 453")
    assert full.status_code == 422 and "wait=1" in full.text and NAME in full.text
    # The same form, with all that was typed, leads into the line.
    [line] = re.findall(r'<form method="post" action="([^"]*wait=1)"', full.text)
    assert "0888 123 453" in full.text
    key = re.search(r'name="request_id"[^>]*value="([^"]+)"', full.text)[1]
    typed = {"name": NAME, "phone": "0888 123 453", "request_id": key}
    own = path_of(visitor.post(line, typed))
    assert "на ред сте 1" in visitor.get(own).text
    assert f'action="{first}/cancel"' not in visitor.get(first).text  # no seat goes by one press
    asked = visitor.get(f"{first}/cancel").text
    assert "Мястото отива при следващия" in asked
    assert "на ред сте 1" in visitor.get(own).text
    path_of(visitor.post(f"{first}/cancel", {"expected_version": version_of(asked)}))
    offered = visitor.get(own).text
    assert "Освободи се място за Вас" in offered
    path_of(visitor.post(f"{own}/accept", {"expected_version": version_of(offered)}))
    return own


def test_from_a_waiting_list_to_a_certificate_that_anybody_checks(
    visitor, teacher, place, path_of, version_of, shift, lessons_of
):
    show = visitor.get(f"/courses/{place.course}").text
    assert "2 свободни места" in show and f"/courses/groups/{place.group}/enrol" in show
    own = seat_from_the_line(visitor, place, path_of, version_of)
    assert visitor.post(f"{own}/certificate").status_code == 409  # not over yet
    shift(place.group)
    assert NAME in opened(teacher, place)
    attend_all(teacher, place, lessons_of(place.group))
    assert path_of(visitor.post(f"{own}/certificate")) == own
    assert path_of(visitor.post(f"{own}/certificate")) == own
    code = re.search(r"/documents/verify/(\d{16})", visitor.get(own).text)[1]
    pdf = visitor.get(f"{own}/certificate.pdf")
    assert pdf.mimetype == "application/pdf" and pdf.data.startswith(b"%PDF")
    check = visitor.get(f"/documents/verify/{code}")
    assert check.status_code == 200 and NAME not in check.text and "-00001" in check.text
    assert visitor.get(f"/documents/verify/{code}", village=NEIGHBOUR).status_code == 404


def test_the_test_before_and_after_shows_what_was_learned(
    visitor, place, path_of, version_of, shift
):
    own = path_of(visitor.enrol(place.group))
    version = version_of(visitor.get(f"{own}/test").text)
    answers = {"q0": "0", "q1": "1", "q2": "0", "expected_version": version}
    missing = visitor.post(f"{own}/test", {**answers, "q2": ""})
    assert missing.status_code == 422
    assert path_of(visitor.post(f"{own}/test", answers)) == own
    assert path_of(visitor.post(f"{own}/test", answers)) == own  # sent twice: once is enough
    shift(place.group)
    path_of(visitor.post(f"{own}/test", {**answers, "q1": "0"}))
    assert "преди курса: 2, след него: 3" in visitor.get(own).text


def test_a_revoked_certificate_says_so_and_a_new_one_can_be_issued(
    visitor, clerk, place, path_of, version_of, shift, lessons_of
):
    path_of(visitor.enrol(place.group))
    shift(place.group)
    page = opened(clerk, place)
    one = re.search(r"/console/courses/enrolments/[0-9a-f-]{36}", page)[0]
    attend_all(clerk, place, lessons_of(place.group))
    assert clerk.press(one, f"{one}/certificate").status_code == 303
    code = re.search(r"Номер (\d{4}-\d{5})", clerk.get(one).text)[1]
    assert clerk.get(f"{one}/certificate.pdf").data.startswith(b"%PDF")
    form = clerk.get(f"{one}/revoke").text
    empty = clerk.post(f"{one}/revoke", {"reason": "", "expected_version": version_of(form)})
    assert empty.status_code == 422
    told = {"reason": "Сгрешено име", "expected_version": version_of(form)}
    assert clerk.post(f"{one}/revoke", told).status_code == 303
    assert clerk.press(one, f"{one}/certificate").status_code == 303
    assert re.search(r"Номер (\d{4}-\d{5})", clerk.get(one).text)[1] != code


# -- citizens -----------------------------------------------------------------------------------


def test_the_slip_of_who_waits_says_which_in_the_line(clerk, place):
    typed = {"channel": "counter", "phone": "0888 123 456"}
    for number in range(3):
        told = typed | {"name": f"Проба {number}", "request_id": uuid4()}
        entered = clerk.post(f"/console/courses/groups/{place.group}/enrol", told)
    slip = clerk.get(entered.location).text
    assert "Чака място" in slip and "Място в списъка на чакащите" in slip


def test_a_free_seat_is_taken_until_the_group_begins(visitor, place, uow_in):
    with uow_in(VILLAGE) as uow:
        course = uow.session.get(Course, place.course)
        first = (uow.now + timedelta(minutes=20)).replace(second=0, microsecond=0)
        series = Series(first=first, minutes=90, frequency="weekly", number=1)
        entry = GroupEntry(address="Читалището", phone="0938 12 345", seats=1)
        soon = write_group(uow, course, entry, series, request_id=uuid4()).id
        uow.commit()
    assert f"/courses/groups/{soon}/enrol" in visitor.get(f"/courses/{place.course}").text
    assert visitor.enrol(soon).status_code == 303


def test_what_is_missing_is_told_and_what_was_typed_stays(visitor, place):
    for changed, told in (
        ({"name": ""}, "Напишете името си"),
        ({"phone": "", "email": ""}, "Напишете телефон или имейл"),
        ({"phone": "0999 99"}, "Такъв телефон няма"),
        ({"ekatte": "нещо"}, "Изберете отговор от списъка"),
    ):
        answer = visitor.enrol(place.group, wish="Едър шрифт", **changed)
        assert answer.status_code == 422 and told in answer.text and "Едър шрифт" in answer.text


def test_the_same_form_is_one_enrolment_and_a_code_leads_to_it(visitor, place, path_of):
    key = uuid4()
    first = path_of(visitor.enrol(place.group, request_id=key))
    assert path_of(visitor.enrol(place.group, request_id=key)) == first
    typed = {"code": first.rpartition("/")[2], "request_id": uuid4()}
    assert path_of(visitor.post("/courses/enrolment", typed)) == first
    wrong = visitor.post("/courses/enrolment", {**typed, "code": "1" * 20})
    assert wrong.status_code == 422


def test_a_door_code_marks_and_a_wrong_one_is_told(
    visitor, place, path_of, lessons_of, uow_in, shift
):
    own = path_of(visitor.enrol(place.group))
    with uow_in(VILLAGE) as uow:
        back = uow.session.get(Group, place.group).starts_at - now()
    shift(place.group, back / timedelta(days=1))
    lesson = lessons_of(place.group)[0]
    wrong = visitor.post(f"{own}/door", {"door": "12"})
    assert wrong.status_code == 422 and "6 цифри" in wrong.text
    assert path_of(visitor.post(f"{own}/door", {"door": lesson.code})) == own
    assert "Бяхте тук" in visitor.get(own).text


def test_a_group_is_a_file_for_a_calendar(visitor, place):
    file = f"/courses/groups/{place.group}/calendar.ics"
    assert file in visitor.get(f"/courses/{place.course}").text
    answer = visitor.get(file)
    assert answer.content_type.startswith("text/calendar")
    assert answer.text.count("BEGIN:VEVENT") == 4 and "SUMMARY:Интернет без страх" in answer.text
    assert visitor.get(file, village=NEIGHBOUR).status_code == 404


def test_the_demonstration_has_a_teacher(teacher, uow):
    seed(uow)
    groups = uow.session.scalars(select(Group)).all()
    assert {(one.teacher_id, one.teacher) for one in groups} == {
        (teacher.person_id, "Учителка Примерова")
    }


def test_the_poster_comes_by_its_route_and_leads_to_the_course(
    teacher, visitor, place, path_of, uow_in, sign_in
):
    page = f"/console/posters/courses/{place.course}"
    for owner in (f"groups/{place.group}", str(place.course)):
        assert f'href="{page}"' in teacher.get(f"/console/courses/{owner}").text
    answer = teacher.press(page, size="a4", language="bg", phone="0938 12 345")
    assert path_of(answer) == f"{page}/sheet.pdf"
    sheet = teacher.get(answer.location)
    assert sheet.mimetype == "application/pdf"
    with pikepdf.open(BytesIO(sheet.data)) as document:
        assert "Интернет без страх" in str(document.docinfo["/Title"])
    with uow_in(VILLAGE) as uow:
        (number,) = uow.session.scalars(select(PosterAddress.number))
    assert path_of(visitor.get(f"/go/{number}")) == f"/courses/{place.course}"
    assert visitor.get(f"/go/{number}", village=NEIGHBOUR).status_code == 404
    assert sign_in(NEIGHBOUR, Role.EDITOR).get(f"{page}/sheet.pdf").status_code == 404


def test_a_draft_and_another_municipality_show_nothing(visitor, place, path_of, sign_in):
    own = path_of(visitor.enrol(place.group))
    for path in (f"/courses/{place.course}", f"/courses/groups/{place.group}/enrol", own):
        assert visitor.get(path, village=NEIGHBOUR).status_code == 404
    stranger = sign_in(NEIGHBOUR, Role.EDITOR, Role.SECRETARY)
    for path in (f"{place.course}", f"groups/{place.group}", f"groups/{place.group}/note"):
        assert stranger.get(f"/console/courses/{path}").status_code == 404
    keeper = sign_in(VILLAGE, Role.EDITOR)
    page = f"/console/courses/{place.course}"
    assert keeper.press(page, f"{page}/hide").status_code == 303
    assert visitor.get(f"/courses/{place.course}").status_code == 404
    assert visitor.get(own).status_code == 200  # who is enrolled stays so


def test_who_enrolled_twice_under_two_numbers_is_marked_on_the_page(visitor, teacher, place):
    """One name with two telephones; a group of different people has no mark."""
    page = f"/console/courses/groups/{place.group}"
    assert visitor.enrol(place.group).status_code == 303
    assert "Може би е записан два пъти" not in teacher.get(page).text
    assert visitor.enrol(place.group, phone="0888 765 432").status_code == 303
    assert teacher.get(page).text.count("Може би е записан два пъти") == 2


@pytest.mark.verapdf
def test_a_certificate_keeps_both_standards(
    visitor, teacher, place, path_of, shift, lessons_of, judge
):
    own = path_of(visitor.enrol(place.group))
    shift(place.group)
    opened(teacher, place)
    attend_all(teacher, place, lessons_of(place.group))
    path_of(visitor.post(f"{own}/certificate"))
    assert judge({"certificate": visitor.get(f"{own}/certificate.pdf").data}) == []


# -- teachers -----------------------------------------------------------------------------------


def test_a_teacher_sees_own_groups_only_and_a_clerk_all(teacher, clerk, sign_in, place):
    other = sign_in(VILLAGE, Role.EDITOR, name="Друг Учител")
    page = f"/console/courses/groups/{place.group}"
    assert teacher.get(page).status_code == clerk.get(page).status_code == 200
    assert other.get(page).status_code == 404
    assert "Интернет без страх" not in other.get("/console/courses/").text
    mayor = sign_in(VILLAGE, Role.MAYOR)
    assert mayor.get(page).status_code == 403


def test_names_are_opened_for_a_purpose_that_the_person_reads(
    visitor, teacher, place, path_of, app
):
    own = path_of(visitor.enrol(place.group))
    page = f"/console/courses/groups/{place.group}"
    met = []
    before, app.extensions[UNRECORDED] = (
        app.extensions[UNRECORDED],
        lambda endpoint, columns: met.append((endpoint, columns)),
    )
    assert NAME not in teacher.get(page).text
    assert teacher.post(f"{page}/look", {"request_id": uuid4()}).status_code == 422
    assert NAME in opened(teacher, place)
    app.extensions[UNRECORDED] = before
    assert met == []
    assert "Посреща хората за деня" in visitor.get(own).text


def test_a_note_is_read_by_nobody_else(teacher, clerk, place, version_of):
    page = f"/console/courses/groups/{place.group}/note"
    version = version_of(teacher.get(page).text)
    words = {"words": "Да говоря по-бавно", "expected_version": version}
    assert teacher.post(page, words).status_code == 303
    assert "по-бавно" in teacher.get(page).text
    assert "по-бавно" not in clerk.get(page).text
    late = teacher.post(page, {"words": "Друго", "expected_version": version})
    assert late.status_code == 422 and "Друго" in late.text


def test_absence_is_told_with_one_press_and_a_bad_moment_is_refused(
    teacher, visitor, place, path_of, lessons_of
):
    own = path_of(visitor.enrol(place.group))
    lesson = lessons_of(place.group)[1]
    page = f"/console/courses/groups/{place.group}/lessons/{lesson.id}"
    version = re.search(r'name="expected_version"[^>]*value="(\d+)"', teacher.get(page).text)[1]
    told = {"expected_version": version, "instead_at": "2001-01-01T10:00"}
    assert teacher.post(f"{page}/cancel", told).status_code == 422
    tomorrow = (now() + timedelta(days=1)).astimezone(SOFIA)
    told["instead_at"] = tomorrow.strftime("%Y-%m-%dT10:00")
    assert teacher.post(f"{page}/cancel", told).status_code == 303
    assert "Няма да се проведе" in visitor.get(own).text


def test_materials_are_for_the_enrolled(teacher, visitor, place, path_of):
    page = f"/console/courses/groups/{place.group}/materials"
    told = {"title": "Упражнения", "request_id": uuid4(), "file": (BytesIO(b"a,b\n"), "a.csv")}
    answer = teacher.post(page, told, content_type="multipart/form-data")
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*<[^<]*", answer.text)
    own = path_of(visitor.enrol(place.group))
    link = re.search(rf"{own}/materials/[0-9a-f-]+", visitor.get(own).text)[0]
    assert visitor.get(link).status_code == 200
    path_of(visitor.enrol(place.group, phone="0888 123 452", name="Втора"))
    waits = path_of(visitor.enrol(place.group, wait=True, phone="0888 123 453", name="Трета"))
    assert visitor.get(link.replace(own, waits)).status_code == 409


# -- the organiser ------------------------------------------------------------------------------


def test_an_organiser_writes_a_course_with_a_group_and_publishes_it(
    teacher, visitor, path_of, version_of
):
    typed = {
        "kind": "services",
        "level": "all",
        "name": "Общината от вкъщи",
        "least_percent": "70",
        "question_0": "Къде се плаща?\nВ портала\nНикъде",
        "request_id": uuid4(),
    }
    bad = teacher.post("/console/courses/new", {**typed, "question_0": "Само въпрос"})
    assert bad.status_code == 422 and "Само въпрос" in bad.text
    page = path_of(teacher.post("/console/courses/new", typed))
    first = (now() + timedelta(days=2)).astimezone(SOFIA)
    group = {
        "address": "Читалището",
        "phone": "0938 12 345",
        "first": first.strftime("%Y-%m-%dT10:00"),
        "minutes": "90",
        "frequency": "weekly",
        "number": "4",
        "seats": "10",
        "least": "4",
        "request_id": uuid4(),
    }
    for changed in (
        {"first": "2026-01-01T10:00"},
        {"least": "11"},
        {"number": "0"},
        {"minutes": "0"},
    ):
        assert teacher.post(f"{page}/groups/new", {**group, **changed}).status_code == 422
    assert path_of(teacher.post(f"{page}/groups/new", group)) == page
    assert teacher.press(page, f"{page}/publish").status_code == 303
    assert "Общината от вкъщи" in visitor.get("/courses/?kind=services").text
    copied = teacher.press(page, f"{page}/copy")
    assert copied.status_code == 303 and path_of(copied) != page
    assert teacher.get("/console/courses/figures").status_code == 200


def test_mayor_and_clerk_see_figures_and_no_person(clerk, place, visitor, sign_in):
    visitor.enrol(place.group)
    mayor = sign_in(VILLAGE, Role.MAYOR, name="Проба Кметова")
    assert "/console/courses/figures" in mayor.get("/console/").text
    for person in (mayor, clerk):
        page = person.get("/console/courses/figures")
        assert page.status_code == 200 and NAME not in page.text
    assert mayor.get(f"/console/courses/groups/{place.group}").status_code == 403
    assert sign_in(VILLAGE, Role.FINANCE_OFFICER).get(page.request.path).status_code == 403


def test_a_letter_about_a_new_group_is_asked_for_by_a_press(place, sign_in, visitor):
    path = f"/courses/{place.course}/follow"
    assert path in visitor.get(f"/courses/{place.course}").text
    assert visitor.get(path).status_code == 200
    assert visitor.get(path, village=NEIGHBOUR).status_code == 404
    person = sign_in(VILLAGE)
    for _ in range(2):
        assert person.post(path, {"wants": "y", "request_id": uuid4()}).status_code == 303
    overseer = sign_in(VILLAGE, Role.SECRETARY)
    assert "Чакат нова група" in overseer.get("/console/courses/figures").text
