"""A municipality's transaction reaches its own schema, two doors, nothing else."""

from uuid import uuid4

import pytest
from sqlalchemy import create_engine, select, text, update
from sqlalchemy.exc import DBAPIError, InvalidRequestError, ProgrammingError

from obshto.modules.news.models import Item
from obshto.modules.news.services import Text, count, drafts, write_item
from obshto.ops.hardening import harden_check
from obshto.platform.db.base import new_id
from obshto.platform.db.session import NoTenant
from obshto.platform.scope import Scope
from obshto.tenants.municipalities.provision import NewMunicipality

SECRET = "t_dolno_selo.news_item"
TEXT = Text(title="secret", summary="…", markdown="…")
ATTACKS = {
    "by name": (f"select title from {SECRET}", "denied for schema t_dolno_selo"),
    "by union": (f"select 'x' union select title from {SECRET}", "denied for schema t_dolno_selo"),
    "by set_config": (
        "select set_config('role', 't_dolno_selo', true)",
        "denied for function set_config",
    ),
    "by pg_settings": (
        "update pg_settings set setting = 't_dolno_selo' where name = 'role'",
        "denied for view pg_settings",
    ),
    "by DO": (
        "do $$ begin set local role t_dolno_selo; end $$",
        "denied for language plpgsql",
    ),
    "by two statements": (
        f"set local role t_dolno_selo; select title from {SECRET}",
        "multiple commands",
    ),
    "by beginning anew": ('BEGIN; SET LOCAL ROLE "t_dolno_selo"', "multiple commands"),
    "by beginning and more": (
        f"""BEGIN; SET LOCAL ROLE "t_dolno_selo"; select title from {SECRET}""",
        "multiple commands",
    ),
    "by a temporary table": ("create temporary table loot (x int)", "denied to create temporary"),
    "by the table of municipalities": ("select * from shared.tenant", "denied for table tenant"),
    "by sessions": ("select * from shared.session", "denied for table session"),
    "by the queue": ("select * from queue.procrastinate_jobs", "denied for table"),
    "by a job for the neighbour": (
        "select queue.procrastinate_defer_jobs_v1(null)",
        "denied for function",
    ),
    "by writing": (f"delete from {SECRET}", "denied for schema t_dolno_selo"),
    "by its own log": ("update t_gorno_selo.audit_entry set act = ''", "denied for table"),
    "by its own migrations": ("delete from t_gorno_selo.alembic_version", "denied for table"),
    "by a large object": ("select lo_from_bytea(0, 'loot')", "denied for function"),
    "by a lock that outlives": ("select pg_advisory_lock(1)", "denied for function"),
    "by a file": ("select pg_read_file('/etc/passwd')", "denied for function"),
    "by a program": ("copy (select 1) to program 'true'", "denied to COPY to or from an external"),
    "by a new function": (
        "create function t_gorno_selo.f() returns int language sql as 'select 1'",
        "denied for schema t_gorno_selo",
    ),
}


@pytest.fixture
def secret(uow_in):
    with uow_in("dolno-selo") as uow:
        write_item(uow, TEXT, request_id=uuid4())
        uow.session.commit()


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_village_cannot_reach_its_neighbour(uow_in, secret, attack):
    statement, refusal = ATTACKS[attack]
    with uow_in("gorno-selo") as uow, pytest.raises(DBAPIError, match=refusal):
        uow.session.execute(text(statement))


def test_the_secret_was_there_to_be_read(owner, secret):
    assert owner(f"select title from {SECRET}") == [("secret",)]


def test_hardening_holds_for_the_login_of_the_app(app_engine):
    assert harden_check(app_engine) == []


def test_without_the_revokes_the_attack_succeeds(server, uow_in, secret):
    """The mutant: should the hardening ever do nothing, these tests must not stay green."""
    superuser = create_engine(server.set(database="obshto"), isolation_level="AUTOCOMMIT")
    function = "FUNCTION pg_catalog.set_config(text, text, boolean)"
    statement, _ = ATTACKS["by set_config"]
    with superuser.connect() as connection:
        connection.exec_driver_sql(f"GRANT EXECUTE ON {function} TO PUBLIC")
        try:
            with uow_in("gorno-selo") as uow:
                uow.session.execute(text(statement))
                stolen = uow.session.scalars(text(f"select title from {SECRET}")).all()
        finally:
            connection.exec_driver_sql(f"REVOKE EXECUTE ON {function} FROM PUBLIC")
    superuser.dispose()
    assert "secret" in stolen


def test_a_job_is_always_for_the_municipality_that_asks(uow_in, queued):
    forged = '[{"task": "news:erase-deleted", "args": {"municipality": "dolno-selo"}}]'
    with uow_in("gorno-selo") as uow:
        uow.session.execute(text("select queue.enqueue(cast(:jobs as jsonb))"), {"jobs": forged})
        uow.session.commit()
    assert queued() == [("news:erase-deleted", {"municipality": "gorno-selo"})]


@pytest.mark.parametrize("queue", ["provision", "keeping", ""])
def test_a_municipality_gives_no_orders_to_the_keeper(uow_in, queued, queue):
    forged = f'[{{"task": "keeper:make", "args": {{}}, "queue": "{queue}"}}]'
    with uow_in("gorno-selo") as uow, pytest.raises(ProgrammingError, match="of the region"):
        uow.session.execute(text("select queue.enqueue(cast(:jobs as jsonb))"), {"jobs": forged})
    assert queued() == []


def test_a_touch_is_always_of_the_municipality_that_asks(uow_in, owner):
    versions = "select slug, version from shared.tenant order by slug"
    before = dict(owner(versions))
    with uow_in("gorno-selo") as uow:
        uow.session.execute(text("select shared.touch()"))
        uow.session.commit()
    after = {slug: version - before[slug] for slug, version in owner(versions)}
    assert after == {"gorno-selo": 1, "dolno-selo": 0}


def test_rows_of_a_neighbour_do_not_exist(uow_in, secret):
    with uow_in("dolno-selo") as uow:
        assert count(uow, drafts()) == 1
    with uow_in("gorno-selo") as uow:
        assert count(uow, drafts()) == 0


def test_role_and_schema_outlive_a_commit_and_a_failed_savepoint(uow_in):
    with uow_in("gorno-selo") as uow:
        uow.session.commit()
        with pytest.raises(DBAPIError), uow.session.begin_nested():
            uow.session.execute(text("select 1/0"))
        assert uow.session.scalar(text("select current_user")) == "t_gorno_selo"
        assert count(uow, drafts()) == 0


UNSCOPED = {
    "read": lambda session: session.scalars(select(Item)).all(),
    "get": lambda session: session.get(Item, new_id()),
    "bulk update": lambda session: session.execute(update(Item).values(title="x")),
    "flush": lambda session: (session.add(Item(title="x")), session.flush()),
}


@pytest.mark.parametrize("way", UNSCOPED)
def test_without_a_scope_the_query_fails(uow_in, way):
    with uow_in(None) as uow, pytest.raises(NoTenant):
        UNSCOPED[way](uow.session)


def test_without_a_scope_the_token_is_no_schema(uow_in):
    with uow_in(None) as uow, pytest.raises(ProgrammingError, match="tenant.news_item"):
        uow.session.execute(select(Item.__table__))


def test_without_a_scope_the_login_owns_nothing(uow_in):
    with uow_in(None) as uow, pytest.raises(ProgrammingError, match="denied for schema"):
        uow.session.execute(text(f"select * from {SECRET}"))


def test_a_session_has_one_scope_for_life(app, uow_in):
    with uow_in("gorno-selo") as uow, pytest.raises(InvalidRequestError):
        app.extensions["sqlalchemy"].session(scope=uow.scope)


def test_an_error_does_not_tell_the_values(uow_in):
    with uow_in("gorno-selo") as uow, pytest.raises(DBAPIError) as caught:
        uow.session.execute(text("select 1/0 where :egn = '7501010018'"), {"egn": "7501010018"})
    assert "{'egn'" not in str(caught.value)


def test_all_villages_have_the_same_grants(owner):
    grants = (
        "select table_name, privilege_type from information_schema.role_table_grants"
        " where grantee = '{0}' and table_schema = '{0}' order by 1, 2"
    )
    gorno, dolno = (owner(grants.format(f"t_{v}_selo")) for v in ("gorno", "dolno"))
    assert gorno == dolno
    assert ("audit_entry", "INSERT") in gorno
    assert ("audit_entry", "UPDATE") not in gorno


@pytest.mark.parametrize("bad", ["shared", 't_a"; reset role; --', "t_", "T_a"])
def test_a_scope_names_only_the_schema_of_a_municipality(bad):
    with pytest.raises(ValueError, match="schema"):
        Scope(slug="kula", schema=bad, host="", title="", languages=())


@pytest.mark.parametrize("slug", ["ops", "en", "Кула", "a", "x" * 40, "kula; drop", "kula\u202e"])
def test_what_is_no_slug_is_no_municipality(slug):
    with pytest.raises(ValueError, match="slug"):
        NewMunicipality(slug=slug, titles={}, names={}, modules=())
