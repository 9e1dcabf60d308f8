"""Feeds of the wild, over real HTTP: broken, hostile, huge; read politely, shown safely."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select, update

from obshto.modules.feeds.errors import NotRead
from obshto.modules.feeds.models import Item, Source
from obshto.modules.feeds.services import feed_reader
from obshto.modules.feeds.services.feed_parser import MOST, NoFeed, parse
from obshto.modules.feeds.services.sources import Kind, Wanted, add_source, feed_address
from obshto.platform.clock import now
from obshto.platform.permissions import Role
from obshto.platform.storage import child, turns
from obshto.platform.storage.models import StoredFile

HEAD = '<?xml version="1.0" encoding="{}"?>'
RSS = (
    "<rss version='2.0'><channel><title>Читалище</title><link>{home}</link>{items}</channel></rss>"
)
ITEM = "<item><guid>{guid}</guid><title>{title}</title><link>{link}</link>{more}</item>"


def item(number=1, title="Концерт", link="https://a.example/1", more=""):
    return ITEM.format(guid=f"g{number}", title=title, link=link, more=more)


def rss(*items, encoding="utf-8"):
    text = HEAD.format(encoding) + RSS.format(home="https://a.example/", items="".join(items))
    return text.encode(encoding)


def read(content, mime="application/rss+xml"):
    address = "https://a.example/feed"
    return parse(content, {"content-type": mime}, address=address, now=now())


@pytest.fixture
def source(uow, elsewhere):
    """source(content): a source that was read once."""

    def add(content, **headers):
        elsewhere.pages["/feed"] = (200, headers, content)
        wanted = Wanted(kind=Kind.FEED, address=f"{elsewhere.address}/feed")
        made = add_source(uow, wanted, request_id=uuid4())
        uow.commit()
        return made

    return add


def items_of(uow):
    rows = select(Item).order_by(Item.guid).execution_options(populate_existing=True)
    return uow.session.scalars(rows).all()


def test_words_come_without_markup_scripts_or_marks_that_turn_the_line():
    html = (
        "&lt;p&gt;Елате &lt;b&gt;в петък&lt;/b&gt;&lt;script&gt;alert(1)&lt;/script&gt;"
        "&lt;img src=x onerror=alert(1)&gt;&#x202e;&lt;/p&gt;"
    )
    [entry] = read(rss(item(more=f"<description>{html}</description>"))).entries
    assert entry.text == "Елате в петък"


def test_links_that_are_no_addresses_of_the_web_are_left_out():
    for link in ("javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"):
        [entry] = read(rss(item(link=link))).entries
        assert entry.link == "", link
    [entry] = read(rss(item(link="/local"))).entries
    assert entry.link == "https://a.example/local"


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-16", "koi8-r"])
def test_old_encodings_are_read(encoding):
    [entry] = read(rss(item(title="Чешмата"), encoding=encoding)).entries
    assert entry.title == "Чешмата"


def test_a_feed_that_lies_about_its_encoding_is_still_read():
    content = rss(item(title="Чешмата")).replace(b"utf-8", b"windows-1251")
    entries = read(content, "application/rss+xml; charset=utf-8").entries
    assert entries[0].title == "Чешмата"


@pytest.mark.parametrize(
    "content",
    [b"", b"<html><title>x</title></html>", b"\x00\xff\xfe" * 40, b"{}", b"<rss", b"<a/>"],
)
def test_what_is_no_feed_says_so(content):
    with pytest.raises(NoFeed):
        read(content)


def test_entities_that_multiply_do_not():
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">'
        '<!ENTITY c "&b;&b;&b;&b;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    )
    content = bomb + RSS.format(home="", items=item(title="&c;&f;x"))
    try:
        entries = read(content.encode()).entries
    except NoFeed:
        return
    assert all("root:" not in e.title and len(e.title) < 300 for e in entries)


def test_what_is_nested_deeper_than_any_text_costs_nothing():
    deep = "&lt;div&gt;" * 50_000
    entries = read(rss(item(more=f"<description>{deep}a</description>"))).entries
    assert [entry.text for entry in entries] == [""]


def test_only_so_many_are_taken_and_a_day_that_is_to_come_is_today():
    future = "<pubDate>Fri, 01 Jan 2100 00:00:00 GMT</pubDate>"
    entries = read(rss(*(item(number, more=future) for number in range(500)))).entries
    assert len(entries) == MOST and entries[0].published_at <= now()


def test_mastodon_and_youtube_name_their_pictures():
    media = (
        '<media:content xmlns:media="http://search.yahoo.com/mrss/" url="https://a.example/p.png"'
        ' type="image/png" medium="image"><media:description type="plain">Сцената'
        "</media:description>"
        "</media:content>"
    )
    [entry] = read(rss(item(title="", more=f"<description>Снимка</description>{media}"))).entries
    assert entry.text == "Снимка"
    assert (entry.picture, entry.picture_alt) == ("https://a.example/p.png", "Сцената")
    video = (
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/">'
        "<title>Канал</title><entry><id>yt:video:1</id><title>Запис</title>"
        '<link rel="alternate" href="https://www.youtube.com/watch?v=1"/><media:group>'
        '<media:thumbnail url="https://i.ytimg.com/1.jpg" width="480" height="360"/>'
        "<media:description>Репетиция</media:description></media:group></entry></feed>"
    )
    [entry] = read(video.encode()).entries
    assert entry.picture == "https://i.ytimg.com/1.jpg" and entry.title == "Запис"


def test_a_picture_is_drawn_anew_and_sent_by_us(uow, source, elsewhere, visit):
    picture = BytesIO()
    Image.new("RGB", (600, 400), "red").save(picture, "PNG")
    elsewhere.pages["/p.png"] = (200, {}, picture.getvalue() + b"<script>tail</script>")
    more = f'<enclosure url="{elsewhere.address}/p.png" type="image/png" length="1"/>'
    made = source(rss(item(more=more)))
    feed_reader.draw_pictures(uow, made.id)
    [one] = items_of(uow)
    path = f"/feeds/items/{one.id}/picture"
    answer = visit(path)
    assert answer.mimetype == "image/webp" and b"script" not in answer.data
    assert visit(path, "dolno-selo").status_code == 404
    page = visit("/feeds/").text
    assert f'src="{path}"' in page and elsewhere.address not in page
    assert 'Източник: <span lang="bg">Читалище' in page


@pytest.mark.parametrize("answer", [(200, {}, b"no picture"), (404, {}, b""), None])
def test_a_picture_that_cannot_be_had_is_left_out(uow, source, elsewhere, answer):
    elsewhere.pages["/p.png"] = answer
    more = f'<enclosure url="{elsewhere.address}/p.png" type="image/png" length="1"/>'
    made = source(rss(item(more=more)))
    feed_reader.draw_pictures(uow, made.id)
    [one] = items_of(uow)
    assert (one.picture, one.picture_id) == ("", None)


def test_a_picture_waits_for_the_next_reading_where_people_were_before_it(
    uow, source, elsewhere, monkeypatch
):
    picture = BytesIO()
    Image.new("RGB", (60, 40), "red").save(picture, "PNG")
    elsewhere.pages["/p.png"] = (200, {}, picture.getvalue())
    more = f'<enclosure url="{elsewhere.address}/p.png" type="image/png" length="1"/>'
    made = source(rss(item(more=more)))
    with monkeypatch.context() as busy, turns.turn(child.PATIENCE):
        busy.setattr(child, "PATIENCE", 0)
        feed_reader.draw_pictures(uow, made.id)
    [one] = items_of(uow)
    assert one.picture.endswith("/p.png") and one.picture_id is None
    feed_reader.draw_pictures(uow, made.id)
    [one] = items_of(uow)
    assert one.picture == "" and one.picture_id is not None


def test_a_picture_in_our_own_network_is_not_asked_for(uow, source):
    more = '<enclosure url="http://127.0.0.1:5432/p.png" type="image/png" length="1"/>'
    made = source(rss(item(more=more)))
    feed_reader.draw_pictures(uow, made.id)
    assert uow.session.scalars(select(StoredFile)).all() == []


def due(uow):
    uow.session.execute(update(Source).values(due_at=now()))
    uow.commit()


def test_what_has_not_changed_is_not_sent_again_and_what_has_is_put_right(uow, source, elsewhere):
    made = source(rss(item(1), item(2)), ETag='"1"')
    due(uow)
    feed_reader.read_sources(uow)
    elsewhere.pages["/feed"] = (304, {}, b"")
    due(uow)
    feed_reader.read_sources(uow)
    assert elsewhere.heard[-1][2]["If-None-Match"] == '"1"'
    assert (made.trouble, len(items_of(uow))) == ("", 2)
    elsewhere.pages["/feed"] = (200, {}, rss(item(1, title="Поправено"), item(2), item(3)))
    due(uow)
    feed_reader.read_sources(uow)
    assert [one.title for one in items_of(uow)] == ["Поправено", "Концерт", "Концерт"]


@pytest.mark.parametrize(
    ("page", "trouble"),
    [((500, {}, b""), "gone"), ((200, {}, b"<html>"), "no feed"), (None, "unreachable")],
)
def test_who_does_not_answer_is_asked_less_and_less_often(uow, source, elsewhere, page, trouble):
    made = source(rss(item()))
    elsewhere.pages["/feed"] = page
    waits = []
    for _ in range(3):
        due(uow)
        feed_reader.read_sources(uow)
        uow.session.refresh(made)
        waits.append(made.due_at - now())
    assert made.trouble == trouble and waits[0] < waits[1] < waits[2] <= timedelta(days=1)
    assert len(items_of(uow)) == 1


@pytest.mark.parametrize(
    ("kind", "typed", "address"),
    [
        (Kind.FEED, "a.example/feed", "https://a.example/feed"),
        (Kind.MASTODON, "@kula@mastodon.bg", "https://mastodon.bg/@kula.rss"),
        (Kind.MASTODON, "https://mastodon.bg/@kula", "https://mastodon.bg/@kula.rss"),
        (
            Kind.YOUTUBE,
            "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv",
        ),
    ],
)
def test_people_give_what_they_know(kind, typed, address):
    assert feed_address(Wanted(kind=kind, address=typed)) == address


def test_whoever_types_an_address_hears_what_is_wrong_with_it(sign_in, elsewhere):
    admin = sign_in("gorno-selo", Role.ADMIN)
    elsewhere.pages["/page"] = (200, {}, b"<html>no feed</html>")
    for address, why in (
        ("http://127.0.0.1:5432/", "Този адрес не е в интернет."),
        (f"{elsewhere.address}/nowhere-at-all", "отговаря"),
        (f"{elsewhere.address}/page", "няма емисия"),
    ):
        typed = {"kind": "feed", "address": address, "request_id": uuid4()}
        answer = admin.post("/console/feeds/sources/new", typed)
        assert answer.status_code == 422 and why in answer.text, address
        assert f'value="{address}"' in answer.text
    typed = {"kind": "youtube", "address": "моят канал", "request_id": uuid4()}
    assert "започва с „UC“" in admin.post("/console/feeds/sources/new", typed).text


def test_a_slip_is_told_before_anything_is_kept(uow, elsewhere):
    with pytest.raises(NotRead):
        wanted = Wanted(kind=Kind.FEED, address="http://10.0.0.1/feed")
        add_source(uow, wanted, request_id=uuid4())
    assert uow.session.scalars(select(Source)).all() == []
