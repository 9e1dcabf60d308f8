"""Three logins, a hardened database, the same after any number of starts."""

import os
import subprocess
from pathlib import Path

import psycopg
import pytest
from psycopg import errors
from sqlalchemy import create_engine

from obshto.ops import bootstrap_db as preparing
from obshto.ops.bootstrap_db import NotPreparable, prepare
from obshto.ops.config import spelled
from obshto.ops.hardening import ATTACKS, LIMITS, harden_check
from obshto.ops.local import binaries, temporary_server
from obshto.platform.db.engine import ENGINE_OPTIONS
from obshto.platform.db.logins import APP, BACKUP, MIGRATOR

PASSWORDS = {APP: "app's", MIGRATOR: "owner's", BACKUP: "reader's"}
SCHEMA = "t_gorno_selo"


@pytest.fixture(scope="module")
def superuser():
    with temporary_server() as url:
        yield url


@pytest.fixture
def logins(superuser):
    """Prepared for each test anew: what one test opened is closed for the next."""
    return prepare(superuser, "obshto", PASSWORDS)


@pytest.fixture
def as_(superuser, logins):
    """Statements as one login, each in a transaction of its own."""
    addresses = {
        APP: logins.app,
        MIGRATOR: logins.migrator,
        BACKUP: logins.backup,
        "postgres": superuser.set(database="obshto"),
    }
    opened = []

    def connect(login):
        plain = addresses[login].set(drivername="postgresql")
        opened.append(psycopg.connect(spelled(plain), autocommit=True))
        return opened[-1].execute

    yield connect
    for connection in opened:
        connection.close()


@pytest.fixture
def municipality(as_):
    """A role with its schema and one table, made by the migrator, for the application to enter."""
    owner = as_(MIGRATOR)
    for statement in (
        f"CREATE ROLE {SCHEMA} NOLOGIN",
        f"GRANT {SCHEMA} TO {APP} WITH INHERIT FALSE, SET TRUE",
        f"CREATE SCHEMA {SCHEMA}",
        f"GRANT USAGE ON SCHEMA {SCHEMA} TO {SCHEMA}",
        f"ALTER DEFAULT PRIVILEGES IN SCHEMA {SCHEMA}"
        f" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {SCHEMA}",
        f"CREATE TABLE {SCHEMA}.thing (id int)",
        f"INSERT INTO {SCHEMA}.thing VALUES (7)",
    ):
        owner(statement)
    yield SCHEMA
    owner(f"DROP SCHEMA {SCHEMA} CASCADE")
    owner(f"DROP ROLE {SCHEMA}")


def opened_to(url):
    engine = create_engine(url, **ENGINE_OPTIONS)
    try:
        return harden_check(engine)
    finally:
        engine.dispose()


def state(ask):
    """All that `prepare` decides, to compare two moments."""
    return [
        ask(question).fetchall()
        for question in (
            "SELECT rolname, rolsuper, rolinherit, rolcreaterole, rolcreatedb, rolcanlogin,"
            " rolreplication, rolbypassrls, rolconfig FROM pg_roles ORDER BY 1",
            "SELECT member::regrole::text, roleid::regrole::text FROM pg_auth_members"
            " ORDER BY 1, 2",
            "SELECT datname, datacl::text FROM pg_database ORDER BY 1",
            "SELECT nspname, nspacl::text FROM pg_namespace ORDER BY 1",
            "SELECT lanname, lanacl::text FROM pg_language ORDER BY 1",
            "SELECT oid::regprocedure::text, proacl::text FROM pg_proc ORDER BY 1",
            "SELECT relacl::text FROM pg_class WHERE relname = 'pg_settings'",
        )
    ]


def test_the_application_finds_every_attack_refused(logins):
    assert opened_to(logins.app) == []


def test_a_superuser_in_the_application_s_place_is_found_out(superuser, logins):
    assert set(opened_to(superuser.set(database="obshto"))) == set(ATTACKS)


SET_CONFIG = "EXECUTE ON FUNCTION set_config(text, text, boolean)"


@pytest.mark.parametrize(
    ("mutant", "attacks"),
    [
        (f"GRANT {SET_CONFIG} TO PUBLIC", ["set_config()"]),
        (
            f"GRANT {SET_CONFIG} TO PUBLIC; GRANT UPDATE ON pg_catalog.pg_settings TO PUBLIC",
            ["set_config()", "pg_settings"],
        ),
        ("GRANT TEMPORARY ON DATABASE obshto TO PUBLIC", ["temporary tables"]),
        ("GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC", ["DO runs code"]),
        ("GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC", ["large objects"]),
        ("GRANT EXECUTE ON FUNCTION pg_try_advisory_lock(bigint) TO PUBLIC", ["session locks"]),
        ("GRANT ALL ON SCHEMA public TO PUBLIC", ["tables in the schema public"]),
        ("GRANT CREATE ON DATABASE obshto TO app_login", ["schemas"]),
        ("ALTER ROLE app_login CREATEROLE", ["roles"]),
    ],
)
def test_each_open_door_is_found_and_closed_by_the_next_start(
    superuser, logins, as_, mutant, attacks
):
    as_("postgres")(mutant)
    found = opened_to(logins.app)
    assert len(found) == len(attacks)
    assert all(map(str.startswith, found, attacks))
    prepare(superuser, "obshto", PASSWORDS)
    assert opened_to(logins.app) == []


def test_what_the_check_tried_is_taken_back(logins, as_):
    as_("postgres")("GRANT CREATE ON SCHEMA public TO app_login")
    as_("postgres")("GRANT EXECUTE ON FUNCTION pg_try_advisory_lock(bigint) TO PUBLIC")
    assert len(opened_to(logins.app)) == 2
    assert as_("postgres")("SELECT to_regclass('public.opened')").fetchone() == (None,)
    locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 1"
    while as_("postgres")(locks).fetchone() != (0,):
        pass  # the server closes a connection a moment after the client


FUNCTIONS = (
    "set_config",
    "lo_creat",
    "lo_create",
    "lo_open",
    "lo_close",
    "lo_from_bytea",
    "lo_get",
    "lo_put",
    "lo_import",
    "lo_export",
    "lo_lseek",
    "lo_lseek64",
    "lo_tell",
    "lo_tell64",
    "lo_truncate",
    "lo_truncate64",
    "lo_unlink",
    "loread",
    "lowrite",
    "pg_advisory_lock",
    "pg_advisory_lock_shared",
    "pg_try_advisory_lock",
    "pg_try_advisory_lock_shared",
)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_no_overload_of_a_closed_function_is_left(as_, municipality, name):
    left = as_("postgres")(
        "SELECT oid::regprocedure::text, has_function_privilege(%s, oid, 'EXECUTE'),"
        " has_function_privilege(%s, oid, 'EXECUTE')"
        " FROM pg_proc WHERE proname = %s AND pronamespace = 'pg_catalog'::regnamespace",
        [municipality, APP, name],
    ).fetchall()
    assert left and not any(tenant or app for _, tenant, app in left), left


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_municipality_s_role_is_refused_as_well(as_, municipality, attack):
    ask = as_(APP)
    ask("BEGIN")
    ask(f"SET LOCAL ROLE {municipality}")
    with pytest.raises(errors.InsufficientPrivilege):
        ask(ATTACKS[attack])
    ask("ROLLBACK")


def test_what_the_house_needs_is_still_allowed(as_, municipality):
    owner, ask = as_(MIGRATOR), as_(APP)
    owner(
        f"CREATE FUNCTION {municipality}.double() RETURNS trigger LANGUAGE plpgsql AS"
        " 'BEGIN NEW.id := NEW.id * 2; RETURN NEW; END'"
    )
    owner(
        f"CREATE TRIGGER double BEFORE INSERT ON {municipality}.thing"
        f" FOR EACH ROW EXECUTE FUNCTION {municipality}.double()"
    )
    ask("BEGIN")
    ask(f"SET LOCAL ROLE {municipality}")
    ask("SELECT pg_advisory_xact_lock(1)")
    ask(f"INSERT INTO {municipality}.thing VALUES (21)")
    ask("SELECT pg_notify('channel', 'word')")
    assert ask(f"SELECT id FROM {municipality}.thing ORDER BY 1").fetchall() == [(7,), (42,)]
    ask("ROLLBACK")


def test_the_application_has_no_right_of_its_own_in_a_municipality(as_, municipality):
    with pytest.raises(errors.InsufficientPrivilege):
        as_(APP)(f"SELECT * FROM {municipality}.thing")


@pytest.mark.parametrize(("limit", "most"), LIMITS.items())
def test_the_application_holds_nobody_up_for_long(as_, limit, most):
    assert as_(APP)(f"SHOW {limit}").fetchone() == (most.replace("60s", "1min"),)


def test_the_application_cannot_fill_the_disk(as_):
    with pytest.raises(errors.InsufficientPrivilege):
        as_(APP)("SET temp_file_limit = -1")


def test_the_application_owns_nothing(as_, municipality):
    owned = as_("postgres")(
        "SELECT count(*) FROM pg_shdepend WHERE refobjid = 'app_login'::regrole AND deptype = 'o'"
    )
    assert owned.fetchone() == (0,)


def test_the_backup_reads_everything_and_writes_nothing(as_, municipality):
    ask = as_(BACKUP)
    assert ask(f"SELECT id FROM {municipality}.thing").fetchall() == [(7,)]
    with pytest.raises(errors.ReadOnlySqlTransaction):
        ask(f"DELETE FROM {municipality}.thing")
    ask("SET default_transaction_read_only = off")  # it may: the privilege is what counts
    with pytest.raises(errors.InsufficientPrivilege):
        ask(f"DELETE FROM {municipality}.thing")


def test_pg_dump_works_as_the_backup_login(logins, municipality):
    url = logins.backup.set(drivername="postgresql")
    dumped = subprocess.run(
        [binaries() / "pg_dump", "--dbname", spelled(url.set(password=None)), "-n", municipality],
        env={"PGPASSWORD": url.password, "PATH": os.defpath},
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert f"COPY {municipality}.thing (id) FROM stdin;\n7\n" in dumped


def test_a_second_start_changes_nothing(superuser, logins, as_):
    before = state(as_("postgres"))
    prepare(superuser, "obshto", PASSWORDS)
    assert state(as_("postgres")) == before


@pytest.mark.parametrize(
    "drift",
    [
        "ALTER ROLE app_login SUPERUSER CREATEDB BYPASSRLS INHERIT REPLICATION",
        "ALTER ROLE migrator SUPERUSER",
        "ALTER ROLE backup NOLOGIN",
        "GRANT pg_read_all_data TO app_login",
        "GRANT migrator TO app_login",
        "GRANT postgres TO app_login",
        "REVOKE pg_read_all_data FROM backup",
        "REVOKE CREATE ON DATABASE obshto FROM migrator",
        "REVOKE USAGE ON LANGUAGE plpgsql FROM migrator",
        "GRANT TEMPORARY ON DATABASE obshto TO app_login",
        "GRANT CREATE ON SCHEMA public TO app_login",
        "GRANT EXECUTE ON FUNCTION lo_unlink(oid) TO app_login",
        "ALTER ROLE backup SET default_transaction_read_only = off",
        "ALTER ROLE app_login RESET ALL",
    ],
)
def test_what_drifted_is_mended(superuser, logins, as_, drift):
    ask = as_("postgres")
    before = state(ask)
    ask(drift)
    assert state(ask) != before
    prepare(superuser, "obshto", PASSWORDS)
    assert state(ask) == before


def test_the_municipalities_of_the_application_are_not_drift(superuser, as_, municipality):
    prepare(superuser, "obshto", PASSWORDS)
    ask = as_(APP)
    ask("BEGIN")
    ask(f"SET LOCAL ROLE {municipality}")
    assert ask("SELECT current_user").fetchone() == (municipality,)
    ask("ROLLBACK")


def test_a_password_can_be_changed_and_is_kept_when_none_is_given(superuser, logins):
    changed = prepare(superuser, "obshto", PASSWORDS | {APP: "another"})
    assert opened_to(changed.app) == []
    kept = prepare(superuser, "obshto")
    assert kept.app.password is None
    assert opened_to(changed.app) == []
    with pytest.raises(Exception, match="password authentication failed"):
        opened_to(logins.app)


def test_a_new_login_without_a_password_gets_one():
    with temporary_server() as url:
        first = prepare(url, "first")
        assert all(len(login.password) > 20 for login in (first.app, first.migrator, first.backup))
        assert opened_to(first.app) == []
        prepare(url, "second", PASSWORDS)
        assert opened_to(first.app.set(password="app's", database="second")) == []


def test_no_password_is_in_what_the_server_logs(superuser, as_):
    as_("postgres")("ALTER SYSTEM SET log_statement = 'all'")
    as_("postgres")("SELECT pg_reload_conf()")
    prepare(superuser, "obshto", {APP: "must never be read"})
    as_("postgres")("ALTER SYSTEM RESET log_statement")
    as_("postgres")("SELECT pg_reload_conf()")
    log = (Path(superuser.query["host"]) / "log").read_text()
    assert 'ALTER ROLE "app_login" PASSWORD' in log and "must never be read" not in log


def test_a_server_that_is_too_old_is_refused(superuser, monkeypatch):
    monkeypatch.setattr(preparing, "OLDEST", 99)
    with pytest.raises(NotPreparable, match="This is PostgreSQL 18; Obshto needs 99 or newer"):
        prepare(superuser, "obshto")


def test_whoever_is_no_superuser_is_refused(logins):
    with pytest.raises(NotPreparable, match="migrator is no superuser"):
        prepare(logins.migrator, "obshto")


def test_a_database_with_another_locale_is_refused(superuser, as_):
    as_("postgres")(
        "CREATE DATABASE foreign_words TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'"
    )
    with pytest.raises(NotPreparable, match="foreign_words has another locale"):
        prepare(superuser, "foreign_words")


def test_a_database_may_have_any_name(superuser):
    name = 'odd "name"; --'
    prepare(superuser, name, PASSWORDS)
    assert opened_to(prepare(superuser, name, PASSWORDS).app) == []
