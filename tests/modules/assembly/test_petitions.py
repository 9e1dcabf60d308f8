"""An assembly called by petition sheets: from the sheets to the notice, and what stays hidden."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from stdnum.bg import egn

from obshto.modules.assembly.models import AssemblyPetition, AssemblySignature
from obshto.modules.assembly.notifications import petition_arrived, petition_news, who_began
from obshto.modules.assembly.services import petition_queries, rules
from obshto.modules.assembly.services.petition_paper import PAPER
from obshto.modules.assembly.services.petition_states import PETITION_MACHINE, PETITION_WAYS
from obshto.modules.assembly.services.petitions import AssemblyPetitionWords, write_petition
from obshto.modules.assembly.services.retention import (
    empty_old_petitions,
    end_idle_petitions,
    forget_person,
)
from obshto.platform.clock import today
from obshto.platform.permissions import Role
from obshto.platform.petitions.signatures import SignatureWords

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
FIRST, SECOND = "Лампите да светят до полунощ", "Спирката да се премести"
TYPED = {
    "quarter": "село Проба",
    "questions": f"{FIRST}\n\n  {SECOND} ",
    "reasons": "Тъмно е",
    "voters": "61",
    "voters_source": "Справка от ГРАО",
}
LAWFUL = rules.lawful_days(rules.window_of(today(), work_ends_at=17))[0].day
NOTICE = {
    **{"quarter": "село Проба", "population": "78", "population_source": "Преброяване"},
    **{"voters": "61", "voters_source": "ГРАО", "document": "Протокол № 3", "reasons": "Тъмно е"},
    **{"day": LAWFUL.isoformat(), "hour": "18:00", "place": "Читалището", "access": "full"},
}


def number_of(order):
    start = f"800101{order:03}"
    return next(f"{start}{last}" for last in range(10) if egn.is_valid(f"{start}{last}"))


@pytest.fixture
def switched_on(sign_in):
    for village in (VILLAGE, NEIGHBOUR):
        admin = sign_in(village, Role.ADMIN)
        assert admin.press("/console/tenants/assembly", to="/on").status_code == 303


@pytest.fixture
def secretary(sign_in, switched_on):
    return sign_in(VILLAGE, Role.SECRETARY)


@pytest.fixture
def citizen(sign_in, switched_on):
    return sign_in(VILLAGE, email="chair@villages.example")


def path_of(answer):
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*", answer.text)
    return re.sub(r"https?://[^/]+", "", answer.location.partition("?")[0])


def text_of(answer):
    return answer.text.replace("\xa0", " ")


def signing(person):
    desk = path_of(person.press("/assembly/petitions/new", **TYPED))
    path_of(person.press(f"{desk}/steps/start"))
    path_of(person.press(f"{desk}/sheets", count="3"))
    return desk


def sign(uow_in, desk, number, first=1):
    """So many rows with numbers of people, as somebody types them from the sheets."""
    with uow_in(VILLAGE) as uow:
        row = uow.session.get_one(AssemblyPetition, desk.rpartition("/")[2])
        for order in range(first, first + number):
            sheet, line = divmod(order - 1, 10)
            words = SignatureWords(name="Проба Подписала", egn=number_of(order), address="тук 2")
            place = (sheet + 1, line + 1)
            PAPER.enter_row(uow, row, words, place=place, request_id=uuid4())
        uow.commit()


def public_page(client, at, desk, village=VILLAGE):
    path = f"/assembly/petitions/{desk.rpartition('/')[2]}"
    answer = client.get(path, base_url=at(village))
    return answer.status_code, text_of(answer)


def at_console(desk):
    return f"/console/assembly/petitions/{desk.rpartition('/')[2]}"


def confirmed(citizen, secretary, uow_in):
    """Twenty signed in a village of 61 voters, and all twenty are voters."""
    desk = signing(citizen)
    sign(uow_in, desk, 20)
    path_of(citizen.press(f"{desk}/steps/file"))
    staff = at_console(desk)
    assert text_of(secretary.get(f"{staff}/rows")).count("Проба Подписала") == 0
    path_of(secretary.press(f"{staff}/rows", to="/look", purpose="check"))
    path_of(secretary.press(f"{staff}/protocol", rest="confirmed"))
    path_of(secretary.press(f"{staff}/steps/confirm", words="Протокол № 3"))
    return desk


def test_from_the_sheets_to_the_notice(citizen, secretary, uow_in, client, at):
    desk = confirmed(citizen, secretary, uow_in)
    _status, page = public_page(client, at, desk)
    assert "броят се: 20" in page and "Нужни са 20 от 61" in page and "чл. 57, ал. 1" in page
    assert "обявява събранието" in page and "чл. 64" in page and "Протокол № 3" in page
    form = text_of(secretary.get(f"{at_console(desk)}/call"))
    assert 'name="caller"' not in form and 'name="signatures"' not in form and 'value="61"' in form
    notice = path_of(secretary.press(f"{at_console(desk)}/call", **NOTICE))
    assert "Вижте обявата" not in public_page(client, at, desk)[1]  # a draft is of staff
    path_of(secretary.press(f"{notice}/edit", **NOTICE | {"place": "Училището"}))
    path_of(secretary.press(f"{notice}/steps/announce"))
    answer = client.get(f"/assembly/{notice.rpartition('/')[2]}", base_url=at(VILLAGE))
    told = text_of(answer)
    assert FIRST in told and SECOND in told and "Училището" in told
    assert "Гласоподаватели с подписка" in told and "<dd" in told
    _status, page = public_page(client, at, desk)
    assert "Събранието е свикано" in page and "Вижте обявата" in page
    answer = secretary.press(f"{at_console(desk)}/call", **NOTICE)
    assert answer.status_code in (409, 422) and "вече е „Събранието е свикано“" in text_of(answer)


@pytest.mark.parametrize(("voters", "needed"), [(61, 20), (1_000, 20), (1_001, 21), (1_050, 21)])
def test_signatures_are_enough_at_the_fiftieth_and_not_at_one_below(
    voters, needed, secretary, uow_in
):
    desk = path_of(secretary.press("/console/assembly/petitions/new", **TYPED | {"voters": voters}))
    path_of(secretary.press(f"{desk}/steps/start"))
    path_of(secretary.press(f"{desk}/sheets", count="3"))
    sign(uow_in, desk, needed - 1)
    answer = secretary.press(f"{desk}/steps/file")
    assert answer.status_code == 422 and "чл. 57, ал. 1" in text_of(answer)
    sign(uow_in, desk, 1, first=needed)
    path_of(secretary.press(f"{desk}/steps/file"))


def test_the_protocol_takes_rows_out_and_signing_goes_on(citizen, secretary, uow_in, client, at):
    desk = signing(citizen)
    sign(uow_in, desk, 20)
    path_of(citizen.press(f"{desk}/steps/file"))
    staff = at_console(desk)
    answer = secretary.press(f"{staff}/steps/fall-short", words="Протокол № 4")
    assert answer.status_code == 422 and "стигат: 20 от нужните 20" in text_of(answer)
    path_of(secretary.press(f"{staff}/protocol", places="1/3", rest="confirmed"))
    assert secretary.press(f"{staff}/steps/confirm", words="Протокол № 4").status_code == 422
    path_of(secretary.press(f"{staff}/steps/fall-short", words="Протокол № 4"))
    assert "подписите не стигат" in public_page(client, at, desk)[1]
    sign(uow_in, desk, 1, first=21)
    path_of(citizen.press(f"{desk}/steps/file"))


def test_a_mayors_refusal_is_public_with_the_way_to_court(citizen, secretary, uow_in, client, at):
    desk = confirmed(citizen, secretary, uow_in)
    path_of(secretary.press(f"{at_console(desk)}/steps/refuse", words="Отказ № 5: няма зала"))
    _status, page = public_page(client, at, desk)
    assert "Кметът отказа" in page and "няма зала" in page


def test_a_draft_is_of_who_began_it_and_a_neighbour_knows_nothing(
    citizen, secretary, sign_in, client, at
):
    desk = path_of(citizen.press("/assembly/petitions/new", **TYPED))
    assert secretary.get(at_console(desk)).status_code == 404
    assert public_page(client, at, desk)[0] == 404
    other = sign_in(VILLAGE, email="other@villages.example")
    neighbour = sign_in(NEIGHBOUR, Role.SECRETARY)
    assert other.get(desk).status_code == 404
    path_of(citizen.press(f"{desk}/steps/start"))
    assert public_page(client, at, desk, NEIGHBOUR)[0] == 404
    for page in ("", "/rows", "/rows.csv", "/call"):
        assert neighbour.get(f"{at_console(desk)}{page}").status_code == 404, page
    assert other.get(f"{desk}/rows").status_code == 404
    mayor = sign_in(VILLAGE, Role.MAYOR)  # reads and calls, does not enter
    assert mayor.get(at_console(desk)).status_code == 200
    assert mayor.get(f"{at_console(desk)}/rows").status_code == 403
    assert mayor.get(f"{at_console(desk)}/sheets").status_code == 403


def test_what_cannot_be_asked_is_said_and_stays_typed(citizen):
    six = "\n".join(f"Въпрос {number}" for number in range(6))
    for wrong, told in (
        ({"questions": six}, "най-много 5"),
        ({"questions": "а" * 501}, "най-много 500 знака"),
        ({"voters": "-1"}, "Въведете цяло число"),
    ):
        answer = citizen.press("/assembly/petitions/new", **TYPED | wrong)
        assert answer.status_code == 422 and told in text_of(answer), wrong
        assert "Тъмно е" in answer.text


def test_the_voters_are_mended_until_the_petition_is_confirmed(citizen, secretary, uow_in):
    desk = signing(citizen)
    sign(uow_in, desk, 20)
    told = {"voters": "1001", "voters_source": "ГРАО, 2 ноември"}
    path_of(secretary.press(f"{at_console(desk)}/voters", **told))
    assert "Нужни са 21 от" in text_of(citizen.get(desk))
    assert citizen.press(f"{desk}/steps/file").status_code == 422


def test_sheets_carry_the_questions_and_the_line_of_law(citizen):
    desk = path_of(citizen.press("/assembly/petitions/new", **TYPED))
    path_of(citizen.press(f"{desk}/steps/start"))
    said = citizen.press(f"{desk}/sheets", count="2").location
    batch = re.search(r"batch=([0-9a-f-]+)", said)[1]
    paper = citizen.get(f"{desk}/sheets/{batch}.pdf")
    assert paper.data.startswith(b"%PDF") and "private" in paper.headers["Cache-Control"]


def test_names_go_by_the_term_and_the_count_stays(citizen, uow_in):
    desk = signing(citizen)
    sign(uow_in, desk, 3)
    path_of(citizen.press(f"{desk}/steps/withdraw", words="Решихме друго"))
    with uow_in(VILLAGE) as uow:
        row = uow.session.get_one(AssemblyPetition, desk.rpartition("/")[2])
        empty_old_petitions(uow)
        assert uow.session.scalar(select(AssemblySignature.name)) == "Проба Подписала"
        row.ended_on -= timedelta(days=181)
        for _run in (1, 2):
            empty_old_petitions(uow)
        names = (AssemblySignature.name, AssemblySignature.egn, AssemblySignature.address)
        assert set(uow.session.execute(select(*names)).all()) == {(None, None, None)}
        assert PAPER.counts(uow, row).counted == 3 and row.is_emptied
        assert who_began(uow, {"subject_id": str(row.id)}) == {row.person_id}
        forget_person(uow, row.person_id)
        uow.session.refresh(row)
        assert row.person_id is None


def test_what_nobody_works_at_for_a_year_ends(citizen, uow_in):
    desk = signing(citizen)
    with uow_in(VILLAGE) as uow:
        row = uow.session.get_one(AssemblyPetition, desk.rpartition("/")[2])
        end_idle_petitions(uow)
        assert row.state == "collecting"
        row.changed_at -= timedelta(days=366)
        end_idle_petitions(uow)
        assert (row.state, row.ended_on) == ("lapsed", today())
        fact = {"subject_id": str(row.id), "number": row.number}
        assert "изоставена" in petition_news(uow, fact)[1]
        assert row.number in petition_arrived(uow, fact)[0]


def test_the_same_form_twice_writes_one_petition(citizen, uow_in):
    with uow_in(VILLAGE) as uow:
        words = AssemblyPetitionWords(
            questions=FIRST, reasons="Тъмно е", voters=61, voters_source="ГРАО"
        )
        once = uuid4()
        first, again = (write_petition(uow, words, request_id=once) for _click in (1, 2))
        assert first.id == again.id and petition_queries.open_petitions(uow) == 0


def test_no_state_of_a_petition_is_without_a_way_out_but_its_ends():
    ends = {"called", "refused", "withdrawn", "lapsed", "discarded"}
    left = {source for way in PETITION_WAYS.values() for source in way.sources}
    assert set(PETITION_MACHINE.states) - left == ends
