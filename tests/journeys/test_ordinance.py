"""A town's ordinance with four hundred opinions: answered by groups, followed into the text, told.

As PDF, as CSV and as a record that a stranger checks with the script of the documentation.

The opinions come by the hand of the test, in a second each dozen; all that staff do is done in a
browser without scripts.
"""

import csv
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from playwright.sync_api import expect
from tests.journeys.test_consultations import press, said, village, working_there

from obshto.modules.consultations.services.consultations import (
    ConsultationDraft,
    publish_consultation,
    write_consultation,
)
from obshto.modules.consultations.services.groups import propose_groups
from obshto.modules.consultations.services.opinions import OpinionWords, give_opinion
from obshto.modules.consultations.services.table import set_table

__all__ = ["village", "working_there"]  # fixtures
pytestmark = pytest.mark.browser
DRAFT = (
    "Чл. 1. Наредбата урежда градските паркове.",
    "Чл. 2. Който храни гълъби, плаща 200 евро.",
    "Чл. 3. Кучета не се допускат в парка.",
)
CHEAPER = "Чл. 2. Който храни гълъби, плаща 50 евро."
# How many, on which paragraph, what they want, what they say, what they are told.
GROUPS = (
    (160, 2, "change", "Глобата за гълъбите е прекалена, намалете я", "Приема се"),
    (140, 3, "refuse", "Оставете кучетата в парка на повод", "Не се приема"),
    (90, None, "", "Паркът тъне в боклук, сложете повече кошчета", "Не се приема"),
)
ALONE = (
    "беседка",
    "фонтан",
    "люлки",
    "пейки",
    "чешма",
    "колоездене",
    "шах",
    "сцена",
    "рози",
    "лед",
)
ALL = sum(group[0] for group in GROUPS) + len(ALONE)
SCRIPT = Path(__file__).parents[2] / "docs" / "consultation-record.md"


@pytest.fixture
def ordinance(site, working_there):
    """Its id: over, with all its opinions, proposed in groups."""
    with site.app.app_context(), working_there() as uow:
        told = {"kind": "ordinance", "title": "Наредба за парковете", "summary": "Едно. Две. Три."}
        draft = ConsultationDraft(**told, reasons="Жалби.", draft="\n".join(DRAFT))
        row = write_consultation(uow, draft, request_id=uuid4())
        uow.session.flush()
        publish_consultation(uow, row, expected_version=row.version)
        uow.session.flush()
        for number, words in enumerate(everything()):
            author = f"Проба Авторова {number}"
            told = OpinionWords(**words, author=author, channel="post", shows_name=number % 7 == 0)
            give_opinion(uow, row.id, told, request_id=uuid4())
        row.closes_at = uow.now - timedelta(seconds=1)
        uow.session.flush()
        propose_groups(uow, consultation_id=row.id)
        uow.commit()
        return str(row.id)


def everything():
    for size, paragraph, stance, words, _ in GROUPS:
        for _ in range(size):
            yield {"words": words, "paragraph": paragraph, "stance": stance}
    for word in ALONE:
        yield {"words": word}


@pytest.fixture
def typeset(site, working_there, ordinance):
    """What the job does within ten minutes."""

    def go():
        with site.app.app_context(), working_there() as uow:
            set_table(uow, UUID(ordinance))
            uow.commit()

    return go


def answer(page, outcome):
    page.get_by_label(outcome, exact=True).check()
    page.fill("#reason", "Прочетохме всяко и го обсъдихме.")
    press(page, "Запишете отговора")
    said(page, "Отговорът е записан")


def publish(page, desk):
    page.goto(f"{desk}/outcome")
    page.fill("#changes", "Глобата за хранене на гълъби е 50 евро вместо 200.")
    page.fill("#outcome", "Наредбата отива в съвета.")
    press(page, "Публикувайте резултата")


def follow(page, desk):
    """The accepted change into the text, because of whom the portal proposes."""
    page.goto(f"{desk}/version")
    page.fill("#draft", "\n".join((DRAFT[0], CHEAPER, DRAFT[2])))
    press(page, "Вижте промените")
    expect(page.locator("#because_1")).not_to_have_value("")
    press(page, "Публикувайте новия текст")
    said(page, "Новият текст е публикуван")


def downloaded(page, name):
    with page.expect_download() as begun:
        page.get_by_role("link", name=name).click()
    return Path(begun.value.path())


def answer_all(page, desk):
    """By groups, then those that are like no other."""
    for size, *_, outcome in GROUPS:
        page.goto(f"{desk}/groups")
        page.get_by_role("link", name=re.compile(f"^{size} становища")).click()
        answer(page, outcome)
    publish(page, desk)
    expect(page.get_by_text(f"Становища без отговор: {len(ALONE)}").first).to_be_visible()
    page.goto(f"{desk}/opinions?list=unanswered")
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Отговорете на отметнатите")
    answer(page, "Не се приема")


def is_whole(record):
    """Whether the script of the documentation finds nothing against it."""
    check = re.search(r"```python\n(.*?)```", SCRIPT.read_text("utf-8"), re.DOTALL)[1]
    return subprocess.run([sys.executable, "-c", check, record], check=False).returncode == 0


def test_four_hundred_opinions_are_answered_followed_and_told(
    visit, village, enter_as, ordinance, typeset
):
    here = f"/console/consultations/{ordinance}"
    lawyer, reader, desk = visit(js=False, phone=False), visit(js=False), f"{village}{here}"
    enter_as(lawyer, village, here, "secretary")
    answer_all(lawyer, desk)
    follow(lawyer, desk)
    publish(lawyer, desk)
    said(lawyer, "Резултатът е публикуван")
    typeset()
    reader.goto(f"{village}/consultations/{ordinance}/changes")
    expect(reader.get_by_text(f"и още {GROUPS[0][0] - 10}")).to_be_visible()
    reader.goto(f"{village}/consultations/{ordinance}")
    assert downloaded(reader, "PDF").read_bytes().startswith(b"%PDF")
    table = downloaded(reader, "Таблица CSV").read_text("utf-8-sig").splitlines()
    rows = list(csv.reader(table, delimiter=";"))[1:]
    assert len(rows) == ALL and all(row[6] and row[7] for row in rows)
    record = downloaded(reader, "Запис JSON, който всеки може да провери")
    assert is_whole(record)
    record.write_text(record.read_text("utf-8").replace("50 евро", "500 евро"), "utf-8")
    assert not is_whole(record)
