"""Guides as editors write them and citizens read them; readings and campaigns that know nobody."""

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, func, inspect, select, text

from obshto.modules.guides.models import GuideCampaign, GuideHandout, GuideReading
from obshto.modules.guides.paper import paper_of
from obshto.modules.guides.seeds import seed
from obshto.modules.guides.services.campaigns import campaign_of
from obshto.modules.guides.services.progress import progress_of
from obshto.modules.guides.services.steps import steps_of
from obshto.platform.clock import day_of, now
from obshto.platform.permissions import Role

VILLAGE, NEIGHBOUR = "gorno-selo", "dolno-selo"
STEPS = "Носете лична карта.\n\n## Отворете портала\n\nНапишете адреса.\n\n## Изпратете\n\nГотово."
TYPED = {
    "title": "Как да подам",
    "summary": "За всеки.",
    "markdown": STEPS,
    "leads_to": "/go/help/",
}


@pytest.fixture(autouse=True)
def guides_on(house, config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = '{guides}'"))
    yield
    engine.dispose()


@pytest.fixture
def editor(sign_in):
    return sign_in(VILLAGE, Role.EDITOR)


@pytest.fixture
def work(uow_in):
    """work(): a unit of work, for after requests; two at once share no session."""
    return lambda: uow_in(VILLAGE)


@pytest.fixture
def visit(client, at):
    return lambda path: client.get(path, base_url=at(VILLAGE)).text.replace("\xa0", " ")


def write(editor, **changed):
    answer = editor.post("/console/guides/new", TYPED | {"request_id": uuid4()} | changed)
    assert answer.status_code == 303, answer.text
    return answer.location.partition("?")[0].rpartition("/")[2]


@pytest.fixture
def guide_id(editor):
    written = write(editor)
    assert editor.press(f"/console/guides/{written}", to="publish").status_code == 303
    return written


def finish(reader, guide_id, **typed):
    [(address, fields)] = [
        form for form in reader.forms(f"/guides/{guide_id}/read") if form[0].endswith("/read")
    ]
    return reader.post(address, fields | {"was_useful": "yes"} | typed), fields


def campaign(editor, **changed):
    today = day_of(now())
    days = {"starts_on": today - timedelta(days=9), "ends_on": today + timedelta(days=9)}
    typed = {"title": "Хората научават", "goal": "10", "request_id": uuid4()} | days | changed
    for name in days:
        typed[name] = [str(part) for part in (typed[name].day, typed[name].month, typed[name].year)]
    return editor.post("/console/guides/campaigns/new", typed)


def hand_out(editor, path, **typed):
    today = day_of(now())
    boxes = [str(part) for part in (today.day, today.month, today.year)]
    given = {"number": "4", "place": "Гише", "given_on": boxes}
    return editor.press(f"{path}/leaflets", **given | typed)


def test_each_heading_begins_a_step():
    told = steps_of("<p>Увод</p>\n<h2>Едно <b>тук</b></h2>\n<p>а</p>\n<h2>Две</h2>")
    assert told.before == "<p>Увод</p>"
    assert [(step.words, step.html) for step in told.steps] == [
        ("Едно тук", "<p>а</p>"),
        ("Две", ""),
    ]


def test_a_guide_is_read_step_by_step(guide_id, visit):
    page = visit(f"/guides/{guide_id}")
    assert re.search(r'Стъпка 1 от 2</p>\s*<h2 id="step-1">Отворете портала', page)
    assert "Стъпка 2 от 2" in page and 'href="/go/help/"' in page
    assert "Как да подам" in visit("/guides/?q=портала подам")
    assert "Няма упътване с тези думи" in visit("/guides/?q=кораб")


def test_a_text_without_steps_is_no_guide(editor, visit):
    written = write(editor, markdown="Само текст.")
    answer = editor.press(f"/console/guides/{written}", to="publish")
    assert answer.status_code == 422 and "всяко подзаглавие започва нова стъпка" in answer.text
    assert "Няма такова упътване" in visit(f"/guides/{written}")


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example/a", "javascript:alert(1)", "/\\evil", "a b"]
)
def test_a_link_stays_in_the_portal(editor, path):
    typed = TYPED | {"request_id": uuid4(), "leads_to": path}
    answer = editor.post("/console/guides/new", typed)
    assert answer.status_code == 422 and "Копирайте адреса на страница" in answer.text


def test_an_address_is_taken_from_the_line_of_the_browser(editor, at):
    written = write(editor, leads_to=f"{at(VILLAGE)}/go/help/?a=1")
    assert 'value="/go/help/?a=1"' in editor.get(f"/console/guides/{written}").text


def test_no_button_leads_into_a_part_that_is_off(editor, visit):
    written = write(editor, leads_to="/polls/")
    editor.press(f"/console/guides/{written}", to="publish")
    assert "Сега Вие" not in visit(f"/guides/{written}")


def test_a_leaflet_has_the_steps_in_order(guide_id, work):
    with work() as uow:
        paper = paper_of(uow, UUID(guide_id))
    assert paper.text == ("За всеки.", "1. Отворете портала", "2. Изпратете")


def test_a_finished_reading_is_counted_once_and_knows_nobody(guide_id, editor, work):
    answer, fields = finish(editor, guide_id)
    assert answer.status_code == 303
    finish(editor, guide_id, request_id=fields["request_id"])
    finish(editor, guide_id, was_useful="no")
    with work() as uow:
        assert uow.session.scalar(select(func.count(GuideReading.id))) == 2
    kept = set(inspect(GuideReading).columns.keys())
    assert kept == {"id", "request_id", "guide_id", "read_on", "settlement", "was_useful"}
    page = editor.get(f"/console/guides/{guide_id}").text
    assert "Прочетено до края: 2 пъти, полезно: 1" in page.replace("\xa0", " ")


def test_a_reading_without_an_answer_is_asked_again(guide_id, editor):
    answer, _ = finish(editor, guide_id, was_useful="")
    assert answer.status_code == 422 and "Изберете да или не" in answer.text


def test_a_campaign_adds_leaflets_and_readings_of_its_days(guide_id, editor, work):
    path = campaign(editor).location.partition("?")[0]
    assert hand_out(editor, path).status_code == 303
    finish(editor, guide_id)
    later = day_of(now()) + timedelta(days=3)
    coming = campaign(editor, starts_on=later).location.partition("?")[0].rpartition("/")[2]
    with work() as uow:
        rows = [campaign_of(uow, UUID(one)) for one in (path.rpartition("/")[2], coming)]
        told = progress_of(uow, rows)
        assert [told[row.id].reached for row in rows] == [5, 0]
    assert "4;1;5" in editor.get(f"{path}/numbers.csv").text
    assert "50 %" in editor.get(path).text.replace("\xa0", " ")


def test_readings_count_for_a_campaign_of_their_place_alone(guide_id, work):
    day = day_of(now())
    with work() as uow:
        uow.session.add_all(
            GuideReading(
                request_id=uuid4(),
                guide_id=UUID(guide_id),
                read_on=day_of(now()),
                settlement=code,
                was_useful=True,
            )
            for code in ("14489", "14489", "56068", "")
        )
        own = GuideCampaign(
            request_id=uuid4(),
            title="Тук",
            goal=5,
            starts_on=day,
            ends_on=day,
            settlements=["14489", "17498"],
            changed_at=uow.now,
        )
        uow.session.add(own)
        uow.session.flush()
        told = progress_of(uow, [own])[own.id]
        assert {code: place.readings for code, place in told.places.items()} == {
            "14489": 2,
            "17498": 0,
        }
        assert (told.reached, told.left) == (2, 3)


def test_leaflets_are_of_days_of_the_campaign_that_have_come(editor):
    path = campaign(editor).location.partition("?")[0]
    for day in (day_of(now()) + timedelta(days=1), day_of(now()) - timedelta(days=10)):
        on = [str(part) for part in (day.day, day.month, day.year)]
        answer = hand_out(editor, path, given_on=on)
        assert answer.status_code == 422 and "Изберете ден" in answer.text


def test_leaflets_entered_by_mistake_are_taken_back(editor, work):
    path = campaign(editor).location.partition("?")[0]
    assert hand_out(editor, path).status_code == 303
    [(address, fields)] = [form for form in editor.forms(path) if form[0].endswith("/remove")]
    for _ in range(2):
        assert editor.post(address, fields).status_code == 303
    with work() as uow:
        assert uow.session.scalar(select(func.count(GuideHandout.id))) == 0


@pytest.mark.parametrize("typed", [{"goal": "много"}, {"goal": "0"}, {"title": ""}])
def test_a_goal_that_is_none_is_asked_again_with_what_was_typed(editor, typed):
    answer = campaign(editor, **typed)
    assert answer.status_code == 422 and 'name="title"' in answer.text


def test_a_campaign_ends_after_it_begins(editor):
    answer = campaign(editor, ends_on=day_of(now()) - timedelta(days=20))
    assert answer.status_code == 422 and "Изберете край, който е след началото" in answer.text


@pytest.mark.parametrize(
    ("role", "guides", "campaigns", "goal"),
    [
        (Role.EDITOR, 200, 200, 200),
        (Role.SECRETARY, 200, 200, 200),
        (Role.MAYOR, 403, 200, 200),
        (Role.REGISTRY_CLERK, 403, 200, 403),
        (Role.ADMIN, 200, 403, 403),
        (Role.FINANCE_OFFICER, 403, 403, 403),
    ],
)
def test_each_role_has_its_pages(sign_in, role, guides, campaigns, goal):
    person = sign_in(VILLAGE, role)
    paths = ("", "campaigns", "campaigns/new")
    answers = [person.get(f"/console/guides/{path}").status_code for path in paths]
    assert answers == [guides, campaigns, goal]


def test_a_guide_and_a_campaign_of_the_neighbour_do_not_exist(guide_id, editor, sign_in):
    path = campaign(editor).location.partition("?")[0]
    neighbour = sign_in(NEIGHBOUR, Role.EDITOR)
    for there in (f"/guides/{guide_id}", f"/console/guides/{guide_id}", path):
        assert neighbour.get(there).status_code == 404


def test_the_examples_are_written_once(work):
    tables = (GuideReading, GuideHandout, GuideCampaign)

    def numbers(uow):
        return [uow.session.scalar(select(func.count()).select_from(table)) for table in tables]

    with work() as uow:
        seed(uow)
        first = numbers(uow)
        seed(uow)
        assert numbers(uow) == first and all(first)
