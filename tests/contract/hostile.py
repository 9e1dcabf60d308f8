"""Runs parsers over text that was made to cost: `hostile.py NAME…`, under limits of the caller.

Prints each text before it is read, so that whoever ends this knows at which.
"""

import random
import sys
from datetime import UTC, datetime
from io import BytesIO

from flask import Flask
from flask_babel import Babel
from hostile_files import FILES

from obshto.modules.feeds.services.feed_parser import parse
from obshto.modules.pages.services.answers import without_traces
from obshto.modules.pages.services.links import links_in
from obshto.modules.payments.services.table_reader import read_rows
from obshto.platform.content.changes import changes
from obshto.platform.content.fromhtml import to_markdown
from obshto.platform.content.hints import hints_of
from obshto.platform.content.markdown import to_html, to_text
from obshto.platform.errors import DomainError
from obshto.platform.moderation.links import hosts_in
from obshto.platform.notify.bounces.report_parser import read_verdict
from obshto.platform.site_import.export_parser import texts_in
from obshto.platform.storage.tables import rows_of

NOW = datetime(2026, 11, 24, tzinfo=UTC)
# What begins something, ends it, or stands between.
PIECES = (
    *("<!--", "-->", "<p>", "</p>", "<a href='", "<div>", "<li>", "<pre>", "<img ", "<", "&", "&#"),
    *("[caption", "[vc_row ", "[vc_-", "[", "![", "](", "]", "`", "```\n", "~~~\n", "*", "_", "> "),
    *(
        " ",
        "\t",
        "\n",
        "\n ",
        "- ",
        "|",
        "|a|\n",
        "a",
        "А ",
        ". А",
        "a-",
        "@",
        "=?utf-8?b?",
        ";",
        ",",
    ),
    *('"', "'", "0", "https://", "www.", "a.", "a--", "\x00", "\r\n", "]]>", "<![CDATA["),
)
RANDOM = 20  # texts of two pieces in turn, besides those of one


def feed(text):
    cdata = text.replace("]]>", "")
    head = "<rss version='2.0'><channel><title>a</title><item><description><![CDATA["
    for whole in (head + cdata + "]]></description></item></channel></rss>", text):
        parse(whole.encode(), {}, address="https://a.example/feed", now=NOW)


def returned(text):
    head = "Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/"
    read_verdict((head + "delivery-status\n\n" + text).encode())
    read_verdict(f"Subject: {text}\nTo: {text}".encode())


PARSERS = {  # by name: what reads it, how many characters of it are tried
    "old site": (to_markdown, 40_000),
    "export": (lambda text: list(texts_in(BytesIO(f"<rss><channel>{text}".encode()))), 100_000),
    "markdown": (lambda text: to_text(to_html(text)), 15_000),
    "hints": (hints_of, 20_000),
    "comparison": (lambda text: changes(f"{text}\nx", f"y\n{text[::-1]}"), 20_000),
    "answer": (without_traces, 20_000),
    "links": (lambda text: list(hosts_in(text)), 200_000),
    "feed": (feed, 15_000),
    "returned letter": (returned, 50_000),
    "page links": (lambda text: links_in(to_html(text)), 15_000),
    "taxes": (lambda text: read_rows(BytesIO(text.encode()), "a.csv"), 200_000),
    "table": (lambda text: rows_of(BytesIO(text.encode()), name="a.csv"), 200_000),
}


def texts(length):
    chance = random.Random(18)
    units = [*PIECES, *("".join(chance.sample(PIECES, 2)) for _ in range(RANDOM))]
    for unit in units:
        yield f"a{unit * (length // len(unit))}b"
        yield f"<pre>{unit * (length // len(unit))}b</pre>"


def contents(name):
    """(What reads it, what it reads) of one parser."""
    if name in FILES:
        read, made = FILES[name]
        yield from ((read, content) for content in made())
    else:
        read, length = PARSERS[name]
        yield from ((read, text) for text in texts(length))


def main():
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context("/"):
        for name in sys.argv[1:]:
            for read, content in contents(name):
                print(name, repr(content[:60]), flush=True)
                try:
                    read(content)
                except (DomainError, ValueError):
                    continue  # refused


if __name__ == "__main__":
    main()
