"""Each mission is done by its hints; a citizen tries before daring, without an account."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from flask import g
from playwright.sync_api import expect
from sqlalchemy import select, text
from support.film_walks import WALKS, bring, steps_of, try_without_account, walk

from obshto.billing.seeds import seed as seed_money
from obshto.modules.consultations.manifest import MODULE as CONSULTATIONS
from obshto.modules.guides.manifest import MODULE as GUIDES
from obshto.modules.guides.models import CitizenGuide
from obshto.modules.guides.services.edits import GuideLinks, GuideText, write_guide
from obshto.modules.guides.services.publication import publish_guide
from obshto.modules.meetings.manifest import MODULE as MEETINGS
from obshto.modules.reports.models import Report
from obshto.modules.training.manifest import MODULE as TRAINING
from obshto.modules.training.services.missions import MISSIONS
from obshto.ops.seed import every_module
from obshto.platform.clock import SOFIA, now, today
from obshto.platform.notify.models import Message, State
from obshto.platform.scope import PRACTICE
from obshto.platform.storage.child import remembering
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.sso.embedded.people import seed_people
from obshto.sso.organizations import link_organization
from obshto.tenants.api import scope_named

pytestmark = pytest.mark.browser
HOME, HOME_PATH = "gorno-selo", "/guides/"
TRIED = "Не свети лампата"
TYPED = {"#title": "Водата спира в петък", "#summary": "От 9 до 17 часа.", "#markdown": "Ремонт."}
NUMBER = re.compile(r"\d{4}-\d{5}")
REAL = "stoyan@real.example"  # somebody who is no part of any practice
ANSWERS = {
    "applicant_name": "Иванка Цветкова",
    "applicant_id": "0307159274",
    "address_settlement": "",  # the first that is offered
    "address_street": "ул. „Първа“ № 1",
    "phone": "0888 123 456",
    "before_whom": "банка",
}
# What a film says of itself once it was asked for its fifth second.
WATCHED = """async film => {
  film.preload = 'auto';
  film.textTracks[0].mode = 'showing';
  const heard = name => new Promise(done => film.addEventListener(name, done, {once: true}));
  if (film.readyState < 2) { const loaded = heard('loadeddata'); film.load(); await loaded; }
  const sought = heard('seeked');
  film.currentTime = 5;
  await sought;
  const cues = film.textTracks[0].cues;
  return {paused: film.paused, length: film.duration, at: film.currentTime,
          captions: Array.from(cues, cue => cue.text)};
}"""
CHOSEN = ("[value=self]", "[value=egn]", "[value=office]", "[name=speed]")
GO_ON = re.compile("родължете( към проверката)?$")


@pytest.fixture
def school(site, practice, migrator):
    """The address of a village whose people practise. Practice has a key of its own for each file:
    what serves all journeys knows one, so that no other file of them may ask for it.
    """
    with migrator.begin() as connection:
        modules = "array['news', 'training', 'guides', 'reports', 'videos']"
        on = f"UPDATE shared.tenant SET modules = {modules}, version = version + 1"
        connection.execute(text(f"{on} WHERE slug = '{HOME}'"))
    with site.app.app_context():
        for slug in (HOME, PRACTICE):
            scope = scope_named(slug)
            link_organization(slug, {"bg": scope.title})
            seed_people(scope)
    return site.at(HOME)


@pytest.fixture
def furnished(site, school):
    """furnished(seed): what a mission finds there, written as each reset writes it."""

    def begin(*seeds):
        with site.app.app_context(), remembering(site.kept_answers):
            g.modules = every_module()
            for seed in seeds:
                with open_uow(scope_named(PRACTICE), Principal.system("test")) as uow:
                    seed(uow)

    return begin


@pytest.fixture
def begun(visit, school, enter_as):
    """begun("leak", "clerk"): who began the mission stands where it begins in practice."""

    def enter(word, who):
        page, mission = visit(js=False, phone=False), MISSIONS[word]
        enter_as(page, school, f"/console/training/missions/{word}", who)
        press(page, "Започнете задачата")
        press(page, "Отворете мястото в Община Учебна")
        press(page, "Продължете")  # the same account: nobody is asked again
        expect(page).to_have_url(re.compile(f"//{PRACTICE}\\..*{re.escape(mission.path)}$"))
        return page

    return enter


@pytest.fixture
def checked(school):
    """checked(page, "leak"): what the mission says of what was done."""

    def ask(page, word, told="Задачата е изпълнена"):
        page.goto(f"{school}/console/training/missions/{word}")
        press(page, "Проверете какво направих")
        expect(page.locator(".govuk-notification-banner__heading")).to_contain_text(told)

    return ask


def of_day(day):
    """As three boxes ask for it."""
    return str(day.day), str(day.month), str(day.year)


def hints(word):
    """What each step's hint puts in quotation marks, as it stands on the pages."""
    return [re.findall("„([^“]+)“", str(step.hint)) for step in MISSIONS[word].steps]


def press(page, name):
    """The first button or link so called; a part of its name is enough."""
    page.get_by_role("link", name=name).or_(page.get_by_role("button", name=name)).first.click()


def send(page, button, **typed):
    """Fill in by name, choose by value or, of True, the first; then the page has taken it."""
    form = page.locator("main")
    end = form.get_by_role("button", name=button).last
    end.wait_for()  # what is counted below stands above it
    for name, value in typed.items():
        field = form.locator(f'[name="{name}"]')
        if form.locator(f'select[name="{name}"]').count():
            field.select_option(**({"index": 1} if value is True else {"value": value}))
        elif form.locator(f'[name="{name}"][type=radio]').count():
            field.and_(form.locator("*" if value is True else f'[value="{value}"]')).first.check()
        elif isinstance(value, tuple):
            for one, part in zip(field.all(), value, strict=True):
                one.fill(part)
        else:
            field.fill(value)
    with page.expect_navigation():
        end.click()
    expect(page.locator(".govuk-error-summary")).to_have_count(0)


def test_a_date_is_corrected_so_that_readers_see_it(begun, checked):
    page = begun("correction", "editor")
    write, publish, correct = hints("correction")
    press(page, write[0])
    for field, words in TYPED.items():
        page.fill(field, words)
    press(page, write[1])
    press(page, publish[0])
    page.fill("#title", "Водата спира в четвъртък")
    page.get_by_label(correct[0]).fill("Денят е четвъртък, не петък.")
    page.get_by_role("button", name=correct[1], exact=True).click()
    checked(page, "correction")


def test_somebody_without_a_computer_is_helped_at_the_counter(begun, checked):
    page = begun("counter", "clerk")
    (enter, start, sent), (take,), (_, _, ask) = hints("counter")
    queue = page.url
    press(page, enter)
    send(page, start, service="1998", channel="counter")
    answered(page, sent)
    page.goto(queue)
    page.locator("main table a").first.click()
    press(page, take)
    press(page, ask)
    send(page, "Изпратете искането", words="Кажете за коя година.")
    checked(page, "counter")


def answered(page, sent):
    """Whatever is asked, page by page, until it may be sent."""
    for _ in range(10):
        expect(page.locator("h1")).to_be_visible()
        page.wait_for_load_state()  # what is counted below must be there
        if page.get_by_role("button", name=sent).count():
            break
        for choice in CHOSEN:
            if page.locator(choice).count():
                page.locator(choice).first.check()
        place = page.locator("#places option").first
        for name, value in ANSWERS.items():
            if page.locator(f"[name={name}]").count():
                page.fill(f"[name={name}]", value or place.get_attribute("value"))
        with page.expect_navigation():
            page.get_by_role("button", name=GO_ON).last.click()
        expect(page.locator(".govuk-error-summary")).to_have_count(0)
    press(page, sent)
    expect(page.locator("main")).to_contain_text(NUMBER)


def test_a_letter_that_came_back_reaches_its_reader_otherwise(furnished, begun, checked):
    furnished(TRAINING.seeds)
    page = begun("letter", "clerk")
    (_, _, show), (way, save) = hints("letter")
    page.locator("main table a").first.click()
    press(page, show)
    expect(page.locator("main")).to_contain_text("ivanka@example.invalid")
    page.get_by_label(way).check()
    press(page, save)
    checked(page, "letter")


def test_who_asks_what_is_known_of_them_is_answered_and_nothing_leaves(
    begun, checked, site, school, work_off
):
    """The address of somebody real is typed: the page has warned, and no letter goes there."""
    page = begun("request", "dpo")
    expect(page.locator(".ob-note")).to_contain_text("до истинските нищо няма да стигне")
    (save,), (find, take), (answer, _, send_answer) = hints("request")
    told = {"words": "Какво знаете за мен?", "name": "Стоян Пробов", "email": REAL}
    send(page, save, kind="access", identified=True, **told)
    press(page, find)
    press(page, take)
    press(page, answer)
    send(page, send_answer, words="Името и имейла Ви, до края на годината.")
    checked(page, "request")
    work_off()
    with site.app.app_context(), open_uow(scope_named(PRACTICE), Principal.system("test")) as uow:
        states = {one.state for one in uow.session.query(Message) if one.recipient == REAL}
        assert states == {State.HANDED_OVER}  # so says the log of practice
    page.goto(f"{site.at('ops')}/letters")
    expect(page.locator("h1")).to_have_text("Задържани писма")
    expect(page.locator("main")).not_to_contain_text(REAL)


def test_what_was_paid_twice_is_asked_back(furnished, begun, checked):
    furnished(seed_money)
    page = begun("twice", "finance")
    (new, enter), (take,), (transfer, book), (ask,) = hints("twice")
    press(page, new)
    send(page, enter, kind=True, purpose="Такса за скица", cents="10")
    charge = page.url.partition("?")[0]
    press(page, take)
    send(page, "Приемете", way="cash")
    page.goto(charge)
    press(page, transfer)
    send(page, book, cents="10", reference="ПРОБА-1", received_on=of_day(today()))
    page.goto(charge)
    page.get_by_role("link", name=ask).last.click()
    send(page, ask, cents="10", reason="Платено е два пъти")
    checked(page, "twice")


def test_an_incident_is_brought_to_its_end_in_its_hours(begun, checked):
    page = begun("incident", "dpo")
    (start, start_now), (facts, save), (authority, persons, _), (close,) = hints("incident")
    press(page, start)
    hour = (now() - timedelta(hours=1)).astimezone(SOFIA).strftime("%Y-%m-%dT%H:%M")
    send(page, start_now, title="Изгубен служебен лаптоп", detected_at=hour)
    press(page, facts)
    happened = "Лаптопът остана в автобуса."
    told = {"happened": happened, "people": "Жители, искали помощ", "measures": "Заключен е."}
    send(page, save, **told)
    for decision in (authority, persons):
        press(page, decision)
        send(page, save, answer="not", why="Дискът е шифрован.")
    press(page, close)
    send(page, "Приключете", words="Лаптопите не напускат сградата.")
    checked(page, "incident")


def test_a_new_activity_is_weighed_before_it_begins(begun, checked):
    page = begun("assess", "dpo")
    (_, _, save), (propose,) = hints("assess")
    page.locator("main table a").first.click()
    send(page, save, need="not", why="Никой не се следи и нищо не се сравнява.")
    press(page, propose)
    expect(page.locator("main")).to_contain_text("Чака одобрение")
    checked(page, "assess")


def test_a_role_is_made_for_a_summer_and_goes_with_it(begun, checked):
    page = begun("role", "mayor")  # who runs the portal, too
    (make, save), (own, _), (_, remove) = hints("role")
    press(page, make)
    page.fill("#name", "Лятна помощ")
    page.locator("main [name=words]").first.check()
    press(page, save)
    expect(page.get_by_role("heading", name=own)).to_be_visible()
    press(page, "Лятна помощ")
    page.locator("main [name=words]").nth(1).check()
    press(page, save)
    press(page, remove)
    checked(page, "role")


def test_an_evening_in_the_room_is_led_to_its_end(furnished, begun, checked):
    """Without a video server, too: the order of who speaks is what is learned."""
    furnished(MEETINGS.seeds)
    page = begun("room", "secretary")
    (_, _, add, call), (poll, ask), (close,) = hints("room")
    page.locator("main .ob-list a").first.click()
    room = page.url
    send(page, add, name="Проба Звъняща")
    press(page, call)
    page.goto(room)
    with page.context.expect_page() as other_window:
        press(page, poll)
    send(other_window.value, ask, question="Да започнем ли с пътя?", options="Да\nНе")
    press(page, close)
    press(page, close)
    checked(page, "room")


def test_a_recording_is_read_before_its_file_has_come(begun, checked):
    page = begun("recording", "editor")
    (new, save), (captions, add, keep), (publish,) = hints("recording")
    press(page, new)
    day = of_day(today())
    send(page, save, kind="recording", title="Среща за водата", recorded_on=day)
    page.locator(".govuk-summary-list__row", has_text=captions).get_by_role("link").last.click()
    press(page, add)
    send(page, keep, start="0:00", end="0:06", words="Добър вечер.")
    page.goto(page.url.partition("/captions")[0])
    press(page, publish)
    checked(page, "recording")


def test_an_insult_is_hidden_by_the_rules_and_counted(furnished, begun, checked):
    furnished(CONSULTATIONS.seeds)
    page = begun("quarrel", "secretary")
    (enter, save), (opinions, show), (hide, hide_now) = hints("quarrel")
    page.locator("main .ob-list a").first.click()
    consultation = page.url
    press(page, enter)
    told = {"author": "Проба Съсед", "phone": "0888 123 456", "words": "Съседът ми е лъжец."}
    send(page, save, **told)
    number = NUMBER.search(page.locator("main").inner_text())[0]
    page.goto(consultation)
    press(page, opinions)
    press(page, number)
    send(page, show, purpose=True)
    expect(page.locator("main")).to_contain_text("0888 123 456")
    press(page, hide)
    send(page, hide_now, rule=True, words="Обижда човек.")
    checked(page, "quarrel")


def test_a_new_clerk_errs_is_told_why_begins_again_and_gets_to_the_end(begun, checked, school):
    """A leak at five to six: each refusal explains itself, a spoilt report is no end."""
    page = begun("leak", "clerk")
    (enter, save), (_, take), pass_on = hints("leak")
    queue = page.url
    press(page, enter)
    press(page, save)
    expect(page.locator(".govuk-error-summary")).to_contain_text("Напишете какво се е случило")
    phoned(page, save, "Блика вода на площада")
    checked(page, "leak", "Още не сме видели")
    expect(page.get_by_text("готово", exact=True)).to_have_count(1)
    page.goto(queue)  # the first one was spoilt: begin with another
    press(page, enter)
    phoned(page, save, "Блика вода пред училището")
    press(page, hints("leak")[1][0])
    press(page, take)
    passed_on(page, *pass_on)
    checked(page, "leak")
    certified(page, school)


def passed_on(page, answer, outcome, whose, end):
    """Without a body and words it goes nowhere; what was chosen stays."""
    press(page, answer)
    page.get_by_label(outcome, exact=True).check()
    press(page, end)
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    expect(page.get_by_label(outcome, exact=True)).to_be_checked()
    page.wait_for_load_state()  # what is counted below must be there
    if not page.locator("details[open] [name=body]").count():
        page.get_by_text(whose).click()
    page.get_by_label(re.compile("ВиК")).first.check()
    page.fill("#words", "Предадохме сигнала на ВиК, телефонът им е на страницата.")
    press(page, end)


def certified(page, school):
    """It may be done again; a paper says that it was done."""
    expect(page.get_by_role("button", name="Повторете задачата")).to_be_visible()
    page.goto(f"{school}/console/training/")
    page.get_by_role("button", name="Издайте удостоверение").first.click()
    with page.expect_download() as paper:
        page.get_by_role("link", name="Изтеглете удостоверението").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF")


def phoned(page, save, words):
    told = {"settlement_code": True, "words": words, "place": "до чешмата"}
    send(page, save, channel="phone", kind=True, **told)
    expect(page.locator("main")).to_contain_text(NUMBER)


@pytest.fixture
def guide(site, school):
    """A guide that leads to reports."""
    told = GuideText(
        title="Как да кажем за счупена лампа",
        summary="За пет минути.",
        markdown="## Изберете\n\nЛампа.",
    )
    who = Principal.system("test")
    with site.app.app_context(), open_uow(scope_named(HOME), who) as uow:
        row = write_guide(uow, told, GuideLinks(leads_to="/reports/new"), request_id=uuid4())
        publish_guide(uow, row, expected_version=row.version)
        uow.session.flush()
        return f"{school}/guides/{row.id}"


def test_a_walk_becomes_the_film_of_its_guide(visit, site, school, enter_as, tmp_path):
    """As `make films` does: walked without an account, brought by the forms of staff, watched."""
    title, acts = WALKS["report"]
    path = furnished_guide(site, title)
    walker, reader, editor = visit(), visit(), visit(js=False, phone=False)
    reader.goto(f"{school}{path}")
    expect(reader.locator("video")).to_have_count(0)
    try_without_account(walker, site.at(PRACTICE))
    told = steps_of(reader)
    film, captions = walk(walker, reader, title, told, acts(walker, site.at(PRACTICE)))
    files = tmp_path / "film.webm", tmp_path / "film.vtt"
    files[0].write_bytes(film)
    files[1].write_text(captions, "utf-8")
    enter_as(editor, school, "/console/videos/", "editor")
    bring(editor, school, title, path, *files)
    reader.goto(f"{school}{path}")
    seen = reader.locator("video").evaluate(WATCHED)
    assert seen["paused"] and seen["length"] > len(told) * 4 and seen["at"] == 5
    for number, (name, _words) in enumerate(told, 1):
        assert seen["captions"][number - 1].startswith(f"{number}. {name}. ")
    press(reader, "Прочетете казаното като текст")
    expect(reader.locator("main")).to_contain_text(told[-1][0])


def furnished_guide(site, title):
    """The path of the demonstration's guide of that title."""
    who = Principal.system("test")
    with site.app.app_context(), open_uow(scope_named(HOME), who) as uow:
        GUIDES.seeds(uow)
        uow.session.flush()
        return (
            uow.session.scalars(select(CitizenGuide).where(CitizenGuide.title == title)).one().path
        )


@pytest.mark.parametrize("language", ["", "ro"])
def test_somebody_who_does_not_dare_tries_it_first(visit, site, guide, language):
    """In the language they began with, to the end; at home nobody hears of it."""
    page = visit(js=False)
    prefix = f"/{language}" if language else ""
    page.goto(guide.replace(HOME_PATH, f"{prefix}{HOME_PATH}", 1))
    page.locator(f'main a[href*="//{PRACTICE}."]').click()
    speaks(page, language)
    page.locator("#trial ~ form button, section[aria-labelledby=trial] form button").click()
    speaks(page, language)
    page.locator("main form button").last.click()  # nothing chosen yet: told in that language
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    speaks(page, language)
    page.locator("input[name=kind]").first.check()
    page.select_option("select[name=settlement]", index=1)
    page.locator("main form button").last.click()
    page.fill("#words", TRIED)
    page.fill("#place", "до чешмата")
    page.locator("main form button").last.click()
    expect(page.locator("main")).to_contain_text(NUMBER)
    speaks(page, language)
    assert (told_in(site, PRACTICE), told_in(site, HOME)) == (1, 0)


def speaks(page, language):
    expect(page.locator("html")).to_have_attribute("lang", language or "bg")


def told_in(site, slug):
    """How many there were told of what was only tried."""
    who = Principal.system("test")
    with site.app.app_context(), open_uow(scope_named(slug), who) as uow:
        return sum(row.words == TRIED for row in uow.session.scalars(select(Report)))
