"""Records: who learned what, until when; told before it runs out."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from obshto.modules.training.models import TrainingRecord
from obshto.modules.training.privacy import erase, export
from obshto.modules.training.services.records import (
    CourseWords,
    Validity,
    enter_course,
    forget_old,
    remind_of_ends,
    trainees,
)
from obshto.modules.training.services.topics import PERSONAL, PUBLISHING, TOPICS
from obshto.platform.clock import day_of, now
from obshto.platform.legal.terms import months_later
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.permissions import Role
from obshto.tenants.people.models import Appointment

HOME, NEIGHBOUR = "gorno-selo", "dolno-selo"
TODAY = day_of(now())


@pytest.fixture(autouse=True)
def switched_on(house, migrator):
    with migrator.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['training']"))


@pytest.fixture
def secretary(sign_in, switched_on):
    return sign_in(HOME, Role.SECRETARY, name="Проба Секретарова")


@pytest.fixture
def clerk(sign_in, switched_on):
    return sign_in(HOME, Role.EDITOR, name="Проба Ученикова", email="u@villages.example")


def page_of(person):
    return f"/console/training/staff/{person.person_id}"


def course(day, **changed):
    parts = [("learned_on", part) for part in (str(day.day), str(day.month), str(day.year))]
    typed = {"topic": PERSONAL, "course": "Курс на НАПОО", "request_id": uuid4(), **changed}
    return [*typed.items(), *parts]


def post_course(staff, person, day, **changed):
    data = {}
    for name, value in course(day, **changed):
        data.setdefault(name, []).append(str(value))
    return staff.post(page_of(person), data)


def test_a_course_is_entered_once_and_says_until_when(secretary, clerk, owner):
    request_id = uuid4()
    for _ in range(2):
        answer = post_course(secretary, clerk, TODAY, request_id=request_id)
        assert answer.status_code == 303
    rows = owner("select person_id, learned_on, valid_until from t_gorno_selo.training_record")
    assert rows == [(clerk.person_id, TODAY, months_later(TODAY, 12))]
    assert "валидно" in secretary.get("/console/training/staff").text
    assert "Курс на НАПОО" in clerk.get("/console/training/").text


def test_what_was_typed_stays_with_the_reason(secretary, clerk):
    answer = post_course(secretary, clerk, TODAY + timedelta(days=2))
    assert answer.status_code == 422
    assert "Този ден още не е дошъл" in answer.text
    assert "Курс на НАПОО" in answer.text
    assert "Изберете тема" in post_course(secretary, clerk, TODAY, topic="").text


def test_a_look_at_a_colleague_is_recorded(secretary, clerk, owner):
    secretary.get(page_of(clerk))
    seen = owner(
        "select count(*) from t_gorno_selo.audit_entry where act = 'training:records.looked-at'"
    )
    assert seen == [(1,)]


def test_only_who_oversees_sees_others_and_nobody_of_a_neighbour(secretary, clerk, sign_in):
    assert clerk.get("/console/training/staff").status_code == 403
    assert clerk.get(page_of(clerk)).status_code == 403
    stranger = sign_in(NEIGHBOUR, Role.SECRETARY)
    assert stranger.get(page_of(clerk)).status_code == 404
    assert post_course(stranger, clerk, TODAY).status_code == 404
    assert "Ученикова" not in stranger.get("/console/training/staff").text
    assert "Ученикова" in secretary.get("/console/training/staff.csv").text


def test_a_mistake_is_cancelled_by_who_saw_the_record_as_it_is(secretary, clerk, owner):
    post_course(secretary, clerk, TODAY)
    [(record_id,)] = owner("select id from t_gorno_selo.training_record")
    path = f"{page_of(clerk)}/records/{record_id}/cancel"
    assert secretary.post(path, {"expected_version": 7}).status_code == 409
    for _ in range(2):
        assert secretary.post(path, {"expected_version": 1}).status_code == 303
    assert "отменено" in secretary.get(page_of(clerk)).text
    other = f"{page_of(secretary)}/records/{record_id}/cancel"
    assert secretary.post(other, {"expected_version": 2}).status_code == 404


def learned(uow, person, day, topic=PERSONAL):
    words = CourseWords(topic=topic, course="Курс", learned_on=day)
    return enter_course(uow, person.person_id, words, request_id=uuid4())


def test_it_is_valid_then_ends_soon_then_has_run_out(clerk, uow_in):
    year_ago, month = months_later(TODAY, -12), timedelta(days=20)
    for day, expected in (
        (year_ago - month, Validity.EXPIRED),
        (year_ago + month, Validity.SOON),
        (TODAY, Validity.VALID),
    ):
        with uow_in(HOME) as uow:
            learned(uow, clerk, day)
            [state] = [it for it in trainees(uow)[0].states if it.topic == PERSONAL]
            assert state.validity is expected


def test_a_reminder_goes_once_and_not_for_what_was_repeated(clerk, uow_in):
    ending = months_later(TODAY, -12) + timedelta(days=20)
    with uow_in(HOME) as uow:
        learned(uow, clerk, ending)
        for told in (1, 1):
            remind_of_ends(uow)
            uow.session.flush()
            assert [it.name for it in uow.facts].count("training:record.ending") == told
    with uow_in(HOME) as uow:
        learned(uow, clerk, ending)
        learned(uow, clerk, TODAY)
        remind_of_ends(uow)
        assert "training:record.ending" not in [it.name for it in uow.facts]


def reminders(uow):
    remind_of_ends(uow)
    return [it.name for it in uow.facts].count("training:record.ending")


def test_the_same_learned_twice_in_a_day_is_reminded_of_once(clerk, uow_in):
    ending = months_later(TODAY, -12) + timedelta(days=20)
    with uow_in(HOME) as uow:
        learned(uow, clerk, ending)
        learned(uow, clerk, ending)
        assert reminders(uow) == 1


def test_who_works_here_no_more_is_not_reminded(clerk, uow_in):
    with uow_in(HOME) as uow:
        learned(uow, clerk, months_later(TODAY, -12) + timedelta(days=20))
        uow.session.query(Appointment).filter_by(person_id=clerk.person_id).delete()
        assert reminders(uow) == 0


@pytest.mark.parametrize(
    ("topic", "says"), [(PERSONAL, "дайте удостоверението"), (PUBLISHING, "/console/training/")]
)
def test_the_reminder_reaches_the_person(clerk, uow_in, topic, says):
    """And says how it is repeated: by a mission where the topic has one, else by a course."""
    with uow_in(HOME) as uow:
        ending = months_later(TODAY, -TOPICS[topic].months) + timedelta(days=20)
        learned(uow, clerk, ending, topic)
        remind_of_ends(uow)
        [fact] = [it for it in uow.facts if it.name == "training:record.ending"]
        write_letters(uow, fact=fact.name, payload=fact.payload(), cause=str(uuid4()))
        uow.commit()
    with uow_in(HOME) as uow:
        [message] = uow.session.query(Message).all()
        assert message.recipient == "u@villages.example"
        assert "изтича" in message.subject
        assert says in message.text


def test_what_ran_out_long_ago_is_forgotten_and_what_is_known_leaves(clerk, uow_in):
    with uow_in(HOME) as uow:
        learned(uow, clerk, months_later(TODAY, -12 * 7))
        fresh = learned(uow, clerk, TODAY)
        forget_old(uow)
        assert uow.session.query(TrainingRecord.id).all() == [(fresh.id,)]
        assert export(uow, clerk.person_id)["records"][0]["course"] == "Курс"
        erase(uow, clerk.person_id)
        assert export(uow, clerk.person_id)["records"] == []


def test_without_a_practice_municipality_it_is_said(clerk):
    assert "още няма учебна община" in clerk.get("/console/training/").text
    start = "/console/training/missions/correction/start"
    assert clerk.post(start, {"request_id": uuid4()}).status_code == 404


def test_the_list_of_colleagues_is_a_look_at_each_of_them(clerk, secretary, owner):
    """Once in a sitting, whether it is read or taken as a file."""
    for page in ("/console/training/staff", "/console/training/staff.csv"):
        assert secretary.get(page).status_code == 200
    looks = "select object_id from t_gorno_selo.purposes_look where part = 'training'"
    seen = [row[0] for row in owner(looks)]
    assert clerk.person_id in seen and len(seen) == len(set(seen))
