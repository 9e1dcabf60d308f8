"""A village's budget with opinions on paper, answered, tied to a change, put on an agenda; a wave
of hostile opinions hidden by one act.

Without scripts. The end of the term alone comes by the test's hand.
"""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from flask import g
from playwright.sync_api import expect

from obshto.modules.consultations.models import Consultation
from obshto.modules.consultations.services.consultations import (
    ConsultationDraft,
    publish_consultation,
    write_consultation,
)
from obshto.modules.consultations.services.opinions import OpinionWords, give_opinion
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
TITLE = "Бюджет на общината за догодина"
DRAFT = ("Общи приходи: 2 000 000 евро.", "За улици: 50 000 евро.", "За читалището: 5 000 евро.")
PAPER = (
    "За улиците дайте повече",
    "Улицата към гробищата е без настилка",
    "Тротоарът пред читалището пропада",
    "Сложете лампи по главната улица",
    "Изкърпете дупките преди зимата",
    "Канавката край пътя прелива",
    "По нашата улица автобусът не минава",
    "Мостът над реката няма парапет",
    "За улиците и догодина да има пари",
)
PAGE, WAVE = 20, 25


@pytest.fixture
def village(furnish):
    return furnish("consultations", "meetings", "council")


@pytest.fixture
def working_there(site, village):
    def begin():
        g.modules = frozenset({"consultations", "meetings", "council"})
        return open_uow(scope_named("gorno-selo"), Principal.system("test"))

    return begin


@pytest.fixture
def budget(site, working_there):
    """Its id, open for opinions."""
    with site.app.app_context(), working_there() as uow:
        told = {"kind": "budget", "title": TITLE, "summary": "Едно. Две. Три.", "reasons": "Закон"}
        row = write_consultation(
            uow, ConsultationDraft(**told, draft="\n".join(DRAFT)), request_id=uuid4()
        )
        uow.session.flush()
        publish_consultation(uow, row, expected_version=row.version)
        uow.commit()
        return str(row.id)


@pytest.fixture
def end_it(site, working_there, budget):
    def go():
        with site.app.app_context(), working_there() as uow:
            row = uow.session.get_one(Consultation, UUID(budget))
            row.closes_at = uow.now - timedelta(seconds=1)
            uow.commit()

    return go


def said(page, words):
    expect(page.locator(".govuk-notification-banner__heading")).to_contain_text(words)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).click()


def enter_paper(page, sheet):
    """A sheet of one household; what stands on its slip."""
    page.get_by_label("по пощата").check()
    page.fill("#paragraph", "2")
    page.get_by_label("Да се промени").check()
    page.fill("#words", PAPER[sheet])
    page.fill("#author", f"Проба Авторова {sheet}")
    press(page, "Запишете становището")
    said(page, "Становището е записано")
    slip = page.locator(".govuk-inset-text b")
    return slip.first.inner_text(), slip.last.inner_text()


def read_slip(page, village, slip):
    """Who has only the paper finds the answer by number and code."""
    page.goto(f"{village}/consultations/follow")
    page.fill("#number", slip[0])
    page.fill("#code", slip[1])
    press(page, "Покажете становището")


def answer_all(page):
    for box in page.get_by_role("checkbox").all():
        box.check()
    press(page, "Отговорете на отметнатите")
    page.get_by_label("Приема се", exact=True).check()
    page.fill("#reason", "Даваме още за улици.")
    press(page, "Запишете отговора")


def tie(page):
    page.fill("#draft", "\n".join((DRAFT[0], "За улици: 80 000 евро.", DRAFT[2])))
    press(page, "Вижте промените")
    expect(page.locator("#because_1")).not_to_have_value("")
    press(page, "Публикувайте новия текст")
    said(page, "Новият текст е публикуван")


def publish(page):
    page.fill("#changes", "За улици са 80 000 евро.")
    page.fill("#outcome", "Проектът отива в съвета.")
    press(page, "Публикувайте резултата")
    said(page, "Резултатът е публикуван")
    press(page, "Внесете в дневния ред")
    said(page, "Точката е в дневния ред")


def tell_all(clerk, desk):
    """No letter reaches them: the answers go out by post, one sheet for each."""
    clerk.goto(f"{desk}/to-tell")
    boxes = clerk.get_by_role("checkbox")
    expect(boxes).to_have_count(len(PAPER))  # who repeated themselves is told once
    for box in boxes.all():
        box.check()
    clerk.get_by_label("С писмо по пощата").check()
    press(clerk, "Отбележете казаното")
    said(clerk, "Записано е, че казахте на авторите")
    expect(clerk.get_by_text("На всички е казано.")).to_be_visible()


def enter_sheets(clerk, desk):
    """Nine, and the first once more: it lay on the other desk as well. What stands on the slips."""
    slips = []
    for sheet in (*range(len(PAPER)), 0):
        clerk.goto(f"{desk}/enter")
        slips.append(enter_paper(clerk, sheet))
    assert len(set(slips)) == len(PAPER) + 1
    clerk.goto(f"{desk}/opinions")
    for name in (f"Без отговор ({len(PAPER)})", "Повторени (1)"):
        expect(clerk.get_by_role("link", name=name)).to_be_visible()
    expect(clerk.get_by_text("по пощата")).to_have_count(len(slips) + 1)  # one in the filter
    return slips


def test_a_budget_with_opinions_on_paper_reaches_the_agenda(
    visit, village, enter_as, budget, end_it
):
    desk, untied = f"/console/consultations/{budget}", "не са свързани с промяна на текста"
    clerk, reader = visit(js=False, phone=False), visit(js=False)
    enter_as(clerk, village, desk, "secretary")
    slips = enter_sheets(clerk, f"{village}{desk}")
    end_it()
    clerk.goto(f"{village}{desk}/opinions?list=unanswered")
    answer_all(clerk)
    clerk.goto(f"{village}{desk}/outcome")
    expect(clerk.get_by_text(untied)).to_be_visible()
    clerk.get_by_role("link", name="Свържете ги с промяна в текста").click()
    tie(clerk)
    clerk.goto(f"{village}{desk}/outcome")
    expect(clerk.get_by_text(untied)).to_have_count(0)
    publish(clerk)
    clerk.get_by_role("link", name="срещата", exact=True).click()
    expect(clerk.get_by_text(TITLE).first).to_be_visible()
    tell_all(clerk, f"{village}{desk}")
    reader.goto(f"{village}/consultations/{budget}/changes")
    expect(reader.get_by_text("Заради становища:")).to_be_visible()
    reader.goto(f"{village}/consultations/{budget}")
    expect(reader.get_by_text("Чухме под 10 души и организации")).to_be_visible()
    for slip in (slips[1], slips[-1]):
        read_slip(reader, village, slip)
        expect(reader.get_by_text("Даваме още за улици.")).to_be_visible()


def test_a_hostile_wave_is_hidden_by_one_act_and_shown_again(
    visit, village, enter_as, site, working_there, budget
):
    with site.app.app_context(), working_there() as uow:
        for number in range(WAVE):
            told = OpinionWords(words=f"Крадци {number}", author="Проба", channel="phone")
            give_opinion(uow, UUID(budget), told, request_id=uuid4())
        uow.commit()
    moderator, reader = visit(js=False, phone=False), visit(js=False)
    enter_as(moderator, village, f"/console/consultations/{budget}/opinions", "secretary")
    moderator.select_option("#channel", "phone")
    press(moderator, "Покажете")
    moderator.get_by_role("link", name="Скрийте наведнъж всички от този списък").click()
    expect(moderator.get_by_role("heading", level=1)).to_have_text(f"Скриване на {WAVE} становища")
    moderator.get_by_label("Правило 1: без обиди").check()
    moderator.fill("#words", "Обиди в една и съща вълна.")
    press(moderator, "Скрийте становищата")
    said(moderator, "Становищата са скрити")
    reader.goto(f"{village}/consultations/{budget}/opinions")
    expect(reader.get_by_text("Крадци")).to_have_count(0)
    expect(reader.get_by_text("Обиди в една и съща вълна.")).to_have_count(PAGE)
    reader.goto(f"{village}/moderation/")
    expect(reader.get_by_text("Обиди в една и съща вълна.")).to_have_count(1)
    press(moderator, "Върнете всички")
    said(moderator, "Становищата отново се виждат")
    reader.goto(f"{village}/consultations/{budget}/opinions")
    expect(reader.get_by_text("Крадци").first).to_be_visible()
