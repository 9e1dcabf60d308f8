"""A council that refuses a local referendum: what everybody reads of the way on, until a date."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect
from support.unscripted import send

from obshto.platform.clock import today
from obshto.platform.permissions import Role
from obshto.platform.workdays import is_workday

pytestmark = pytest.mark.browser
QUESTION = "Съгласни ли сте общината да запази мелницата за читалище?"
ASKED = {
    "question": QUESTION,
    "yes_means": "Мелницата остава на общината и до две години е читалище.",
    "no_means": "Мелницата се продава на търг, парите са за пътищата.",
    "reasons": "Няма къде да се събираме през зимата.",
    "decider": "council",
}


def on(days, **more):
    return {"happened_on": (today() - timedelta(days=days)).isoformat(), **more}


def says(page, *told):
    for one in told:
        expect(page.locator("main")).to_contain_text(one)


def refused(page, address, *told, **typed):
    """The form comes back with what is wrong; what was typed stays."""
    page.goto(address)
    for name, value in typed.items():
        page.locator(f'main [name="{name}"]').fill(value)
    page.locator('main form[method="post"] button').last.click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    for name, value in typed.items():
        expect(page.locator(f'main [name="{name}"]')).to_have_value(value)
    says(page, *told)


def test_a_council_that_refuses_and_the_way_on(furnish, person):
    """The refusal is public with its reasons; the term for the court ends on no day off."""
    base = furnish("referendum")
    secretary, reader = person(Role.SECRETARY), person()
    proposed = {"proposer": "councillors", "signers": 5}
    desk = send(secretary, f"{base}/console/referendum/new", **proposed, **ASKED)
    page = f"{base}/referendum/{desk.rpartition('/')[2]}"
    saturday = today() - timedelta(days=(today().weekday() - 5) % 7)
    told = {"happened_on": saturday.isoformat()}
    send(secretary, f"{desk}/steps/submit", **told)
    send(secretary, f"{desk}/steps/reject", **told, words="Решение № 9: няма пари за ремонт")
    last = next(day for n in range(7, 21) if is_workday(day := saturday + timedelta(days=n)))
    reader.goto(page)
    says(reader, "Отказан от съвета", "няма пари за ремонт", "могат да обжалват отказа")
    says(reader, f"Последен ден: {last.day}", "Как може да продължи", "Ако съдът отмени отказа")
    expect(reader.get_by_text("Предстои")).to_have_count(0)  # nobody promised a date
    refused(secretary, f"{desk}/steps/lapse", "Срокът още не е изтекъл", **on(0))
    appealed(secretary, reader, desk, page)


def appealed(secretary, reader, desk, page):
    """The court says the council was wrong: then days count from its judgment."""
    send(secretary, f"{desk}/steps/appeal", **on(0), words="Петима съветници, дело № 31")
    reader.goto(page)
    says(reader, "Обжалван пред съда", "дело № 31", "Ако съдът потвърди отказа")
    send(secretary, f"{desk}/steps/annul", **on(0), words="Решение № 77 на съда")
    reader.goto(page)
    says(reader, "Отказът е отменен", "насрочва референдума с гласуване в срока")
    vote_on = offered(secretary, f"{desk}/steps/call")[0]
    decided = on(0, words="Решение № 12")
    send(secretary, f"{desk}/steps/call", **decided, vote_on=vote_on.isoformat())
    reader.goto(page)
    says(reader, "Гласува се на хартия на", "Решение № 12")


def offered(page, step):
    page.goto(step)
    values = page.locator("[name=vote_on] option").evaluate_all("all => all.map(o => o.value)")
    return [date.fromisoformat(one) for one in values if one]
