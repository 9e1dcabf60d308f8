"""Demonstration of data protection: an approved register, a finding, a drill, contracts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy.dialects.postgresql import insert

from obshto.modules.dataprotection.models import LookFinding
from obshto.modules.dataprotection.services import (
    activities,
    assessments,
    drills,
    incidents,
    leaves,
    processors,
    versions,
)
from obshto.modules.dataprotection.services.assessment_questions import (
    NEEDED,
    NOT,
    RISKS,
    first_answers,
)
from obshto.modules.dataprotection.services.finding_kinds import LEAVE, NAMESAKE, NIGHT
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import Principal, UnitOfWork

CAMERAS = activities.ActivityWords(
    title="Камери в сградата на общината",
    purpose="да пазим хората и имуществото",
    ground="Закон за частната охранителна дейност, чл. 56",
    people="посетители и служители",
    kinds="образ",
    recipients="охраната и полицията при поискване",
    transfers="не се предават",
    kept="30 дни",
    protection="записът е в заключено помещение, достъп има само охраната",
)
STAFF = activities.ActivityWords(
    title="Трудови досиета",
    purpose="да изпълняваме трудовите договори",
    ground="Кодекс на труда, чл. 128б",
    people="служители",
    kinds="име, ЕГН, образование, заплата",
    recipients="личен състав и счетоводство, НАП и НОИ по закон",
    transfers="не се предават",
    kept="50 години за заплатите",
    protection="заключени шкафове, криптирани дискове",
)
DRAFTED = "audit:log"  # whole, and not proposed yet
ADDED = "На всеки етаж стои табло с името и телефона на длъжностното лице."


def seed(uow: UnitOfWork) -> None:
    """Request ids are made of what they stand for, so seeding twice is harmless."""
    for name, words in (("cameras", CAMERAS), ("staff", STAFF)):
        activities.add_activity(uow, words, request_id=_key(uow, name))
        if name == "cameras":
            _approve_first(uow)
    officer = replace(uow, principal=Principal(name="Проба Защитникова"))
    versions.propose_register(officer, ADDED, request_id=_key(uow, "second"))  # waits for the mayor
    _assessments(uow)
    _contracts(uow)
    _findings(uow)
    _drill(uow)
    _leaves(uow)


def _approve_first(uow: UnitOfWork) -> None:
    """As the officer proposed it and the mayor approved it; once."""
    officer = replace(uow, principal=Principal(name="Проба Защитникова"))
    if versions.version_in_force(uow) or versions.waiting_version(uow):
        return
    row = versions.propose_register(officer, ADDED, request_id=_key(uow, "register"))
    uow.session.flush()
    mayor = replace(uow, principal=Principal(name="Проба Кметска"))
    versions.approve_register(mayor, row, expected_version=row.version)
    uow.session.flush()


def _assessments(uow: UnitOfWork) -> None:
    """One approved, one not needed, one that waits, a draft; the rest stands on the desk."""
    officer = replace(uow, principal=Principal(name="Проба Защитникова"))
    mayor = replace(uow, principal=Principal(name="Проба Кметска"))
    for activity, need in (
        ("purposes:look", NEEDED),
        ("personaldata:request", NOT),
        ("dataprotection:finding", NEEDED),
        (DRAFTED, NEEDED),
    ):
        found = assessments.standing_of(uow, activity)
        if found.open or found.approved:
            continue
        words = _assessed(found, need)
        key = _key(uow, f"assessment-{activity}")
        row = assessments.write_assessment(
            officer, found, words, request_id=key, expected_version=0
        )
        uow.session.flush()
        if activity == DRAFTED:
            continue
        assessments.propose_assessment(officer, row, expected_version=row.version)
        uow.session.flush()
        if activity != "dataprotection:finding":
            assessments.approve_assessment(mayor, row, expected_version=row.version)
            uow.session.flush()


def _assessed(found: assessments.AssessmentStanding, need: str) -> assessments.AssessmentWords:
    measures = "Достъп само с право и причина, кодирани полета, ежедневен архив, обучение."
    risk = {"likelihood": "low", "severity": "middle", "measures": measures}
    more = {
        "rights": "На страница „Вашите данни“ и на гише.",
        "voices": "Обсъдено с двама служители и с читалището.",
        "residual": "low",
        "consulted": "",
        **{name: risk for name in RISKS},
    }
    return assessments.AssessmentWords(
        criteria=[one.value for one in found.criteria],
        need=need,
        why="Служителите са в по-слаба позиция и прегледите им се записват."
        if need == NEEDED
        else "Исканията са малко и човекът сам ги подава.",
        answers={**first_answers(found.entry), **more} if need == NEEDED else {},
    )


def _contracts(uow: UnitOfWork) -> None:
    today = day_of(uow.now)
    for name, service, contact, ends_in in (
        ("Регионален ИТ екип", "поддържа портала и архивите му", "it@primer.bg", None),
        ("„Проба Софтуер“ ООД", "поддържа деловодството", "office@primer.bg", 40),
    ):
        words = processors.ProcessorWords(
            name=name,
            service=service,
            contact=contact,
            signed_on=today - timedelta(days=300),
            ends_on=today + timedelta(days=ends_in) if ends_in else None,
        )
        processors.enter_processor(uow, words, request_id=_key(uow, name))


def _findings(uow: UnitOfWork) -> None:
    """Of an invented member of staff, whose looks are gone."""
    for kind, hours in ((NIGHT, 9), (NAMESAKE, 30), (LEAVE, 52)):
        values = {
            "id": _key(uow, f"finding-{kind}"),
            "key": f"{kind}:demo",
            "kind": kind,
            "look_id": _key(uow, f"look-{kind}"),
            "part": "personaldata",
            "by_name": "Мая Тошева",
            "office": "registry_clerk",
            "first_at": uow.now - timedelta(hours=hours + 1),
            "number": 1,
            "raised_at": uow.now - timedelta(hours=hours),
            "outcome": "",
            "decided_by": "",
        }
        uow.session.execute(insert(LookFinding).values(values).on_conflict_do_nothing())


def _drill(uow: UnitOfWork) -> None:
    """A lost laptop, as a drill: described, not yet decided."""
    start = incidents.IncidentStart(
        title="Изгубен служебен лаптоп", detected_at=uow.now - timedelta(hours=20), is_drill=True
    )
    row = drills.begin_drill(uow, start, request_id=_key(uow, "drill"))
    uow.session.flush()
    if row.happened:
        return
    words = incidents.IncidentWords(
        title=row.title,
        happened="Лаптоп на общината е забравен в автобуса. Дискът е кодиран.",
        people="жители, подали молби за помощ",
        how_many=42,
        kinds=["name", "contact"],
        consequences="Непознат може да се опита да прочете молбите.",
        nature=["confidentiality"],
        happened_when="вчера следобед",
        records=42,
        contact="0938 12 345",
        measures="Спряхме достъпа на лаптопа и уведомихме превозвача.",
    )
    incidents.write_facts(uow, row, words, expected_version=row.version)
    next_year = drills.DrillWords(
        planned_on=day_of(uow.now) + timedelta(days=360),
        scenario="Списък с получатели на помощи е изпратен на грешен имейл.",
    )
    drills.plan_drill(uow, next_year, request_id=_key(uow, "plan"), expected_version=0)


def _leaves(uow: UnitOfWork) -> None:
    """Of the first member of staff, where there is one, from next week."""
    staff, monday = list(leaves.staff_names(uow)), day_of(uow.now) + timedelta(days=7)
    if staff:
        days = {"starts_on": monday, "ends_on": monday + timedelta(days=4)}
        words = leaves.LeaveWords(person_id=staff[0], **days)
        leaves.enter_leave(uow, words, request_id=_key(uow, "leave"))


def _key(uow: UnitOfWork, name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"dataprotection/{uow.scope.slug}/{name}")
