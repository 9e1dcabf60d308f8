"""The council as citizens and the secretary meet it, over HTTP."""

import re
from datetime import datetime, time, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select
from tests.modules.council.conftest import NEIGHBOUR, VILLAGE
from tests.modules.council.test_services import LEASE, ballots

from obshto.modules.council.models import SessionMaterial
from obshto.modules.council.services.members import (
    CommitteeDetails,
    CouncillorDetails,
    add_committee,
    add_councillor,
)
from obshto.modules.council.services.sessions import materials_due, session_here
from obshto.modules.council.services.votes import record_vote
from obshto.modules.meetings.errors import ItemHasMaterials
from obshto.modules.meetings.services.agenda import remove_item
from obshto.modules.meetings.services.queries import item_of, items_of, meeting_of
from obshto.platform.clock import SOFIA, today
from obshto.platform.permissions import Role
from obshto.platform.thread.writer import write_part


def read(answer):
    return answer.text.replace("\xa0", " ")


def boxes(day):
    return [str(day.day), str(day.month), str(day.year)]


@pytest.fixture
def secretary(sign_in):
    return sign_in(VILLAGE, Role.SECRETARY)


@pytest.fixture
def standing(uow_in, sit):
    """standing(**changed): ids of a session, of its points and of the councillors."""

    def begin(**changed):
        with uow_in(VILLAGE) as uow:
            session, points, members = sit(uow, **changed)
            uow.session.commit()
            return session.id, [one.id for one in points], {k: v.id for k, v in members.items()}

    return begin


@pytest.fixture
def visit(client, at):
    return lambda path, where=VILLAGE: client.get(path, base_url=at(where))


def typed(ids, words="+++--", **changed):
    signs = {"+": "for", "-": "against", "o": "abstained", ".": "absent"}
    told = {
        "motion": "Мелницата се дава под наем.",
        "majority": "absolute",
        "ground": "t8",
        "decision": "Дава се под наем.",
        "request_id": str(uuid4()),
    }
    votes = {f"vote-{one}": signs[word] for one, word in zip(ids.values(), words, strict=True)}
    return told | votes | changed


@pytest.fixture
def published(secretary, standing, visit):
    """Ids of a session whose secretary has gone all the way, and its page."""
    session_id, (first, _), ids = standing()
    desk, page = f"/console/council/sessions/{session_id}", f"/council/sessions/{session_id}"
    sent = {"file": (BytesIO(b"a;b\n1;2\n"), "smetka.csv"), "title": "Сметката"}
    sent["request_id"] = str(uuid4())
    assert secretary.post(f"{desk}/points/{first}/materials", sent).status_code == 303
    there = {"present": [str(one) for one in list(ids.values())[:4]], "expected_version": 0}
    assert secretary.post(f"{desk}/attendance", there).status_code == 303
    assert secretary.post(f"{desk}/points/{first}/vote", typed(ids)).status_code == 303
    shown = read(visit(page))
    for words in (
        "Сметката",
        "Предложението е прието",
        "За: 3 · Против: 2",
        "чл. 21, ал. 1, т. 8",
        "Предстои",
    ):
        assert words in shown, words
    assert "Решение № 1" not in shown
    assert secretary.press(desk, desk).status_code == 303
    return session_id, ids, page


def test_from_the_material_to_the_published_decision(published, visit):
    session_id, ids, page = published
    shown = read(visit(page))
    assert "Решение № 1" in shown
    assert "Публикувани на" in shown
    minutes = visit(f"/meetings/{session_id}/minutes.json").json
    [call] = minutes["agenda"][0]["roll_calls"]
    assert call["against"] == ["Галя", "Дима"]
    assert minutes["attendance"] == ["Ана", "Боян", "Вера", "Галя"]
    assert "Галя, Дима" in read(visit(f"/meetings/{session_id}/minutes"))
    assert visit(f"/meetings/{session_id}/minutes.pdf").data.startswith(b"%PDF-")
    ana = read(visit(f"/council/members/{ids['Ана']}"))
    assert "Мелницата се дава под наем." in ana
    assert "<b>За</b>" in ana
    [file] = [word for word in shown.split('"') if word.startswith("/council/materials/")]
    assert visit(file).data.endswith(b"1;2\n")
    assert visit(file, NEIGHBOUR).status_code == 404
    assert visit(page, NEIGHBOUR).status_code == 404


def test_a_point_that_came_from_elsewhere_says_what_led_to_it(standing, uow_in, visit):
    session_id, (first, second), _ids = standing()
    with uow_in(VILLAGE) as uow:
        source = item_of(uow, first)
        source.from_part, source.from_id = "meetings", second
        item_of(uow, second).from_part, item_of(uow, second).from_id = "events", session_id
        write_part(uow, "meetings", None)
        uow.session.commit()
    shown = read(visit(f"/council/sessions/{session_id}"))
    assert "Какво доведе дотук: Точка в дневния ред: " in shown
    assert f"/meetings/{session_id}#point-{second}" in shown
    assert "Какво последва: Точка в дневния ред: " in shown


def test_acts_wait_on_the_desk_until_they_are_published(secretary, uow_in, sit, visit):
    def begin(days):
        with uow_in(VILLAGE) as uow:
            session, (point, _), members = sit(uow, ahead=-timedelta(days=days))
            uow.session.commit()
            return f"/console/council/sessions/{session.id}", point.id, members

    line = "Решения и протокол на съвета"
    desk, point, members = begin(2)
    home = read(secretary.get("/console/"))
    assert line in home and "Чака публикуване" in home and "Просрочено" not in home
    assert "Решенията чакат публикуване. По закон: до" in read(secretary.get("/console/council/"))
    ids = {name: one.id for name, one in members.items()}
    assert secretary.post(f"{desk}/points/{point}/vote", typed(ids)).status_code == 303
    assert secretary.press(desk, desk).status_code == 303
    assert line not in read(secretary.get("/console/"))
    assert "чакат публикуване" not in read(secretary.get("/console/council/"))
    begin(20)
    assert "Просрочено" in read(secretary.get("/console/"))
    assert visit("/console/council/", NEIGHBOUR).status_code != 200


def test_what_was_typed_stays_when_a_vote_is_missing(secretary, standing):
    session_id, (first, _), ids = standing()
    address = f"/console/council/sessions/{session_id}/points/{first}/vote"
    form = typed(ids)
    del form[f"vote-{ids['Галя']}"]
    answer = secretary.post(address, form)
    assert answer.status_code == 422
    assert "Липсва: Галя" in read(answer)
    assert "Дава се под наем." in answer.text
    assert answer.text.count(" checked") == 5  # four votes and the majority


def test_the_second_secretary_sees_what_the_first_entered(secretary, uow_in, sit):
    with uow_in(VILLAGE) as uow:
        session, points, members = sit(uow)
        row = record_vote(
            uow, session, points[0], LEASE, ballots(members, "+++--"), request_id=uuid4()
        )
        vote_id, ids = row.id, {name: one.id for name, one in members.items()}
        uow.session.commit()
    address, late = f"/console/council/votes/{vote_id}", typed(ids, "+++++")
    late |= {"expected_version": 1, "why": "Чута грешка"}
    assert secretary.post(address, late | {"request_id": str(uuid4())}).status_code == 303
    answer = secretary.post(address, late | typed(ids, "-----"))
    assert answer.status_code == 422
    assert "Междувременно друг записа гласовете" in read(answer)
    assert 'name="expected_version" type="hidden" value="2"' in answer.text
    assert answer.text.count('value="against" checked') == 5


def test_a_councillor_entered_late_is_asked_in_a_correction(secretary, uow_in, sit):
    with uow_in(VILLAGE) as uow:
        session, points, members = sit(uow)
        row = record_vote(
            uow, session, points[0], LEASE, ballots(members, "+++--"), request_id=uuid4()
        )
        begins_on = members["Ана"].begins_on
        late = CouncillorDetails(name="Емил", begins_on=begins_on)
        members["Емил"] = add_councillor(uow, late, request_id=uuid4())
        address, ids = f"/console/council/votes/{row.id}", {k: v.id for k, v in members.items()}
        uow.session.commit()
    assert f'name="vote-{ids["Емил"]}"' in secretary.get(address).text
    told = typed(ids, "+++--o", expected_version=1, why="Пропуснат съветник")
    without = {name: word for name, word in told.items() if name != f"vote-{ids['Емил']}"}
    assert "Липсва: Емил" in read(secretary.post(address, without))
    assert secretary.post(address, told).status_code == 303


def test_a_scan_is_refused_with_the_article(secretary, standing, picture):
    session_id, (first, _), _ids = standing()
    address = f"/console/council/sessions/{session_id}/points/{first}/materials"
    form = {"file": (BytesIO(picture), "scan.png"), "request_id": str(uuid4())}
    answer = secretary.post(address, form)
    assert answer.status_code == 422
    assert "чл. 27, ал. 1а" in read(answer)


def test_a_point_with_materials_stays_in_the_agenda(secretary, standing, uow_in):
    session_id, (first, second), _ids = standing()
    address = f"/console/council/sessions/{session_id}/points/{first}/materials"
    form = {"file": (BytesIO(b"a;b\n"), "smetka.csv"), "request_id": str(uuid4())}
    assert secretary.post(address, form).status_code == 303
    with uow_in(VILLAGE) as uow:
        meeting = meeting_of(uow, session_id)
        with_file, without = (item_of(uow, one) for one in (first, second))
        with pytest.raises(ItemHasMaterials):
            remove_item(uow, meeting, with_file, expected_version=with_file.version)
        remove_item(uow, meeting, without, expected_version=without.version)
        uow.session.flush()
        assert [one.id for one in items_of(uow, session_id)] == [first]


@pytest.mark.parametrize(
    ("days", "hour", "is_late"), [(0, time(23, 30), False), (1, time(0, 30), True)]
)
def test_a_material_is_late_by_the_day_in_bulgaria(
    secretary, standing, uow_in, days, hour, is_late
):
    session_id, (first, _), _ids = standing()
    address = f"/console/council/sessions/{session_id}/points/{first}/materials"
    form = {"file": (BytesIO(b"a;b\n"), "smetka.csv"), "request_id": str(uuid4())}
    assert secretary.post(address, form).status_code == 303
    with uow_in(VILLAGE) as uow:
        due = materials_due(uow, session_here(uow, session_id, is_public=False))
        row = uow.session.scalars(select(SessionMaterial)).one()
        row.added_at = datetime.combine(due + timedelta(days=days), hour, SOFIA)
        uow.session.commit()
    assert ("след срока" in read(secretary.get(address))) is is_late


@pytest.fixture
def picture():
    kept = BytesIO()
    Image.new("RGB", (20, 20)).save(kept, "PNG")
    return kept.getvalue()


def test_a_draft_of_a_session_is_nobodys(secretary, standing, visit):
    session_id, (first, _), _ids = standing(is_public=False)
    address = f"/console/council/sessions/{session_id}/points/{first}/materials"
    form = {"file": (BytesIO(b"a;b\n"), "smetka.csv"), "request_id": str(uuid4())}
    assert secretary.post(address, form).status_code == 303
    assert visit(f"/council/sessions/{session_id}").status_code == 404


def test_whose_term_is_over_sits_in_no_committee(uow_in, sit, visit):
    with uow_in(VILLAGE) as uow:
        _, _, members = sit(uow)
        ana, vera = members["Ана"], members["Вера"]
        told = CommitteeDetails(title="Бюджет", members=frozenset((ana.id, vera.id)))
        add_committee(uow, told, request_id=uuid4())
        vera.ends_on = today() - timedelta(days=1)
        uow.session.commit()
    shown = read(visit("/council/")).partition('id="committees"')[2].partition("</section>")[0]
    assert "Ана" in shown
    assert "Вера" not in shown


def test_a_question_is_asked_answered_and_found(secretary, standing, visit):
    _, _, ids = standing()
    told = {
        "councillor": str(ids["Вера"]),
        "addressee": "Кметът",
        "title": "Чешмата",
        "words": "Защо не тече?",
        "asked_on": boxes(today()),
        "request_id": str(uuid4()),
    }
    for _ in range(2):
        assert secretary.post("/console/council/questions/new", told).status_code == 303
    waiting = read(visit("/council/questions/?state=waiting&q=чешмата"))
    assert waiting.count("Чешмата") == 1
    assert "Чака отговор" in waiting
    queue = secretary.get("/console/council/questions/").text
    [address] = set(re.findall(r"/console/council/questions/[0-9a-f-]{36}", queue))
    given = {"answer": "Ремонтираме я.", "answered_on": boxes(today())}
    assert secretary.press(address, address, **given).status_code == 303
    assert "Чешмата" not in read(visit("/council/questions/?state=waiting"))
    shown = read(visit(address.removeprefix("/console")))
    assert "Ремонтираме я." in shown
    assert visit(address.removeprefix("/console"), NEIGHBOUR).status_code == 404


def test_the_mayor_answers_and_counts_no_votes(sign_in, standing):
    session_id, (first, _), ids = standing()
    mayor = sign_in(VILLAGE, Role.MAYOR)
    assert mayor.get("/console/council/questions/").status_code == 200
    address = f"/console/council/sessions/{session_id}/points/{first}/vote"
    assert mayor.post(address, typed(ids)).status_code == 403
