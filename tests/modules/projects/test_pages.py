"""Projects as citizens, editors and followers meet them, over HTTP."""

import re
from datetime import date, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import create_engine, select, text

from obshto.modules.projects.models import Project, ProjectQuestion
from obshto.modules.projects.seeds import plant, seed
from obshto.modules.projects.services.questions import ProjectQuestionWords, ask_question
from obshto.platform.clock import today
from obshto.platform.db import batches
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DAY = timedelta(days=1)


def boxes(day):
    return [str(day.day), str(day.month), str(day.year)]


def typed(**changed):
    told = {
        "title": "Нов водопровод",
        "summary": "Тръбите се пукат.",
        "subject": "water",
        "settlement": "00001",
        "starts_on": boxes(today() - 3 * DAY),
        "ends_on": boxes(today() + 60 * DAY),
        "contract_currency": "EUR",
        "request_id": str(uuid4()),
    }
    return told | changed


def read(answer):
    return answer.text.replace("\xa0", " ")


def photo():
    kept = BytesIO()
    Image.new("RGB", (320, 240), (90, 120, 60)).save(kept, "PNG")
    kept.seek(0)
    return kept, "снимка.png"


def stage_news():
    """What an official fills in on the place."""
    return {
        "text": "Тръбите са положени до аптеката.",
        "is_reached": "y",
        "due_on": boxes(today() - 3 * DAY),
        "reached_on": boxes(today()),
        "moment": "after",
        "request_id": str(uuid4()),
        "expected_version": "1",
    }


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def visit(client, at):
    return lambda path, place=VILLAGE: client.get(path, base_url=at(place))


def test_a_project_is_entered_and_seen_once_published(editor, visit):
    answer = editor.post("/console/projects/new", typed())
    assert answer.status_code == 303
    address = answer.location.partition("?")[0]
    assert "Нов водопровод" not in visit("/projects/").text
    page = editor.get(address).text
    [publish] = [form for form in editor.forms_in(page) if form[0].endswith("/publish")]
    assert editor.post(*publish).status_code == 303
    shown = read(visit("/projects/"))
    assert "Нов водопровод" in shown
    assert "Изпълнява се" in shown


def test_the_ocid_given_for_a_contract_is_kept_and_goes_out_to_programs(editor, visit):
    given = {"contractor": "Пътстрой АД", "contract_number": "Д-78"}
    given |= {"contract_ocid": "ocds-213czf-000-00001"}
    desk = editor.post("/console/projects/new", typed(**given)).location.partition("?")[0]
    assert 'value="ocds-213czf-000-00001"' in editor.get(desk).text
    assert editor.press(desk, to="/publish").status_code == 303
    [project] = visit("/projects/oc4ids.json").json["projects"]
    [process] = project["contractingProcesses"]
    assert process["summary"]["ocid"] == "ocds-213czf-000-00001"
    assert visit("/projects/oc4ids.json", NEIGHBOUR).status_code == 404


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"title": ""}, "Въведете име"),
        ({"ends_on": boxes(date(1900, 1, 1))}, "Проверете годината: 1900"),
        ({"contract_sum": "1.234"}, "Неясно е дали това са хиляди"),
        ({"contract_url": "javascript:alert(1)"}, "Въведете адрес, който започва с https://"),
        ({"point": "abc"}, "Напишете точката като 43.888, 22.520"),
        ({"ends_on": boxes(today() - 9 * DAY)}, "Изберете край, който е след началото"),
        ({"settlement": "99999"}, "Изберете отговор от списъка"),
    ],
)
def test_a_slip_is_told_and_what_was_typed_stays(editor, changed, sentence):
    answer = editor.post("/console/projects/new", typed(**changed))
    assert answer.status_code == 422
    assert sentence in read(answer)
    assert "Тръбите се пукат." in answer.text


def test_the_same_form_twice_is_one_project(editor, owner):
    form = typed()
    first, second = [editor.post("/console/projects/new", form) for _ in range(2)]
    assert first.location == second.location
    assert owner("SELECT count(*) FROM t_gorno_selo.projects_project")[0][0] == 1


def test_an_official_tells_with_a_photo_and_a_follower_reads_it(
    editor, standing, sign_in, visit, uow_in, queued
):
    project_id, stage_id = standing(days=-3)
    page = f"/projects/{project_id}"
    assert "3 дни след обещаното" in read(visit(page))
    me = sign_in(VILLAGE, email="neighbour@villages.example")
    [(address, fields)] = [form for form in me.forms(f"{page}/letters") if "request_id" in form[1]]
    assert me.post(address, fields | {"wants": "y"}).status_code == 303
    form, told = f"/console/projects/{project_id}/stages/{stage_id}", stage_news()
    for _ in range(2):
        sent = told | {"photo": photo(), "seen": "Затрупаният изкоп"}
        assert editor.post(form, sent).status_code == 303
    shown = read(visit(page))
    assert shown.count("Тръбите са положени до аптеката.") == 1
    [picture] = set(re.findall(r'src="(/projects/files/[^"?]+)', shown))
    assert visit(picture).mimetype == "image/webp"
    [fact] = [args for _, args in queued() if args.get("fact") == "projects:news.told"]
    with uow_in(VILLAGE) as uow:
        write_letters(uow, fact=fact["fact"], payload=fact["payload"], cause=fact["cause"])
        messages = uow.session.query(Message)
        [letter] = [row.text for row in messages if row.person_id == me.person_id]
    assert "Тръбите са положени до аптеката." in letter
    assert "Готов етап: Първи километър" in letter
    assert "/followers/" in letter


def test_a_photo_comes_with_words_for_who_does_not_see(editor, standing):
    project_id, stage_id = standing(days=-3)
    form = f"/console/projects/{project_id}/stages/{stage_id}"
    answer = editor.post(form, stage_news() | {"photo": photo()})
    assert answer.status_code == 422
    assert "Напишете и какво се вижда на снимката" in answer.text
    assert "Тръбите са положени" in answer.text


def test_a_question_is_answered_for_all_without_a_name(standing, client, at, sign_in, visit):
    project_id, _ = standing()
    me = sign_in(VILLAGE)
    address = f"/projects/{project_id}/ask"
    words = "Аз съм Иван. Ще има ли пейки?"
    assert me.press(address, address, words="").status_code == 422
    form = {"words": words, "email": "ivan@villages.example", "request_id": str(uuid4())}
    for _ in range(2):
        assert me.post(address, form).status_code == 303
    assert "Иван" not in visit(f"/projects/{project_id}").text
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    queue = secretary.get("/console/projects/questions/").text
    assert "Иван" not in queue
    [question] = set(re.findall(r"/console/projects/questions/[0-9a-f-]{36}", queue))
    assert "Иван" in secretary.get(question).text
    given = {"asked": "Ще има ли пейки?", "answer": "Да, две.", "is_public": "y"}
    assert secretary.press(question, question, **given).status_code == 303
    shown = read(visit(f"/projects/{project_id}"))
    assert "Ще има ли пейки?" in shown
    assert "Да, две." in shown
    assert "Иван" not in shown


def test_the_clerk_of_the_registry_enters_what_is_asked_at_the_counter(standing, sign_in):
    project_id, _ = standing()
    address = "/console/projects/questions/new"
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    assert f'href="{address}"' in clerk.get("/console/").text
    form = {"project": project_id, "channel": "counter", "words": "Кога ще е готово?"}
    assert clerk.press(address, address, **form).status_code == 303
    assert clerk.get("/console/projects/questions/").status_code == 403
    assert (
        "Нов водопровод" in sign_in(VILLAGE, Role.EDITOR).get("/console/projects/questions/").text
    )
    assert sign_in(VILLAGE, Role.FINANCE_OFFICER).get(address).status_code == 403
    stranger = sign_in(NEIGHBOUR, Role.REGISTRY_CLERK)
    assert stranger.press(address, address, **form).status_code == 422


def test_a_neighbour_has_none_of_it(standing, visit, sign_in):
    project_id, stage_id = standing()
    for path in ("", "/ask", "/letters"):
        assert visit(f"/projects/{project_id}{path}", NEIGHBOUR).status_code == 404
    stranger = sign_in(NEIGHBOUR, Role.EDITOR)
    for path in ("", "/preview", f"/stages/{stage_id}", "/stop", "/versions"):
        assert stranger.get(f"/console/projects/{project_id}{path}").status_code == 404
    for path in ("/projects/", "/projects/map", "/projects/money", "/projects/projects.csv"):
        assert "Нов водопровод" not in visit(path, NEIGHBOUR).text
    assert visit("/projects/oc4ids.json", NEIGHBOUR).status_code == 404


def test_who_may_not_is_kept_out(standing, sign_in):
    project_id, _ = standing()
    mayor, editor = sign_in(VILLAGE, Role.MAYOR), sign_in(VILLAGE, Role.EDITOR)
    assert mayor.get(f"/console/projects/{project_id}").status_code == 403
    assert editor.get(f"/console/projects/{project_id}/money").status_code == 403
    officer = sign_in(VILLAGE, Role.FINANCE_OFFICER)
    assert officer.get(f"/console/projects/{project_id}").status_code == 200
    assert officer.post(f"/console/projects/{project_id}/publish").status_code == 403
    assert officer.get("/console/projects/questions/").status_code == 403


def test_shares_that_do_not_add_up_ask_why(standing, sign_in, programme, visit):
    ids = {}

    def with_programme(uow, project, stage):
        ids["own"] = programme(uow).id

    project_id, _ = standing(with_programme)
    officer = sign_in(VILLAGE, Role.FINANCE_OFFICER)
    address = f"/console/projects/{project_id}/money"
    line = {"shares-0-programme": str(ids["own"]), "shares-0-sum": "400", "currency": "BGN"}
    answer = officer.press(address, address, total="1000", **line)
    assert answer.status_code == 422
    assert "напишете защо се различават" in read(answer)
    answer = officer.press(address, address, total="1000", **line, note="Дарение за 600 лв.")
    assert answer.status_code == 303
    shown = read(visit(f"/projects/{project_id}"))
    assert "1000,00 лв. (511,29 €)" in shown.replace("1 000", "1000")
    assert "Дарение за 600 лв." in shown
    twice = line | {"shares-1-programme": str(ids["own"]), "shares-1-sum": "600"}
    answer = officer.press(address, address, total="1000", **twice)
    assert "Тази програма стои и по-горе" in answer.text
    answer = officer.press(address, address, total="1000", **{**line, "shares-0-sum": "много"})
    assert answer.status_code == 422
    assert "Напишете сумата с цифри" in read(answer)


def test_a_reason_to_stop_is_public(standing, editor, visit):
    project_id, _ = standing()
    address = f"/console/projects/{project_id}/stop"
    assert editor.press(address, address, reason="").status_code == 422
    assert editor.press(address, address, reason="Няма оферти.").status_code == 303
    assert "Няма оферти." in visit(f"/projects/{project_id}").text


def test_who_stops_or_ends_what_a_colleague_changed_may_after_they_have_seen_it(standing, editor):
    project_id, _ = standing()
    address = f"/console/projects/{project_id}"
    acts = {"stop": {"reason": "Няма оферти."}, "finish": {"on": boxes(today())}}
    for act, told in acts.items():
        seen_before = told | {"expected_version": "1"}
        refused = editor.press(f"{address}/{act}", f"{address}/{act}", **seen_before)
        assert refused.status_code == 422
        version = re.search(r'name="expected_version"[^>]*value="(\d+)"', refused.text)[1]
        again = told | {"expected_version": version}
        assert editor.press(f"{address}/{act}", f"{address}/{act}", **again).status_code == 303
        if act == "stop":
            assert editor.press(address, f"{address}/reopen").status_code == 303


def test_only_who_may_bring_a_project_back_is_offered_to(standing, editor, sign_in):
    project_id, _ = standing()
    address = f"/console/projects/{project_id}/delete"
    assert editor.press(address).status_code == 303
    deleted = "/console/projects/?list=deleted"
    assert "Върнете проекта" in editor.get(deleted).text
    officer = sign_in(VILLAGE, Role.FINANCE_OFFICER).get(deleted).text
    assert "Нов водопровод" in officer.replace("\xa0", " ")
    assert "Върнете проекта" not in officer


def test_two_officials_answer_one_question_and_neither_loses_their_words(standing, sign_in, uow_in):
    project_id, _ = standing()
    with uow_in(VILLAGE) as uow:
        project = uow.session.get_one(Project, project_id)
        ask_question(uow, project, ProjectQuestionWords(words="Кога?"), request_id=uuid4())
        question_id = uow.session.scalars(select(ProjectQuestion.id)).one()
        uow.session.commit()
    secretary, editor = sign_in(VILLAGE, Role.SECRETARY), sign_in(VILLAGE, Role.EDITOR)
    address = f"/console/projects/questions/{question_id}"
    form = {"expected_version": "1", "asked": "Кога?", "is_public": "y"}
    assert secretary.post(address, form | {"answer": "През май."}).status_code == 303
    refused = editor.post(address, form | {"answer": "През юни."})
    assert refused.status_code == 422
    assert "През май." in read(refused)
    assert "През юни." in read(refused)


def test_a_question_about_a_deleted_project_does_not_lead_to_it(standing, sign_in, uow_in):
    project_id, _ = standing()
    with uow_in(VILLAGE) as uow:
        project = uow.session.get_one(Project, project_id)
        ask_question(uow, project, ProjectQuestionWords(words="Кога?"), request_id=uuid4())
        question_id = uow.session.scalars(select(ProjectQuestion.id)).one()
        uow.session.commit()
    secretary = sign_in(VILLAGE, Role.SECRETARY)
    address = f"/console/projects/questions/{question_id}"
    assert f'href="/console/projects/{project_id}"' in secretary.get(address).text
    assert secretary.press(f"/console/projects/{project_id}/delete").status_code == 303
    shown = secretary.get(address)
    assert "Изтрит" in shown.text
    assert f'href="/console/projects/{project_id}"' not in shown.text


def test_the_list_of_the_demonstration_in_all_languages(uow_in, visit):
    with uow_in(VILLAGE) as uow:
        for _ in range(2):
            seed(uow)
            uow.session.flush()
        uow.session.commit()
    for path, words in (
        ("/projects/", "Нова настилка и тротоари на улица Дунавска"),
        ("/en/projects/", "A warm school: insulation and new windows"),
        ("/ro/projects/", "Lămpi LED în șase sate"),
    ):
        page = visit(path)
        assert page.text.count('<h2 class="govuk-heading-s">') == 5
        assert words in read(page)
    late = visit("/projects/?state=late").text
    [path] = set(re.findall(r'href="(/projects/[0-9a-f-]{36})"', late))
    assert "Няма новини от три месеца." in read(visit(path))
    village = read(visit("/projects/money?ekatte=00001"))
    assert "Какво получи град Горно за пет години" in village
    csv = visit("/projects/projects.csv?state=done").get_data().decode("utf-8-sig")
    assert len(csv.strip().splitlines()) == 2
    assert "250021,73;489000,00;BGN" in csv


def test_the_table_has_every_project_however_many(uow_in, published, visit, sign_in, monkeypatch):
    monkeypatch.setattr(batches, "AT_ONCE", 2)
    with uow_in(VILLAGE) as uow:
        for number in range(5):
            published(uow, f"Чешма {number}")
        uow.session.commit()
    editor = sign_in(VILLAGE, Role.EDITOR)
    whole = (visit("/projects/projects.csv"), editor.get("/console/projects/projects.csv"))
    for answer in (*whole, visit("/projects/projects.csv?state=under-way")):
        assert all(answer.text.count(f"Чешма {number};") == 1 for number in range(5))


def test_a_planted_draft_is_seen_by_nobody(uow_in, visit):
    with uow_in(VILLAGE) as uow:
        for _ in range(2):
            plant(uow, "canary-4711")
        uow.session.commit()
    for path in ("/projects/", "/projects/map", "/projects/projects.csv"):
        assert "canary-4711" not in visit(path).text


def test_a_question_lies_encrypted(standing, uow_in, config):
    def asked(uow, project, stage):
        words = ProjectQuestionWords(words="Тайни думи", email="ivan@villages.example")
        ask_question(uow, project, words, request_id=uuid4())

    standing(asked)
    engine = create_engine(config.migrator)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT words, email FROM t_gorno_selo.projects_question"))
        [(words, email)] = rows.all()
    engine.dispose()
    assert "Тайни думи".encode() not in bytes(words)
    assert b"ivan" not in bytes(email)
    with uow_in(VILLAGE) as uow:
        assert uow.session.scalar(select(ProjectQuestion.language)) == "bg"
