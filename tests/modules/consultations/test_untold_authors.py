"""Authors on paper: told of the answer from a list, for a purpose; they object as others do.

The table of the law stands on a page for everybody.
"""

import re

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

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
NO = AnswerWords(outcome="refused", reason="Няма средства.")
LOOKS = "select count(*) from t_gorno_selo.purposes_look where part = 'consultations'"
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


def test_whom_no_letter_reaches_is_told_from_a_list_and_ticked_off(secretary, decided, owner):
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
    [(mark, fields)] = [form for form in secretary.forms(page) if form[0] == page]
    nobody = secretary.post(mark, fields | {"how": "post"} | {"chosen": ""})
    assert nobody.status_code == 422 and "Отметнете на кого казахте" in told(nobody)
    sent = fields | {"how": "post", "chosen": [shown[0]]}
    for _ in range(2):
        assert secretary.post(mark, sent).status_code == 303
    assert owner(TOLD)[:2] == [("post", True), ("", False)]
    assert "Първо на хартия" not in told(secretary.get(page))


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
    assert "Пена Пробова" not in page
    [mark] = re.findall(r"\b[0-9a-f]{64}\b", page)
    record = client.get(f"/consultations/{decided}/record.json", base_url=at(VILLAGE)).json
    assert record["lines"][-1]["hash"] == mark
    here = client.get(f"/consultations/{decided}", base_url=at(VILLAGE))
    assert f'href="/consultations/{decided}/table"' in here.text
    assert client.get(f"/consultations/{decided}/table", base_url=at(NEIGHBOUR)).status_code == 404
