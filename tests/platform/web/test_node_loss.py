"""A machine of the database is away: its municipalities are told to wait, the others live.

A rule on one municipality's table stands in for the machine: it raises what Citus does.
"""

from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError
from werkzeug.test import EnvironBuilder, run_wsgi_app

from obshto.modules.news.services import Text, publish_item, write_item
from obshto.platform.web.error_pages import is_lost
from obshto.platform.web.retry import RETRY, RetryReads

NODE = "worker.example:5432"
LOSSES = {
    "no connection": ("08006", f"connection to the remote node {NODE} failed"),
    "it ended": ("57P01", "terminating connection due to administrator command"),
    "within a transaction": ("XX000", f"failure on connection marked as essential: {NODE}"),
    "a role that was removed": ("42501", "permission denied for schema t_gorno_selo"),
}
FAILING = """CREATE FUNCTION t_gorno_selo.lost() RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER AS $$ BEGIN
    IF nextval('t_gorno_selo.asked') <= {times} THEN
        RAISE EXCEPTION '{message}' USING ERRCODE = '{state}';
    END IF;
    RETURN true;
END $$"""


@pytest.fixture
def published(uow_in):
    with uow_in("gorno-selo") as uow:
        words = Text(title="Водата спира", summary="…", markdown="…")
        item = write_item(uow, words, request_id=uuid4())
        uow.session.flush()
        publish_item(uow, item, expected_version=item.version)
        uow.commit()


@pytest.fixture
def lose(published, migrator):
    """lose("it ended", 2): what is read of this village's news fails twice, then works."""

    def begin(loss, times):
        state, message = LOSSES[loss]
        with migrator.begin() as connection:
            for statement in (
                "CREATE SEQUENCE t_gorno_selo.asked",
                FAILING.format(times=times, message=message, state=state),
                "ALTER TABLE t_gorno_selo.news_item ENABLE ROW LEVEL SECURITY",
                "CREATE POLICY node ON t_gorno_selo.news_item USING (t_gorno_selo.lost())",
            ):
                connection.exec_driver_sql(statement)

    yield begin
    with migrator.begin() as connection:
        for statement in (
            "DROP POLICY node ON t_gorno_selo.news_item",
            "ALTER TABLE t_gorno_selo.news_item DISABLE ROW LEVEL SECURITY",
            "DROP FUNCTION t_gorno_selo.lost()",
            "DROP SEQUENCE t_gorno_selo.asked",
        ):
            connection.exec_driver_sql(statement)


@pytest.mark.parametrize("loss", LOSSES)
def test_a_stale_connection_is_seen_by_nobody_who_reads(client, at, lose, loss):
    lose(loss, 1)
    page = client.get("/news/?page=1", base_url=at("gorno-selo"))
    assert page.status_code == 200 and "Водата спира" in page.text


@pytest.mark.parametrize("loss", LOSSES)
def test_while_a_node_is_away_its_municipality_waits_and_the_region_lives(client, at, lose, loss):
    lose(loss, 1_000)
    page = client.get("/news/?page=1", base_url=at("gorno-selo"))
    assert page.status_code == 503 and int(page.headers["Retry-After"]) > 0
    assert "Порталът не успява да отговори" in page.text and "Община Горно село" in page.text
    assert client.get("/", base_url=at("dolno-selo")).status_code == 200
    assert client.get("/", base_url=at()).status_code == 200


@pytest.mark.parametrize("loss", LOSSES)
def test_every_connection_that_may_be_stale_is_dropped(uow_in, lose, loss):
    lose(loss, 1)
    pid = text("SELECT pg_backend_pid()")
    with uow_in("gorno-selo") as uow:
        before = uow.session.scalar(pid)
        with pytest.raises(DBAPIError) as caught:
            uow.session.execute(text("SELECT * FROM t_gorno_selo.news_item"))
        assert is_lost(caught.value)
        uow.session.rollback()
        assert uow.session.scalar(pid) != before


@pytest.mark.parametrize(
    "statement", ["SELECT * FROM t_dolno_selo.news_item", "SELECT 1/0", "SELECT lo_create(0)"]
)
def test_what_was_refused_is_no_loss(uow_in, statement):
    with uow_in("gorno-selo") as uow:
        with pytest.raises(DBAPIError) as caught:
            uow.session.execute(text(statement))
        assert not is_lost(caught.value)


@pytest.mark.parametrize(("method", "times"), [("GET", 2), ("HEAD", 2), ("POST", 1), ("PUT", 1)])
def test_only_reads_are_tried_again_and_only_once(method, times):
    asked = []

    def lost(environ, start):
        asked.append(environ["REQUEST_METHOD"])
        environ[RETRY] = True
        start("503 Service Unavailable", [])
        return [b"away"]

    answer = run_wsgi_app(RetryReads(lost), EnvironBuilder(method=method).get_environ())
    assert (len(asked), answer[1]) == (times, "503 Service Unavailable")
