"""Missions: done when the data of the practice municipality says so, and kept at home."""

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID, uuid4

import pytest
from sqlalchemy import text

from obshto.modules.news.events import NewsCorrected, NewsPublished, NewsWritten
from obshto.modules.training.models import TrainingRecord
from obshto.modules.training.services.missions import MISSIONS, LoggedAct, progress
from obshto.modules.training.services.records import cancel_record
from obshto.platform.documents.models import Document
from obshto.platform.domain_events import DomainEvent
from obshto.platform.modularity.registry import current_registry
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import PRACTICE_RESET

HOME, NEIGHBOUR = "gorno-selo", "dolno-selo"
MISSION = MISSIONS["correction"]
PAGE = "/console/training/missions/correction"
ONE, OTHER = uuid4(), uuid4()
WRITTEN, PUBLISHED, CORRECTED = (step.acts[0] for step in MISSION.steps)


@pytest.fixture(autouse=True)
def switched_on(house, migrator):
    with migrator.begin() as connection:
        on = "UPDATE shared.tenant SET modules = array['training'] WHERE slug <> 'uchebna'"
        connection.execute(text(on))


@pytest.fixture
def editor(sign_in, switched_on):
    return sign_in(HOME, Role.EDITOR, name="Проба Новакова")


def did(app, scope, person_id, *events):
    """The person does these things in the practice municipality."""
    who = Principal(person_id=person_id, name="Проба Новакова")
    for event in events:
        with app.app_context(), open_uow(scope, who) as uow:
            uow.emit(event)


def steps(*acts):
    return progress(MISSION, [LoggedAct(name, subject) for name, subject in acts])


def test_steps_count_in_their_order_with_one_thing():
    assert steps((WRITTEN, ONE), (PUBLISHED, ONE), (CORRECTED, ONE)).done == 3
    assert steps((WRITTEN, ONE), (PUBLISHED, OTHER)).done == 1
    late = steps((PUBLISHED, ONE), (CORRECTED, ONE))
    assert late.done == 0
    assert late.is_out_of_order


def test_a_reset_in_the_middle_keeps_what_was_done():
    acts = ((WRITTEN, ONE), (PUBLISHED, ONE), (PRACTICE_RESET, None), (CORRECTED, OTHER))
    assert steps(*acts).done == 3
    assert steps(acts[0], acts[2], acts[3]).done == 1


def test_facts_written_twice_decide_nothing():
    acts = [LoggedAct(f"dataprotection:incident.{name}", ONE) for name in ("opened", "changed")]
    mission, decided = MISSIONS["incident"], "dataprotection:incident.decided"
    assert progress(mission, [*acts, acts[1]]).done == 2
    assert progress(mission, [*acts, LoggedAct(decided, ONE)]).done == 3


def test_what_is_done_beside_the_thing_counts_in_its_turn():
    """Who speaks in a room is another thing than the room; its end alone ends nothing."""
    called, polled, closed = (step.acts[0] for step in MISSIONS["room"].steps)

    def done(*acts):
        return progress(MISSIONS["room"], [LoggedAct(*act) for act in acts])

    assert done((called, OTHER)).done == 1
    assert done((called, OTHER), (polled, uuid4()), (closed, ONE)).done == 3
    assert done((closed, ONE)).done == 0
    assert done((closed, ONE)).is_out_of_order
    before = ((called, OTHER), (PRACTICE_RESET, None), (polled, OTHER), (closed, ONE))
    assert done(*before).done == 3
    # What is no such step is still done with one thing.
    assert steps((WRITTEN, ONE), (PUBLISHED, OTHER)).done == 1


def test_every_act_of_a_mission_is_one_that_a_module_emits(app):
    with app.app_context():
        known = {fact.name for fact in current_registry().facts()}
    for mission in MISSIONS.values():
        assert set(mission.acts) <= known
        assert mission.module in current_slugs(app)


def current_slugs(app):
    with app.app_context():
        return set(current_registry().parts)


def test_pressing_alone_finishes_nothing_and_the_data_does(app, practice, editor, owner):
    assert editor.press(PAGE, to="/start").status_code == 303
    editor.press(PAGE, to="/check")
    assert owner("select count(*) from t_gorno_selo.training_record") == [(0,)]
    subject, words = uuid4(), {"title": "Новина"}
    facts = [it(subject_id=subject, **_fields(it, words)) for it in (NewsWritten, NewsPublished)]
    did(app, practice, editor.person_id, *facts)
    page = editor.get(PAGE).text
    assert page.count("готово") == 2
    editor.press(PAGE, to="/check")
    did(
        app,
        practice,
        editor.person_id,
        NewsCorrected(subject_id=subject, **_fields(NewsCorrected, words)),
    )
    for _ in range(2):  # as when the button is pressed twice
        editor.post(f"{PAGE}/check", {})
    rows = owner("select topic, mission, person_id from t_gorno_selo.training_record")
    assert rows == [("publishing", "correction", editor.person_id)]
    assert "Изпълнена" in editor.get(PAGE).text


@pytest.fixture
def learned(app, practice, editor, uow_in):
    """Id, version and last day of the record of a finished mission."""
    editor.press(PAGE, to="/start")
    subject, words = uuid4(), {"title": "Новина"}
    done = (NewsWritten, NewsPublished, NewsCorrected)
    did(
        app,
        practice,
        editor.person_id,
        *[it(subject_id=subject, **_fields(it, words)) for it in done],
    )
    editor.press(PAGE, to="/check")
    with uow_in(HOME) as uow:
        record = uow.session.query(TrainingRecord).one()
        return record.id, record.version, record.valid_until


def test_a_certificate_is_ones_own_and_can_be_checked(learned, editor, client, at, sign_in, uow_in):
    record_id, version, until = learned
    own = f"/console/training/records/{record_id}/certificate"
    assert editor.get(f"{own}.pdf").status_code == 404  # not asked for yet
    for _ in range(2):
        assert editor.post(own, {}).status_code == 303
    assert editor.get(f"{own}.pdf").data.startswith(b"%PDF")
    colleague = sign_in(HOME, Role.SECRETARY)
    assert {colleague.get(f"{own}.pdf").status_code, colleague.post(own, {}).status_code} == {404}
    assert sign_in(NEIGHBOUR, Role.EDITOR).get(f"{own}.pdf").status_code == 404
    with uow_in(HOME) as uow:
        paper = uow.session.query(Document).one()
        check = f"/documents/verify/{paper.code}"
        assert paper.valid_until == until
    assert "Новакова" not in client.get(check, base_url=at(HOME)).text
    cancel = f"/console/training/staff/{editor.person_id}/records/{record_id}/cancel"
    assert colleague.post(cancel, {"expected_version": version}).status_code == 303
    assert "Документът е отменен" in client.get(check, base_url=at(HOME)).text
    assert editor.get(f"{own}.pdf").status_code == 404


def test_no_certificate_is_issued_while_its_record_is_cancelled(learned, editor, uow_in):
    record_id, version, _ = learned
    blocked = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    with ThreadPoolExecutor(1) as pool, uow_in(HOME) as uow:
        cancel_record(uow, editor.person_id, record_id, expected_version=version)
        uow.session.flush()
        own = f"/console/training/records/{record_id}/certificate"
        asked = pool.submit(editor.post, own, {})
        while not asked.done() and not uow.session.scalar(blocked):
            pass
        uow.commit()
        assert asked.result().status_code == 404
    with uow_in(HOME) as uow:
        assert uow.session.query(Document).count() == 0


@pytest.mark.parametrize("mission", MISSIONS.values(), ids=MISSIONS)
def test_what_a_hint_names_stands_on_the_pages_of_its_module(app, mission):
    """A button that is renamed has to be renamed in the hint."""
    with app.app_context():
        folder = current_registry().parts[mission.module].folder
    files = [*folder.glob("templates/*.html"), *folder.rglob("*.py")]
    pages = "\n".join(file.read_text("utf-8") for file in files)
    for step in mission.steps:
        names = re.findall("„([^“]+)“", str(step.hint))
        assert names
        for name in names:
            assert re.search(rf"""_\(\s*['"]{re.escape(name)}['"]""", pages), name


def _fields(event, words):
    known = {name for base in event.__mro__ for name in getattr(base, "__annotations__", {})}
    assert issubclass(event, DomainEvent)
    return {name: value for name, value in words.items() if name in known}


def test_what_was_done_before_the_start_or_by_another_does_not_count(
    app, practice, editor, sign_in
):
    words = _fields(NewsWritten, {"title": "Новина"})
    did(app, practice, editor.person_id, NewsWritten(subject_id=uuid4(), **words))
    editor.press(PAGE, to="/start")
    did(app, practice, uuid4(), NewsWritten(subject_id=uuid4(), **words))
    assert "готово" not in editor.get(PAGE).text


def test_two_windows_begin_one_attempt(practice, editor, owner):
    for request_id in (uuid4(), uuid4()):
        answer = editor.post(f"{PAGE}/start", {"request_id": request_id})
        assert answer.status_code == 303
    assert owner("select count(*) from t_gorno_selo.training_attempt") == [(1,)]


def test_a_check_before_the_start_is_refused_with_what_to_do(practice, editor):
    answer = editor.post(f"{PAGE}/check", {})
    assert answer.status_code == 422
    assert "Първо започнете задачата" in answer.text


def test_an_unknown_mission_is_not_there(editor):
    assert editor.get("/console/training/missions/none").status_code == 404


def test_who_begins_has_the_same_roles_there_and_a_link(practice, editor, owner):
    editor.press(PAGE, to="/start")
    assert 'href="http://uchebna.' in editor.get(PAGE).text
    assert 'href="http://uchebna.' in editor.get("/console/training/").text
    held = owner("select person_id, role from t_uchebna.tenants_appointment")
    assert held == [(editor.person_id, "editor")]


def test_citizens_and_neighbours_see_no_attempt(practice, editor, client, at, sign_in):
    editor.press(PAGE, to="/start")
    assert client.get(PAGE, base_url=at(HOME)).status_code == 302
    assert sign_in(HOME).get(PAGE).status_code == 403
    neighbour = sign_in(NEIGHBOUR, Role.EDITOR)
    assert "Започната" not in neighbour.get("/console/training/").text.replace("Не е започната", "")


def test_one_press_asks_for_one_reset_and_says_who_is_at_work(
    app, practice, sign_in, owner, queued
):
    did(
        app,
        practice,
        uuid4(),
        NewsWritten(subject_id=uuid4(), **_fields(NewsWritten, {"title": "Х"})),
    )
    secretary = sign_in(HOME, Role.SECRETARY)
    page = secretary.get("/console/training/reset").text
    assert "работи още" in page
    for _ in range(2):
        answer = secretary.post("/console/training/reset", {"request_id": uuid4()})
        assert answer.status_code == 303
    asked = owner(
        "select args->>'municipality' from queue.procrastinate_jobs"
        " where task_name = 'training:reset-practice'"
    )
    assert asked == [("uchebna",)]
    assert sign_in(HOME, Role.EDITOR).get("/console/training/reset").status_code == 403
    assert isinstance(secretary.person_id, UUID)


def test_missions_of_ones_own_roles_stand_first(editor, sign_in):
    page = editor.get("/console/training/").text.replace("\xa0", " ")
    own, others = page.index("За Вашата работа"), page.index("За други роли")
    assert own < page.index("Сгрешена дата в новина") < others
    assert others < page.index("Госпожа Цветкова на гишето")
    mayor = sign_in(HOME, Role.MAYOR).get("/console/training/").text.replace("\xa0", " ")
    assert mayor.index("Седемдесет и два часа") < mayor.index("За други роли")
