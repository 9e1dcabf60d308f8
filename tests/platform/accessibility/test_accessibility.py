"""What the accessibility statement promises: one can say what is in the way, somebody answers."""

import re
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from obshto.platform.accessibility import services as barriers
from obshto.platform.accessibility.selfcheck import answered
from obshto.platform.accessibility.services import BarrierReport, NoSuchBarrier
from obshto.platform.permissions import Role
from obshto.platform.soft_delete import count

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
TYPED = {"words": "Картата е твърде ситна", "page": "/places/map", "contact": "0888 123 456"}


@pytest.fixture
def uow(uow_in):
    with uow_in(VILLAGE) as begun:
        yield begun


@pytest.fixture
def visit(client, at):
    return lambda path, slug=VILLAGE: client.get(path, base_url=at(slug))


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


def tell(uow, **changed):
    barriers.tell(uow, BarrierReport(**TYPED | changed), request_id=uuid4())
    uow.session.flush()
    return uow.session.scalars(barriers.waiting()).all()[-1]


def test_the_statement_names_its_own_portal_and_what_the_model_asks_for(visit):
    page = visit("/accessibility/").text.replace("\xa0", " ")
    assert "http://gorno-selo.localhost" in page and "Община Горно село" in page
    headings = re.findall(r"<h[23][^>]*>([^<]+)</h[23]>", page.partition("<main")[2])
    assert [heading.strip() for heading in headings[:8]] == [
        "Статус на съответствие",
        "Недостъпно съдържание",
        "а) Несъответствия",
        "б) Непропорционална тежест",
        "в) Извън обхвата на закона",
        "Изготвяне на декларацията",
        "Обратна връзка",
        "Ако отговорът не Ви удовлетвори",
    ]
    for asked in ("2018/1523", "Министерството на електронното управление", "гр. София"):
        assert asked in page
    assert 'href="/accessibility/tell"' in page and "Последен преглед" in page


def test_what_a_municipality_adds_stands_in_its_own_statement_alone(sign_in, visit):
    admin = sign_in(VILLAGE, Role.ADMIN)
    told = "Старите наредби са снимки"
    assert admin.press("/console/settings/accessibility", exceptions=told).status_code == 303
    assert told in visit("/accessibility/").text.replace("\xa0", " ")
    assert told not in visit("/accessibility/", NEIGHBOUR).text.replace("\xa0", " ")


def test_anybody_tells_and_staff_see_it_until_it_is_answered(editor):
    page = editor.press("/accessibility/tell", **TYPED)
    assert page.status_code == 303 and page.location.endswith("said=accessibility.told")
    desk = editor.get("/console/accessibility/").text
    assert all(word in desk for word in TYPED.values())
    assert editor.press("/console/accessibility/", to="/answered").status_code == 303
    assert TYPED["words"] not in editor.get("/console/accessibility/").text


def test_who_told_it_reads_who_saw_it(editor, sign_in, owner):
    teller = sign_in(VILLAGE, email="teller@villages.example")
    assert teller.press("/accessibility/tell", **TYPED).status_code == 303
    for _ in range(2):
        assert TYPED["words"] in editor.get("/console/accessibility/").text
    looks = "select purpose, kinds from t_gorno_selo.purposes_look"
    assert owner(looks) == [("answer", ["contact", "words"])]
    told = teller.get("/personaldata/looks").text
    assert "Чете какво Ви пречи в портала" in told and "Сигнал за достъпност от" in told


def test_without_a_word_nothing_is_taken_and_what_was_typed_stays(editor):
    page = editor.press("/accessibility/tell", **TYPED | {"words": " "})
    assert page.status_code == 422 and "Напишете какво Ви попречи" in page.text
    assert TYPED["contact"] in page.text


def test_the_same_form_twice_is_one_barrier(uow):
    request_id = uuid4()
    for _ in range(2):
        barriers.tell(uow, BarrierReport(**TYPED), request_id=request_id)
    assert count(uow, barriers.waiting()) == 1
    assert [fact.name for fact in uow.facts] == ["accessibility:barrier.told"]


def test_words_and_contact_lie_sealed(uow, owner):
    tell(uow)
    uow.session.commit()
    [(words, contact)] = owner("select words, contact from t_gorno_selo.accessibility_barrier")
    assert "ситна".encode() not in bytes(words) and b"0888" not in bytes(contact)


def test_answered_twice_is_answered_once_and_a_stranger_does_not_exist(uow):
    barrier = tell(uow)
    expected_version = barrier.version
    for _ in range(2):
        barriers.answer(uow, barrier.id, expected_version=expected_version)
        uow.session.flush()
    assert [fact.name for fact in uow.facts][1:] == ["accessibility:barrier.answered"]
    with pytest.raises(NoSuchBarrier):
        barriers.answer(uow, uuid4(), expected_version=1)


@pytest.mark.parametrize(("days", "share"), [(30, 1), (31, 0)])
def test_who_waits_for_more_than_a_month_costs_points(uow, days, share):
    tell(uow)
    assert answered(replace(uow, now=uow.now + timedelta(days=days))).share == share


@pytest.mark.parametrize(("days", "left"), [(365, 1), (366, 0)])
def test_after_a_year_nothing_is_kept(uow, days, left):
    tell(uow)
    barriers.forget_old(replace(uow, now=uow.now + timedelta(days=days)))
    assert count(uow, barriers.waiting()) == left


def test_an_address_alone_drops_no_draft(visit, editor):
    """What somebody typed and did not send stays on the phone, whatever link they open."""
    assert "data-draft-done" not in visit("/accessibility/?said=accessibility.told").text
    told = editor.press("/accessibility/tell", **TYPED)
    assert "data-draft-done" in editor.get(told.location).text
    assert "data-draft-done" not in editor.get(told.location).text
