"""Pages of projects draw place, pictures and money, tell what people said; the quarterly letter."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from lxml.html import fromstring
from PIL import Image
from sqlalchemy import select

from obshto.modules.consultations.services.consultations import (
    ConsultationDraft,
    publish_consultation,
    write_consultation,
)
from obshto.modules.consultations.services.opinions import OpinionWords, give_opinion
from obshto.modules.projects.models import ProjectPayment
from obshto.modules.projects.services.kind import KIND
from obshto.modules.projects.services.reminders import ask_whether_true
from obshto.platform.cases.channels import COUNTER
from obshto.platform.clock import today
from obshto.platform.editorial.attachments import add_file
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
DAY = timedelta(days=1)


@pytest.fixture
def page(client, at):
    """page(path): the document that anybody reads."""

    def visit(path):
        answer = client.get(path, base_url=at(VILLAGE))
        assert answer.status_code == 200
        return fromstring(answer.text)

    return visit


def words(element):
    return " ".join(element.text_content().replace("\xa0", " ").split())


def section(document, name):
    [found] = document.xpath(f'//section[@aria-labelledby="{name}"]')
    return found


def bars(element):
    """What each bar is of, with its drawn share."""
    names = [words(one) for one in element.xpath(".//dl[@class='ob-bars']/dt")]
    return list(zip(names, element.xpath(".//rect[@class='part']/@width"), strict=True))


def test_a_project_tells_what_people_said_of_it_in_which_consultation(uow_in, published, page):
    draft = ConsultationDraft(
        kind="other", title="Къде да е паркът", summary="Едно.", draft="Текст.", reasons="Защото."
    )
    with uow_in(VILLAGE) as uow:
        asked = write_consultation(uow, draft, request_id=uuid4())
        uow.session.flush()
        publish_consultation(uow, asked, expected_version=asked.version)
        uow.session.flush()
        said = OpinionWords(words="До реката.", author="Проба Авторова", channel=COUNTER)
        give_opinion(uow, asked.id, said, request_id=uuid4())
        project, other = published(uow, consultation_id=asked.id), published(uow, "Друг")
        paths, consulted = (project.path, other.path), asked.path
        uow.commit()
    shown = section(page(paths[0]), "said")
    assert shown.xpath(".//a/@href") == [consulted]
    assert "Къде да е паркът, 1 становище" in words(shown)
    assert not page(paths[1]).xpath('//section[@aria-labelledby="said"]')


def test_the_map_shows_a_project_where_it_is(uow_in, published, page):
    with uow_in(VILLAGE) as uow:
        published(uow, "Южен", ekatte="", latitude=43.9, longitude=22.6)
        published(uow, "Северен", ekatte="", latitude=44.0, longitude=22.8)
        published(uow, "Без място", ekatte="")
        uow.commit()
    shown = page("/projects/map")
    marks = shown.xpath("//svg[@class='ob-map']/text[@class='is-here']")
    at = {mark.text: (float(mark.get("x")), float(mark.get("y"))) for mark in marks}
    titles = [words(one) for one in shown.xpath("//ul[@class='ob-list']/li//h2")]
    numbers = {title.partition(". ")[2]: title.partition(". ")[0] for title in titles}
    south, north = at[numbers["Южен"]], at[numbers["Северен"]]
    assert south[0] < north[0] and south[1] > north[1]
    assert len(marks) == 2 and "Без място" in titles


def test_before_and_after_stand_side_by_side(uow_in, published, page):
    pictures = {}
    with uow_in(VILLAGE) as uow:
        project = published(uow)
        for moment, colour in (("before", "brown"), ("after", "green")):
            drawn = BytesIO()
            Image.new("RGB", (320, 240), colour).save(drawn, "PNG")
            drawn.seek(0)
            told = {"name": f"{moment}.png", "title": f"Снимка {moment}", "as_picture": True}
            file = add_file(uow, KIND, project, drawn, **told, request_id=uuid4())
            file.moment = moment
            uow.session.flush()
            pictures[moment] = (file.path, file.title)
        path = project.path
        uow.commit()
    columns = section(page(path), "compared").xpath("./div/div")
    seen = [(words(one), one.xpath(".//img/@src"), one.xpath(".//img/@alt")) for one in columns]
    told = {name: ([f"{path}?width=480"], [alt]) for name, (path, alt) in pictures.items()}
    assert seen == [("Преди", *told["before"]), ("След", *told["after"])]


def test_money_is_drawn_and_stands_in_a_table_by_programme_and_year(
    uow_in, published, programme, fund, page
):
    this = today().year
    with uow_in(VILLAGE) as uow:
        project, own, fund_of_europe = (
            published(uow),
            programme(uow),
            programme(uow, "Фонд", "european"),
        )
        fund(uow, project, 100_000, {own: 40_000, fund_of_europe: 60_000})
        for row, year, cents in ((own, this, 10_000), (fund_of_europe, this - 1, 30_000)):
            ids = {"project_id": project.id, "programme_id": row.id, "request_id": uuid4()}
            sums = {"given": cents, "cents": cents, "currency": "EUR", "document": ""}
            paid_on = today().replace(year=year, month=1, day=1)
            uow.session.add(ProjectPayment(paid_on=paid_on, **ids, **sums))
        path = project.path
        uow.commit()
    own_page = section(page(path), "money")
    assert dict(bars(own_page)) == {"Бюджет на общината": "40.0", "Фонд": "60.0"}
    assert "600,00 €" in words(own_page.xpath(".//table")[0])
    shown = page("/projects/money")
    drawn = dict(bars(shown))
    assert drawn[str(this)] == "25.0" and drawn[str(this - 1)] == "75.0"
    parts = {name.partition(",")[0]: share for name, share in bars(section(shown, "by-programme"))}
    assert parts == {"Бюджет на общината": "25.0", "Фонд": "75.0"}
    [table] = section(shown, "by-programme").xpath(".//table")
    head = [words(one) for one in table.xpath(".//thead//th")]
    rows = {
        words(row[0]): dict(zip(head, map(words, row), strict=True))
        for row in table.xpath(".//tbody/tr")
    }
    assert rows["Фонд"][str(this - 1)] == "300,00 €" and rows["Фонд"][str(this)] == "0,00 €"
    assert rows["Общо"]["Платено досега"] == "400,00 €"
    assert rows["Общо"]["Предвидено"].replace(" ", "") == "1000,00€"


def test_who_watches_is_asked_each_quarter_whether_it_is_still_true(
    uow_in, published, sign_in, queued
):
    editor = sign_in(VILLAGE, Role.EDITOR, email="editor@villages.example")
    for place, role in ((VILLAGE, Role.MAYOR), (VILLAGE, Role.FINANCE_OFFICER)):
        sign_in(place, role, email=f"{role.value}@villages.example")
    sign_in(NEIGHBOUR, Role.EDITOR, email="neighbour@villages.example")
    with uow_in(VILLAGE) as uow:
        silent = published(uow, "Мълчалив")
        published(uow, "Скорошен")
        silent.published_at = silent.heard_at = uow.now - 92 * DAY
        uow.session.flush()
        ask_whether_true(uow)
        uow.commit()
    [fact] = [args for _, args in queued() if args.get("fact") == "projects:projects.stale"]
    with uow_in(VILLAGE) as uow:
        write_letters(uow, fact=fact["fact"], payload=fact["payload"], cause=fact["cause"])
        [letter] = uow.session.scalars(select(Message)).all()
        assert letter.person_id == editor.person_id
        text = letter.text
    assert "За 1 проект няма новини от три месеца." in text
    assert "/console/projects/?list=stale" in text
    listed = editor.get("/console/projects/?list=stale").text
    assert "Мълчалив" in listed and "Скорошен" not in listed
