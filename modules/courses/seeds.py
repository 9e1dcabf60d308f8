"""Demonstration courses of the Vidin region: invented, one of each kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select

from obshto.modules.courses.models import Course, CourseExemption, CourseLesson, Group
from obshto.modules.courses.permissions import CoursesPermission
from obshto.modules.courses.services.attendance import mark_attendance
from obshto.modules.courses.services.certificates import issue_certificate
from obshto.modules.courses.services.courses import CourseEntry, publish_course, write_course
from obshto.modules.courses.services.enrolments import Participant, enrol, participants
from obshto.modules.courses.services.fees.exemptions import ExemptionEntry, write_exemption
from obshto.modules.courses.services.groups import GroupEntry, Series, lessons, write_group
from obshto.modules.courses.services.materials import add_material
from obshto.modules.courses.services.queries import open_groups
from obshto.modules.courses.services.substitutes import candidates, choose_substitute
from obshto.platform.bookings.fixed_times import reschedule
from obshto.platform.bookings.queries import load_bookers
from obshto.platform.bookings.resources import resource_of
from obshto.platform.bookings.services import Booker
from obshto.platform.calendar.recurrence import Frequency
from obshto.platform.cases.channels import PHONE
from obshto.platform.clock import SOFIA
from obshto.platform.entity import of_request
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import municipality_here, named_settlements, people_who_may
from obshto.tenants.ports import cashier

SAFETY = [
    {
        "text": "Обаждат се от „банката“ и искат ПИН кода Ви. Какво правите?",
        "answers": ["Затварям и се обаждам на банката", "Казвам го", "Пращам го по SMS"],
        "right": 0,
    },
    {
        "text": "Коя парола е най-трудна за отгатване?",
        "answers": ["1234", "Три случайни думи", "Рождената ми дата"],
        "right": 1,
    },
    {
        "text": "Какво значи катинарът до адреса на страницата?",
        "answers": ["Връзката е шифрована", "Страницата е държавна", "Трябва да платя"],
        "right": 0,
    },
]
PRICES = {"business": 2000}  # cents
INCOME, PROGRAMME = "448014", "Дигитални умения за всички"
EXEMPTIONS = (
    ("Пенсионер", "пенсионна карта", 50, 0),
    ("Безработен", "служебна бележка от Бюрото по труда", 100, 0),
    ("Ученик", "ученическа карта", 0, 500),
    ("Човек с увреждане", "решение на ТЕЛК (лекарската комисия)", 50, 0),
)
Told = tuple[str, str, str, str, list[dict[str, Any]]]
COURSES: tuple[Told, ...] = (
    ("basics", "first", "Първи стъпки с компютъра", "Мишка, клавиатура, прозорци, файлове.", []),
    (
        "internet",
        "first",
        "Интернет без страх",
        "Търсене, поща, измами и как да ги познаем.",
        SAFETY,
    ),
    ("office", "next", "Документи и таблици", "Молба, списък, домашен бюджет.", []),
    ("design", "all", "Плакат и покана за празника", "Снимки, букви, печат.", []),
    ("services", "all", "Общината от вкъщи", "Заявление, такса и справка през портала.", []),
    (
        "programming",
        "first",
        "Първа програма",
        "Игра, която пишем сами. За ученици и възрастни.",
        [],
    ),
    ("business", "next", "Социални мрежи за малкия бизнес", "Страница, снимки, отзиви.", []),
)
SYLLABUS = "Запознаване\nУпражнения с помощ\nУпражнения без помощ\nВъпроси и преговор"
ENGLISH = {
    "internet": ("Internet without fear", "Search, e-mail, scams and how to spot them."),
}
ROMANIAN = {
    "internet": ("Internet fără teamă", "Căutare, e-mail, înșelătorii și cum le recunoaștem."),
}


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their names, so seeding twice is harmless."""
    names = named_settlements(uow.scope.slug)
    for exempt in EXEMPTIONS:
        _exemption(uow, *exempt)
    code = next(iter(names), "")
    phone = str(municipality_here(uow).contact.get("phone", "")) or "0938 12 345"
    group: dict[str, Any] = {
        "ekatte": code,
        "settlement": dict(names.get(code, {})),
        "address": "Читалището, зала 2",
        "phone": phone,
        **_teacher(uow),
    }
    for number, told in enumerate(COURSES):
        course = _course(uow, *told)
        seats = 2 if told[0] == "internet" else 10
        made = _group(uow, course, group, seats=seats, ahead=7 + number)
        if course.price_cents:
            _enrol_for_money(uow, made, phone)
    full = _courses(uow)["internet"]
    _enrol(uow, full, phone)
    _substitute(uow, full)
    file = BytesIO("Упражнение;Направих го\nНамерете времето утре;\n".encode())
    key = uuid5(full.request_id, "material")
    add_material(uow, full, file, name="exercises.csv", title="Упражнения", request_id=key)
    _finished(uow, full, group, phone)
    draft = CourseEntry(kind="basics", level="all", name="Курс в подготовка")
    write_course(uow, draft, request_id=_key(uow, draft.name))


def _teacher(uow: UnitOfWork) -> dict[str, Any]:
    """The first by name of the demonstration staff who may teach."""
    staff = people_who_may(uow, CoursesPermission.TEACH)  # in the order of their names
    return next(({"teacher_id": key, "teacher": name} for key, name in staff.items()), {})


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    told = CourseEntry(kind="basics", level="all", name=f"Контролна чернова {mark}")
    write_course(uow, told, request_id=uuid5(NAMESPACE_URL, mark))


def _course(
    uow: UnitOfWork, kind: str, level: str, name: str, about: str, questions: list[dict[str, Any]]
) -> Course:
    words: Mapping[str, Any] = {"en": ENGLISH.get(kind), "ro": ROMANIAN.get(kind)}
    entry = CourseEntry(
        kind=kind,
        level=level,
        name=name,
        about=about,
        syllabus=SYLLABUS,
        questions=questions,
        **_price(uow, kind),
        translations={
            language: {"name": told[0], "about": told[1]}
            for language, told in words.items()
            if told
        },
    )
    course = write_course(uow, entry, request_id=_key(uow, name))
    uow.session.flush()
    if not course.is_published:
        publish_course(uow, course, True, expected_version=course.version)
        uow.session.flush()
    return course


def _price(uow: UnitOfWork, kind: str) -> dict[str, Any]:
    """Of the paid course, where the municipality takes such money."""
    if kind not in PRICES or INCOME not in cashier().kinds(uow):
        return {}
    return {"price_cents": PRICES[kind], "income_kind": INCOME}


def _exemption(uow: UnitOfWork, name: str, proof: str, percent: int, cents: int) -> CourseExemption:
    entry = ExemptionEntry(name=name, proof=proof, percent=percent, cents=cents)
    return write_exemption(uow, entry, request_id=_key(uow, f"exemption/{name}"))


def _enrol_for_money(uow: UnitOfWork, group: Group, phone: str) -> None:
    """One owes the whole price, one half of it."""
    lower = _exemption(uow, *EXEMPTIONS[0])
    _one(uow, group, "Проба Пробова", phone, 0)
    _one(uow, group, "Образец Примеров", phone, 1, exemption=lower.id)


def _courses(uow: UnitOfWork) -> dict[str, Course]:
    rows = select(Course).where(Course.published_at.is_not(None))
    return {course.kind: course for course in uow.session.scalars(rows)}


def _group(
    uow: UnitOfWork, course: Course, told: dict[str, Any], *, seats: int, ahead: int, name: str = ""
) -> Group:
    day = uow.now.astimezone(SOFIA) + timedelta(days=ahead)
    first = day.replace(hour=10, minute=0, second=0, microsecond=0)
    series = Series(first=first, minutes=90, frequency=Frequency.WEEKLY, number=4)
    programme = PROGRAMME if name else ""
    entry = GroupEntry(**told, seats=seats, least=min(seats, 4), name=name, programme=programme)
    key = uuid5(course.request_id, f"group {name}")
    made = write_group(uow, course, entry, series, request_id=key)
    uow.session.flush()
    return made


def _enrol(uow: UnitOfWork, course: Course, phone: str) -> None:
    """Two seats, three people: one waits."""
    rows = select(Group).where(Group.course_id == course.id, Group.starts_at > uow.now)
    group = uow.session.scalars(rows.order_by(Group.starts_at)).first()
    if group is None:
        return
    for number, name in enumerate(("Проба Пробова", "Образец Примеров", "Пример Образцов")):
        _one(uow, group, name, phone, number)


def _substitute(uow: UnitOfWork, course: Course) -> None:
    """The second lesson is held by somebody else, where more than one may teach."""
    group = next(iter(open_groups(uow, [course.id])), None)
    people = candidates(uow, group) if group else {}
    if group is None or not people or any(one.substitute_id for one in lessons(uow, group)):
        return
    lesson = lessons(uow, group)[1]
    choose_substitute(uow, group, lesson, next(iter(people)), expected_version=lesson.version)


def _one(
    uow: UnitOfWork,
    group: Group,
    name: str,
    phone: str,
    number: int,
    exemption: UUID | None = None,
) -> None:
    booker = Booker(name=name, phone=read_phone(phone) or "", channel=PHONE)
    key = uuid5(group.request_id, f"enrolment {number}")
    told = Participant(ekatte=group.ekatte, age="65+", exemption=exemption)
    enrol(uow, group, booker, told, request_id=key, waits=True)
    uow.session.flush()


def _finished(uow: UnitOfWork, course: Course, told: dict[str, Any], phone: str) -> None:
    """A group of last month, attended, with one certificate; it was written as to come."""
    key = uuid5(course.request_id, "group миналия месец")
    if of_request(uow, Group, key):
        return
    group = _group(uow, course, told, seats=5, ahead=1, name="миналия месец")
    _one(uow, group, "Минка Пробна", phone, 0)
    _shift(uow, group, timedelta(days=29))
    [(booking, own)] = participants(uow, group)
    for lesson in lessons(uow, group):
        seen: dict[str, Any] = {"seen": (), "expected_version": lesson.version}
        mark_attendance(uow, lesson, [own], {own.id}, **seen)
    load_bookers(uow, [booking.id])
    issue_certificate(uow, course, group, booking, own)


def _shift(uow: UnitOfWork, group: Group, back: timedelta) -> None:
    before: datetime = group.starts_at
    every: list[CourseLesson] = list(lessons(uow, group))
    for lesson in every:
        lesson.starts_at, lesson.ends_at = lesson.starts_at - back, lesson.ends_at - back
    group.starts_at, group.ends_at = every[0].starts_at, every[-1].ends_at
    resource = resource_of(uow, "courses", group.resource_id)
    reschedule(uow, resource, before, (group.starts_at, group.ends_at))
    uow.session.flush()


def _key(uow: UnitOfWork, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"courses/{uow.scope.slug}/{name}")
