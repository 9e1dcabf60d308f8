"""Lists in numbered pages: the way to another page keeps what was asked."""

from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from sqlalchemy import literal_column, select

from obshto.platform.web.pagination import Page, paginate

# Words that mean something to whoever writes an address.
MEANT = "endpoint=x&_scheme=javascript&_external=1&_anchor=x&_method=POST&self=x&values=x"


@pytest.fixture
def href():
    app = Flask(__name__)
    app.add_url_rule("/lists/<name>", "lists.one", lambda name: name)

    def ask(path, number):
        with app.test_request_context(path):
            return Page([], 1, 100).href(number)

    return ask


def test_another_page_keeps_what_was_asked_each_answer_of_a_list_too(href):
    assert href("/lists/а?kind=x&kind=y&page=4", 2).endswith("?kind=x&kind=y&page=2")


def test_the_first_page_needs_no_number(href):
    assert href("/lists/a?page=4", 1) == "/lists/a"


@pytest.mark.parametrize("query", [MEANT, "name=b", "a=%26b%3D1&=x"])
def test_no_word_of_a_question_changes_where_the_way_leads(href, query):
    found = urlsplit(href(f"/lists/a?{query}", 2))
    assert (found.scheme, found.netloc, found.path, found.fragment) == ("", "", "/lists/a", "")
    assert parse_qsl(found.query) == [*parse_qsl(query), ("page", "2")]


class Told:
    """A session that says how many there are when it is asked, and which rows are shown."""

    def __init__(self):
        self.asked = 0

    def scalar(self, statement):
        self.asked += 1
        return 45

    def scalars(self, statement):
        shown = statement._offset_clause.value, statement._limit_clause.value
        return SimpleNamespace(all=lambda: [shown])


@pytest.mark.parametrize(("total", "asked"), [(None, 1), (45, 0)])
def test_what_was_counted_is_not_counted_again(total, asked):
    session, rows = Told(), select(literal_column("1"))
    page = paginate(session, rows, 9, total=total)
    assert (page.number, page.pages, page.total) == (3, 3, 45)
    assert (page.rows, session.asked) == ([(40, 20)], asked)


def test_an_empty_list_has_one_page():
    page = paginate(Told(), select(literal_column("1")), 2, total=0)
    assert (page.number, page.pages, page.total) == (1, 1, 0)
