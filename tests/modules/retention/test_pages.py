"""The calendar, the dry run, proofs and holds as staff use them."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from uuid import uuid4

import pytest

from obshto.modules.retention.services import checks
from obshto.ops.backup.removals import Removed, note_removal
from obshto.ops.compose import all_components
from obshto.platform.clock import day_of, now
from obshto.platform.permissions import Role
from obshto.platform.privacy.models import LegalHold
from obshto.platform.privacy.retention_run import run_retention

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DESK = "/console/retention"
UNTIL = day_of(now()) + timedelta(days=60)
HOLD = {
    "reach": "kind",
    "rule": "accessibility:barrier",
    "number": "",
    "reason": "Комисията проверява жалба",
    "ground": "чл. 56",
    "until": [str(UNTIL.day), str(UNTIL.month), str(UNTIL.year)],
}


@pytest.fixture
def officer(sign_in):
    return sign_in(VILLAGE, Role.DATA_PROTECTION_OFFICER, name="Проба Защитник")


@pytest.fixture
def mayor(sign_in):
    return sign_in(VILLAGE, Role.MAYOR, name="Проба Кмет")


def held(officer, **changed):
    answer = officer.post(f"{DESK}/holds/new", {"request_id": uuid4(), **HOLD, **changed})
    assert answer.status_code == 303, answer.text
    return re.search(rf"{DESK}/holds/[0-9a-f-]{{36}}", answer.location)[0]


def seen(person, path):
    return re.search(r'name="expected_version"[^>]*value="(\d+)"', person.get(path).text)[1]


def test_the_calendar_has_every_kind_of_data_with_its_term_law_and_what_lies_elsewhere(officer):
    page = officer.get(f"{DESK}/").text
    for said in ("Запазени часове", "90 дни след часа", "Резервни копия", "Дневници на сървъра"):
        assert said in page
    file = officer.get(f"{DESK}/calendar.csv")
    assert "Запазени часове" in file.data.decode("utf-8-sig")


def test_a_dry_run_is_asked_for_once_and_shows_its_numbers(officer, uow_in):
    key = uuid4()
    for request_id in (key, key, uuid4()):  # the same form twice, then somebody else meanwhile
        assert officer.post(f"{DESK}/dry-run", {"request_id": request_id}).status_code == 303
    assert "Пресмятаме" in officer.get(f"{DESK}/dry-run").text
    with uow_in(VILLAGE) as uow:
        checks.carry_out_check(uow, check_id=str(key))
        uow.commit()
    page = officer.get(f"{DESK}/dry-run").text
    assert "Пресмятаме" not in page and "Тази нощ не изтича срокът на нищо" in page


def test_proofs_are_listed_opened_and_taken_along(mayor, uow_in):
    part = next(one for one in all_components() if one.slug == "notify")
    job = next(one for one in part.jobs if one.name == "notify:sweep")
    with uow_in(VILLAGE) as uow:
        proof_id = run_retention(uow, part, job).id
        uow.commit()
    assert "Още нищо не е изтрито" in mayor.get(f"{DESK}/runs").text
    assert f"{DESK}/runs/{proof_id}" in mayor.get(f"{DESK}/runs?all=1").text
    assert "нищо не беше с изтекъл срок" in mayor.get(f"{DESK}/runs/{proof_id}").text
    assert str(proof_id) in mayor.get(f"{DESK}/runs.csv?all=1").text
    assert mayor.get(f"{DESK}/runs.pdf?all=1").data.startswith(b"%PDF")
    assert mayor.get(f"{DESK}/runs/{uuid4()}").status_code == 404


def test_a_hold_is_placed_prolonged_and_ended_with_reasons(officer, mayor):
    path = held(officer)
    assert "Комисията проверява жалба" in mayor.get(path).text
    assert "1" in re.search(r"ob-stats.*?</ul>", mayor.get(f"{DESK}/").text, re.S)[0]
    later = UNTIL + timedelta(days=40)
    typed = {"until": [str(later.day), str(later.month), str(later.year)], "reason": "Отложено"}
    stale = seen(officer, f"{path}/prolong")
    prolonged = officer.post(f"{path}/prolong", {**typed, "expected_version": stale})
    assert prolonged.status_code == 303
    late = officer.post(f"{path}/end", {"why": "Край", "expected_version": stale})
    assert late.status_code == 422 and "Край" in late.text
    now_seen = seen(officer, f"{path}/end")
    assert officer.post(f"{path}/end", {"why": "Край", "expected_version": now_seen}).location
    assert "Край" in officer.get(path).text
    assert path in officer.get(f"{DESK}/holds?list=ended").text


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reach": "case", "number": "2020-00001"}, "В този вид няма преписка с такъв номер"),
        ({"until": ["1", "1", "2020"]}, "Този ден е минал"),
        ({"until": ["1", "1", "2099"]}, "до 10 години напред"),
        ({"reason": " "}, "Напишете за кой спор"),
        ({"rule": "news:nothing"}, "Изберете"),
        ({"reach": "all"}, "Изберете какво да не се изтрива"),
    ],
)
def test_what_is_typed_wrong_stays_and_is_explained(officer, changed, said):
    answer = officer.post(f"{DESK}/holds/new", {"request_id": uuid4(), **HOLD, **changed})
    assert answer.status_code == 422
    assert said in answer.text and "чл. 56" in answer.text


def test_the_same_form_at_the_same_time_is_one_hold(officer, uow_in):
    typed = {"request_id": uuid4(), **HOLD}
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda _: officer.post(f"{DESK}/holds/new", typed), range(2)))
    assert [one.status_code for one in answers] == [303, 303]
    with uow_in(VILLAGE) as uow:
        assert uow.session.query(LegalHold).count() == 1


def test_the_mayor_reads_and_only_officer_and_secretary_hold(mayor, sign_in):
    assert mayor.get(f"{DESK}/holds").status_code == 200
    assert mayor.get(f"{DESK}/holds/new").status_code == 403
    assert sign_in(VILLAGE, Role.SECRETARY).get(f"{DESK}/holds/new").status_code == 200
    for role in (Role.EDITOR, Role.ADMIN, Role.REGISTRY_CLERK):
        assert sign_in(VILLAGE, role).get(f"{DESK}/").status_code == 403


def test_a_neighbour_finds_no_hold_and_no_proof(officer, sign_in):
    path = held(officer)
    neighbour = sign_in(NEIGHBOUR, Role.DATA_PROTECTION_OFFICER)
    assert neighbour.get(path).status_code == 404
    assert neighbour.get(f"{path}/end").status_code == 404


def test_what_lies_outside_the_tables_shows_its_last_run_and_what_goes_next(
    officer, sign_in, migrator
):
    taken = [now() - timedelta(days=days) for days in range(9)]
    gone = [f"{VILLAGE}/20260101T003000Z.zip"]
    with migrator.begin() as connection:
        note_removal(connection, Removed.BACKUPS, gone, at=now(), municipality=VILLAGE, kept=taken)
        note_removal(connection, Removed.MEASURES, (), took=7, at=now())
    page = officer.get(f"{DESK}/").text
    assert re.search(r"Резервни копия на базата.*?: 1</a>", page, re.S)
    assert re.search(r"Броене на заявки.*?: 7</a>", page, re.S)
    assert "не се записва: става само" in page, "lines of logs go without a run"
    told = officer.get(f"{DESK}/dry-run").text
    assert re.search(r"Резервни копия.*?При следващото изпълнение изчезва", told, re.S)
    assert "последните 100 мегабайта на всяка програма" in told
    digest = sha256(gone[0].encode()).hexdigest()
    assert digest in officer.get(f"{DESK}/runs").text
    assert digest in officer.get(f"{DESK}/runs.csv").text
    assert "Резервни копия" in officer.get(f"{DESK}/calendar.csv").data.decode("utf-8-sig")
    assert officer.get(f"{DESK}/runs.pdf").data.startswith(b"%PDF")
    neighbour = sign_in(NEIGHBOUR, Role.DATA_PROTECTION_OFFICER)
    assert digest not in neighbour.get(f"{DESK}/runs").text
