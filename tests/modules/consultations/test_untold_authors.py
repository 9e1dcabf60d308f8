"""Authors on paper: told of the answer from a list, for a purpose; they object as others do.

The table of the law stands on a page for everybody.
"""

import re
from uuid import uuid4

import pytest
from lxml.html import fromstring
from sqlalchemy import select

from obshto.modules.consultations.models import Opinion
from obshto.modules.consultations.services import queries
from obshto.modules.consultations.services.answers import (
    AnswerWords,
    answer_opinions,
    publish_outcome,
)
from obshto.modules.consultations.services.moderation import hide_opinion
from obshto.platform.db.base import new_id
from obshto.platform.moderation.services import Reason
from obshto.platform.permissions import Role
from obshto.platform.privacy.restrictions import place_restriction
from obshto.platform.purposes.subjects import Subject

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
NO = AnswerWords(outcome="refused", reason="Няма средства.")
LOOKS = "select count(*) from t_gorno_selo.purposes_look where part = 'consultations'"
FACTS = """
    select distinct act from t_gorno_selo.audit_entry
    where act like 'consultations:author%' order by 1
"""
IDS = "select id from t_gorno_selo.consultations_opinion order by sequence"
TOLD = (
    "select told_how, told_at is not null from t_gorno_selo.consultations_opinion order by sequence"
)


@pytest.fixture
def secretary(sign_in, switched_on):
    return sign_in(VILLAGE, Role.SECRETARY, name="Сийка Секретарова")


@pytest.fixture
def decided(uow_in, switched_on, begin_talk):
    """The id of a consultation with its outcome: two opinions on paper, one by e-mail."""
    with uow_in(VILLAGE) as uow:
        talk = begin_talk(uow)
        row = talk.opened()
        talk.said(row, "Първо на хартия", author="Пена Пробова", phone="0888 123 456")
        talk.said(row, "Второ на хартия", author="Гошо Пробов")
        talk.said(row, "С имейл", author="Мая Пробова", email="m@villages.example")
        talk.over(row)
        ids = [one.id for one in uow.session.scalars(queries.opinions_on(row))]
        answer_opinions(uow, row.id, ids, NO, request_id=new_id())
        uow.session.flush()
        publish_outcome(uow, row, outcome="Прие се.", changes="", expected_version=row.version)
        found = row.id
        uow.commit()
    return found


def told(page):
    return " ".join(fromstring(page.text).xpath("string(//main)").split())


def test_whom_no_letter_reaches_stands_in_a_list_and_opens_for_a_purpose(secretary, decided, owner):
    page = f"/console/consultations/{decided}/to-tell"
    closed = told(secretary.get(page))
    assert "Първо на хартия" in closed and "Няма средства." in closed and "С имейл" not in closed
    assert "Пена Пробова" not in closed and owner(LOOKS) == [(0,)]
    [(look, fields)] = [form for form in secretary.forms(page) if form[0].endswith("/look")]
    shown = re.findall(r'name="shown" value="([^"]+)"', secretary.get(page).text)
    assert len(shown) == 2
    assert secretary.post(look, fields | {"shown": shown}).status_code == 422  # no purpose
    asked = fields | {"shown": shown, "purpose": "contact"}
    assert secretary.post(look, asked).status_code == 303
    opened = told(secretary.get(page))
    assert "Пена Пробова" in opened and "0888" in opened and owner(LOOKS) == [(2,)]
    assert owner(FACTS) == [("consultations:authors.looked-at",)]


def test_who_was_told_is_ticked_off_and_how_is_kept(secretary, decided, owner):
    page = f"/console/consultations/{decided}/to-tell"
    shown = re.findall(r'name="chosen" value="([^"]+)"', secretary.get(page).text)
    [(mark, fields)] = [form for form in secretary.forms(page) if form[0] == page]
    nobody = secretary.post(mark, fields | {"how": "post"} | {"chosen": ""})
    assert nobody.status_code == 422 and "Отметнете на кого казахте" in told(nobody)
    no_way = secretary.post(mark, fields | {"how": ""} | {"chosen": [shown[1]]})
    assert no_way.status_code == 422 and "Изберете отговор" in told(no_way)
    ticked = fromstring(no_way.text).xpath('//input[@name="chosen"][@checked]/@value')
    assert ticked == [shown[1]]  # what was ticked is not lost
    sent = fields | {"how": "post", "chosen": [shown[0]]}
    for _ in range(2):
        assert secretary.post(mark, sent).status_code == 303
    assert owner(TOLD)[:2] == [("post", True), ("", False)]
    assert owner(FACTS) == [("consultations:author.told",)]
    assert "Първо на хартия" not in told(secretary.get(page))
    desk = told(secretary.get(f"/console/consultations/opinions/{shown[0]}"))
    assert "Казано на автора" in desk and "С писмо по пощата" in desk


def test_one_author_is_told_from_the_page_of_the_opinion(secretary, decided, owner):
    first = owner("select id from t_gorno_selo.consultations_opinion order by sequence")[0][0]
    desk = f"/console/consultations/opinions/{first}"
    assert secretary.press(desk, f"{desk}/told").status_code == 422
    assert owner(TOLD)[0] == ("", False)
    assert secretary.press(desk, f"{desk}/told", how="person").status_code == 303
    assert owner(TOLD)[0] == ("person", True)
    assert "Лично" in told(secretary.get(desk))


def test_who_restricts_the_use_of_their_data_is_neither_opened_nor_told(
    secretary, decided, uow_in, owner
):
    with uow_in(VILLAGE) as uow:
        place_restriction(uow, Subject(phone="0888 123 456"), case_id=uuid4(), number="ЛД-1")
        uow.commit()
    page = f"/console/consultations/{decided}/to-tell"
    here = secretary.get(page)
    assert "не се ползват по негово искане" in told(here) and "Първо на хартия" in told(here)
    [open_one] = re.findall(r'name="chosen" value="([^"]+)"', here.text)
    all_ids = [str(row[0]) for row in owner(IDS)]
    [(look, fields)] = [form for form in secretary.forms(page) if form[0].endswith("/look")]
    assert secretary.post(look, fields | {"shown": all_ids, "purpose": "contact"}).location
    opened = told(secretary.get(page))
    assert "Гошо Пробов" in opened and "Пена Пробова" not in opened and owner(LOOKS) == [(1,)]
    [(mark, fields)] = [form for form in secretary.forms(page) if form[0] == page]
    assert secretary.post(mark, fields | {"how": "phone", "chosen": all_ids}).location
    assert owner(TOLD)[:2] == [("", False), ("phone", True)]
    assert open_one == all_ids[1]


def test_a_list_of_several_pages_stays_where_it_was(secretary, uow_in, begin_talk, owner):
    with uow_in(VILLAGE) as uow:
        talk = begin_talk(uow)
        row = talk.opened()
        for number in range(45):
            talk.said(row, f"Хартия {number}.", author=f"Проба {number}")
        talk.over(row)
        ids = [one.id for one in uow.session.scalars(queries.opinions_on(row))]
        answer_opinions(uow, row.id, ids, NO, request_id=new_id())
        uow.session.flush()
        publish_outcome(uow, row, outcome="Прие се.", changes="", expected_version=row.version)
        page = f"/console/consultations/{row.id}/to-tell"
        uow.commit()
    second = secretary.get(f"{page}?page=2").text
    shown = re.findall(r'name="shown" value="([^"]+)"', second)
    [(look, fields)] = [f for f in secretary.forms(f"{page}?page=2") if "/look" in f[0]]
    refused = secretary.post(look, fields | {"shown": shown})
    assert refused.status_code == 422 and shown == re.findall(
        r'name="shown" value="([^"]+)"', refused.text
    )
    sent = secretary.post(look, fields | {"shown": shown, "purpose": "contact"})
    assert "page=2" in sent.location and owner(LOOKS) == [(len(shown),)]


def test_the_list_is_there_for_who_enters_opinions_here_and_after_the_outcome(
    secretary, decided, sign_in, uow_in, begin_talk
):
    page = f"/console/consultations/{decided}/to-tell"
    stranger = sign_in(NEIGHBOUR, Role.SECRETARY, name="Съседка", email="s@v.example")
    assert stranger.get(page).status_code == 404
    keeper = sign_in(VILLAGE, Role.FINANCE_OFFICER, name="Друга", email="f@v.example")
    assert keeper.get(page).status_code == 403
    with uow_in(VILLAGE) as uow:
        still_open = begin_talk(uow).opened().id
        uow.commit()
    assert secretary.get(f"/console/consultations/{still_open}/to-tell").status_code == 404
    assert f'href="{page}"' in secretary.get(f"/console/consultations/{decided}").text


def test_an_objection_on_paper_is_entered_once_and_waits_for_another_person(
    secretary, decided, uow_in, owner
):
    with uow_in(VILLAGE) as uow:
        first = uow.session.scalars(select(Opinion).order_by(Opinion.sequence)).first()
        reason = Reason(rule="insult", words="Обиди.")
        hide_opinion(uow, first, reason, expected_version=first.version)
        opinion_id = first.id
        uow.commit()
    page = f"/console/consultations/opinions/{opinion_id}"
    assert f'href="{page}/appeal"' in secretary.get(page).text
    empty = secretary.press(f"{page}/appeal", words="")
    assert empty.status_code == 422 and "Напишете защо" in told(empty)
    [(_, fields)] = [form for form in secretary.forms(f"{page}/appeal") if "words" in form[1]]
    for _ in range(2):
        sent = secretary.post(f"{page}/appeal", fields | {"words": "Не обиждам никого."})
        assert sent.status_code == 303
    assert owner("select appealed_at is not null from t_gorno_selo.moderation_decision") == [
        (True,)
    ]
    again = secretary.get(f"{page}/appeal")
    assert again.status_code == 200 and 'name="words"' not in again.text


def test_the_table_of_the_law_is_read_and_printed_as_a_page(decided, client, at, uow_in):
    answer = client.get(f"/consultations/{decided}/table", base_url=at(VILLAGE))
    page = told(answer)
    assert answer.status_code == 200
    for words in ("Първо на хартия", "С имейл", "Няма средства.", "Не се приема", "Прие се."):
        assert words in page
    assert "Пена Пробова" not in page and "Мая Пробова" not in page
    [mark] = re.findall(r"\b[0-9a-f]{64}\b", page)
    record = client.get(f"/consultations/{decided}/record.json", base_url=at(VILLAGE)).json
    assert record["lines"][-1]["hash"] == mark
    here = client.get(f"/consultations/{decided}", base_url=at(VILLAGE))
    assert f'href="/consultations/{decided}/table"' in here.text
    assert client.get(f"/consultations/{decided}/table", base_url=at(NEIGHBOUR)).status_code == 404
