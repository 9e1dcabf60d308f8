"""Pages of referenda: a committee's way in a browser, the council's, what everybody reads."""

import re
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from stdnum.bg import egn

from obshto.modules.referendum.events import ReferendumCalled
from obshto.modules.referendum.services.retention import forget_person
from obshto.platform.clock import today
from obshto.platform.db import batches
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
QUESTION = "Съгласни ли сте общината да запази старото училище за център?"
TYPED = {
    "proposer": "citizens",
    "question": QUESTION,
    "yes_means": "Остава на общината",
    "no_means": "Продава се на търг",
    "reasons": "Няма зала за срещи",
    "decider": "council",
}


def number_of(order):
    start = f"800101{order:03}"
    return next(f"{start}{last}" for last in range(10) if egn.is_valid(f"{start}{last}"))


@pytest.fixture
def switched_on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/referendum", to="/on").status_code == 303


@pytest.fixture
def secretary(sign_in, switched_on):
    return sign_in(VILLAGE, Role.SECRETARY)


@pytest.fixture
def citizen(sign_in, switched_on):
    return sign_in(VILLAGE, email="chair@villages.example")


def path_of(answer):
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)
    return re.sub(r"https?://[^/]+", "", answer.location.partition("?")[0])


def draft(person, path="/referendum/new", **changed):
    return path_of(person.press(path, **{**TYPED, **changed}))


def take(person, desk, name, **typed):
    path = f"{desk}/steps/{name}"
    answer = person.press(path, happened_on=today().isoformat(), **typed)
    return path_of(answer)


def began(citizen):
    desk = draft(citizen)
    for order in range(3):
        typed = {"name": f"Проба Член {order}", "egn": number_of(order), "address": "тук"}
        more = {"is_chair": "y", "is_me": "y"} if order == 0 else {}
        path_of(citizen.press(f"{desk}/members", **typed, **more))
    voters = {"number": "40", "on": today().isoformat(), "source": "писмо от ГРАО"}
    path_of(citizen.press(f"{desk}/voters", **voters, moment="entry"))
    take(citizen, desk, "form")
    take(citizen, desk, "start")
    path_of(citizen.press(f"{desk}/sheets", count="1"))
    return desk


def enter(person, desk, line, number, **more):
    typed = {"sheet": "1", "line": str(line), "name": "Проба Подписала", "egn": number}
    return person.press(f"{desk}/rows/enter", **{**typed, "address": "ул. Втора 2", **more})


def test_a_committee_and_the_council_go_the_whole_way(
    citizen, secretary, client, at, queued, uow_in
):
    desk = began(citizen)
    proposal_id = desk.rpartition("/")[2]
    for line in (1, 2):
        assert enter(citizen, desk, line, number_of(10 + line)).status_code == 303
    page = citizen.get(desk).text
    assert "2 от нужни 2" in page and "ЗПУГДВМС" in page
    take(citizen, desk, "file")
    console = f"/console/referendum/{proposal_id}"
    assert "Проба Член" not in secretary.get(console).text
    path_of(secretary.press(f"{console}/rows", to="/look", purpose="check"))
    assert "Проба Член 2" in secretary.get(console).text
    take(secretary, console, "send")
    path_of(secretary.press(f"{console}/protocol", places="", rest="confirmed"))
    take(secretary, console, "confirm", words="Протокол № 7")
    step = secretary.get(f"{console}/steps/call").text
    [first, *_] = re.findall(r'<option value="(\d{4}-\d\d-\d\d)"', step)
    take(secretary, console, "call", words="Решение № 12", vote_on=first)
    public = client.get(f"/referendum/{proposal_id}", base_url=at(VILLAGE)).text
    public = public.replace("\xa0", " ")
    assert "Гласува се на хартия на" in public and "Решение № 12" in public
    assert "18 и 18 знака, разлика 0." in public
    assert "Проба" not in public  # nobody's name
    _is_in_the_register(client.get("/referendum/register.csv", base_url=at(VILLAGE)).text, first)
    _is_told(citizen, queued, uow_in)


def _is_in_the_register(register, vote_on):
    [line] = [line for line in register.splitlines() if QUESTION in line]
    assert "Насрочен" in line and "цялата община" in line
    assert line.endswith(date.fromisoformat(vote_on).strftime("%Y\xa0г."))


def _is_told(member, queued, uow_in):
    """A committee hears of the day without following anything."""
    [fact] = [args for _, args in queued() if args.get("fact") == ReferendumCalled.name]
    with uow_in(VILLAGE) as uow:
        write_letters(uow, **{name: fact[name] for name in ("fact", "payload", "cause")})
        [letter] = uow.session.scalars(select(Message)).all()
        assert letter.person_id == member.person_id and "гласува на хартия" in letter.text


def test_a_question_is_checked_by_anybody_and_told_why(client, at, switched_on):
    path = "/referendum/check?proposer=citizens&decider=council&question="
    page = client.get(path + "Искате ли по-ниски данъци?", base_url=at(VILLAGE)).text
    assert "чл. 26, ал. 2, т. 2" in page.replace("\xa0", " ") and "Правно основание" in page
    page = client.get(path + QUESTION, base_url=at(VILLAGE)).text
    assert "въпросът може да се зададе" in page.replace("\xa0", " ")


def test_a_question_of_two_thousand_letters_stays_with_its_error(citizen):
    long = "Съгласни ли сте " + "а" * 2_000 + "?"
    answer = citizen.press("/referendum/new", **{**TYPED, "question": long})
    assert answer.status_code == 422
    assert "Съкратете текста до 500 знака" in answer.text and long in answer.text
    tried = citizen.get("/referendum/check", query_string={"question": long})
    assert tried.status_code == 200 and "кратък" in tried.text


def test_the_same_line_twice_is_told_and_nothing_is_lost(citizen):
    desk = began(citizen)
    assert enter(citizen, desk, 1, number_of(11)).status_code == 303
    again = enter(citizen, desk, 1, number_of(12))
    assert again.status_code == 422 and "вече е въведен" in again.text
    assert number_of(12) in again.text
    assert "не е отпечатан" in enter(citizen, desk, 1, number_of(12), sheet="9").text
    for line, number in enumerate((number_of(11), "1234567890", "1501010000"), start=2):
        assert enter(citizen, desk, line, number).status_code == 303
    page = citizen.get(desk).text
    assert "1 от нужни 2" in page


def test_rows_are_seen_after_a_purpose_and_everybody_at_the_desk_reads_who_looked(citizen):
    desk = began(citizen)
    enter(citizen, desk, 1, number_of(11))
    assert number_of(11) not in citizen.get(f"{desk}/rows").text
    assert number_of(11) not in citizen.get(f"{desk}/rows.csv").text
    path_of(citizen.press(f"{desk}/rows", to="/look", purpose="check"))
    page = citizen.get(f"{desk}/rows").text
    assert number_of(11) in page and "Проверява въведеното" in page
    file = citizen.get(f"{desk}/rows.csv")
    assert number_of(11) in file.text and "nepotvurden" in file.headers["Content-Disposition"]
    [row_id] = re.findall(r"/rows/([0-9a-f-]{36})", page)
    mended = citizen.press(f"{desk}/rows/{row_id}", egn=number_of(12))
    assert mended.status_code == 303 and number_of(12) in citizen.get(f"{desk}/rows").text


def test_the_desk_of_staff_reads_nobody_before_a_purpose(citizen, secretary, caplog):
    console = f"/console/referendum/{began(citizen).rpartition('/')[2]}"
    page = secretary.get(console)
    assert page.status_code == 200 and page.text.count("Името е скрито") == 3
    assert not [one for one in caplog.messages if "without a recorded look" in one]


def test_sheets_are_a_pdf_of_so_many_pages(citizen):
    desk = began(citizen)
    answer = citizen.press(f"{desk}/sheets", count="3")
    batch = re.search(r"batch=([0-9a-f-]{36})", answer.location)[1]
    pdf = citizen.get(f"{desk}/sheets/{batch}.pdf")
    assert pdf.mimetype == "application/pdf" and pdf.data.startswith(b"%PDF")
    assert citizen.get(f"{desk}/sheets/{uuid4()}.pdf").status_code == 404
    assert citizen.press(f"{desk}/sheets", count="201").status_code == 422


def test_nobody_else_comes_to_a_committees_desk(citizen, sign_in, client, at):
    desk = began(citizen)
    stranger, neighbour = sign_in(VILLAGE), sign_in(NEIGHBOUR)
    for path in ("", "/rows", "/rows.csv", "/steps/file", "/members", "/sheets", "/edit"):
        assert stranger.get(f"{desk}{path}").status_code == 404, path
        assert neighbour.get(f"{desk}{path}").status_code == 404, path
        assert client.get(f"{desk}{path}", base_url=at(VILLAGE)).status_code == 302
    code = re.search(r"(\d{4}\s){4}\d{4}", citizen.get(desk).text)[0]
    assert path_of(stranger.press("/referendum/join", code=code)) == desk
    assert stranger.get(desk).status_code == 200


def test_a_committee_takes_no_step_of_the_council(citizen):
    desk = began(citizen)
    for name in ("send", "confirm", "call", "end", "reject"):
        assert citizen.get(f"{desk}/steps/{name}").status_code == 403
    assert citizen.get(f"{desk}/steps/nothing").status_code == 404


def test_the_mayor_leads_own_proposals_and_never_one_of_citizens(citizen, secretary, sign_in):
    mayor = sign_in(VILLAGE, Role.MAYOR)
    theirs = f"/console/referendum/{began(citizen).rpartition('/')[2]}"
    for path in ("/steps/file", "/edit", "/members", "/sheets", "/voters"):
        assert mayor.get(f"{theirs}{path}").status_code == 403, path
    assert f"{theirs}/edit" not in mayor.get(theirs).text
    assert secretary.get(f"{theirs}/steps/file").status_code == 200
    assert 'value="citizens"' not in mayor.get("/console/referendum/new").text
    own = draft(mayor, "/console/referendum/new", proposer="mayor")
    assert mayor.get(f"{own}/edit").status_code == 200
    take(mayor, own, "submit")
    assert "Чака съвета" in mayor.get(own).text.replace("\xa0", " ")


def test_the_neighbour_sees_nothing_of_it(secretary, sign_in, client, at):
    typed = {"proposer": "councillors", "signers": "4"}
    desk = draft(secretary, "/console/referendum/new", **typed)
    proposal_id = desk.rpartition("/")[2]
    take(secretary, desk, "submit")
    assert client.get(f"/referendum/{proposal_id}", base_url=at(VILLAGE)).status_code == 200
    assert client.get(f"/referendum/{proposal_id}", base_url=at(NEIGHBOUR)).status_code == 404
    other = sign_in(NEIGHBOUR, Role.SECRETARY)
    for path in ("", "/uphold", "/protocol", "/rows", "/steps/call"):
        assert other.get(f"/console/referendum/{proposal_id}{path}").status_code == 404
    assert QUESTION not in client.get("/referendum/register.csv", base_url=at(NEIGHBOUR)).text


def test_the_register_is_a_table_of_all(secretary, client, at, monkeypatch):
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    typed = {"proposer": "councillors", "signers": "4"}
    for number in (1, 2, 3):
        question = f"{QUESTION[:-1]} номер {number}?"
        desk = draft(secretary, "/console/referendum/new", **typed, question=question)
        take(secretary, desk, "submit")
    register = client.get("/referendum/register.csv", base_url=at(VILLAGE)).text
    assert all(f"номер {number}?" in register for number in (1, 2, 3))


def test_a_draft_is_mended_until_the_council_hears_of_it(citizen):
    desk = draft(citizen)
    mended = "Съгласни ли сте площадът да остане без коли в неделя?"
    assert path_of(citizen.press(f"{desk}/edit", question=mended)) == desk
    assert mended in citizen.get(desk).text
    assert citizen.press(f"{desk}/edit", question="").status_code == 422


@pytest.mark.parametrize("wrong", ["2026-10-31", "9999-12-31"])
def test_a_decision_from_before_the_law_that_we_read_is_refused_in_the_form(citizen, wrong):
    typed = {**TYPED, "proposer": "demand", "decision": "№ 5", "decision_on": wrong}
    answer = citizen.press("/referendum/new", **typed)
    assert answer.status_code == 422 and QUESTION in answer.text


def test_a_demand_without_its_decision_is_told_so_at_once(citizen):
    desk = draft(citizen, proposer="demand", decision_on="")
    assert "Посочете решението на съвета" in citizen.get(desk).text.replace("\xa0", " ")


def test_a_draft_is_nobodys_but_its_writers(citizen, secretary, client, at):
    desk = draft(citizen)
    proposal_id = desk.rpartition("/")[2]
    assert client.get(f"/referendum/{proposal_id}", base_url=at(VILLAGE)).status_code == 404
    assert secretary.get(f"/console/referendum/{proposal_id}").status_code == 404
    take(citizen, desk, "discard")
    assert citizen.get(desk).status_code == 404


def test_the_draft_of_who_closed_the_account_is_not_the_staffs(citizen, secretary, uow_in):
    console = f"/console/referendum/{draft(citizen).rpartition('/')[2]}"
    with uow_in(VILLAGE) as uow:
        forget_person(uow, citizen.person_id)
        uow.session.commit()
    assert secretary.get(console).status_code == 404


def test_a_day_that_the_law_forbids_is_refused_with_its_reason(secretary):
    desk = draft(secretary, "/console/referendum/new", proposer="mayor")
    take(secretary, desk, "submit")
    path = f"{desk}/steps/call"
    typed = {"happened_on": today().isoformat(), "words": "Решение № 1"}
    for wrong in ("2030-01-06", "2026-11-30", "нищо"):
        answer = secretary.press(path, **typed, vote_on=wrong)
        assert answer.status_code == 422 and "Решение № 1" in answer.text
    for wrong in ("9999-12-31", "0001-01-01", "2026-10-31"):
        assert secretary.get(f"{path}?decided={wrong}").status_code == 200
        late = {"happened_on": wrong, "words": "Решение № 1", "vote_on": "2027-01-16"}
        assert secretary.press(path, **late).status_code == 422
    page = secretary.get(f"{path}?decided={today().isoformat()}").text
    assert "Най-рано" in page and "чл. 30" in page.replace("\xa0", " ")


def test_a_lawyers_yes_is_read_by_everybody(secretary, client, at):
    typed = {"proposer": "mayor", "question": "Съгласни ли сте улица „Бюджет“ да се преименува?"}
    desk = draft(secretary, "/console/referendum/new", **typed)
    refused = secretary.press(f"{desk}/steps/submit", happened_on=today().isoformat())
    assert refused.status_code == 422 and "становище от юриста" in refused.text
    path_of(secretary.press(f"{desk}/uphold", why="Думата е име на улица"))
    take(secretary, desk, "submit")
    proposal_id = desk.rpartition("/")[2]
    page = client.get(f"/referendum/{proposal_id}", base_url=at(VILLAGE)).text
    assert "Думата е име на улица" in page and "Юристът допусна въпроса" in page


def test_the_clerk_enters_for_a_committee_and_does_not_lead(sign_in, secretary):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    desk = draft(clerk, "/console/referendum/new")
    for order in range(3):
        typed = {"name": f"Проба {order}", "egn": number_of(order), "address": "тук"}
        path_of(clerk.press(f"{desk}/members", **typed, **({"is_chair": "y"} if not order else {})))
    take(clerk, desk, "form")
    take(clerk, desk, "start")
    assert clerk.get(f"{desk}/steps/end").status_code == 403
    assert clerk.get(f"{desk}/uphold").status_code == 403
    assert sign_in(VILLAGE, Role.EDITOR).get(desk).status_code == 403


def test_the_mayor_leads_and_sees_no_signature(sign_in, secretary):
    mayor = sign_in(VILLAGE, Role.MAYOR)
    desk = draft(secretary, "/console/referendum/new")
    assert mayor.get(desk).status_code == 200
    for path in ("/rows", "/rows.csv", "/rows/enter"):
        assert mayor.get(f"{desk}{path}").status_code == 403
        assert secretary.get(f"{desk}{path}").status_code == 200
