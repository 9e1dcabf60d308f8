"""Promises as citizens, the editor and the mayor meet them, over HTTP."""

import re
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select
from tests.modules.promises.conftest import NEIGHBOUR, VILLAGE

from obshto.modules.promises.models import Promise
from obshto.modules.promises.services import promises
from obshto.modules.promises.services.regional import show_in_region
from obshto.platform.clock import day_of, today
from obshto.platform.db import batches
from obshto.platform.permissions import Role
from obshto.platform.thread.models import ThreadLink

FORM = "/console/promises/new"


def read(answer):
    return answer.text.replace("\xa0", " ")


def boxes(day):
    return [str(day.day), str(day.month), str(day.year)]


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def visit(client, at):
    return lambda path, where=VILLAGE: client.get(path, base_url=at(where))


@pytest.fixture
def standing(uow_in, give):
    """standing(days): the id of a promise, committed."""

    def begin(days=10, place=VILLAGE, **changed):
        with uow_in(place) as uow:
            promise = give(uow, days, **changed)
            uow.session.commit()
            return promise.id

    return begin


def test_an_editor_promises_and_a_citizen_reads_it_until_it_is_kept(editor, visit, uow_in):
    sent = {"title": "Нова чешма", "given_on": boxes(today()), "due_on": boxes(today())}
    answer = editor.press(FORM, **sent)
    assert answer.status_code == 303
    at = answer.location.partition("?")[0]
    assert "Нова чешма" in read(visit("/promises/"))
    page = visit(f"/promises/{at.rpartition('/')[2]}")
    assert "Цялата община" in read(page)
    assert editor.press(f"{at}/keep", outcome="Водата тече.").status_code == 303
    assert "Водата тече." in read(visit(f"/promises/{at.rpartition('/')[2]}"))
    assert "Нова чешма" not in read(visit("/promises/?state=open"))
    assert "Нова чешма" in read(visit("/promises/?state=kept"))
    table = visit("/promises/promises.csv?state=kept")
    assert "Нова чешма" in table.data.decode("utf-8-sig")


def test_a_dropped_promise_stays_in_the_list_with_its_reason(standing, editor, visit, sign_in):
    promise_id, reason = standing(-2, title="Нова чешма"), "Няма вода под площада."
    act = f"/console/promises/{promise_id}/drop"
    mayor, stranger = sign_in(VILLAGE, Role.MAYOR), sign_in(NEIGHBOUR, Role.EDITOR)
    told = {"reason": reason, "ended_on": boxes(today()), "expected_version": "1"}
    assert mayor.post(act, told).status_code == 403
    assert stranger.post(act, told).status_code == 404
    assert editor.press(act, act, reason="").status_code == 422
    assert reason not in read(visit("/promises/"))
    assert editor.press(act, act, reason=reason).status_code == 303
    for path in ("/promises/", "/promises/?state=dropped"):
        shown = read(visit(path))
        assert "Нова чешма" in shown and "Отпаднало" in shown and f"{reason}" in shown
    for state in ("late", "open", "kept"):
        assert reason not in read(visit(f"/promises/?state={state}"))


def test_the_table_has_every_promise(standing, visit, monkeypatch):
    monkeypatch.setattr(batches, "AT_ONCE", 1)
    for number in range(3):
        standing(title=f"Чешма {number}")
    table = visit("/promises/promises.csv").text
    assert all(f";Чешма {number};" in table for number in range(3))


def test_a_wrong_day_is_said_and_what_was_typed_stays(editor):
    early = boxes(today().replace(year=today().year - 1))
    answer = editor.press(FORM, title="Моста", given_on=boxes(today()), due_on=early)
    assert answer.status_code == 422
    assert "Срокът е преди деня на обещанието" in read(answer)
    assert 'value="Моста"' in answer.text


def test_the_same_form_sent_twice_is_one_promise(editor, uow_in):
    once = {"request_id": str(uuid4()), "given_on": boxes(today()), "due_on": boxes(today())}
    for _ in range(2):
        assert editor.press(FORM, title="Чешма", **once).status_code == 303
    with uow_in(VILLAGE) as uow:
        assert len(uow.session.scalars(select(Promise)).all()) == 1


def test_a_late_promise_is_red_and_waits_for_the_mayor(standing, visit, sign_in):
    promise_id = standing(-2)
    page = read(visit(f"/thread/{promise_id}"))
    assert "Споделете" in page
    assert "govuk-tag--red" in page and "Срокът мина преди 2 дни" in page
    mayor = sign_in(VILLAGE, Role.MAYOR)
    assert "/console/promises/?state=late" in mayor.get("/console/").text
    assert mayor.get("/console/promises/").status_code == 200
    assert mayor.get(FORM).status_code == 403


def test_a_promise_is_changed_from_its_page(standing, editor, visit):
    path = f"/console/promises/{standing(3, title='Чешма в парка')}"
    assert editor.press(path, title="").status_code == 422
    days = {"given_on": ["3", "11", "2026"], "due_on": ["1", "12", "2030"]}
    answer = editor.press(path, title="Чешма на площада", owes="mayor", **days)
    assert answer.status_code == 303, re.findall(r"error-message[^<]*<[^<]*<[^<]*", answer.text)
    assert "Чешма на площада" in read(visit(path.removeprefix("/console")))


def test_an_editor_says_what_followed_and_takes_it_back(standing, editor, visit, uow_in):
    first, then = standing(3, title="Чешма в парка"), standing(4, title="Пейка в парка")
    page = f"/console/promises/things/promises/{first}"
    answer = editor.press(f"{page}?q=Пейка", f"/followed/promises/{then}")
    assert answer.status_code == 303
    assert "Чешма в парка" in read(visit(f"/promises/{then}"))
    moved = visit(f"/thread/{max(first, then)}")
    assert moved.status_code == 302
    assert moved.location.endswith(f"/thread/{min(first, then)}")
    assert editor.press(page, "/remove").status_code == 303
    with uow_in(VILLAGE) as uow:
        assert uow.session.scalars(select(ThreadLink)).all() == []
    assert "Чешма в парка" not in read(visit(f"/promises/{then}"))


def test_a_neighbour_has_none_of_it(standing, visit, sign_in):
    promise_id = standing()
    for path in (f"/promises/{promise_id}", f"/thread/{promise_id}"):
        assert visit(path, NEIGHBOUR).status_code == 404
    stranger = sign_in(NEIGHBOUR, Role.EDITOR)
    assert stranger.get(f"/console/promises/{promise_id}").status_code == 404
    assert stranger.get(f"/console/promises/things/promises/{promise_id}").status_code == 404


def test_a_clerk_neither_promises_nor_links(standing, sign_in):
    promise_id, clerk = standing(), sign_in(VILLAGE, Role.REGISTRY_CLERK)
    for path in ("", "new", "things", str(promise_id), f"{promise_id}/keep", f"{promise_id}/drop"):
        assert clerk.get(f"/console/promises/{path}").status_code == 403


def test_a_thread_is_printed_as_a_poster(standing, editor):
    promise_id = standing(-2)
    assert editor.get(f"/console/posters/thread/{promise_id}").status_code == 200
    made = editor.press(f"/console/posters/thread/{promise_id}")
    assert made.status_code == 303
    assert editor.get(made.location).data.startswith(b"%PDF")


def test_a_thread_has_one_picture_to_share(standing, visit):
    promise = standing(-3, title="Нова чешма")
    page = visit(f"/thread/{promise}")
    if page.status_code == 302:
        page = visit(page.location.partition("8000")[2])
    [address] = re.findall(r'og:image" content="([^"]+)"', page.text)
    answer = visit(address.partition(":8000")[2])
    assert address.startswith(f"http://{VILLAGE}") and answer.mimetype == "image/png"
    assert Image.open(BytesIO(answer.data)).size == (1200, 630)
    assert visit(f"/thread/{promise}/card.png", NEIGHBOUR).status_code == 404
    assert visit(f"/thread/{uuid4()}/card.png").status_code == 404


def test_the_region_reads_the_promises_of_all_and_narrows_them(uow_in, give, client, at):
    for village, title, days in ((VILLAGE, "Пътят", -3), (NEIGHBOUR, "Чешмата", 5)):
        with uow_in(village) as uow:
            give(uow, days, title=title)
            dropped = give(uow, 2, title=f"{title} отпада")
            promises.drop_promise(
                uow,
                dropped,
                "Парите не стигат.",
                dropped_on=day_of(uow.now),
                expected_version=dropped.version,
            )
            uow.commit()
            show_in_region(uow)

    def listed(query=""):
        page = client.get(f"/promises/{query}", base_url=at(""))
        assert page.status_code == 200
        return page.text.replace("\xa0", " ").partition('class="ob-list"')[2].partition("</ul>")[0]

    everything = listed()
    assert everything.index("Пътят") < everything.index("Чешмата")  # what is late stands first
    assert everything.count("Парите не стигат.") == 2 and "Закъснява" in everything
    assert re.search(rf"//{VILLAGE}[^\"]*/thread/[0-9a-f-]{{36}}", everything)
    late, dropped = listed("?state=late"), listed(f"?state=dropped&municipality={NEIGHBOUR}")
    assert "Пътят" in late and "Чешмата" not in late and "отпада" not in late
    assert dropped.count("<li>") == 1 and "Чешмата отпада" in dropped
    assert "Няма обещания с този избор." in client.get(
        f"/promises/?state=late&municipality={NEIGHBOUR}", base_url=at("")
    ).text.replace("\xa0", " ")
