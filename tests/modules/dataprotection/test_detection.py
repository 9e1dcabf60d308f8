"""Unusual looks: found once, none lost, judged by somebody else."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from obshto.modules.dataprotection.models import ExaminedLook, LookFinding
from obshto.modules.dataprotection.services import detection
from obshto.modules.dataprotection.services.detection import examine_looks
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.permissions import Role
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import Principal
from obshto.tenants.api import person_of

VILLAGE, DESK = "gorno-selo", "/console/dataprotection"
NOON = datetime(2026, 11, 25, 10, tzinfo=UTC)
PURPOSE = Purpose(word="contact", kinds=(DataKind.NAME,), ground="чл. 6")


@pytest.fixture
def clerk(sign_in):
    person = sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Иванова")
    return Principal(person_id=person.person_id, name="Проба Иванова")


@pytest.fixture
def uow(uow_in, clerk):
    with uow_in(VILLAGE) as begun:
        yield replace(begun, principal=clerk, now=NOON)


def opens(uow, *, at=NOON, purpose=PURPOSE, part="reports", **known):
    opened = Opened(part=part, object_id=uuid4(), subject=Subject(**known))
    look(replace(uow, now=at), opened, purpose)
    uow.session.flush()


def kinds(uow, at=NOON):
    later = replace(uow, now=at + timedelta(hours=1), principal=Principal.system("job"))
    examine_looks(later)
    uow.session.flush()
    return sorted(uow.session.scalars(select(LookFinding.kind)))


def test_an_ordinary_look_raises_nothing(uow):
    opens(uow, email="a@villages.example", name="Проба Петрова")
    assert kinds(uow) == []


def test_night_is_one_finding_a_night(uow):
    for minutes in (0, 40, 80):
        opens(uow, at=datetime(2026, 11, 25, 22, tzinfo=UTC) + timedelta(minutes=minutes))
    assert kinds(uow, at=datetime(2026, 11, 26, 3, tzinfo=UTC)) == ["night"]
    assert uow.session.scalars(select(LookFinding)).one().number == 3


@pytest.mark.parametrize(
    ("name", "found"),
    [("Иван Иванов", ["namesake"]), ("Мая Стоянова-Иванова", ["namesake"]), ("Иванов", [])],
)
def test_a_relative_is_guessed_by_the_family_name(uow, name, found):
    opens(uow, email="a@villages.example", name=name)
    assert kinds(uow) == found


def test_a_colleague_is_found_but_not_where_staff_are_the_subject(uow, sign_in):
    colleague = sign_in(VILLAGE, Role.EDITOR, name="Проба Колега")
    opens(uow, person_id=colleague.person_id, part="training", purpose=_word("oversee"))
    assert kinds(uow) == []
    opens(uow, person_id=colleague.person_id)
    assert kinds(uow) == ["colleague"]


def test_a_typed_reason_is_told_to_the_officer(uow):
    opens(uow, purpose=replace(PURPOSE, reason="Търси го линейка"))
    assert kinds(uow) == ["urgent"]


def test_many_in_an_hour_count_acts_and_a_list_is_one(uow, monkeypatch):
    monkeypatch.setattr(detection, "_most_an_hour", lambda uow: 3)
    for _ in range(9):
        opens(uow)  # all at one moment, as a list
    for minutes in (1, 2):
        opens(uow, at=NOON + timedelta(minutes=minutes))
    assert kinds(uow) == []
    opens(uow, at=NOON + timedelta(minutes=3))
    assert kinds(uow) == ["many"]
    assert uow.session.scalars(select(LookFinding)).one().number == 4


def test_a_look_that_is_committed_late_is_not_lost_and_a_big_batch_goes_on(uow, monkeypatch):
    monkeypatch.setattr(detection, "AT_ONCE", 2)
    night = datetime(2026, 11, 24, 21, tzinfo=UTC)
    for _ in range(5):
        opens(uow)  # one moment, more than a batch
    for _ in range(3):
        kinds(uow)
    examined = select(ExaminedLook.look_id)
    assert len(uow.session.scalars(examined).all()) == 5
    opens(uow, at=night)  # older than the cursor
    assert kinds(uow) == ["night"]
    assert kinds(uow) == ["night"], "examined twice it is one"


def test_nobody_judges_themselves_and_an_officers_look_goes_to_the_mayor(sign_in, uow_in):
    people = {
        role: sign_in(VILLAGE, role, name=f"Проба {number}")
        for number, role in enumerate(
            (Role.DATA_PROTECTION_OFFICER, Role.MAYOR, Role.SECRETARY, Role.REGISTRY_CLERK)
        )
    }
    for role in (Role.DATA_PROTECTION_OFFICER, Role.MAYOR, Role.REGISTRY_CLERK):
        _night_look(uow_in, people[role])
    seen = {
        role: set(re.findall(r"Проба \d", people[role].get(f"{DESK}/findings").text))
        - {people[role] and f"Проба {list(people).index(role)}"}
        for role in (Role.DATA_PROTECTION_OFFICER, Role.MAYOR, Role.SECRETARY)
    }
    assert seen[Role.DATA_PROTECTION_OFFICER] == {"Проба 1", "Проба 3"}
    assert seen[Role.MAYOR] == seen[Role.SECRETARY] == {"Проба 0"}
    page = people[Role.MAYOR].get(f"{DESK}/findings").text
    about_officer = re.search(rf"{DESK}/findings/[0-9a-f-]{{36}}", page)[0]
    assert people[Role.DATA_PROTECTION_OFFICER].get(about_officer).status_code == 404
    assert people[Role.REGISTRY_CLERK].get(about_officer).status_code == 403
    assert sign_in("dolno-selo", Role.MAYOR).get(about_officer).status_code == 404


def test_a_finding_is_explained_once_and_its_person_never_reads_it(sign_in, uow_in, owner):
    officer = sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, name="Проба Защитник")
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK, name="Проба Деловодителка")
    _night_look(uow_in, clerk)
    path = re.search(rf"{DESK}/findings/[0-9a-f-]{{36}}", officer.get(f"{DESK}/findings").text)[0]
    version = re.search(r'name="expected_version"[^>]*value="(\d+)"', officer.get(path).text)[1]
    empty = officer.post(path, {"words": "", "expected_version": version})
    assert empty.status_code == 422
    said = {"words": "Беше дежурна.", "expected_version": version}
    for _ in range(2):
        assert officer.post(path, said).status_code == 303
    other = officer.post(path, {"words": "Друго.", "expected_version": version})
    assert other.status_code == 422 and "вече е решено" in other.text
    assert "Беше дежурна." in officer.get(path).text
    [(kept,)] = owner("select explanation from t_gorno_selo.dataprotection_finding")
    assert "дежурна".encode() not in bytes(kept)


def _word(word):
    return replace(PURPOSE, word=word)


def _night_look(uow_in, person):
    night = datetime(2026, 11, 25, 22, tzinfo=UTC)
    with uow_in(VILLAGE) as begun:
        who = Principal(person_id=person.person_id, name=person_of(person.person_id).name)
        uow = replace(begun, principal=who, now=night)
        look(uow, Opened(part="reports", object_id=uuid4(), subject=Subject()), PURPOSE)
        uow.session.flush()
        examine_looks(replace(begun, principal=Principal.system("job"), now=night))
        begun.session.commit()


def test_a_look_by_who_holds_no_role_here_is_asked_about(uow, sign_in):
    former = Principal(person_id=sign_in("dolno-selo").person_id, name="Проба Бивша")
    with_no_role = replace(uow, principal=former)
    opens(with_no_role, email="a@villages.example")
    assert kinds(uow) == ["gone"]


def test_whom_the_officer_marks_as_known_is_asked_about_and_no_name_is_kept(
    sign_in, uow_in, owner, clerk
):
    officer = sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, name="Проба Защитник")
    night = datetime(2026, 11, 25, 22, tzinfo=UTC)
    with uow_in(VILLAGE) as uow:
        own = replace(uow, principal=clerk)
        opens(own, at=night, email="sused@villages.example", name="Проба Съседова")
        assert kinds(uow, at=night) == ["night"]
        uow.commit()
    path = re.search(rf"{DESK}/findings/[0-9a-f-]{{36}}", officer.get(f"{DESK}/findings").text)[0]
    assert officer.press(path, to="/acquainted").status_code == 303
    assert officer.post(f"{path}/acquainted").status_code == 303, "twice is once"
    assert "Отбелязано е, че се познават" in officer.get(path).text
    rows = owner("select subject_index from t_gorno_selo.dataprotection_acquaintance")
    assert len(rows) == 1 and b"sused" not in bytes(rows[0][0])
    assert sign_in("dolno-selo", Role.MAYOR).post(f"{path}/acquainted").status_code == 404
    with uow_in(VILLAGE) as uow:
        later = NOON + timedelta(days=1)
        opens(replace(uow, principal=clerk), at=later, email="sused@villages.example")
        opens(replace(uow, principal=clerk), at=later, email="other@villages.example")
        found = kinds(uow, at=later)  # what the officer opened just now may be of a night, too
        assert found.count("known") == 1 and set(found) == {"known", "night"}
        uow.commit()
    assert "познат човек" in officer.get(f"{DESK}/findings").text
    assert officer.press(path, to="/strangers").status_code == 303
    assert owner("select count(*) from t_gorno_selo.dataprotection_acquaintance") == [(0,)]
