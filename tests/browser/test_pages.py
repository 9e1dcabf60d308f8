"""What every page owes to its readers, in every state that the crawler found."""

import re
from pathlib import Path

import pytest
from support.contract import ONLY
from support.thorough import IS_THOROUGH

from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.definitions import BETTER_PUT
from obshto.modules.eservices.services.publication import published
from obshto.platform.web.language import SOURCE
from obshto.sso.embedded.people import PEOPLE

pytestmark = pytest.mark.browser
LEFTOVERS = (Path(__file__).parents[1] / "data" / "english_leftovers.txt").read_text().splitlines()
LEFT = re.compile(rf"\b({'|'.join(map(re.escape, LEFTOVERS))})\b")
# Latin words that belong into a Bulgarian text: what a printed form says, a standard, sources of
# a map, file kinds, colours, the fingerprint of a file, an address as Markdown writes it, a page of
# the console, the name of somebody's table.
KINDS = "PDF|ODT|ODS|DOCX|XLSX|XML|CSV|TXT|WEBP|JPG|PNG|KB|MB|RSS|WordPress"
KINDS += "|GTFS|ZIP"
KINDS += "|MP4|WEBM|VTT|SRT|GB"  # of videos and captions
KINDS += "|Facebook|Instagram|Telegram|Viber|Bluesky"
KINDS += "|Atom|JSON|Mastodon|YouTube|UC|SMS|Stripe"  # feeds, networks; UC begins a channel's code
KINDS += "|CAMT|MT"  # of statements, in the menus of banks
LATIN = re.compile(
    rf"e-mail|EN 301 549|Natural Earth|GeoNames|CC BY|\b(?:{KINDS})\b|%\{{count\}}|\S+@\S+|https?://\S*"
    r"|#[0-9a-f]{6}|\b[0-9a-f]{64}\b|\]\(/\S*\)|/console/\S*|\b[\w-]+\.csv\b|със знак S\b"
)
VILLAGES = ("Община Горно село", "Община Долно село", "Горно село", "Долно село")
# What staff call things, and the law its services, stays as it was written: in titles of pages
# and in lists to choose from, too.
CALLED = (
    *("Читалището", "Пълен", "Основен", "гр. Кула"),
    *("Данък върху недвижимите имоти", "Данък върху превозните средства"),
    *("Такса за административни услуги", "Такса за битови отпадъци", "Такса за технически услуги"),
    *("Такса за ползване на място", "Такса за притежаване на куче", "Такса за курсове"),
    *("Проба Пробова Първа", "Проба Пробов Втори", "Проба Пробова Трета"),
    *("По-ниска такса за боклука за сами хора", "Кмет на общината", "Секретар на общината"),
    *("Гербът излиза размазан", "Нов колега не получава покана"),
    "Качихме герба, но на телефон се вижда размазан. Как да го сменим?",
    "Трябва картинка поне 512 на 512 точки. Пратете я тук и ще я качим заедно.",
    "Поканихме колега преди час, а писмото го няма.",
    "Писмото беше в папката за нежелана поща. Пратихме го отново и колегата влезе.",
)
CALLED += (
    *(
        "Страница на общината",
        "делник",
        "събота, неделя и празник",
        "Пример – Видин",
        "автогарата",
        "старата спирка",
    ),
    *("Режимът през зимата", "Представяне на проекта", "Ползване на спортната зала"),
    *("За какво Ви трябва залата?", "Тържество", "Турнир", "да знаем на кого даваме ключа"),
)
# Titles of consultations to choose from, of a discussion and a project in titles of pages.
CALLED += (
    *("Наредба за зелената система", "График за извозване на едрите отпадъци"),
    *("Програма за спорта до 2030 г.", "Кой продава дърва за зимата"),
    "Детска площадка и сянка до чешмата",
)
# Meetings to choose from, into whose agenda something is put.
CALLED += (
    *("Обсъждане на проекта за бюджет", "Форум: как да празнуваме събора"),
    "Форум: пътят, чешмата и осветлението в селото",
)
# Centres and seats to choose from.
CALLED += ("село Примерово", "село Пробово")  # of registered voters, to choose from
CALLED += ("Дигитален център в читалището", "Компютри в кметството", "Център в строеж", "Компютър,")
# Which of them a page offers depends on the day.
CALLED += (
    *("Отдел „Устройство на територията“", "Тиха стая за видеоразговор", "Час с помощник"),
    *("Отдел „Устройство на територията“,", "Компютър до прозореца", "Компютър до вратата"),
)
# Law is cited as it is written, in a list to choose from, too.
CITED = re.compile(r"\((?:АПК|ДОПК|ЗМДТ|ЗМСМА|Кодекс на труда) чл\.[^)]*\)")
# A condition of a designed service names questions and answers as their service words them.
QUESTIONS = [
    words
    for definition in published().values()
    for field in definition.questions.values()
    for words in (field.label["bg"], *(option.label["bg"] for option in field.options))
]
# Their own words stand in conditions, though the question is put better by now.
QUESTIONS += [*BETTER_PUT]
SERVICES = [service.title for service in catalogue_services().values()]
NAMES = [*VILLAGES, "Проба Пробова", "Проба"]
NAMES += [*CALLED, *SERVICES, *QUESTIONS, *(person.name for person in PEOPLE)]
APART = re.compile("|".join(map(re.escape, sorted(NAMES, key=len, reverse=True))))
# Of each part of the walk: how many states at least, and with which answers.
LEAST = {
    "furnished": (1000, {200, 403, 404, 422}),
    "bare": (300, {200, 404, 422}),
    "used": (300, {200, 404, 422}),
}
# Behind a code that somebody has on paper or in a letter, or for whoever entered it: the tests of
# these modules open them. `change_password` and `next_case` are no pages, they lead elsewhere; an
# icon is named by the manifest of the portal alone.
ALONE = {
    "billing_front.receipt",  # these five lie deeper than the walk goes
    "results_console.decide",
    "results_console.enter",
    "voters_console.drop",
    "voters_console.take",
    "assistants_citizen.case",
    "assistants_citizen.photo",
    "assistants_citizen.withdraw",
    "assistants_console.next_visit",
    "assistants_console.problem",
    "assistants_console.sheet",
    "assistants_console.slip",
    "assistants_console.solve",
    "assistants_console.visit",
    "centres_citizen.booking",
    "centres_citizen.calendar",
    "centres_citizen.feed",  # behind a secret address
    "centres_citizen.move",
    "centres_citizen.video",  # of an hour that was booked so, where there is a video server
    "centres_citizen.video_token",
    "centres_console.slip",
    "centres_console.video",
    "centres_console.video_token",
    "consultations_citizen.appeal",
    "consultations_citizen.confirm",
    "consultations_citizen.confirm_by_phone",
    "consultations_citizen.opinion",
    "consultations_citizen.own_file",
    "consultations_citizen.support_by_letter",
    "consultations_console.slip",
    "courses_citizen.cancel",
    "courses_citizen.certificate_file",
    "courses_citizen.enrolment",
    "courses_citizen.material",
    "courses_citizen.test",
    "courses_console.certificate_file",
    "courses_console.slip",
    "crisis_console.call",
    "eservices_citizen.for_whom",  # behind a power of attorney that somebody has accepted
    "eservices_citizen.register",  # no service of the seeds has one by law
    "eservices_console.approval",  # nobody approves what they prepared, and one person walks
    "eservices_console.approver",
    "eservices_console.for_region",  # of the region's team alone, and who walks is of a village
    "eservices_console.next_case",
    "eservices_console.record_trial",
    "eservices_console.try_decision",
    "eservices_console.try_document",
    "followers_citizen.asked",
    "followers_citizen.show",
    "forum_citizen.appeal",
    "forum_citizen.post",
    "forum_citizen.sent",
    "forum_console.slip",
    "mandates_citizen.mandate",
    "mandates_citizen.withdraw",
    "mandates_console.act",
    "meetings_citizen.coming",
    "meetings_citizen.room",
    "meetings_citizen.room_state",
    "meetings_citizen.room_token",
    "meetings_console.guest_file",
    "meetings_console.guest_slip",
    "meetings_console.host_token",
    "opendata_citizen.requests.case",
    "opendata_citizen.requests.withdraw",
    "opendata_console.requests.slip",
    "personaldata_citizen.case",
    "personaldata_citizen.confirm",
    "personaldata_citizen.copy",
    "personaldata_citizen.letter",
    "personaldata_console.printed",
    "personaldata_console.slip",
    "assembly_console.scanned",  # no minutes of the seeds were signed
    "polling_console.member",  # nobody sits in a commission yet
    "results_console.photo",  # no protocol of the seeds was photographed
    "proposals_citizen.appeal",
    "proposals_citizen.asked",
    "proposals_citizen.case",
    "proposals_citizen.improve",
    "proposals_citizen.own_picture",
    "proposals_citizen.support_by_letter",
    "proposals_citizen.withdraw",
    "proposals_console.slip",
    "reports_citizen.case",
    "reports_citizen.dispute",
    "reports_citizen.own_photo",
    "reports_console.photo",  # of a closed report, deeper in its list than the walk goes
    "reports_console.slip",
    "tenants_portal.change_password",
    "tenants_portal.icon_masked",
    "training_console.certificate_file",
    "videos_citizen.file",  # the demonstration has no files
    "videos_console.file",
    "voters_console.find_voter",  # a roll must have been frozen
    "voters_console.give",  # behind a personal number
    "voting_citizen.booth_data",
}
CYRILLIC, LETTER = re.compile(r"[\u0400-\u04ff]"), re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ]")


def wrong(crawl, judge):
    """State by state what the judge has against it."""
    found = [((state.name, state.language), judge(state)) for state in crawl.states]
    return {key: verdict for key, verdict in found if verdict}


def test_the_crawler_reaches_every_address(crawl):
    if crawl.part == "used":  # the others press nothing
        assert set(crawl.unreached) <= ALONE
    assert {state.language for state in crawl.states} == {"bg", "en", "ro"}
    if ONLY:
        return  # how much there is to see of one part, nobody has counted
    # A lower number means that the crawler has gone blind, not that there is less to see.
    least, statuses = LEAST[crawl.part]
    assert len(crawl.states) >= least
    assert {state.status for state in crawl.states} >= statuses


def test_nothing_is_excused_that_is_no_page_any_more(site):
    rules = site.app.url_map.iter_rules()
    assert {rule.endpoint for rule in rules if "GET" in rule.methods} >= ALONE


def test_every_page_has_one_main_heading_a_title_a_language(crawl):
    def judge(state):
        heading = state.headings == 1
        return not (heading and state.title.strip(" –") and state.lang == state.language)

    assert wrong(crawl, judge) == {}


def test_the_title_begins_with_what_the_page_is_about(crawl):
    """Title, dash, whose portal: three parts at most, none empty."""
    assert wrong(crawl, lambda s: not re.match(r"\S.* – \S", s.title)) == {}


def test_no_page_is_wider_than_the_screen(crawl):
    assert wrong(crawl, lambda s: s.overflow) == {}


def test_no_page_breaks_a_rule_of_accessibility(crawl):
    assert wrong(crawl, lambda s: s.violations) == {}


def test_the_browser_has_nothing_to_complain_of(crawl):
    assert wrong(crawl, lambda s: s.complaints) == {}


def test_every_page_is_valid_html(crawl, validator):
    asked = [s for s in crawl.states if IS_THOROUGH or s.language == SOURCE]
    assert validator({f"{s.name} in {s.language}": s.html for s in asked}) == {}


def test_the_validator_is_no_rubber_stamp(validator):
    nested = "<!DOCTYPE html><html lang=bg><head><title>x</title></head><body><p>a<b>c</p></body>"
    assert validator({"planted": nested})


def test_no_sign_of_a_template_is_left(crawl):
    def judge(state):
        return [text for text, _ in state.texts if text in {"{", "}", "{{", "}}", "{%", "%}"}]

    assert wrong(crawl, judge) == {}


def test_no_english_of_libraries_is_left(crawl):
    def judge(state):
        texts = [text for text, language in state.texts if language == state.language]
        return [text for text in texts if LEFT.search(text)] if state.language != "en" else []

    assert wrong(crawl, judge) == {}


def test_no_latin_letter_stands_in_bulgarian(crawl):
    def judge(state):
        texts = [LATIN.sub("", text) for text, language in state.texts if language == "bg"]
        return [text for text in texts if LETTER.search(text)]

    assert wrong(crawl, judge) == {}


def test_no_cyrillic_letter_stands_in_another_language(crawl):
    """Names apart, as well as what the page itself says elsewhere to be Bulgarian."""

    def judge(state):
        others = [t for t, language in state.texts if language != "bg" and CYRILLIC.search(t)]
        if not any(CYRILLIC.search(APART.sub("", CITED.sub("", text))) for text in others):
            return []  # most pages: what one of them quotes is dear to look for
        quoted = [text for text, language in state.texts if language == "bg"]
        known = sorted([*quoted, *NAMES], key=len, reverse=True)
        apart = re.compile("|".join(map(re.escape, known)))
        left = [text for text in others if CYRILLIC.search(apart.sub("", CITED.sub("", text)))]
        return [text for text in left if len(text) > 1]  # the letter of the shield

    assert wrong(crawl, judge) == {}
