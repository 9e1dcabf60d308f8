"""Flags of readers: personal data of others are away at once, staff confirm or show them again."""

import re
from uuid import uuid4

import pytest
from tests.modules.consultations.test_pages import (
    NEIGHBOUR,
    VILLAGE,
    WRITTEN,
    enter,
    opened,
    path_of,
    secretary,
    switched_on,
    visitor,
)

from obshto.modules.consultations import notifications
from obshto.modules.consultations.models import Opinion
from obshto.modules.consultations.services.answers import AnswerWords, answer_opinions
from obshto.modules.consultations.services.codes import code_of
from obshto.modules.consultations.services.moderation import (
    flag_opinion,
    hide_opinion,
    leave_opinion,
    show_opinion,
)
from obshto.modules.consultations.services.record import lines_of
from obshto.modules.consultations.services.table import set_table
from obshto.platform.moderation.services import Reason
from obshto.platform.permissions import Role
from obshto.platform.storage.errors import NoSuchFile
from obshto.platform.storage.services import file_of

__all__ = ["opened", "secretary", "switched_on", "visitor"]  # fixtures
PRIVATE = "Болният Иван Пробов иска пейка"
MEANT = Reason(rule="personal", words="Пише за болест.")


@pytest.fixture
def said(secretary, opened):
    """The id of an opinion with personal data of somebody else."""
    return enter(secretary, opened, words=PRIVATE)[1]


def flag(visitor, opinion, rule="personal"):
    path = f"/consultations/opinions/{opinion}/flag"
    names = r'name="(csrf_token|request_id)"[^>]*value="([^"]+)"'
    answer = visitor.post(path, dict(re.findall(names, visitor.get(path).text)) | {"rule": rule})
    assert answer.status_code == 303


def test_what_readers_report_is_away_at_once_until_staff_show_it(
    visitor, secretary, sign_in, opened, said
):
    public, desk = f"/consultations/{opened}", f"/console/consultations/opinions/{said}"
    pages = [public, *(f"{public}/{it}" for it in ("opinions", "table.csv", "record.json"))]
    flag(visitor, said, "insult")
    assert PRIVATE in visitor.get(public).text.replace("\xa0", " "), "a moderator reads it first"
    flag(visitor, said)
    for path in (*pages, f"/consultations/opinions/{said}/flag", "/search?q=пейка"):
        assert "Пробов" not in visitor.get(path).text, path
    assert "Правило 3" in visitor.get(public).text.replace("\xa0", " ")
    assert "Правило 3" not in visitor.get("/moderation/").text, "nobody of the staff decided"
    neighbour, editor = sign_in(NEIGHBOUR, Role.SECRETARY), sign_in(VILLAGE, Role.EDITOR)
    sent = {"expected_version": 1}
    assert neighbour.post(f"{desk}/show-again", sent).status_code == 404
    assert editor.post(f"{desk}/show-again", sent).status_code == 403
    assert "Потвърдете скриването" in secretary.get(desk).text
    assert secretary.press(desk, to="/show-again").status_code == 303
    for _ in range(2):
        assert "Пробов" in visitor.get(public).text
        flag(visitor, said)  # these words were read by staff


def test_staff_confirm_with_a_reason_that_everybody_reads(visitor, secretary, opened, said, uow_in):
    flag(visitor, said)
    with uow_in(VILLAGE) as uow:
        own = f"/consultations/opinion/{code_of(uow.session.get(Opinion, said).request_id)}"
    page = visitor.get(own).text
    assert "Какво е решил, ще пише тук" in page and "Възразете" not in page
    hide = f"/console/consultations/opinions/{said}/hide"
    assert secretary.press(hide, hide, rule="personal", words="За болест.").status_code == 303
    for path in (f"/consultations/{opened}", "/moderation/"):
        assert "За болест." in visitor.get(path).text.replace("\xa0", " "), path
    assert "Възразете" in visitor.get(own).text


def test_all_that_wait_for_a_moderator_stand_in_one_list_and_on_the_home_page(
    visitor, secretary, sign_in, opened, said
):
    queue, desk = "/console/consultations/flagged", f"/console/consultations/opinions/{said}"
    assert "Няма докладвани становища" in secretary.get(queue).text
    other = path_of(secretary.post("/console/consultations/new", WRITTEN | {"request_id": uuid4()}))
    assert secretary.press(f"{other}/publish").status_code == 303
    second = enter(secretary, other.rpartition("/")[2], words="Крадци сте всички")[1]
    flag(visitor, said)
    flag(visitor, second, "insult")
    page = secretary.get(queue).text
    assert desk in page and second in page and "Правило 1: без обиди: каза 1 човек" in page
    assert f'href="{queue}"' in secretary.get("/console/").text
    neighbour, editor = sign_in(NEIGHBOUR, Role.SECRETARY), sign_in(VILLAGE, Role.EDITOR)
    assert said not in neighbour.get(queue).text and editor.get(queue).status_code == 403
    secretary.press(desk, to="/show-again")
    page = secretary.get(queue).text
    assert said not in page and second in page


def test_the_author_hears_first_that_staff_will_read_it_then_what_they_decided(uow, talk):
    row = talk.opened()
    opinion = talk.said(row, PRIVATE, email="author@villages.example")
    fact, once = {"subject_id": str(opinion.id)}, uuid4()
    for _ in range(2):
        flag_opinion(uow, opinion, "personal", request_id=once)
    letter = notifications.hidden(uow, fact)[1]
    assert "ще Ви пишем какво е решил" in letter and "какво може да направите" not in letter
    hide_opinion(uow, opinion, MEANT, expected_version=opinion.version)
    uow.session.flush()
    letter = notifications.hidden(uow, fact)[1]
    assert MEANT.words in letter and "какво може да направите" in letter
    hide_opinion(uow, opinion, MEANT, expected_version=0)  # the same form, once more
    show_opinion(uow, opinion, expected_version=opinion.version)
    assert opinion.hidden_at, "what staff decided is shown by an appeal"
    told = [line.body for line in lines_of(uow, row) if line.body["what"] == "hidden"]
    assert [("веднага" in it["why"], MEANT.words in it["why"]) for it in told] == [
        (True, False),
        (False, True),
    ]


def test_shown_again_before_the_letter_was_written_there_is_none(uow, talk):
    row = talk.opened()
    opinion = talk.said(row, PRIVATE)
    flag_opinion(uow, opinion, "personal", request_id=uuid4())
    leave_opinion(uow, opinion, expected_version=opinion.version)
    assert opinion.hidden_at, "it waits for a decision"
    for _ in range(2):
        show_opinion(uow, opinion, expected_version=opinion.version)
    uow.session.flush()
    assert notifications.hidden(uow, {"subject_id": str(opinion.id)}) is None
    assert [line.body["what"] for line in lines_of(uow, row)][-2:] == ["hidden", "shown"]


def test_what_staff_have_read_stays_until_they_decide(uow, talk):
    row = talk.opened()
    left, answered = talk.said(row, "Едно"), talk.said(row, "Две")
    flag_opinion(uow, left, "off-topic", request_id=uuid4())
    version = left.version
    for _ in range(2):  # a double click is one act
        leave_opinion(uow, left, expected_version=version)
        uow.session.flush()
    talk.over(row)
    yes = AnswerWords(outcome="accepted", reason="Да.")
    answer_opinions(uow, row.id, [answered.id], yes, request_id=uuid4())
    uow.session.flush()
    for opinion in (left, answered):
        flag_opinion(uow, opinion, "personal", request_id=uuid4())
        assert opinion.hidden_at is None


def test_after_the_outcome_the_pdf_with_the_words_goes_and_another_is_set(uow, talk):
    row = talk.opened()
    opinion = talk.said(row, PRIVATE)
    row.outcome_at = uow.now
    set_table(uow, row.id)
    first = row.table_id
    flag_opinion(uow, opinion, "personal", request_id=uuid4())
    uow.session.flush()
    assert row.table_id is None
    with pytest.raises(NoSuchFile):
        file_of(uow, first)
    set_table(uow, row.id)
    assert row.table_id not in (None, first)
