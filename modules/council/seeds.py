"""Demonstration council: invented people, two votes by name in the session of eleven points."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from uuid import NAMESPACE_URL, UUID, uuid5

from flask import g

from obshto.modules.council.models import Councillor
from obshto.modules.council.services.inquiries import (
    InquiryDetails,
    answer_inquiry,
    enter_inquiry,
)
from obshto.modules.council.services.majorities import (
    ABSENT,
    ABSOLUTE,
    ABSTAINED,
    AGAINST,
    FOR,
    TWO_THIRDS,
)
from obshto.modules.council.services.members import (
    CommitteeDetails,
    CouncillorDetails,
    add_committee,
    add_councillor,
)
from obshto.modules.council.services.sessions import add_material, meetings, note_attendance
from obshto.modules.council.services.votes import Motion, record_vote, votes_of
from obshto.platform.clock import day_of
from obshto.platform.modularity.council_sessions import CouncilSession
from obshto.platform.unit_of_work import UnitOfWork

POINTS = 11
GROUPS = ("Примерна група „Чешма“", "Примерна група „Мост“", "Независим (пример)")
NAMES = (
    *("Измислена Примерова", "Модел Моделов", "Опита Опитова", "Мостра Мострова"),
    *("Образец Образцов", "Пример Примеров", "Рисунка Рисункова", "Шаблон Шаблонов"),
    *("Чернова Черновска", "Макет Макетов", "Скица Скицова"),
)
LEASE = "Общински имот № 0000 (измислен) се отдава под наем за 5 години на търг."
GIFT = "Общината прехвърля безвъзмездно на държавата старата сграда на пощата (измислена)."


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    # No request gate has said what is on; where this is sown, meetings are on as well.
    g.modules = frozenset({*g.get("modules", ()), "council", "meetings"})
    members = _members(uow)
    for number, title in enumerate(("Бюджет и финанси", "Земеделие и гори", "Социални дейности")):
        chosen = members[number * 3 : number * 3 + 4]
        told = CommitteeDetails(
            title=f"Комисия „{title}“",
            members=frozenset(one.id for one in chosen),
            chair=chosen[0].id,
        )
        add_committee(uow, told, request_id=_key(uow, f"committee-{number}"))
    _questions(uow, members)
    for session in meetings().sessions(uow, is_public=True, most=20):
        _session(uow, session, members)


def _members(uow: UnitOfWork) -> list[Councillor]:
    begins_on = date(day_of(uow.now).year - 2, 11, 10)
    return [
        add_councillor(
            uow,
            CouncillorDetails(
                name=name,
                party=GROUPS[number % len(GROUPS)],
                contact="Приемно време: първият вторник от месеца, 10–12 ч. (пример)",
                is_chair=number == 0,
                begins_on=begins_on,
            ),
            request_id=_key(uow, f"member-{number}"),
        )
        for number, name in enumerate(NAMES)
    ]


def _questions(uow: UnitOfWork, members: list[Councillor]) -> None:
    today = day_of(uow.now)
    asked = (
        ("Кога ще се ремонтира пътят до гробищата", 40, "Ремонтът е включен за пролетта."),
        ("Колко струва поддръжката на уличното осветление", 30, ""),
        ("Кой чисти снега в малките села", 3, ""),
    )
    for number, (title, days, answer) in enumerate(asked):
        told = InquiryDetails(
            councillor_id=members[number + 1].id,
            title=title,
            words=f"{title}? Хората питат на всяка среща. (Измислено питане за демонстрацията.)",
            addressee="Кметът",
            asked_on=today - timedelta(days=days),
        )
        row = enter_inquiry(uow, told, request_id=_key(uow, f"question-{number}"))
        row.late_for = row.due_on  # nobody is told of a demonstration
        uow.session.flush()
        if answer and not row.answer:
            on = row.asked_on + timedelta(days=9)
            answer_inquiry(uow, row, answer=answer, answered_on=on, expected_version=row.version)
    uow.session.flush()


def _session(uow: UnitOfWork, session: CouncilSession, members: list[Councillor]) -> None:
    points = meetings().points_of(uow, session.id)
    if len(points) != POINTS or session.starts_at > uow.now or votes_of(uow, session.id):
        return
    for number in (3, 4):
        row = add_material(
            uow,
            points[number],
            BytesIO(f"Докладна записка: {points[number].title}. Измислен пример.".encode()),
            name="dokladna.txt",
            title="Докладна записка",
            request_id=_key(uow, f"material-{number}"),
        )
        row.added_at = session.starts_at - timedelta(days=8)  # a demonstration has a past
    note_attendance(uow, session.id, [one.id for one in members[:-1]], expected_version=0)
    lease = Motion(
        motion=LEASE, majority=ABSOLUTE, decision=LEASE, ground="t8", owner="Кметът", number=114
    )
    votes = (FOR,) * 8 + (AGAINST, ABSTAINED, ABSENT)
    gift = Motion(motion=GIFT, majority=TWO_THIRDS, decision=GIFT, ground="t8")
    split = (FOR,) * 6 + (AGAINST,) * 3 + (ABSTAINED, ABSENT)
    for number, motion, given in ((3, lease, votes), (4, gift, split)):
        choices = dict(zip((one.id for one in members), given, strict=True))
        key = _key(uow, f"vote-{number}")
        record_vote(uow, session, points[number], motion, choices, request_id=key)
    uow.session.flush()
    why = "Добавени са поименните гласувания по точки 4 и 5."
    meetings().publish_minutes(uow, session.id, why=why, request_id=_key(uow, "record"))


def _key(uow: UnitOfWork, key: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"council/{uow.scope.slug}/{key}")
