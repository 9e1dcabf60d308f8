"""Demonstration meetings: invented, at each municipality's own villages, one of them held."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from io import BytesIO
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.meetings.models import Meeting, RoomParticipant
from obshto.modules.meetings.services.agenda import AgendaPoint, add_item
from obshto.modules.meetings.services.guests import PHONE, ROOM, VIDEO, Coming, register_guest
from obshto.modules.meetings.services.invitations import invite
from obshto.modules.meetings.services.kind import KIND
from obshto.modules.meetings.services.live_decisions import announce_decision
from obshto.modules.meetings.services.minutes import EntryWords, publish_minutes, write_entry
from obshto.modules.meetings.services.participants import admit, enter_room, raise_hand
from obshto.modules.meetings.services.plans import MeetingPlan, edit_meeting, plan_of, write_meeting
from obshto.modules.meetings.services.publication import cancel_meeting, publish_meeting
from obshto.modules.meetings.services.queries import items_of, settlements_here
from obshto.modules.meetings.services.questions import (
    QuestionWords,
    answer_question,
    ask_question,
    show_question,
)
from obshto.modules.meetings.services.reports import publish_report
from obshto.modules.meetings.services.room_questions import ask_in_room, take_question
from obshto.modules.meetings.services.straw_polls import (
    ask_straw_poll,
    count_hands,
    vote_in_straw_poll,
)
from obshto.modules.meetings.services.video_room import open_room
from obshto.platform.calendar.recurrence import at_wall
from obshto.platform.cases.channels import PHONE as BY_PHONE
from obshto.platform.clock import day_of
from obshto.platform.content.wheelchair import WheelchairAccess
from obshto.platform.editorial.attachments import add_file
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.workdays import is_holiday

MARK = "Пример за демонстрацията: измислена среща, не тръгвайте за нея."
BUDGET = "Обсъждане на проекта за бюджет"
COUNCIL = "Покривът на читалището и общинските пасища"
ROAD = "Форум: пътят, чешмата и осветлението в селото"
WATER = "Изслушване за режима на водата"
MORE_POINTS = (
    "Отчет за летния сезон на парка",
    "Избор на обществен посредник",
    "Кандидатстване по програма за енергийна ефективност",
    "Промяна в годишната програма за имотите",
    "Информация за зимното поддържане на пътищата",
    "Питания и отговори",
)
GROUPS = ("Читалище „Пробуда“ (пример)", "Пенсионерски клуб (пример)")
FAIR = "Форум: как да празнуваме събора"
DRAFTS = (
    "Изслушване за новото разписание на автобусите",
    "Обсъждане на наредбата за чистотата",
)
REPORT = (
    "Съветът реши покривът на читалището да се ремонтира и прие ред за общинските пасища."
    "\nКакво следва: договор с изпълнител за покрива и обявяване на реда по кметствата."
)
REPLY = (
    "Попитахте каква е гаранцията за покрива: искаме пет години и я пишем в договора."
    "\nПоискахте редът за пасищата да виси и в селата: слагаме го на таблото на всяко кметство."
)


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    places = list(settlements_here(uow)) or [""]
    _budget(uow, places)
    _forum(uow, places)
    _council(uow, places)
    _hearing(uow, places)
    _cancelled(uow, places)
    for number, title in enumerate(DRAFTS):
        plan = _plan(uow, title, "hearing", places[0], 40 + number)
        write_meeting(uow, plan, request_id=_key(uow, f"draft-{number}"))


def _budget(uow: UnitOfWork, places: list[str]) -> None:
    plan = _plan(uow, BUDGET, "discussion", places[0], 21)
    points = (
        ("Представяне на проекта", "Финансов отдел", 20),
        ("Въпроси и мнения от залата, по видео и по телефона", "", 60),
        ("Какво следва", "Водещият", 10),
    )
    meeting = _announced(uow, plan, points, "budget")
    if meeting is None:
        return
    for title in ("Бюджетът на обикновен език", "Таблица с числата"):
        add_file(
            uow,
            KIND,
            meeting,
            BytesIO("Проект за бюджет: измислен пример.".encode()),
            name="byudzhet.txt",
            title=title,
            as_picture=False,
            request_id=_key(uow, title),
        )
    for name in GROUPS:
        invite(uow, meeting, name=name, email="", request_id=_key(uow, name))
    ways = ((ROOM, 3), (ROOM, 1), (VIDEO, 2), (PHONE, 1))
    for number, (mode, people) in enumerate(ways):
        channel = BY_PHONE if mode == PHONE else "portal"
        coming = Coming(mode=mode, people=people, name="Проба Пробова", channel=channel)
        register_guest(uow, meeting, coming, request_id=_key(uow, f"guest-{number}"))
    asked = QuestionWords(words="Колко пари има за пътя до гробищата?", name="Проба Пробова")
    question = ask_question(uow, meeting, asked, request_id=_key(uow, "question-1"))
    uow.session.flush()
    show_question(uow, question, asked.words, expected_version=question.version)
    uow.session.flush()
    answer = "В проекта са предвидени 40 000 € за първите триста метра."
    answer_question(uow, question, answer, expected_version=question.version)
    asked = QuestionWords(words="Ще има ли лекар в селото и през зимата?", name="Проба Пробова")
    ask_question(uow, meeting, asked, request_id=_key(uow, "question-2"))


def _forum(uow: UnitOfWork, places: list[str]) -> None:
    plan = _plan(uow, ROAD, "forum", places[-1], 30)
    points = (("Кое е най-спешно", "", 45), ("Кой какво може да направи", "", 30))
    meeting = _announced(uow, replace(plan, has_room=True, video_link=""), points, "forum")
    if meeting is None:
        return
    open_room(uow, meeting, has_waiting_room=True, minutes=3)
    for number, name in enumerate(("Проба", "Пробен", "Опит")):
        place = enter_room(uow, meeting, name, request_id=_key(uow, f"place-{number}"))
        if number:
            admit(uow, meeting, place)
    raise_hand(uow, meeting, place)
    options = ("Осветлението", "Чешмата", "Пътя")
    key = _key(uow, "straw-poll")
    poll = ask_straw_poll(uow, meeting, "С какво да започнем?", options, request_id=key)
    vote_in_straw_poll(uow, meeting, place, poll.id, 0)
    count_hands(uow, poll, (7, 2, 4), expected_version=poll.version)
    _ask_in_room(uow, meeting, place)
    caller = "Пробова, по телефона"
    enter_room(uow, meeting, caller, request_id=_key(uow, "caller"), is_phone=True)


def _ask_in_room(uow: UnitOfWork, meeting: Meeting, place: RoomParticipant) -> None:
    """Two questions that everybody reads, one of them taken, and one that was just asked."""
    words = ("Кога ще свети улицата към гробищата?", "Кой плаща за новата помпа?", "А пътят?")
    for number, asked in enumerate(words):
        key = _key(uow, f"room-question-{number}")
        question = ask_in_room(uow, meeting, place, asked, request_id=key)
        if number == 2:
            return
        show_question(uow, question, asked, expected_version=question.version)
        uow.session.flush()
        if number == 0:
            take_question(uow, question, expected_version=question.version)
        uow.session.flush()


def _cancelled(uow: UnitOfWork, places: list[str]) -> None:
    meeting = _announced(uow, _plan(uow, FAIR, "forum", places[-1], 26), (), "fair")
    if meeting:
        note = "Отлага се: салонът се ремонтира. Нов ден ще кажем тук."
        cancel_meeting(uow, meeting, note=note, expected_version=meeting.version)


def _hearing(uow: UnitOfWork, places: list[str]) -> None:
    """Held last week; its minutes are being written."""
    plan = _plan(uow, WATER, "hearing", places[0], 20)
    meeting = _announced(uow, plan, (("Режимът през зимата", "ВиК", 40),), "water")
    if meeting is None:
        return
    _move_back(uow, meeting, days=27)
    words = EntryWords(text="Хората поискаха график за всяко село.")
    [item] = items_of(uow, meeting.id)
    write_entry(uow, item, words, request_id=_key(uow, "water-entry"))
    decided = EntryWords(
        motion="График за всяко село до края на седмицата.",
        decision="Графикът на водата за всяко село се обявява до петък.",
        votes_for=34,
        votes_against=2,
        votes_abstained=5,
    )
    entry = write_entry(uow, item, decided, request_id=_key(uow, "water-decision"))
    announce_decision(uow, entry, expected_version=entry.version)
    later = EntryWords(decision="До края на месеца водоноска минава всяка сряда.")
    write_entry(uow, item, later, request_id=_key(uow, "water-later"))


def _council(uow: UnitOfWork, places: list[str]) -> None:
    """Held a fortnight ago, eleven points, with minutes; one decision is late already.

    Points four and five have no entry: the part of the council records votes by name under them.
    """
    plan = _plan(uow, COUNCIL, "council", places[0], 20)
    points = (
        ("Приемане на дневния ред", "Председателят", 5),
        ("Ремонт на покрива на читалището", "Кметът", 30),
        ("Ред за ползване на общинските пасища", "Комисия по земеделие", 30),
        ("Отдаване под наем на общински имот", "Кметът", 15),
        ("Безвъзмездно прехвърляне на старата поща", "Кметът", 15),
        *((title, "Кметът", 10) for title in MORE_POINTS),
    )
    meeting = _announced(uow, plan, points, "council")
    if meeting is None:
        return
    _move_back(uow, meeting, days=34)
    items = items_of(uow, meeting.id)
    entries = _heard(day_of(meeting.starts_at))
    for number, (item, words) in enumerate(zip(items, entries, strict=True)):
        if words:
            write_entry(uow, item, words, request_id=_key(uow, f"entry-{number}"))
    meeting.attended_room, meeting.attended_video, meeting.attended_phone = 14, 6, 1
    uow.session.flush()
    record = publish_minutes(uow, meeting, why="", request_id=_key(uow, "record"))
    record.published_at = meeting.starts_at + timedelta(days=3)
    uow.session.flush()
    publish_report(uow, meeting, words=REPORT, reply=REPLY, expected_version=0)


def _heard(taken: date) -> tuple[EntryWords | None, ...]:
    """What was said and decided by point; None where nothing is written yet."""
    return (
        EntryWords(text="Дневният ред е приет без промени.", votes_for=11, votes_against=0,
                   votes_abstained=0),
        EntryWords(
            text="Кметът представи офертата. Съветниците питаха за гаранцията.",
            motion="Покривът да се ремонтира през тази есен.",
            votes_for=9, votes_against=1, votes_abstained=1,
            number="112", decision="Покривът на читалището се ремонтира до края на есента.",
            follows="Договор с изпълнител и авансово плащане", owner="Кметът",
            due_on=taken + timedelta(days=7),
        ),
        EntryWords(
            text="Комисията предложи общ ред за всички села.",
            motion="Редът да се приеме.", votes_for=10, votes_against=0, votes_abstained=1,
            number="113", decision="Приема се ред за ползване на общинските пасища.",
            follows="Обявяване по кметствата", owner="Секретарят",
            due_on=taken + timedelta(days=90),
        ),
        *(None, None),
        *(EntryWords(text="Съветът изслуша доклада.") for _ in MORE_POINTS),
    )  # fmt: skip


def _announced(
    uow: UnitOfWork, plan: MeetingPlan, points: tuple[tuple[str, str, int], ...], key: str
) -> Meeting | None:
    """A meeting that everybody sees; None where it is there already."""
    meeting = write_meeting(uow, plan, request_id=_key(uow, key))
    if meeting.is_published:
        return None
    for number, (title, presenter, minutes) in enumerate(points, 1):
        point = AgendaPoint(title=title, presenter=presenter, minutes=minutes, position=number)
        add_item(uow, meeting, point, request_id=_key(uow, f"{key}-{number}"))
    first = plan_of(meeting)
    again = MeetingPlan(
        **{name: getattr(first, name) for name in MeetingPlan.__slots__ if name != "summary"},
        summary=f"{first.summary} Елате и кажете.",
    )
    edit_meeting(uow, meeting, again, expected_version=meeting.version)
    uow.session.flush()
    publish_meeting(uow, meeting, expected_version=meeting.version)
    # Nobody is told of a demonstration as of something new.
    meeting.announced_at = meeting.published_at = uow.now - timedelta(days=3)
    uow.session.flush()
    return meeting


def _move_back(uow: UnitOfWork, meeting: Meeting, *, days: int) -> None:
    """A demonstration has a past: nobody can announce one."""
    back = timedelta(days=days)
    meeting.starts_at, meeting.ends_at = meeting.starts_at - back, meeting.ends_at - back
    meeting.announced_at = meeting.published_at = meeting.starts_at - timedelta(days=10)
    uow.session.flush()


def _plan(uow: UnitOfWork, title: str, kind: str, place: str, days: int) -> MeetingPlan:
    starts_at = _evening(day_of(uow.now) + timedelta(days=days))
    return MeetingPlan(
        title=title,
        kind=kind,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=2),
        summary="Говорим за това, което засяга всички.",
        markdown=MARK,
        settlement=place,
        address="Салонът на читалището",
        organizer="Община",
        access=WheelchairAccess.HELP,
        transport="Автобусът от 17:00 ч. идва навреме и тръгва обратно в 20:30 ч.",
        seats=80,
        moderators="Водещ от общината",
        minute_taker="Деловодителят",
        video_link="https://sreshta.example.org/obshtina",
        phone_bridge="0800 00 000, код 12345",
        contact="0700 00 000",
    )


def _evening(day: date) -> datetime:
    while day.weekday() > 4 or is_holiday(day):
        day += timedelta(days=1)
    return at_wall(datetime.combine(day, time(18, 0)))


def _key(uow: UnitOfWork, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"meetings/{uow.scope.slug}/{key}")


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    plan = MeetingPlan(
        title=f"Контролна чернова {mark}",
        kind="forum",
        starts_at=uow.now,
        ends_at=uow.now + timedelta(hours=1),
        markdown="С нея ИТ екипът проверява, че никой не вижда чужди данни. Не я публикувайте.",
    )
    write_meeting(uow, plan, request_id=uuid5(NAMESPACE_URL, f"meetings/{mark}"))
