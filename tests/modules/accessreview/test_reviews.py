"""Reach, use and the yearly review, as the mayor and the officer meet them."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from obshto.modules.accessreview.events import EVENTS
from obshto.modules.accessreview.models import AccessReview, ReviewLine
from obshto.modules.accessreview.privacy import erase, export
from obshto.modules.accessreview.services.reviews import forget_old
from obshto.platform.audit.models import AuditEntry
from obshto.platform.clock import now
from obshto.platform.permissions import Role
from obshto.platform.purposes.models import RecordedLook
from obshto.tenants.people.models import Appointment
from obshto.tenants.people.own_roles import make_role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DESK = "/console/accessreview"
YEARS_AGO = now() - timedelta(days=800)


@pytest.fixture
def mayor(sign_in):
    return sign_in(VILLAGE, Role.MAYOR, name="Кмет Пробов")


@pytest.fixture
def editor(sign_in, long_held):
    who = sign_in(VILLAGE, Role.EDITOR, name="Емил Редакторов")
    long_held()
    return who


@pytest.fixture
def long_held(uow_in):
    """Every role that is held was given years ago."""

    def age():
        with uow_in(VILLAGE) as uow:
            for row in uow.session.scalars(select(Appointment)):
                row.given_at = YEARS_AGO
            uow.commit()

    return age


@pytest.fixture
def did(uow_in):
    """An act in the log, so many days ago."""

    def act(person, word, days=1):
        with uow_in(VILLAGE) as uow:
            uow.session.add(
                AuditEntry(
                    at=now() - timedelta(days=days),
                    person_id=person.person_id,
                    person_name="",
                    act=word,
                    detail={},
                )
            )
            uow.commit()

    return act


def begun(mayor):
    answer = mayor.post(f"{DESK}/reviews", {"request_id": uuid4()})
    assert answer.status_code == 303, answer.text
    return re.search(rf"{DESK}/reviews/[0-9a-f-]{{36}}", answer.location)[0]


def line_of(uow_in, person, role):
    with uow_in(VILLAGE) as uow:
        row = uow.session.scalars(
            select(ReviewLine).where(
                ReviewLine.person_id == person.person_id, ReviewLine.role == role
            )
        ).one()
        uow.session.expunge(row)
    return row


def path_of(line):
    return f"{DESK}/lines/{line.id}"


def taken(mayor, line, reason="Вече не работи с това", version=None):
    typed = {"reason": reason, "expected_version": line.version if version is None else version}
    return mayor.post(path_of(line), typed)


def kept(mayor, line):
    return mayor.post(f"{path_of(line)}/keep", {"expected_version": line.version})


def end_by_force(mayor, review):
    return mayor.post(f"{review}/end", {"expected_version": 1})


def ended(mayor, review):
    """By the form of the page; where it is ended already, by the same form again."""
    page = mayor.get(f"{review}/end").text
    found = re.search(r'name="expected_version"[^>]*value="(\d+)"', page)
    return mayor.post(f"{review}/end", {"expected_version": found[1] if found else "1"})


def test_reach_follows_permissions_of_ready_made_and_own_roles(mayor, uow_in):
    with uow_in(VILLAGE) as uow:
        words = ["helpdesk:ticket.ask", "audit:entry.read"]
        own = make_role(uow, name="Проверяващ", words=words, request_id=uuid4()).value
        uow.commit()
    assert "Проверяващ" in mayor.get(f"{DESK}/").text
    page = mayor.get(f"{DESK}/roles/{own}").text
    assert "Чете дневника на действията" in page and "Кани служители" not in page
    assert "Регламент (ЕС)" in page and "Сега никой няма тази роля" in page
    assert "Кани служители" in mayor.get(f"{DESK}/roles/admin").text
    assert "Кмет Пробов" in mayor.get(f"{DESK}/roles/mayor").text
    rows = mayor.get(f"{DESK}/reach.csv").data.decode("utf-8-sig").splitlines()
    assert [row for row in rows if row.startswith("Проверяващ;")]
    for unknown in ("operator", "nobody", uuid4()):
        assert mayor.get(f"{DESK}/roles/{unknown}").status_code == 404


def test_use_is_told_by_the_log_and_by_looks_and_new_roles_are_not_blamed(
    mayor, editor, sign_in, did, uow_in
):
    used = f"{DESK}/use?list=unused"
    assert "Емил Редакторов" in mayor.get(used).text
    did(editor, "selfcheck:report.found", days=400)  # too long ago
    did(editor, "helpdesk:ticket.asked")  # as everybody may
    did(editor, "billing:charge.made")  # by another role, or as a citizen
    assert "Емил Редакторов" in mayor.get(used).text
    did(editor, "selfcheck:report.found", days=20)
    assert "Емил Редакторов" not in mayor.get(used).text
    officer = sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, name="Зоя Защитникова")
    page = mayor.get(f"{DESK}/use").text
    assert re.search(r"Зоя Защитникова.*?Нова", page, re.S) and "Зоя" not in mayor.get(used).text
    with uow_in(VILLAGE) as uow:
        row = uow.session.get(Appointment, (officer.person_id, Role.DATA_PROTECTION_OFFICER.value))
        row.given_at = YEARS_AGO
        uow.commit()
    assert "Зоя Защитникова" in mayor.get(used).text
    with uow_in(VILLAGE) as uow:
        look = {"object_id": uuid4(), "subject_index": [], "at": now(), "by_name": "Зоя"}
        look |= {"office": "", "kinds": [], "purpose": "p", "ground": "g"}
        uow.session.add(RecordedLook(part="personaldata", by_id=officer.person_id, **look))
        uow.commit()
    assert "Зоя Защитникова" not in mayor.get(used).text
    file = mayor.get(f"{DESK}/use.csv").data.decode("utf-8-sig")
    assert "Емил Редакторов;редактор;" in file
    assert mayor.get(f"{DESK}/use?list=other").status_code == 404


def test_a_role_is_taken_at_once_and_once(mayor, editor, uow_in):
    assert editor.get("/console/accessibility/").status_code == 200
    review = begun(mayor)
    assert "Чакат решение (1)" in mayor.get(review).text
    line = line_of(uow_in, editor, Role.EDITOR)
    nothing = taken(mayor, line, reason=" ")
    assert nothing.status_code == 422 and "Напишете защо" in nothing.text
    assert taken(mayor, line, version=99).status_code == 422
    assert "Има роли без решение: 1" in end_by_force(mayor, review).text
    for _time in range(2):  # the same form twice
        assert taken(mayor, line).status_code == 303
    assert editor.get("/console/accessibility/").status_code == 403
    with uow_in(VILLAGE) as uow:
        acts = list(uow.session.scalars(select(AuditEntry.act)))
    assert acts.count("tenants:role.taken") == acts.count("accessreview:role.taken") == 1
    assert kept(mayor, line).status_code == 409
    assert "Отнета" in mayor.get(f"{review}?list=decided").text


def test_used_roles_stay_by_one_press_own_ones_apart_and_the_end_is_for_good(
    mayor, editor, sign_in, uow_in, did
):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Карамфил Деловодов")
    did(clerk, "personaldata:request.filed")
    review = begun(mayor)
    assert mayor.post(f"{review}/keep-used", {"expected_version": 1}).status_code == 303
    assert "Чакат решение (1)" in mayor.get(review).text
    own = mayor.get(f"{review}?list=own").text
    assert "Никой не преглежда собствените си роли" in own and "Кмет Пробов" in own
    mine = line_of(uow_in, mayor, Role.MAYOR)
    assert kept(mayor, mine).status_code == 403 and taken(mayor, mine).status_code == 422
    line = line_of(uow_in, editor, Role.EDITOR)
    assert kept(mayor, line).status_code == 303
    for _time in range(2):
        assert ended(mayor, review).status_code == 303
    assert "Собствена роля, без преглед" in mayor.get(review).text
    assert "Емил Редакторов;редактор" in mayor.get(f"{review}.csv").data.decode("utf-8-sig")
    assert mayor.get(f"{review}.pdf").data.startswith(b"%PDF")
    line = line_of(uow_in, clerk, Role.REGISTRY_CLERK)
    assert line.decision == "kept" and taken(mayor, line).status_code == 422
    assert mayor.post(f"{review}/keep-used", {"expected_version": 2}).status_code == 409
    assert line_of(uow_in, clerk, Role.REGISTRY_CLERK).decision == "kept"


def test_the_last_administrator_stays_and_the_line_waits(mayor, sign_in, uow_in):
    admin = sign_in(VILLAGE, Role.ADMIN, name="Ада Администратор")
    review = begun(mayor)
    line = line_of(uow_in, admin, Role.ADMIN)
    answer = taken(mayor, line)
    assert answer.status_code == 422 and "последният администратор" in answer.text
    assert "Вече не работи с това" in answer.text  # what was typed stays
    assert line_of(uow_in, admin, Role.ADMIN).decision is None
    assert "Чакат решение (1)" in mayor.get(review).text
    assert admin.get("/console/tenants/people/").status_code == 200


def test_what_others_gave_and_took_meanwhile_is_said(mayor, editor, sign_in, uow_in):
    review = begun(mayor)
    line = line_of(uow_in, editor, Role.EDITOR)
    sign_in(VILLAGE, Role.FINANCE_OFFICER, name="Филип Финансов")
    with uow_in(VILLAGE) as uow:
        uow.session.delete(uow.session.get(Appointment, (editor.person_id, Role.EDITOR.value)))
        uow.commit()
    page = mayor.get(review).text
    assert "Няма роля, която чака решение" in page
    assert re.search(r"Дадени след началото.*Филип Финансов", page, re.S)
    assert "Вече е била отнета" in mayor.get(path_of(line)).text
    assert "accessreview.gone" in kept(mayor, line).location
    assert ended(mayor, review).status_code == 303
    assert line_of(uow_in, editor, Role.EDITOR).decision == "gone"


def test_two_mayors_at_once_begin_one_review(mayor, sign_in, uow_in):
    other = sign_in(VILLAGE, Role.MAYOR, name="Зам Кметов")
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(begun, (mayor, other)))
    assert found[0] == found[1] == begun(mayor)
    with uow_in(VILLAGE) as uow:
        assert uow.session.query(AccessReview).count() == 1


def test_only_the_mayor_decides_and_four_roles_read(mayor, sign_in, uow_in):
    review = begun(mayor)
    line = line_of(uow_in, mayor, Role.MAYOR)
    for role in (Role.SECRETARY, Role.DATA_PROTECTION_OFFICER, Role.ADMIN):
        reader = sign_in(VILLAGE, role)
        for page in ("/", "/use", "/reviews", "/roles/editor"):
            assert reader.get(f"{DESK}{page}").status_code == 200
        assert "Започнете прегледа" not in reader.get(f"{DESK}/reviews").text
        assert reader.get(review).status_code == reader.get(path_of(line)).status_code == 200
        assert reader.get(f"{review}/end").status_code == 403
        for address in (f"{DESK}/reviews", f"{review}/keep-used", path_of(line)):
            assert reader.post(address, {"expected_version": 1}).status_code == 403
        assert kept(reader, line).status_code == 403
    for role in (Role.EDITOR, Role.REGISTRY_CLERK, Role.FINANCE_OFFICER):
        stranger = sign_in(VILLAGE, role)
        assert stranger.get(f"{DESK}/").status_code == stranger.get(review).status_code == 403
    neighbour = sign_in(NEIGHBOUR, Role.MAYOR)
    for page in (review, path_of(line), f"{review}/end", f"{review}.csv"):
        assert neighbour.get(page).status_code == 404
    assert taken(neighbour, line).status_code == 404


def test_the_desk_reminds_the_mayor_until_the_review_is_ended(mayor, sign_in, uow_in):
    said, late = "Годишен преглед на достъпа", "Преглед на достъпа, започнат преди повече"
    assert said in mayor.get("/console/").text
    assert said not in sign_in(VILLAGE, Role.SECRETARY).get("/console/").text
    review = begun(mayor)
    page = mayor.get("/console/").text
    assert said not in page and late not in page
    review_id = UUID(review.rpartition("/")[2])

    def moved(**days):
        with uow_in(VILLAGE) as uow:
            row = uow.session.get(AccessReview, review_id)
            for name, number in days.items():
                setattr(row, name, now() - timedelta(days=number))
            uow.commit()

    moved(begun_at=31)
    assert late in mayor.get("/console/").text
    with uow_in(VILLAGE) as uow:
        for one in uow.session.scalars(select(ReviewLine)):
            one.decision = "kept"
        uow.commit()
    assert ended(mayor, review).status_code == 303
    page = mayor.get("/console/").text
    assert said not in page and late not in page
    moved(ended_at=362)  # the day comes within the week
    assert said in mayor.get("/console/").text
    moved(ended_at=366)
    assert said in mayor.get("/console/").text


def test_a_person_gets_their_lines_and_leaves_no_name(mayor, editor, uow_in):
    begun(mayor)
    line = line_of(uow_in, editor, Role.EDITOR)
    assert taken(mayor, line, reason="Емил вече е в друг отдел").status_code == 303
    with uow_in(VILLAGE) as uow:
        told = export(uow, editor.person_id)["roles_reviewed"]
        assert [(one["role"], one["decision"]) for one in told] == [("редактор", "taken")]
        assert export(uow, mayor.person_id)["decided_by_you"]
        erase(uow, editor.person_id)
        uow.commit()
    with uow_in(VILLAGE) as uow:
        row = uow.session.get(ReviewLine, line.id)
        assert (row.name, row.reason, row.decision) == ("", "", "taken")
    assert "изтрито име" in mayor.get(path_of(line)).text


def test_a_review_goes_five_years_after_its_end(mayor, uow_in):
    review = begun(mayor)
    assert ended(mayor, review).status_code == 303
    with uow_in(VILLAGE) as uow:
        forget_old(uow)
        [row] = uow.session.scalars(select(AccessReview))
        row.ended_at = now() - timedelta(days=5 * 365 + 1)
        uow.session.flush()
        forget_old(uow)
        assert uow.session.query(AccessReview).count() == 0
        assert uow.session.query(ReviewLine).count() == 0


def test_pages_ask_no_more_when_there_are_more_people(mayor, sign_in, statements_of):
    def asked(page):
        return len(statements_of(lambda: mayor.get(page)))

    sign_in(VILLAGE, Role.EDITOR)
    review = begun(mayor)
    pages = [f"{DESK}/use", review, f"{DESK}/roles/editor"]
    few = [asked(page) for page in pages]
    for _number in range(4):
        sign_in(VILLAGE, Role.EDITOR)
    assert [asked(page) for page in pages[::2]] == few[::2]
    assert asked(review) <= few[1] + 1  # names of those whose role was given meanwhile
    assert max(few) <= 12


def test_names_of_events_and_their_keys_are_fixed():
    told = {event.name: sorted(one.name for one in fields(event)) for event in EVENTS}
    assert told == {
        "accessreview:review.begun": ["lines", "subject_id"],
        "accessreview:role.taken": ["review_id", "subject_id"],
        "accessreview:review.ended": ["gone", "kept", "own", "subject_id", "taken"],
    }
