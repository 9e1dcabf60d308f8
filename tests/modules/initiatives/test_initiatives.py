"""Civic initiatives: from the meeting to the answer, by pages and services; what stays hidden."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pikepdf
import pytest
from sqlalchemy import select
from stdnum.bg import egn

from obshto.modules.initiatives.errors import StaleInitiative
from obshto.modules.initiatives.models import Initiative, InitiativeMember, InitiativeSignature
from obshto.modules.initiatives.notifications import arrived, news, the_committee
from obshto.modules.initiatives.seeds import seed
from obshto.modules.initiatives.services import queries
from obshto.modules.initiatives.services.initiatives import StepWords, take_step
from obshto.modules.initiatives.services.petition import PETITION
from obshto.modules.initiatives.services.retention import (
    empty_old_petitions,
    end_unfiled,
    forget_person,
    watch_terms,
)
from obshto.modules.initiatives.services.states import ACTS
from obshto.modules.initiatives.settings import InitiativesSettings
from obshto.platform.clock import day_of, now, today
from obshto.platform.legal.terms import months_later, roll, term
from obshto.platform.permissions import Role
from obshto.platform.settings.services import save_settings
from obshto.platform.web import page_cache

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
QUESTION = "Общината да не дава пътя през гората за камионите на кариерата"
TYPED = {"addressee": "council", "unit": "", "question": QUESTION, "reasons": "Прах до къщите"}
MINUTES = {
    "meeting_at": f"{today().isoformat()}T00:01",
    "meeting_place": "Читалището",
    "meeting_chair": "Проба Водеща",
    "attended": "63",
    "collects_until": (today() + timedelta(days=45)).isoformat(),
    "places": "Пред магазина",
}


def number_of(order):
    start = f"800101{order:03}"
    return next(f"{start}{last}" for last in range(10) if egn.is_valid(f"{start}{last}"))


@pytest.fixture
def switched_on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/initiatives", to="/on").status_code == 303


@pytest.fixture
def secretary(sign_in, switched_on):
    return sign_in(VILLAGE, Role.SECRETARY)


@pytest.fixture
def citizen(sign_in, switched_on):
    return sign_in(VILLAGE, email="chair@villages.example")


@pytest.fixture
def seeded(uow_in, switched_on):
    with uow_in(VILLAGE) as uow:
        seed(uow)
        uow.session.flush()
        yield uow


def path_of(answer):
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)
    return re.sub(r"https?://[^/]+", "", answer.location.partition("?")[0])


def take(person, desk, name, **typed):
    return path_of(person.press(f"{desk}/steps/{name}", **typed))


def on_today(person, desk, name, **typed):
    return take(person, desk, name, happened_on=today().isoformat(), **typed)


def drafted(person, members=3, path="/initiatives/new"):
    desk = path_of(person.press(path, **TYPED))
    for order in range(members):
        typed = {"name": f"Проба Член {order}", "egn": number_of(order), "address": "тук"}
        path_of(person.press(f"{desk}/members", **typed, **({} if order else {"is_chair": "y"})))
    return desk


def signing(person):
    desk = drafted(person)
    take(person, desk, "meet", **MINUTES)
    path_of(person.press(f"{desk}/sheets", count="1"))
    return desk


def enter(person, desk, line, number):
    typed = {"sheet": "1", "line": str(line), "name": "Проба Подписала", "egn": number}
    return path_of(person.press(f"{desk}/rows/enter", **typed, address="ул. Втора 2"))


def public_page(client, at, desk, village=VILLAGE):
    answer = client.get(f"/initiatives/{desk.rpartition('/')[2]}", base_url=at(village))
    return answer.status_code, answer.text.replace("\xa0", " ")


def test_what_the_law_leaves_on_paper_is_said_and_nobody_signs_here(citizen, client, at):
    desk = signing(citizen)
    told = client.get("/initiatives/", base_url=at(VILLAGE)).text.replace("\xa0", " ")
    for words in (
        "Подписва се саморъчно, на хартиен лист: така иска законът.",
        "тук не се подписва",
        "На хартия остават: събранието, подписите, списъкът на присъствалите, внасянето и писмото",
    ):
        assert words in told, words
    _status, page = public_page(client, at, desk)
    assert "Подписва се на хартия до" in page
    assert 'method="post"' not in page.partition("<main")[2].partition("</main>")[0]


def test_an_initiative_goes_from_the_meeting_to_what_was_done(citizen, secretary, client, at):
    desk = signing(citizen)
    for line, number in enumerate((number_of(11), number_of(11), "1234567890"), start=1):
        enter(citizen, desk, line, number)
    _status, page = public_page(client, at, desk)
    assert "Въведени от листата: 3, броят се: 1." in page and "Пред магазина" in page
    assert "не иска определен брой подписи" in page and "чл. 48, ал. 2" in page
    on_today(citizen, desk, "file")
    console = f"/console/initiatives/{desk.rpartition('/')[2]}"
    page = secretary.get(console).text  # nobody's name before a purpose
    assert "Проба Член" not in page and "Проба Водеща" not in page
    on_today(secretary, console, "send")
    path_of(secretary.press(f"{console}/protocol", places="1/1", rest="confirmed"))
    on_today(secretary, console, "confirm", words="Протокол № 7")
    answer = {"words": "Пътят остава затворен за камиони", "outcome": "accepted"}
    on_today(secretary, console, "answer", **answer)
    on_today(secretary, console, "announce", words="Вестник „Проба“, бр. 5")
    on_today(secretary, console, "carry-out", words="Сложен е знак")
    _status, page = public_page(client, at, desk)
    for told in ("Пътят остава затворен", "Сложен е знак", "Вестник „Проба“", "Прието"):
        assert told in page
    assert "Проба Член" not in page and "Проба Водеща" not in page and number_of(11) not in page
    listed = client.get("/initiatives/?list=answered", base_url=at(VILLAGE)).text
    assert "Сложен е знак" in listed.replace("\xa0", " ")


def test_the_founding_meeting_has_its_papers(citizen, secretary, sign_in):
    desk = drafted(citizen)
    page = citizen.get(desk).text
    for name in ("minutes", "attendance"):
        assert f"{desk}/meeting/{name}.pdf" in page
        paper = citizen.get(f"{desk}/meeting/{name}.pdf")
        assert paper.mimetype == "application/pdf" and "private" in paper.headers["Cache-Control"]
        pages = len(pikepdf.open(BytesIO(paper.data)).pages)
        assert pages == 1 if name == "minutes" else pages > 3  # a hundred lines
    assert citizen.get(f"{desk}/meeting/secret.pdf").status_code == 404
    assert (
        secretary.get(
            f"/console/initiatives/{desk.rpartition('/')[2]}/meeting/minutes.pdf"
        ).status_code
        == 404
    )
    for stranger in (sign_in(VILLAGE, email="x@v.example"), sign_in(NEIGHBOUR)):
        assert stranger.get(f"{desk}/meeting/minutes.pdf").status_code == 404


def test_staff_who_enter_from_paper_print_the_same(secretary, sign_in):
    desk = drafted(secretary, path="/console/initiatives/new")
    assert secretary.get(f"{desk}/meeting/attendance.pdf").data.startswith(b"%PDF")
    assert sign_in(VILLAGE, Role.MAYOR).get(f"{desk}/meeting/minutes.pdf").status_code in (403, 404)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"attended": "49"}, "поне 50 граждани"),
        ({"collects_until": (today() + timedelta(days=70)).isoformat()}, "най-много 2 месеца"),
        ({"collects_until": (today() - timedelta(days=1)).isoformat()}, "не може да е преди"),
        ({"meeting_at": (today() + timedelta(days=2)).isoformat() + "T10:00"}, "не може да е"),
        ({"meeting_chair": ""}, "кой води събранието"),
    ],
)
def test_a_meeting_that_the_law_does_not_know_is_refused_and_stays_typed(citizen, wrong, told):
    desk = drafted(citizen)
    answer = citizen.press(f"{desk}/steps/meet", **{**MINUTES, **wrong})
    text = answer.text.replace("\xa0", " ")
    assert answer.status_code == 422 and told in text and "Читалището" in text


def test_a_committee_has_three_to_five_members(citizen):
    desk = drafted(citizen, members=2)
    assert "от 3 до 5 членове" in citizen.press(f"{desk}/steps/meet", **MINUTES).text
    for order in range(2, 6):
        typed = {"name": f"Проба Член {order}", "egn": number_of(order), "address": "тук"}
        path_of(citizen.press(f"{desk}/members", **typed))
    assert citizen.press(f"{desk}/steps/meet", **MINUTES).status_code == 422


def test_without_one_signature_nothing_is_handed_over(citizen):
    desk = signing(citizen)
    filed = {"happened_on": today().isoformat()}
    assert "Още няма въведен подпис" in citizen.press(f"{desk}/steps/file", **filed).text
    enter(citizen, desk, 1, number_of(11))
    on_today(citizen, desk, "file")
    assert citizen.get(f"{desk}/steps/answer").status_code == 403


def test_the_neighbour_and_a_stranger_see_nothing_of_it(citizen, sign_in, client, at):
    desk = drafted(citizen)
    assert public_page(client, at, desk)[0] == 404  # a draft is its committee's
    take(citizen, desk, "meet", **MINUTES)
    assert public_page(client, at, desk)[0] == 200
    assert public_page(client, at, desk, NEIGHBOUR)[0] == 404
    stranger, neighbour = sign_in(VILLAGE), sign_in(NEIGHBOUR, Role.SECRETARY)
    console = f"/console/initiatives/{desk.rpartition('/')[2]}"
    for path in ("", "/rows", "/rows.csv", "/rows/enter", "/sheets", "/steps/file"):
        assert stranger.get(f"{desk}{path}").status_code == 404, path
        assert neighbour.get(f"{console}{path}").status_code == 404, path
    code = re.search(r"(\d{4}\s){4}\d{4}", citizen.get(desk).text)[0]
    assert path_of(stranger.press("/initiatives/join", code=code)) == desk
    assert stranger.get(desk).status_code == 200


def test_the_mayor_answers_and_sees_no_signature(uow_in, switched_on, sign_in):
    with uow_in(VILLAGE) as uow:
        seed(uow)
        uow.session.commit()
        rows = {row.state: row for row in uow.session.scalars(select(Initiative))}
        row, signing = rows["checking"], rows["collecting"].id
        console, question = f"/console/initiatives/{row.id}", row.question
    mayor, clerk = sign_in(VILLAGE, Role.MAYOR), sign_in(VILLAGE, Role.REGISTRY_CLERK)
    assert mayor.get(f"{console}/steps/answer").status_code == 200
    assert clerk.get(f"{console}/steps/answer").status_code == 403
    for name in ("file", "withdraw"):  # not by whom it is addressed to
        step = f"/console/initiatives/{signing}/steps/{name}"
        assert step not in mayor.get(f"/console/initiatives/{signing}").text
        assert mayor.get(step).status_code == 403
        assert clerk.get(step).status_code == 200
    for path in ("/rows", "/rows.csv", "/protocol", "/members", "/sheets", "/edit"):
        assert mayor.get(f"{console}{path}").status_code == 403
        assert clerk.get(f"{console}{path}").status_code == 200
    assert mayor.get("/console/initiatives/new").status_code == 403
    assert sign_in(VILLAGE, Role.EDITOR).get(console).status_code == 403
    assert question in mayor.get("/console/initiatives/").text.replace("\xa0", " ")


def test_a_member_reads_which_staff_saw_the_committee(sign_in, secretary, citizen, owner):
    clerk = sign_in(VILLAGE, Role.REGISTRY_CLERK)
    desk = drafted(clerk, path="/console/initiatives/new")
    code = re.search(r"(\d{4} ){4}\d{4}", clerk.get(desk).text.replace("\xa0", " "))[0]
    looks = "select purpose, kinds, by_id from t_gorno_selo.purposes_look"
    assert owner(looks) == [("committee", ["name"], clerk.person_id)] * 3
    assert "Проба Член" not in secretary.get(desk).text and len(owner(looks)) == 3
    path_of(citizen.press("/initiatives/join", code=code))
    path_of(secretary.press(f"{desk}/rows", f"{desk}/look", purpose="check"))
    for _ in range(2):
        assert "Проба Член" in secretary.get(desk).text
    assert len(owner(looks)) == 7
    told = citizen.get("/personaldata/looks").text
    assert "Работи с документите на инициативния комитет" in told and "Подписка: <span lang" in told


def test_what_the_protocol_takes_out_is_soon_on_a_kept_page(
    uow_in, secretary, client, at, monkeypatch
):
    with uow_in(VILLAGE) as uow:
        seed(uow)
        uow.session.commit()
        row = uow.session.scalar(select(Initiative).where(Initiative.state == "checking"))
        console = f"/console/initiatives/{row.id}"
    assert "броят се: 2." in public_page(client, at, console)[1]
    path_of(secretary.press(f"{console}/protocol", places="1/2", rest="confirmed"))
    later = now() + timedelta(minutes=11)
    monkeypatch.setattr(page_cache, "now", lambda: later)
    assert "броят се: 1." in public_page(client, at, console)[1]


def test_the_demonstration_has_each_page_once_and_names_go_by_the_term(seeded):
    seed(seeded)
    rows = seeded.session.scalars(select(Initiative)).all()
    states = ["answered", "checking", "collecting", "draft", "withdrawn"]
    assert sorted(row.state for row in rows) == states
    answered = next(row for row in rows if row.state == "answered")
    before = PETITION.counts(seeded, answered)
    assert (before.total, before.counted) == (4, 2)
    answered.ended_on = day_of(seeded.now) - timedelta(days=400)
    seeded.session.flush()
    for _ in range(2):
        empty_old_petitions(seeded)
        seeded.session.flush()
    assert PETITION.counts(seeded, answered) == before and answered.is_emptied
    own = InitiativeSignature.petition_id == answered.id
    rows = seeded.session.scalars(select(InitiativeSignature).where(own)).all()
    assert {(row.name, row.egn, row.address, row.egn_index) for row in rows} == {(None,) * 4}
    assert answered.meeting_chair is None
    member = select(InitiativeMember).where(InitiativeMember.petition_id == answered.id)
    assert {one.egn for one in seeded.session.scalars(member)} == {None}


def test_what_nobody_handed_over_ends_by_itself_and_its_names_go(seeded):
    row = seeded.session.scalar(select(Initiative).where(Initiative.state == "collecting"))
    row.collects_until = day_of(seeded.now) - timedelta(days=30)
    seeded.session.flush()
    end_unfiled(seeded)
    assert row.state == "collecting"  # it may have come on paper and not been entered yet
    row.collects_until -= timedelta(days=1)
    seeded.session.flush()
    seeded.facts.clear()
    for _ in range(2):
        end_unfiled(seeded)
        seeded.session.flush()
    assert [fact.name for fact in seeded.facts] == ["initiatives:initiative.changed"]
    assert (row.state, row.ended_on, row.due_on) == ("lapsed", day_of(seeded.now), None)
    subject, letter = news(seeded, {"subject_id": str(row.id)})
    assert "невнесена в срока" in subject and row.question in letter
    row.ended_on = day_of(seeded.now) - timedelta(days=400)
    seeded.session.flush()
    empty_old_petitions(seeded)
    own = InitiativeSignature.petition_id == row.id
    kept = seeded.session.scalars(select(InitiativeSignature).where(own)).all()
    assert kept and {(one.name, one.egn, one.address) for one in kept} == {(None,) * 3}


def test_the_committee_of_a_deleted_draft_is_forgotten_too(seeded):
    row = seeded.session.scalar(select(Initiative).where(Initiative.state == "draft"))
    said = StepWords(happened_on=day_of(seeded.now))
    take_step(seeded, row, ACTS["discard"], said, expected_version=row.version)
    seeded.session.flush()
    assert row.ended_on == day_of(seeded.now)
    row.ended_on = day_of(seeded.now) - timedelta(days=400)
    seeded.session.flush()
    empty_old_petitions(seeded)
    seeded.session.flush()
    members = select(InitiativeMember).where(InitiativeMember.petition_id == row.id)
    [member] = seeded.session.scalars(members).all()
    assert (member.name, member.egn, member.address, member.egn_index) == (None,) * 4


def test_a_month_runs_from_the_filing_and_its_end_is_told_once(seeded):
    row = seeded.session.scalar(select(Initiative).where(Initiative.state == "checking"))
    due = queries.due_of(row, queries.steps_of(seeded, row))
    assert due.term.article == "ЗПУГДВМС чл. 52, ал. 2" and row.due_on == due.term.due_on
    with seeded.session.no_autoflush:
        assert row.number in arrived(seeded, {"subject_id": str(row.id)})[0]
    row.due_on = day_of(seeded.now) - timedelta(days=1)
    seeded.session.flush()
    seeded.facts.clear()
    watch_terms(seeded)
    watch_terms(seeded)
    assert [fact.name for fact in seeded.facts] == ["initiatives:term.passed"]


def test_a_step_sent_twice_is_one_and_a_stale_one_changes_nothing(seeded):
    row = seeded.session.scalar(select(Initiative).where(Initiative.state == "checking"))
    act, said = ACTS["confirm"], StepWords(happened_on=day_of(seeded.now), words="№ 1")
    version = row.version
    for _ in range(2):
        take_step(seeded, row, act, said, expected_version=version)
        seeded.session.flush()
    assert [step.name for step in queries.steps_of(seeded, row)].count("confirm") == 1
    answer = StepWords(happened_on=day_of(seeded.now), words="Не", outcome="refused")
    with pytest.raises(StaleInitiative):
        take_step(seeded, row, ACTS["answer"], answer, expected_version=version)


def test_who_goes_leaves_the_initiative_and_hears_no_more(seeded, sign_in):
    me = sign_in(VILLAGE).person_id
    row = seeded.session.scalar(select(Initiative).where(Initiative.state == "collecting"))
    own = select(InitiativeMember).where(InitiativeMember.petition_id == row.id).limit(1)
    seeded.session.scalar(own).person_id = me
    seeded.session.flush()
    fact = {"subject_id": str(row.id)}
    assert the_committee(seeded, fact) == {me}
    forget_person(seeded, me)
    seeded.session.flush()
    seeded.session.expire_all()
    assert the_committee(seeded, fact) == set() and row.number


def test_the_draft_of_who_closed_the_account_is_not_the_staffs(citizen, secretary, uow_in):
    console = f"/console/initiatives/{drafted(citizen).rpartition('/')[2]}"
    with uow_in(VILLAGE) as uow:
        forget_person(uow, citizen.person_id)
        uow.session.commit()
    assert secretary.get(console).status_code == 404
    assert QUESTION not in secretary.get("/console/initiatives/?list=all").text.replace("\xa0", " ")


def test_a_village_mayor_is_asked_about_a_village(citizen):
    answer = citizen.press("/initiatives/new", **{**TYPED, "addressee": "village-mayor"})
    assert answer.status_code == 422 and "Изберете кметството" in answer.text
    assert QUESTION in answer.text
    request_id = str(uuid4())
    paths = {
        path_of(citizen.press("/initiatives/new", **TYPED, request_id=request_id)) for _ in "12"
    }
    assert len(paths) == 1


def test_what_is_handed_over_waits_for_who_leads(citizen, secretary, sign_in):
    waiting, desk = "/console/initiatives/?list=waiting", signing(citizen)
    enter(citizen, desk, 1, number_of(11))
    assert QUESTION not in secretary.get(waiting).text.replace("\xa0", " ")
    on_today(citizen, desk, "file")
    assert QUESTION in secretary.get(waiting).text.replace("\xa0", " ")
    assert waiting in secretary.get("/console/").text
    assert waiting not in sign_in(NEIGHBOUR, Role.SECRETARY).get("/console/").text


def printed_in_the_paper(uow):
    """The initiative that waits: answered and in the newspaper, its committee not told yet."""
    row = uow.session.scalar(select(Initiative).where(Initiative.state == "checking"))
    typed = {"answer": {"outcome": "refused", "words": "Не"}, "print": {"words": "Вестник, бр. 5"}}
    for name, words in typed.items():
        said = StepWords(happened_on=day_of(uow.now), **words)
        take_step(uow, row, ACTS[name], said, expected_version=row.version)
        uow.session.flush()
    return row


def test_the_committees_letter_is_owed_in_one_month_or_by_the_other_reading_in_three(seeded):
    row = printed_in_the_paper(seeded)
    [filed] = [one for one in queries.steps_of(seeded, row) if one.name == "file"]
    assert row.due_on == term("zpu_initiative_answer", starts_on=filed.happened_on).due_on
    assert row in seeded.session.scalars(queries.queue(queries.WAITING)).all()
    wide = InitiativesSettings(notice_in_three_months=True)
    save_settings(seeded, "initiatives", wide, expected_version=0)
    due = queries.due_of(row, queries.steps_of(seeded, row), notice=queries.notice_rule(seeded))
    assert due.term.due_on == roll(months_later(filed.happened_on, 3))
    assert due.term.article == "ЗПУГДВМС чл. 52, ал. 3" and "уведомява комитета" in str(due.what)
    said = StepWords(happened_on=day_of(seeded.now), words="Изх. № 12")
    take_step(seeded, row, ACTS["announce"], said, expected_version=row.version)
    assert (row.state, row.due_on) == ("announced", None)


def test_both_readings_of_the_letter_stand_in_the_settings(sign_in, switched_on):
    page = sign_in(VILLAGE, Role.ADMIN).get("/console/settings/initiatives").text
    page = page.replace("\xa0", " ")
    assert "до 3 месеца" in page and "иначе до 1 месец" in page
