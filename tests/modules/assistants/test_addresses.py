"""Where somebody lives: asked, in no message, behind no code, open on the day to one person."""

from dataclasses import replace
from uuid import uuid4

import pytest
from flask_babel import force_locale
from sqlalchemy import select

from obshto.modules.assistants.models import HomeAddress
from obshto.modules.assistants.notifications import NOTIFICATIONS
from obshto.modules.assistants.services import home_addresses
from obshto.modules.assistants.services.check_ins import CheckInAct, take_act, watch_check_ins
from obshto.modules.assistants.services.day_plan import plan_of
from obshto.modules.assistants.services.problems import answer_problem, hand_over
from obshto.modules.assistants.services.reminders import remind
from obshto.modules.assistants.services.retention import empty_old_requests
from obshto.modules.assistants.services.visit_plans import cancel_visit, withdraw_request
from obshto.modules.assistants.settings import AssistantsSettings
from obshto.platform.clock import day_of
from obshto.platform.notify.settings import NotifySettings
from obshto.platform.permissions import Permission, Role
from obshto.platform.purposes.guard import UNRECORDED
from obshto.platform.purposes.services import looks_by_index
from obshto.platform.purposes.subjects import Subject
from obshto.platform.settings.services import save_settings, version_of

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
SECRETS = ("Тайна", "мелницата")  # one word each: blanks are bound in pages
PATH, DESK = "/assistants", "/console/assistants"


@pytest.fixture
def who(uow, make, assistant):
    return make.employed(uow, assistant.person_id)


@pytest.fixture
def row(uow, make):
    return make.asked(uow)


def addresses(uow, assistant, day=None):
    plan = plan_of(uow, assistant, day or day_of(uow.now))
    return [one.address.address for one in plan.visits if one.address]


def form(**changed):
    typed = {
        "request_id": uuid4(),
        "name": "Проба Първанова",
        "phone": "0888 100 201",
        "address": "ул. Тайна 17",
        "directions": "синята порта",
        "subjects": ["video"],
        "at_home": "alone",
        "age": "65+",
        "language": "bg",
    }
    return {**typed, **changed}


# The three leaks of RDV Service Public, each closed: rdv-service-public#6490, #2222, PR 6672.
def test_a_home_visit_cannot_be_asked_for_without_an_address(client, at):
    answer = client.post(f"{PATH}/new", data=form(address=" "), base_url=at(VILLAGE))
    assert answer.status_code == 422 and "Напишете адреса, за да Ви намерим" in answer.text
    assert "Проба Първанова" in answer.text, "what was typed stays"


def test_no_letter_carries_an_address(app, uow, make, who, row, helper):
    """Each letter that the module can write, for each fact of a whole story; a phone is on duty."""
    for part, values in (
        ("notify", NotifySettings(sms_sender="GORNO")),
        ("assistants", AssistantsSettings(duty_phones="0888 123 456")),
    ):
        save_settings(uow, part, values, expected_version=version_of(uow, part))
    visit = make.planned(uow, row, who)
    remind(make.later(uow, hours=1))
    watch_check_ins(make.later(uow, hours=3))
    other = make.planned(uow, row, who, hours=28)
    cancel_visit(uow, row, other, expected_version=other.version)
    at = make.later(uow, helper, hours=3)
    for kind in ("arrived", "ended"):
        take_act(at, visit, row, CheckInAct(kind=kind, at=at.now), request_id=uuid4())
    lost = make.planned(at, row, who, hours=2)
    later = make.later(at, hours=2)
    take_act(later, lost, row, CheckInAct(kind="absent", at=later.now), request_id=uuid4())
    me = (uow.principal.person_id, "Проба Координаторова")
    problem = hand_over(at, visit, row, "ЕГН", official=me, request_id=uuid4())
    answer_problem(at, problem, row, "Готово", expected_version=problem.version)
    uow.session.flush()
    written = 0
    for notification in NOTIFICATIONS:
        for fact in [one for one in uow.facts if type(one) is notification.fact]:
            payload = {"subject_id": str(fact.subject_id), "number": fact.number}
            for language in ("bg", "en", "ro"):
                with force_locale(language):
                    letter = notification.letter(uow, payload)
                for secret in SECRETS if letter else ():
                    assert secret not in "".join(letter), notification.fact.name
                written += bool(letter)
            to = notification.to
            assert isinstance(to, Permission) or to(uow, payload), notification.fact.name
    assert written > 20


def test_no_page_behind_a_code_shows_an_address(story, client, at):
    with_code = f"{PATH}/case/{story.code}"
    for path in (with_code, f"{with_code}/withdraw", f"{PATH}/new", f"{PATH}/follow"):
        page = client.get(path, base_url=at(VILLAGE))
        assert page.status_code == 200, path
        assert not [secret for secret in SECRETS if secret in page.text], path
    assert "Помощникова" in client.get(with_code, base_url=at(VILLAGE)).text


def test_an_address_opens_on_the_day_to_the_visitor_alone(uow, make, who, row, helper, sign_in):
    visit = make.planned(uow, row, who, hours=25)
    tomorrow = day_of(visit.starts_at)
    mine = replace(uow, principal=helper)
    assert addresses(mine, who, tomorrow) == [], "the day before"
    on_the_day = make.later(uow, helper, hours=20)
    assert addresses(on_the_day, who) == ["ул. Тайна 17"]
    other = make.employed(uow, sign_in(VILLAGE).person_id, name="Проба Друг")
    theirs = replace(on_the_day, principal=replace(helper, person_id=other.person_id))
    assert addresses(theirs, who) == [], "another assistant"
    assert addresses(replace(on_the_day, principal=uow.principal), who) == [], "the coordinator"
    assert addresses(make.later(uow, helper, hours=44), who) == [], "the day after"


def test_an_address_shuts_when_the_visit_is_over(uow, make, who, row, helper):
    visit = make.planned(uow, row, who)
    at = make.later(uow, helper, hours=2)
    take_act(at, visit, row, CheckInAct(kind="arrived", at=at.now), request_id=uuid4())
    assert addresses(at, who) == ["ул. Тайна 17"]
    take_act(at, visit, row, CheckInAct(kind="ended", at=at.now), request_id=uuid4())
    assert addresses(at, who) == []


def test_opening_it_is_a_look_that_the_person_reads(uow, make, who, row, helper):
    make.planned(uow, row, who)
    at = make.later(uow, helper, hours=1)
    for _ in range(2):  # once a sitting
        addresses(at, who)
    uow.session.flush()
    found = uow.session.scalars(looks_by_index(Subject(phone=row.phone).indexes())).all()
    assert [(one.purpose, one.object_id) for one in found] == [("visit", row.id)]
    assert "address" in found[0].kinds


def test_the_coordinator_opens_it_only_while_no_word_comes(uow, make, who, row, helper):
    visit = make.planned(uow, row, who)
    assert home_addresses.open_in_alarm(uow, visit, row, request_id=uuid4()) is None
    watch_check_ins(make.later(uow, hours=3))
    assert (
        home_addresses.open_in_alarm(uow, visit, row, request_id=uuid4()).address == "ул. Тайна 17"
    )
    at = make.later(uow, helper, hours=3)
    take_act(at, visit, row, CheckInAct(kind="arrived", at=at.now), request_id=uuid4())
    assert home_addresses.open_in_alarm(uow, visit, row, request_id=uuid4()) is None


def test_pages_of_the_coordinator_never_show_it(story, coordinator):
    case = f"/{story.case}"
    for path in (
        *("/", "/?list=planned", case, f"{case}/plan", f"{case}/address"),
        *("/alarms", "/calls", "/day", "/staff", "/statistics", "/statistics.csv"),
    ):
        page = coordinator.get(DESK + path)
        assert page.status_code in (200, 403), path
        assert not [secret for secret in SECRETS if secret in page.text], path
    assert coordinator.post(f"{DESK}/visits/{story.visit}/address", {}).status_code == 404


def test_it_lies_encrypted_and_is_written_anew_without_being_read(story, make, coordinator, uow_in):
    with uow_in(VILLAGE) as begun:
        raw = "SELECT address FROM assistants_address"
        lies = begun.session.connection().exec_driver_sql(raw).scalar_one()
        assert "Тайна".encode() not in bytes(lies)
    page = coordinator.get(f"{DESK}/{story.case}/address").text
    typed = {"expected_version": make.version_of(page), "address": "ул. Нова 1", "directions": ""}
    assert coordinator.post(f"{DESK}/{story.case}/address", typed).status_code == 303
    with uow_in(VILLAGE) as begun:
        assert begun.session.scalars(select(HomeAddress)).one().address == "ул. Нова 1"


def test_another_assistants_visit_does_not_exist(story, make, sign_in, assistant, uow_in):
    other = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    with uow_in(VILLAGE) as begun:
        make.employed(begun, other.person_id, name="Проба Друг")
        begun.commit()
    for path in ("", "/next", "/problem", "/sheet"):
        assert other.get(f"{DESK}/visits/{story.visit}{path}").status_code == 404, path
        assert assistant.get(f"{DESK}/visits/{story.visit}{path}").status_code == 200, path
    sent = {"kind": "arrived", "request_id": uuid4()}
    assert other.post(f"{DESK}/visits/{story.visit}/act", sent).status_code == 404


def test_the_neighbour_finds_nothing_of_it(story, client, at, sign_in):
    assert client.get(f"{PATH}/case/{story.code}", base_url=at(NEIGHBOUR)).status_code == 404
    theirs = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    case, staff = f"/{story.case}", f"/staff/{story.who}"
    for path in (case, f"{case}/plan", f"/visits/{story.visit}", staff):
        assert theirs.get(DESK + path).status_code == 404, path
    assert theirs.post(f"{DESK}/visits/{story.visit}/cancel", {}).status_code == 404
    assert story.number not in theirs.get(f"{DESK}/?list=all").text


def test_a_month_after_the_end_it_is_gone(uow, make, who, row):
    withdraw_request(uow, row, expected_version=row.version)
    uow.session.flush()
    empty_old_requests(make.later(uow, days=29))
    assert uow.session.scalar(select(HomeAddress)) is not None
    empty_old_requests(make.later(uow, days=31))
    assert uow.session.scalar(select(HomeAddress)) is None and row.applicant
    empty_old_requests(make.later(uow, days=366))
    assert row.is_emptied and not row.applicant and row.phone is None


def test_acts_on_a_visit_open_nothing_without_a_look(
    app, story, assistant, coordinator, monkeypatch
):
    found = []
    monkeypatch.setitem(app.extensions, UNRECORDED, lambda *seen: found.append(seen))
    for kind in ("note", "arrived", "ended"):
        sent = {"kind": kind, "request_id": uuid4(), "words": "Бележка"}
        assert assistant.post(f"{DESK}/visits/{story.visit}/act", sent).status_code == 303
    for path in ("", "/next", "/problem", "/sheet"):
        assert assistant.get(f"{DESK}/visits/{story.visit}{path}").status_code == 200
    for path in ("/", f"/{story.case}", f"/{story.case}/address", "/calls", "/alarms"):
        assert coordinator.get(DESK + path).status_code == 200
    assert found == []
