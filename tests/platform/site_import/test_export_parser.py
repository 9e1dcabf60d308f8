"""What stands in an export is read one thing at a time; a hostile one is refused."""

from datetime import UTC, datetime
from io import BytesIO

import pytest

from obshto.platform.site_import import export_parser
from obshto.platform.site_import.errors import (
    BrokenExport,
    ExportRefused,
    HostileExport,
    NoExport,
    TooManyTexts,
)
from obshto.platform.site_import.export_parser import looks_like_export, old_path, texts_in
from obshto.platform.site_import.text_builder import BODY, SUMMARY, TITLE, written

SPACES = (
    'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"'
    ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:wp="http://wordpress.org/export/1.2/"'
)


def item(number=1, kind="post", status="publish", html="<p>Текст.</p>", title="Заглавие", more=""):
    return f"""<item><title>{title}</title><link>https://old.example/a-{number}/</link>
<content:encoded><![CDATA[{html}]]></content:encoded><wp:post_id>{number}</wp:post_id>
<wp:post_date_gmt>2020-05-01 10:00:00</wp:post_date_gmt><wp:status>{status}</wp:status>
<wp:post_type>{kind}</wp:post_type>{more}</item>"""


def wordpress(*items, head=""):
    return f"""<?xml version="1.0" encoding="UTF-8"?>{head}
<rss version="2.0" {SPACES}><channel><link>https://old.example</link>
<wp:wxr_version>1.2</wp:wxr_version>{"".join(items)}</channel></rss>""".encode()


def found(content):
    return list(texts_in(BytesIO(content)))


def judged(**given):
    [one] = found(wordpress(item(**given)))
    return written(one)


def test_a_post_is_read_with_its_day_its_address_and_its_name_there():
    [one] = found(wordpress(item(7)))
    assert (one.kind, one.key, one.path) == ("post", "https://old.example#7", "/a-7")
    assert one.published_at == datetime(2020, 5, 1, 10, tzinfo=UTC)
    assert not one.is_hidden


def test_a_feed_is_read_too():
    feed = """<rss version="2.0"><channel><link>https://old.example/</link><item><title>Вода</title>
<link>https://old.example/voda</link><guid>old-1</guid>
<description>Спира &lt;b&gt;утре&lt;/b&gt;.</description>
<pubDate>Tue, 05 May 2020 10:00:00 +0300</pubDate></item></channel></rss>"""
    [one] = found(feed.encode())
    assert (one.kind, one.key, one.path) == ("post", "old-1", "/voda")
    assert one.published_at == datetime(2020, 5, 5, 7, tzinfo=UTC)
    assert written(one).markdown == "Спира **утре**."


@pytest.mark.parametrize(
    ("given", "verdict"),
    [
        ({}, ""),
        ({"kind": "page"}, ""),
        ({"status": "draft"}, ""),
        ({"kind": "attachment"}, "kind"),
        ({"kind": "product"}, "kind"),
        ({"status": "private"}, "hidden"),
        ({"status": "trash"}, "hidden"),
        ({"more": "<wp:post_password>тайна</wp:post_password>"}, "hidden"),
        ({"title": " "}, "untitled"),
        ({"html": ""}, "empty"),
        ({"html": "<img src='a.jpg'>"}, "empty"),
        ({"html": "<script>alert(1)</script>"}, "empty"),
        ({"html": "<p>дума </p>" * BODY}, "long"),
    ],
)
def test_each_thing_is_taken_or_left_behind_with_a_reason(given, verdict):
    assert judged(**given).verdict == verdict


@pytest.mark.parametrize("status", ["draft", "pending", "future"])
def test_what_was_not_public_there_becomes_a_draft(status):
    [one] = found(wordpress(item(status=status)))
    assert one.published_at is None


def test_menus_and_drafts_of_drafts_are_not_even_named():
    assert found(wordpress(item(kind="revision"), item(kind="nav_menu_item"))) == []


def test_titles_and_summaries_fit_our_forms_and_end_after_a_word():
    long = judged(title="дума " * 60, html="<p>" + "Изречение без край " * 60 + "</p>")
    assert len(long.title) <= TITLE and long.title.endswith("дума…")
    assert len(long.summary) <= SUMMARY and long.summary.endswith("…")
    short = judged(html="<p>Първо изречение. Второ изречение.</p>" + "<p>Още.</p>" * 200)
    assert short.summary.startswith("Първо изречение. Второ изречение.")


def test_a_heading_is_no_part_of_the_summary():
    assert judged(html="<h2>Откога</h2><p>Отдавна.</p>").summary == "Отдавна."


def test_the_excerpt_is_the_summary_where_there_is_one():
    more = "<excerpt:encoded><![CDATA[<p>Накратко.</p>]]></excerpt:encoded>"
    assert judged(more=more).summary == "Накратко."


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<html><body>no</body></html>", NoExport),
        (b'<?xml version="1.0"?><feed></feed>', NoExport),
        (wordpress(item())[:-30], BrokenExport),
        (b"", BrokenExport),
        (b"<rss><channel><item></rss>", BrokenExport),
        (b'<?xml version="1.0" encoding="x-none"?><rss/>', BrokenExport),
        (b"<rss>" + b"<a>" * 100 + b"</a>" * 100 + b"</rss>", HostileExport),
        (wordpress(item(), head='<!DOCTYPE rss [<!ENTITY a "b">]>'), HostileExport),
        (
            wordpress(item(), head='<!DOCTYPE rss SYSTEM "http://evil.example/x.dtd">'),
            HostileExport,
        ),
        (
            wordpress(
                item(title="&a;"), head='<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            ),
            HostileExport,
        ),
    ],
    ids=["html", "atom", "cut", "empty", "crossed", "coding", "deep", "entity", "dtd", "file"],
)
def test_what_is_no_honest_export_is_refused(content, refusal):
    with pytest.raises(refusal):
        found(content)


def test_more_things_than_a_site_has_are_refused(monkeypatch):
    monkeypatch.setattr(export_parser, "MOST", 2)
    with pytest.raises(TooManyTexts):
        found(wordpress(item(1), item(2), item(3)))


def test_damaged_anywhere_it_is_read_or_refused():
    whole = wordpress(item(1), item(2, kind="page"))
    for place in range(0, len(whole), 5):
        broken = bytearray(whole)
        broken[place] ^= 0x55
        try:
            [written(one) for one in found(bytes(broken))]
        except ExportRefused:
            continue


@pytest.mark.parametrize(
    ("link", "path"),
    [
        ("https://old.example/2020/05/voda/", "/2020/05/voda"),
        ("https://old.example/%D0%B2%D0%BE%D0%B4%D0%B0/", "/вода"),
        ("https://old.example/Voda?x=1", "/voda"),
        ("https://old.example/?p=12", "/?p=12"),
        ("https://[broken/", ""),
    ],
)
def test_an_old_address_is_kept_as_it_will_be_asked_for(link, path):
    assert old_path(link) == path


@pytest.mark.parametrize(
    ("head", "is_one"),
    [(b"<?xml version", True), (b"\xef\xbb\xbf  <rss>", True), (b"%PDF-1.7", False), (b"", False)],
)
def test_the_first_bytes_tell_whether_it_is_worth_reading(head, is_one):
    assert looks_like_export(BytesIO(head)) is is_one
