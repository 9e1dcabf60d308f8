"""What a page of somebody signed in sends to the database, with BEGIN, SET and COMMIT counted."""

from uuid import uuid4

import psycopg
import pytest
from psycopg._connection_base import BaseConnection
from psycopg._cursor_base import BaseCursor

from obshto.modules.news import services as news
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

VILLAGE = "gorno-selo"
MOST = 6


@pytest.fixture
def sent(monkeypatch):
    """What psycopg sends, over whichever connection: SQLAlchemy's and the reader's of hosts."""
    heard = []
    execute, command = BaseCursor._execute_gen, BaseConnection._exec_command

    def note_execute(cursor, query, *more, **named):
        heard.append(str(query))
        return execute(cursor, query, *more, **named)

    def note_command(connection, what, *more):
        heard.append(what.decode() if isinstance(what, bytes) else str(what))
        return command(connection, what, *more)

    monkeypatch.setattr(BaseCursor, "_execute_gen", note_execute)
    monkeypatch.setattr(BaseConnection, "_exec_command", note_command)
    assert psycopg.Cursor._execute_gen is note_execute
    return heard


@pytest.fixture
def published(app, everything_on):
    """Something to show."""
    words = news.Text(title="Заглавие", summary="Накратко", markdown="Текст")
    with app.app_context(), open_uow(scope_named(VILLAGE), Principal.system("test")) as uow:
        item = news.write_item(uow, words, request_id=uuid4())
        news.publish_item(uow, item, expected_version=item.version)


@pytest.mark.parametrize("path", ["/", "/news/", "/eservices/"])
@pytest.mark.parametrize("roles", [(), (Role.EDITOR,)], ids=["citizen", "editor"])
def test_a_page_of_somebody_signed_in_is_made_of_few_statements(
    sign_in, sent, published, path, roles
):
    visitor = sign_in(VILLAGE, *roles)
    visitor.get(path)  # what may be kept is kept
    sent.clear()
    assert visitor.get(path).status_code == 200
    assert 2 <= len(sent) <= MOST, "\n".join(sent)
