"""Lists in numbered pages: the way to another page keeps what was asked."""

from types import SimpleNamespace
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID, uuid4

import pytest
from flask import Flask
from psycopg import _queries
from sqlalchemy import Text as SqlText
from sqlalchemy import bindparam, func, literal_column, or_, select
from sqlalchemy.dialects import postgresql
from sqlalchemy.orm import with_loader_criteria

from obshto.modules.news.models import Item
from obshto.modules.news.services import Text, write_item
from obshto.platform.db import control_rows
from obshto.platform.soft_delete import ids_of, number_of
from obshto.platform.web.pagination import Page, paginate, paginate_counted

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
    """A session that shows which rows it was asked for, and cannot count."""

    def scalars(self, statement):
        shown = statement._offset_clause.value, statement._limit_clause.value
        return SimpleNamespace(all=lambda: [shown])


def test_what_was_counted_is_not_counted_again():
    page = paginate(Told(), select(literal_column("1")), 9, total=45)
    assert (page.number, page.pages, page.total) == (3, 3, 45)
    assert page.rows == [(40, 20)]


@pytest.fixture
def written(uow_in):
    """A municipality with 25 drafts of news, of which 22 are called Б."""
    with uow_in("gorno-selo") as uow:
        for at in range(25):
            words = Text(title="А" if at < 3 else "Б", summary="", markdown="Текст")
            write_item(uow, words, request_id=uuid4())
        uow.session.flush()
        yield uow.session


@pytest.mark.parametrize(
    ("number", "found", "asked"), [(1, (1, 20), 1), (2, (2, 2), 1), (9, (2, 2), 3)]
)
def test_a_page_brings_how_many_there_are(written, statements_of, number, found, asked):
    rows, pages = select(Item).where(Item.title == "Б").order_by(Item.id), []
    heard = statements_of(lambda: pages.append(paginate(written, rows, number)))
    [page] = pages
    assert (page.number, len(page.rows)) == found and page.total == 22
    assert {row.title for row in page.rows} == {"Б"} and len(heard) == asked


@pytest.mark.parametrize(("title", "asked"), [("А", 1), ("Б", 1), ("В", 2)])
def test_lists_beside_are_counted_whichever_is_shown(written, statements_of, title, asked):
    titles = ("А", "Б", "В")
    counts = select(*[func.count().filter(Item.title == one).label(one) for one in titles])
    rows, told = select(Item, Item.title).where(Item.title == title), []
    heard = statements_of(
        lambda: told.append(paginate_counted(written, rows, 1, counts=counts, total=title))
    )
    [(page, numbers)] = told
    assert numbers == {"А": 3, "Б": 22, "В": 0} and len(heard) == asked
    assert page.total == numbers[title] and len(page.rows) == min(20, page.total)
    assert all(item.title == shown == title for item, shown in page.rows)


def test_what_the_leak_watch_planted_is_counted_nowhere(written, monkeypatch):
    item = written.scalars(select(Item).limit(1)).one()
    hidden = Item.id != item.id
    monkeypatch.setattr(control_rows, "_others", [with_loader_criteria(Item, hidden)])
    counts = select(func.count().label("all")).select_from(Item)
    assert paginate(written, select(Item), 1).total == 24
    assert paginate_counted(written, select(Item), 1, counts=counts, total="all")[1]["all"] == 24


def test_what_the_leak_watch_planted_is_one_value_however_often_a_statement_asks(
    written, app, monkeypatch
):
    planted, marks = [], tuple(UUID(int=number) for number in range(80))
    without = lambda slug: control_rows._without((*marks, *planted))  # noqa: E731
    monkeypatch.setitem(app.extensions, control_rows.MARKS, without)
    counts = select(*[number_of(select(Item)).scalar_subquery().label(f"n{n}") for n in range(9)])
    assert set(written.execute(counts).one()) == {25}
    planted.append(written.scalar(select(Item.request_id).where(Item.title == "А").limit(1)))
    # The same statement as kept, in a municipality whose ids are others, and back again.
    assert set(written.execute(counts).one()) == {24}
    assert planted[0] not in written.scalars(select(Item.request_id)).all()
    planted.clear()
    assert set(written.execute(counts).one()) == {25}
    asked = counts.options(without("")).compile(dialect=postgresql.dialect())
    assert [name for name in asked.params if control_rows.PLANTED in name] == ["planted_ids_1"]


@pytest.mark.parametrize("narrow", [lambda rows: rows, lambda rows: rows.distinct()])
def test_a_whole_entity_is_counted_by_its_key(written, narrow):
    rows = narrow(select(Item).where(Item.title == "Б").order_by(Item.title))
    assert list(ids_of(rows).selected_columns.keys()) == ["id"]
    assert written.scalar(number_of(rows)) == 22
    assert written.scalar(number_of(select(Item.title).distinct())) == 2
    assert written.scalar(number_of(select(Item, Item.title).limit(7))) == 7


def test_a_long_statement_keeps_its_numbering_and_takes_new_values(written):
    named = [bindparam(f"title_{n}", type_=SqlText) for n in range(60)]
    wanted = select(Item.title).distinct().where(or_(*[Item.title == one for one in named]))
    values = {one.key: "А" for one in named}
    assert written.scalars(wanted, values).all() == ["А"]
    before = _queries._query2pg.cache_info()
    assert written.scalars(wanted, values | {"title_59": "Б"}).all() == ["А", "Б"]
    after = _queries._query2pg.cache_info()
    assert (after.hits - before.hits, after.misses) == (1, before.misses)


def test_an_empty_list_has_one_page():
    page = paginate(Told(), select(literal_column("1")), 2, total=0)
    assert (page.number, page.pages, page.total) == (1, 1, 0)
