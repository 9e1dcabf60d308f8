"""The report as the mayor makes it and citizens read it, over HTTP."""

import json
import re
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from tests.modules.participation.conftest import NEIGHBOUR, VILLAGE

from obshto.modules.participation.models import ParticipationReport
from obshto.modules.participation.seeds import seed
from obshto.ops.worker import worker_of
from obshto.platform.clock import today
from obshto.platform.permissions import Role

LAST = today().year - 1
LIST = "/console/participation/"


def read(answer):
    return answer.text.replace("\xa0", " ")


def version_at(person, page):
    """What the form of the page itself says that it saw."""
    [fields] = [fields for address, fields in person.forms(page) if address == page]
    return {"expected_version": fields["expected_version"]}


@pytest.fixture
def visit(client, at):
    return lambda path, where=VILLAGE: client.get(path, base_url=at(where))


@pytest.fixture
def mayor(sign_in):
    return sign_in(VILLAGE, Role.MAYOR)


@pytest.fixture
def draft(mayor):
    """The address of the report of the year before last, counted."""
    answer = mayor.press(LIST, LIST, year=str(LAST - 1))
    assert answer.status_code == 303, answer.text
    return answer.location.partition("?")[0]


@pytest.fixture
def demonstration(uow_in):
    with uow_in(VILLAGE) as uow:
        seed(uow)
        uow.session.commit()


def test_a_mayor_counts_a_year_writes_a_foreword_and_publishes(mayor, draft, visit):
    page = f"/participation/{LAST - 1}"
    assert visit(page).status_code == 404
    assert "Чернова" not in read(visit("/participation/"))
    assert mayor.press(draft, draft, foreword="Чухме Ви.").status_code == 303
    assert mayor.press(f"{draft}/publish", "/publish").status_code == 303
    shown = read(visit(page))
    assert "Чухме Ви." in shown and f"Кой беше чут през {LAST - 1} г." in shown
    assert f'href="{page}"' in visit("/participation/").text
    paper = visit(f"{page}.pdf")
    assert paper.mimetype == "application/pdf" and paper.data.startswith(b"%PDF")


def test_published_figures_are_never_counted_anew(mayor, draft):
    late = version_at(mayor, draft)
    assert mayor.press(draft, "/count").status_code == 303
    assert mayor.post(f"{draft}/count", late).status_code == 409
    assert mayor.press(f"{draft}/publish", "/publish").status_code == 303
    assert "Пребройте отново" not in read(mayor.get(draft))
    refused = mayor.post(f"{draft}/count", version_at(mayor, draft))
    assert refused.status_code == 409 and "вече не се променят" in read(refused)
    assert mayor.press(draft, draft, foreword="И след това.").status_code == 303


def test_the_same_year_twice_is_one_report(mayor, uow_in):
    for once in (uuid4(), uuid4()):
        sent = {"year": str(LAST), "request_id": str(once)}
        assert mayor.post(LIST, sent).status_code == 303
    with uow_in(VILLAGE) as uow:
        assert uow.session.scalars(select(ParticipationReport.year)).all() == [LAST]


def test_this_year_is_not_over_and_has_no_report(mayor):
    [(_, fields)] = [form for form in mayor.forms(LIST) if form[0] == LIST]
    answer = mayor.post(LIST, fields | {"year": str(LAST + 1)})
    assert answer.status_code == 422


def test_figures_stand_beside_the_residents_in_three_languages(demonstration, visit):
    page = read(visit(f"/participation/{LAST}"))
    assert "Становища по обществени обсъждания" in page and "Приема се: 71" in page
    assert "през портала или по видео" in page and "834" in page
    assert "Още 60 гласа са без група" in page
    english = read(visit(f"/en/participation/{LAST}"))
    assert "Opinions in public consultations" in english and 'lang="bg"' in english
    assert "Cine a fost auzit" in read(visit(f"/ro/participation/{LAST}"))
    table = visit(f"/participation/{LAST}.csv").data.decode("utf-8-sig")
    assert "Сигнали;127 сигнали" in table.replace("\xa0", " ")


def test_the_region_shows_the_year_beside_the_others(mayor, draft, app, config, client):
    assert mayor.press(f"{draft}/publish", "/publish").status_code == 303
    worker = worker_of(app, config)
    with worker.open():
        worker.run_worker(queues=["default"], wait=False, install_signal_handlers=False)
    page = client.get("/participation/", base_url="http://localhost:8000").text
    assert f"/participation/{LAST - 1}" in page and "Горно село" in page
    gone = client.get("/participation/?year=1990", base_url="http://localhost:8000")
    assert gone.status_code == 404


def test_each_role_does_what_is_its_own_and_a_neighbour_has_none(mayor, draft, sign_in, visit):
    editor = sign_in(VILLAGE, Role.EDITOR)
    assert editor.get(draft).status_code == 200
    assert editor.get(f"{draft}/publish").status_code == 403
    assert "Публикувайте го" not in read(editor.get(draft))
    assert sign_in(VILLAGE, Role.FINANCE_OFFICER).get(LIST).status_code == 403
    stranger = sign_in(NEIGHBOUR, Role.MAYOR)
    assert stranger.get(draft).status_code == 404
    version = {"expected_version": "1"}
    assert stranger.post(f"{draft}/publish", version).status_code == 404
    mayor.press(f"{draft}/publish", "/publish")
    assert visit(f"/participation/{LAST - 1}", NEIGHBOUR).status_code == 404


def test_seeding_twice_leaves_one_report(demonstration, uow_in):
    with uow_in(VILLAGE) as uow:
        seed(uow)
        uow.session.commit()
        assert len(uow.session.scalars(select(ParticipationReport)).all()) == 1


def test_the_region_tells_who_was_heard_in_all_and_warns_of_small_numbers(client, region):
    """Two of a thousand residents each: 469 voices are 469 of a thousand, 40 are 40 and few."""
    ages = {"15-29": 40, "65+": 50}
    way = {"things": 3, "ends": {"accepted": 7}, "by_age": ages, "by_place": None}
    way |= {"by_mode": {"online": 60, "assisted": 30}}
    region((VILLAGE, 469, way), (NEIGHBOUR, 40, way | {"by_age": {}, "by_mode": {}}))
    page = client.get(f"/participation/?year={LAST}", base_url="http://localhost:8000")
    words = re.sub(r"<[^>]+>", " ", page.text).replace("\xa0", " ")
    words = " ".join(words.split())
    assert " 469 " in words and " 40 * " in words and "469 *" not in words
    assert "* Под 100 мнения: няколко души повече или по-малко биха променили числото" in words
    assert "Всички общини заедно" in words and "Приема се: 14" in words
    assert "По възраст" in words and "По начин на участие" in words
    assert "скрита група не влиза в никой сбор" in words


@pytest.fixture
def region(owner_writes):
    """region((slug, voices, way)…): their year as the region keeps it, of a thousand residents."""

    def put(*told):
        for slug, voices, way in told:
            ways = json.dumps({"consultations.opinions": way | {"voices": voices}})
            owner_writes(
                "insert into shared.regional_participation values"
                " (:slug, :year, 3, :voices, 0, 0, 1000, cast(:ways as jsonb))",
                {"slug": slug, "year": LAST, "voices": voices, "ways": ways},
            )

    return put


@pytest.fixture
def owner_writes(house, migrator):
    def write(statement, values):
        with migrator.begin() as connection:
            connection.execute(text(statement), values)

    yield write
    with migrator.begin() as connection:
        connection.execute(text("delete from shared.regional_participation"))
