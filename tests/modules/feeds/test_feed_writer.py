"""Feeds as programs read them, out of what is published; posts that follow what they tell of."""

import json
from dataclasses import replace
from datetime import timedelta
from html import unescape
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import feedparser
import pytest
from lxml import etree
from PIL import Image
from sqlalchemy import select

from obshto.modules.feeds.models import Post
from obshto.modules.feeds.services import posts, queries
from obshto.modules.feeds.services.approved_text import shown_of
from obshto.modules.feeds.services.posts import Thing
from obshto.modules.feeds.services.source_changes import draft_from, follow
from obshto.modules.feeds.settings import FeedsSettings
from obshto.modules.news import services as news
from obshto.modules.news.services.kind import NEWS
from obshto.platform.editorial.attachments import add_file, remove_file
from obshto.platform.settings.services import save_settings, version_of

VILLAGE = "gorno-selo"
GRAMMARS = Path(__file__).parents[2] / "data" / "feeds"
FILES = ("rss.xml", "atom.xml", "feed.json")
TEXT = news.Text(title="Ремонт <на> моста", summary="Три седмици.", markdown="Обходът е през Поле.")


@pytest.fixture
def item(uow):
    """A published item with a translation."""
    made = news.write_item(uow, TEXT, request_id=uuid4())
    news.publish_item(uow, made, expected_version=made.version)
    english = news.Text(title="Bridge works", summary="Three weeks.", markdown="Detour.")
    news.translate_item(uow, made, english, language="en", expected_version=news.UNWRITTEN)
    uow.commit()
    return made


@pytest.fixture
def told(uow, item):
    """A post that tells of it, sent to the region."""
    entry = queries.thing_of(uow, "news", item.id)
    thing = Thing(part="news", object_id=item.id, path=entry.path)
    draft = draft_from(entry, ("region",))
    post = posts.write_post(uow, draft, request_id=uuid4(), thing=thing, is_own_words=False)
    uow.session.flush()
    posts.submit_post(uow, post, expected_version=post.version)
    uow.commit()
    return post


def test_what_is_published_stands_in_each_feed_as_its_format_demands(visit, item, uow, sent):
    post = sent(uow)
    home = f"http://{VILLAGE}.localhost:8000"
    for file in FILES[:2]:
        answer = visit(f"/feeds/{file}")
        read = feedparser.parse(answer.data)
        assert not read.bozo and read.version in ("rss20", "atom10")
        links = {unescape(entry.title): entry.link for entry in read.entries}
        assert links == {
            "Чешмата тече": home + post.path,
            "Ремонт <на> моста": home + item.path,
        }
        assert all(e.id and e.published_parsed for e in read.entries)
        assert read.feed.title == "Община Горно село" and read.feed.link == f"{home}/feeds/"
        self_links = [link.href for link in read.feed.links if link.rel == "self"]
        assert self_links == [f"{home}/feeds/{file}"]
        # An answer that says the same is the same: readers ask whether it has changed.
        assert visit(f"/feeds/{file}").data == answer.data


@pytest.mark.parametrize("format", ["rss", "atom"])
def test_a_feed_is_valid(visit, item, uow, sent, switched_on, format):
    """By a grammar of the format; of two languages, of the region, and when empty."""
    grammar = etree.RelaxNG(file=GRAMMARS / f"{format}.rng")
    empty = visit(f"/feeds/{format}.xml", "gorno-selo").data
    sent(uow)
    paths = [f"/feeds/{format}.xml", f"/en/feeds/{format}.xml"]
    told = [visit(path).data for path in paths] + [visit(paths[0], "").data, empty]
    for feed in told:
        grammar.assertValid(etree.fromstring(feed))
    broken = told[0].replace(b"<title>", b"<title/><title>", 1)
    assert not grammar.validate(etree.fromstring(broken))


def test_an_entry_of_atom_sums_up_in_plain_words_under_an_id_that_lasts(visit, item):
    """Nothing of scheme, port or language is in an id, so that no reader sees old news as new."""
    atom = {None: "http://www.w3.org/2005/Atom"}
    ids = set()
    for path in ("/feeds/atom.xml", "/en/feeds/atom.xml"):
        feed = etree.fromstring(visit(path).data)
        [entry] = feed.findall("entry", atom)
        ids.add(entry.findtext("id", namespaces=atom))
        summary = entry.find("summary", atom)
        assert summary.get("type") == "text"
        assert summary.text.startswith(("Три седмици.", "Three weeks."))
        assert feed.findtext("id", namespaces=atom).startswith(f"tag:{VILLAGE}.localhost,2026:/")
    assert ids == {f"tag:{VILLAGE}.localhost,2026:{item.path}"}


def test_the_json_feed_keeps_to_its_specification(visit, item):
    """Version 1.1: https://jsonfeed.org/version/1.1"""
    answer = visit("/feeds/feed.json")
    told = json.loads(answer.data)
    assert answer.mimetype == "application/feed+json"
    assert told["version"] == "https://jsonfeed.org/version/1.1" and told["title"]
    [one] = told["items"]
    assert one["title"] == "Ремонт <на> моста" and one["content_text"].startswith("Три седмици.")
    assert one["id"] == one["url"] and one["url"].endswith(item.path)
    assert one["date_published"].endswith("+00:00")
    assert set(one) <= {
        *("id", "url", "title", "content_text", "date_published", "date_modified", "language"),
        *("tags", "authors", "summary"),
    }


def test_a_feed_speaks_the_language_of_its_address(visit, item):
    [one] = json.loads(visit("/en/feeds/feed.json").data)["items"]
    assert one["title"] == "Bridge works" and "/en/news/" in one["url"]
    # It is the same thing: whoever changes the language is not told of it anew.
    assert one["id"] == json.loads(visit("/feeds/feed.json").data)["items"][0]["id"]


def test_an_empty_feed_is_a_feed(visit, switched_on):
    for file in FILES[:2]:
        read = feedparser.parse(visit(f"/feeds/{file}").data)
        assert not read.bozo and read.entries == []


def test_programs_find_the_feeds_in_the_head_of_each_page(visit):
    page = visit("/").text
    for file in FILES:
        assert f'href="/feeds/{file}"' in page.partition("</head>")[0]
    assert 'href="/feeds/rss.xml"' in visit("/", "").text.partition("</head>")[0]
    assert "/feeds/" not in visit("/", "dolno-selo").text


def test_a_neighbours_news_are_in_no_feed_of_ours(visit, item):
    for file in FILES:
        assert visit(f"/feeds/{file}", "dolno-selo").status_code == 404


def test_what_stands_in_the_portal_waits_to_be_told_elsewhere_until_it_is(uow, item):
    assert [row.object_id for row in uow.session.scalars(queries.untold(uow))] == [item.id]


def test_what_was_told_waits_no_more(uow, told):
    assert list(uow.session.scalars(queries.untold(uow))) == []
    assert (told.title, told.path) == ("Ремонт <на> моста", f"/news/{told.object_id}")
    assert told.summary.startswith("Три седмици.")


def test_a_correction_follows(uow, item, told, queued):
    better = news.Text(title="Ремонтът свърши", summary="Път има.", markdown="Карайте.")
    news.edit_item(uow, item, better, expected_version=item.version)
    uow.commit()
    names = [name for name, arguments in queued() if arguments.get("object_id") == str(item.id)]
    assert "feeds:follow" in names
    follow(uow, part="news", object_id=str(item.id))
    uow.commit()
    assert told.title == "Ремонтът свърши"
    assert told.edition == told.approved_edition == 2


def test_words_of_an_editors_own_stay(uow, item, told):
    shorter = replace(posts.draft_of(told), title="По-кратко")
    posts.edit_post(uow, told, shorter, expected_version=told.version)
    uow.commit()
    better = news.Text(title="Друго", summary="Друго.", markdown="Друго.")
    news.edit_item(uow, item, better, expected_version=item.version)
    uow.commit()
    follow(uow, part="news", object_id=str(item.id))
    assert told.title == "По-кратко"


def test_what_is_hidden_in_the_portal_is_withdrawn_everywhere(uow, item, told):
    news.hide_item(uow, item, expected_version=item.version)
    uow.commit()
    follow(uow, part="news", object_id=str(item.id))
    follow(uow, part="news", object_id=str(item.id))
    assert told.withdrawn_at
    news.publish_item(uow, item, expected_version=item.version)
    uow.commit()
    follow(uow, part="news", object_id=str(item.id))
    assert len(uow.session.scalars(select(Post)).all()) == 1


def test_by_itself_a_new_thing_is_told_of_once_where_that_is_wanted(uow, item):
    follow(uow, part="news", object_id=str(item.id))
    assert uow.session.scalars(select(Post)).all() == []
    wanted = FeedsSettings(is_automatic=True, second_eyes_region=False)
    save_settings(uow, "feeds", wanted, expected_version=version_of(uow, "feeds"))
    uow.commit()
    for _ in range(2):
        follow(uow, part="news", object_id=str(item.id))
    [post] = uow.session.scalars(select(Post)).all()
    assert (post.targets, post.approved_edition) == (["region"], 1)


def test_what_is_old_is_not_told_by_itself(uow, item):
    wanted = FeedsSettings(is_automatic=True)
    save_settings(uow, "feeds", wanted, expected_version=version_of(uow, "feeds"))
    item.published_at = uow.now - timedelta(days=3)
    news.edit_item(uow, item, TEXT, expected_version=item.version)
    better = news.Text(title="Ново", summary="Ново.", markdown="Ново.")
    news.edit_item(uow, item, better, expected_version=item.version)
    uow.commit()
    follow(uow, part="news", object_id=str(item.id))
    assert uow.session.scalars(select(Post)).all() == []


def test_a_post_that_is_over_leaves_the_feeds_and_its_page_says_so(visit, uow, sent, monkeypatch):
    soon = uow.now + timedelta(hours=1)
    post = sent(uow, until=soon)
    assert "Важи до" in visit(post.path).text
    assert post.path in visit("/feeds/rss.xml").text
    later = soon + timedelta(hours=1)
    monkeypatch.setattr("obshto.platform.web.request_uow.now", lambda: later)
    assert "Това вече не важи" in visit(f"{post.path}?later").text
    assert post.path not in visit("/feeds/rss.xml?later").text


def drawn(colour):
    content = BytesIO()
    Image.new("RGB", (60, 40), colour).save(content, "PNG")
    content.seek(0)
    return content


def test_the_picture_of_a_news_item_comes_along_and_follows_its_change(uow):
    made = news.write_item(uow, TEXT, request_id=uuid4())
    told = {"name": "a.png", "as_picture": True}
    first = add_file(uow, NEWS, made, drawn("red"), title="Мостът", request_id=uuid4(), **told)
    news.publish_item(uow, made, expected_version=made.version)
    wanted = FeedsSettings(is_automatic=True, second_eyes_region=False)
    save_settings(uow, "feeds", wanted, expected_version=version_of(uow, "feeds"))
    uow.commit()
    follow(uow, part="news", object_id=str(made.id))
    [post] = uow.session.scalars(select(Post)).all()
    shown = shown_of(post)
    assert shown.picture_id and shown.picture_id != first.file_id
    assert (shown.picture_alt, post.edition) == (first.title, 1)
    follow(uow, part="news", object_id=str(made.id))
    assert (shown_of(post), post.edition) == (shown, 1)
    remove_file(uow, NEWS, first, made, expected_version=first.version)
    uow.commit()
    follow(uow, part="news", object_id=str(made.id))
    assert (shown_of(post).picture_id, post.edition) == (None, 2)
    add_file(uow, NEWS, made, drawn("blue"), title="Новият мост", request_id=uuid4(), **told)
    uow.commit()
    follow(uow, part="news", object_id=str(made.id))
    assert shown_of(post).picture_id != shown.picture_id
    assert (shown_of(post).picture_alt, post.edition) == ("Новият мост", 3)
