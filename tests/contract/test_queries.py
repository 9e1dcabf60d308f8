"""No page asks more of the database because there is more to show."""

import re
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select
from support.thorough import IS_THOROUGH

from obshto.modules.consultations.services.consultations import (
    ConsultationDraft,
    publish_consultation,
    write_consultation,
)
from obshto.modules.consultations.services.opinions import OpinionWords, give_opinion
from obshto.modules.feeds.models import Item as FeedItem
from obshto.modules.feeds.seeds import seed as demonstration
from obshto.modules.feeds.services import posts
from obshto.modules.forum.services.moderation import hide_post
from obshto.modules.forum.services.posts import (
    NewDiscussion,
    PostWords,
    start_discussion,
    write_post,
)
from obshto.modules.news import services as news
from obshto.modules.news.models import Item
from obshto.modules.news.services.kind import NEWS
from obshto.modules.notices.services.edits import Draft, publish_notice, write_notice
from obshto.modules.oparl.seeds import seed as take_snapshot
from obshto.modules.pages.models import Kind, Link, Page, Section
from obshto.modules.pages.services import answers, edits, publication
from obshto.modules.pages.services.kind import PAGES
from obshto.modules.projects.models import ProjectQuestion
from obshto.modules.projects.services import edits as projects
from obshto.modules.projects.services import money, questions, stages
from obshto.modules.projects.services.amounts import Amount
from obshto.modules.projects.services.publication import publish_project
from obshto.modules.transit.services import edits as buses
from obshto.modules.transit.services import publication as timetables
from obshto.modules.transit.services.timetable import Direction, Trip
from obshto.platform.clock import day_of, now
from obshto.platform.db.base import SharedModel, TenantModel
from obshto.platform.editorial import attachments
from obshto.platform.editorial.kinds import UNWRITTEN
from obshto.platform.moderation import services as moderation
from obshto.platform.notify.subscribers import Wishes, subscribe
from obshto.platform.questions.services import question_by
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.platform.web.hosts import Host
from obshto.tenants.api import scope_named
from obshto.tenants.people.roles import STAFF_ROLES

VILLAGE = "gorno-selo"
FEW, MANY = 4, 24  # more than stand on one page of a list
DAY = timedelta(days=1)
ITEM = ("source_id", "title", "text", "link", "picture", "picture_id", "picture_alt")
MOST = 12  # statements of one page, with those that find out who asks
# Every component may have a block there. This is the first visit after a change: from the second on
# its blocks are kept, and `test_statements` bounds it by six.
HOME, MOST_OF_HOME = re.compile(r"(/en)?(/|/console/tenants/appearance/home)").fullmatch, 25


def beyond(address):
    """The map asks once for what does not stand in its list, as soon as there is any."""
    return bool(re.fullmatch(r"(/en)?/places/map", address))


def fill(app, number):
    """So many of everything that staff write, in each of its states."""
    fill_news(app, number)
    fill_pages(app, number)
    fill_notices(app, number)
    fill_feeds(app, number)
    fill_transit(app, number)
    fill_consultations(app, number)
    fill_projects(app, number)
    fill_forum(app, number)
    fill_oparl(app)


def fill_oparl(app):
    """A snapshot of the council: before the first one programs are told nothing."""
    with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        take_snapshot(uow)


def fill_projects(app, number):
    """So many drafts and public projects; on the last of them as many stages, news and answers."""
    today = day_of(now())
    with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        sources = [
            money.add_programme(uow, name=f"{uuid4()}", source="own", request_id=uuid4())
            for _ in range(number)
        ]
        uow.session.flush()
        for _ in range(number):
            words = projects.ProjectText(title="Проект", summary="Текст")
            told = projects.ProjectDetails(starts_on=today)
            row, _ = [
                projects.write_project(uow, words, told, request_id=uuid4()) for _ in range(2)
            ]
            uow.session.flush()
            publish_project(uow, row, expected_version=row.version)
        parts = tuple((source.id, Amount(100)) for source in sources[:6])
        funding = money.Funding(total=Amount(100 * len(parts)), shares=parts)
        uow.session.flush()
        money.set_funding(uow, row, funding, expected_version=row.version)
        for count in range(number):
            due_on, key = today + count * DAY, uuid4()
            stage = stages.add_stage(uow, row, title="Етап", due_on=due_on, request_id=key)
            uow.session.flush()
            report = stages.StageReport(text="Новина", due_on=due_on)
            seen = {"expected_version": stage.version, "request_id": uuid4()}
            stages.report_stage(uow, row, stage, report, **seen)
            questions.ask_question(
                uow, row, questions.ProjectQuestionWords(words="Кога?"), request_id=(key := uuid4())
            )
            asked = question_by(uow, ProjectQuestion, key)
            given = {"asked": "Кога?", "answer": "Скоро", "is_public": True}
            questions.answer_question(uow, asked, **given, expected_version=asked.version)


def fill_transit(app, number):
    """So many bus lines with two stops of their own, each with an alert, and as many drafts."""
    with app.app_context():
        for count in range(number):
            with open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
                details = buses.CalendarDetails(name="дни", weekdays="01", holidays="never")
                days = buses.write_calendar(uow, details, request_id=uuid4())
                ends = [
                    buses.write_stop(uow, buses.StopDetails(name=name), request_id=uuid4())
                    for name in ("А", "Б")
                ]
                details = buses.LineDetails(name=f"Линия {count}")
                line, _ = [buses.write_line(uow, details, request_id=uuid4()) for _ in range(2)]
                uow.session.flush()
                trip = Trip(str(days.id), (28_800, 30_600))
                way = Direction(tuple(str(stop.id) for stop in ends), (trip,))
                buses.write_timetable(uow, line, "0", way, expected_version=line.version)
                uow.session.flush()
                timetables.publish_line(uow, line, expected_version=line.version)
                today = day_of(uow.now)
                alert = timetables.AlertDetails(text="Сняг", starts_on=today, ends_on=today)
                timetables.publish_alert(uow, line, alert, request_id=uuid4())


def fill_consultations(app, number):
    """So many drafts and open consultations; on the last of them as many opinions."""
    words = dict.fromkeys(("title", "summary", "draft", "reasons"), "Текст")
    draft = ConsultationDraft(kind="other", **words)
    with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        for _ in range(number):
            row, _ = [write_consultation(uow, draft, request_id=uuid4()) for _ in range(2)]
            uow.session.flush()
            publish_consultation(uow, row, expected_version=row.version)
        for count in range(number):
            told = OpinionWords(words=f"{count}", author="Проба", channel="post")
            give_opinion(uow, row.id, told, request_id=uuid4())


def fill_forum(app, number):
    """So many discussions; in the last so many posts, each second one hidden and appealed."""
    said = PostWords(words="Текст", author="Проба", channel="post")
    told = NewDiscussion(title="Текст", subject="other", settlement="", said=said)
    with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        for _ in range(number):
            first = start_discussion(uow, told, request_id=uuid4())
        for count in range(number):
            post = write_post(uow, first.discussion_id, said, request_id=uuid4())
            if count % 2:
                why = moderation.Reason(rule="insult", words="Обида")
                hide_post(uow, post, why, request_id=uuid4())
                found = moderation.decision_on(uow, "forum", post.id)
                moderation.appeal(uow, found, "Не е така", request_id=uuid4())


def fill_feeds(app, number):
    """So many short posts that left, as many drafts; as many things of one network, one channel."""
    draft = posts.Draft(title="Заглавие", targets=("region",), is_urgent=True)
    with app.app_context():
        with open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
            demonstration(uow)
        for _ in range(number):
            with open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
                first, _ = [posts.write_post(uow, draft, request_id=uuid4()) for _ in range(2)]
                uow.session.flush()
                posts.submit_post(uow, first, expected_version=first.version)
                one = uow.session.scalars(select(FeedItem)).first()
                told = {name: getattr(one, name) for name in ITEM}
                uow.session.add(FeedItem(**told, guid=str(uuid4()), published_at=uow.now))


def fill_news(app, number):
    """So many published items with translations, drafts and deleted ones, as one editor's work."""
    words = news.Text(title="Заглавие", summary="Накратко", markdown="Текст")
    with app.app_context():
        for _ in range(number):
            with open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
                first, _, third = [
                    news.write_item(uow, words, request_id=uuid4()) for _ in range(3)
                ]
                news.publish_item(uow, first, expected_version=first.version)
                for language in ("en", "ro"):
                    news.translate_item(
                        uow, first, words, language=language, expected_version=news.UNWRITTEN
                    )
                news.delete_item(uow, third, expected_version=third.version)
                for stem in ("a", "b"):
                    attach(uow, NEWS, first, f"{stem}.png", square(), as_picture=True)
                oldest = uow.session.scalar(news.published().order_by(None).order_by(Item.id))
                again = replace(words, markdown=f"Текст {uuid4()}")
                news.edit_item(uow, oldest, again, expected_version=oldest.version)


def fill_notices(app, number):
    """So many notices in force, as many drafts, as many people who follow them."""
    start = now()
    draft = Draft(
        kind="water", title="Заглавие", text="Текст", starts_at=start, ends_at=start + DAY
    )
    with app.app_context():
        for _ in range(number):
            with open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
                first, _ = [write_notice(uow, draft, request_id=uuid4()) for _ in range(2)]
                publish_notice(uow, first, expected_version=first.version)
                wishes = Wishes(topics=("notices:water",), places=())
                subscribe(uow, f"{uuid4()}@example.org", wishes)


def fill_pages(app, number):
    """So many published pages with translations, drafts, deleted ones; one of them with as many
    versions, files, answers and links."""
    words = edits.Text(title="Заглавие", summary="Накратко", markdown="Текст")
    oldest = select(Page).join(Link).limit(1)
    with app.app_context():
        for count in range(number):
            with open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
                first, _, third = [
                    edits.write_page(
                        uow, words, kind=Kind.SERVICE, section=Section.ABOUT, request_id=uuid4()
                    )
                    for _ in range(3)
                ]
                publication.publish_page(uow, first, expected_version=first.version)
                for language in ("en", "ro"):
                    edits.translate_page(
                        uow, first, words, language=language, expected_version=UNWRITTEN
                    )
                publication.delete_page(uow, third, expected_version=third.version)
                furnish(uow, uow.session.scalar(oldest) or first, count)


def furnish(uow, page, count):
    """One more of everything that hangs on a page."""
    text = edits.Text(title="Заглавие", summary="Накратко", markdown=f"Текст {uuid4()}")
    edits.edit_page(uow, page, text, section=Section.ABOUT, expected_version=page.version)
    if count < attachments.MOST // 2:
        name, content = f"{count}.txt", BytesIO(b"a")
        attach(uow, PAGES, page, name, content)
    answers.answer(uow, page, is_clear=False, words="Защо?", request_id=uuid4())
    address = f"/{uuid4()}"
    uow.session.add(Link(page_id=page.id, address=address, is_broken=True, looked_at=uow.now))


def attach(uow, kind, text, name, content, *, as_picture=False):
    """A file beside a text, called like its name."""
    told = {"name": name, "title": name, "as_picture": as_picture}
    attachments.add_file(uow, kind, text, content, **told, request_id=uuid4())


def square():
    made = BytesIO()
    Image.new("RGB", (20, 20), "#14532d").save(made, "PNG")
    made.seek(0)
    return made


def addresses(app, ids):
    """Every page of a municipality that is read, in Bulgarian and in English.

    An id names a row of the part whose page it is; where none is filled in, nothing hangs on one.
    """
    words = {"<any(en, ro):language>": "en", "<slug>": "news"}
    words["<section>"] = "about"
    for rule in app.url_map.iter_rules():
        path, part = rule.rule, rule.endpoint.partition("_")[0]
        words["<kind>"] = "bodies" if part == "oparl" else "service"
        own = {f"<uuid:{name}>": value for (of, name), value in ids.items() if of == part}
        for name, value in (words | own).items():
            path = path.replace(name, str(value))
        is_way_in = rule.endpoint.startswith("sso_front")  # which leads those who are in elsewhere
        is_page = "GET" in rule.methods and "<" not in path and not is_way_in
        is_page &= rule.endpoint != "notify_console.undelivered_letter"  # none came back here
        if rule.subdomain == Host.MUNICIPALITY and is_page:
            yield path
            # What staff see is asked for alike in each language.
            if IS_THOROUGH or not path.startswith("/console"):
                yield f"/en{path}"


@pytest.fixture
def reader(sign_in, everything_on):
    return sign_in(VILLAGE, *STAFF_ROLES)


@pytest.fixture
def asked(reader, statements_of):
    """asked(address): the statements of which that page is made."""

    def look(address):
        answer = []
        heard = statements_of(lambda: answer.append(reader.get(address)))
        assert answer[0].status_code in (200, 301, 303), address  # a few only lead elsewhere
        return heard

    return look


@pytest.fixture
def measured(app, reader, owner, asked):
    """measured(pages): the statements of each page, or of these alone."""

    def measure(pages=None):
        public = "translation_of IS NULL AND published_at IS NOT NULL"
        rows = {
            "item_id": f"news_item WHERE {public} LIMIT 1",
            "page_id": "pages_page WHERE id IN (SELECT page_id FROM t_gorno_selo.pages_link)",
            "version_id": "pages_version LIMIT 1",
            "attachment_id": "pages_attachment LIMIT 1",
            "notice_id": "notices_notice WHERE published_at IS NOT NULL LIMIT 1",
            "post_id": "feeds_post WHERE picture_id IS NOT NULL LIMIT 1",
            "entry_id": "feeds_item WHERE picture_id IS NOT NULL LIMIT 1",
            "channel_id": "feeds_channel LIMIT 1",
            "source_id": "feeds_source LIMIT 1",
            "line_id": "transit_line WHERE published_at IS NOT NULL LIMIT 1",
            "stop_id": "transit_stop LIMIT 1",
            "calendar_id": "transit_calendar LIMIT 1",
            "message_id": "notify_message LIMIT 1",
        }
        told = [*rows.items()]
        told += [(name, f"news_{name[:-3]} LIMIT 1") for name in ("version_id", "attachment_id")]
        ids = {
            (of.partition("_")[0], name): owner(f"SELECT id FROM t_gorno_selo.{of}")[0][0]
            for name, of in told
        }
        ids["tenants", "person_id"] = reader.person_id
        named = {
            re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "…", address): address
            for address in addresses(app, ids)
        }
        chosen = named if pages is None else pages
        return {page: asked(address) for page, address in named.items() if page in chosen}

    return measure


@pytest.fixture
def sizes(owner):
    """sizes(): how many rows each table of the house has."""
    found = [("shared", table.name) for table in SharedModel.metadata.sorted_tables]
    found += [("t_gorno_selo", table.name) for table in TenantModel.metadata.sorted_tables]
    ask = " UNION ALL ".join(
        f"""SELECT '{schema}.{name}', count(*) FROM {schema}."{name}\"""" for schema, name in found
    )
    return lambda: dict(map(tuple, owner(ask)))


def due(few, before, after):
    """Pages that ask a table which has grown since, or whose blocks were kept and may be asked.

    Of any other page the statements cannot change; in `make test-all` it is asked nevertheless.
    """
    grew = {name.partition(".")[2] for name, rows in after.items() if rows != before[name]}
    tables = re.compile(rf"\b({'|'.join(grew)})\b")
    return {
        page
        for page, heard in few.items()
        if IS_THOROUGH or HOME(page) or any(map(tables.search, heard))
    }


def grown(few, many):
    """Pages that ask more than they did, each with both numbers."""
    return {page: (few[page], many[page]) for page in many if many[page] > few[page] + beyond(page)}


def lengths(measured):
    return {page: len(heard) for page, heard in measured.items()}


def test_no_page_asks_much_nor_more_when_there_are_more_rows(app, reader, measured, sizes):
    fill(app, FEW)
    # A look at oneself: the page of looks asks each part of which there is one.
    assert reader.get("/console/training/staff").status_code == 200
    heard, before = measured(), sizes()
    fill(app, MANY - FEW)
    asked_again = due(heard, before, sizes())
    few, many = lengths(heard), lengths(measured(asked_again))
    assert len(few) >= 30 and many
    if unsure := grown(few, many):  # a look at the clock or the region that a page takes?
        many |= {page: min(now, many[page]) for page, now in lengths(measured(unsure)).items()}
    assert grown(few, many) == {}
    many = few | many
    dear = {page: number for page, number in many.items() if number > MOST}
    assert {page for page in dear if not HOME(page)} == set()
    assert max(dear.values(), default=0) <= MOST_OF_HOME


# Its counts come with the rows of the page; of an empty page, with none, they are asked once more.
WITH_ROWS = {"eservices"}


@pytest.mark.parametrize("part", ["news", "notices", "places", "feeds", "eservices", "polls"])
def test_a_list_of_the_console_counts_itself_with_its_neighbours(reader, statements_of, part):
    heard = statements_of(lambda: reader.get(f"/console/{part}/"))
    assert sum("count(" in statement for statement in heard) == (2 if part in WITH_ROWS else 1)


def test_a_page_that_asks_for_each_row_would_be_noticed(app, asked, monkeypatch):
    """The counter hears what is asked through the session while a page is made."""

    def asking_each(uow, items, language):
        return {
            item.id: uow.session.get(type(item), item.id, populate_existing=True) for item in items
        }

    monkeypatch.setattr("obshto.modules.news.citizen.translations", asking_each)
    fill_news(app, FEW)
    few = len(asked("/news/"))
    fill_news(app, FEW)
    assert len(asked("/news/")) == few + FEW
