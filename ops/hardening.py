"""The doors of PostgreSQL that are closed so that a municipality's role stays in its schema."""

from __future__ import annotations

from collections.abc import Iterator

from psycopg import errors, sql
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

# Large objects belong to no schema, so any role could leave rows there for any other.
LARGE_OBJECTS = r"(lo_\w+|loread|lowrite)"
# A session's lock outlives the transaction and stays on a connection of the pool. The
# transaction's kind (`…_xact_…`) goes with it and remains allowed.
SESSION_LOCKS = r"pg_(try_)?advisory_lock(_shared)?"
# `set_config('role', …)` is SET ROLE inside an expression: with it one injected SELECT changes
# municipality. Updating pg_settings is a rule that calls it.
SET_CONFIG = "set_config"
# Of Citus: statements as a string, several at once, on other machines.
ELSEWHERE = r"run_command_on_\w+|master_run_on_worker"
CLOSED_FUNCTIONS = f"^({LARGE_OBJECTS}|{SESSION_LOCKS}|{SET_CONFIG}|{ELSEWHERE})$"

# Of the application's login; the last one only a superuser may lift.
LIMITS = {
    "statement_timeout": "60s",
    "lock_timeout": "30s",
    "idle_in_transaction_session_timeout": "5min",
    "temp_file_limit": "1GB",
}

# What the application's login tries, and what each would open.
ATTACKS = {
    "set_config() changes the role inside a query": (
        "SELECT pg_catalog.set_config('application_name', 'open', true)"
    ),
    "pg_settings can be updated": "UPDATE pg_catalog.pg_settings SET setting = setting WHERE false",
    "temporary tables hide real ones": "CREATE TEMPORARY TABLE opened (id int)",
    "DO runs code": "DO $$ BEGIN END $$",
    "large objects are shared by all": "SELECT pg_catalog.lo_create(0)",
    "session locks outlive the transaction": "SELECT pg_catalog.pg_try_advisory_lock(1)",
    "tables in the schema public": "CREATE TABLE public.opened (id int)",
    "schemas can be created": "CREATE SCHEMA opened",
    "roles can be created": "CREATE ROLE opened",
}
# Where the server is part of a cluster.
CLUSTER_ATTACKS = {
    "run_command_on_workers() runs statements on other machines": (
        "SELECT * FROM pg_catalog.run_command_on_workers('SELECT 1')"
    ),
    "master_run_on_worker() runs statements on other machines": (
        "SELECT * FROM pg_catalog.master_run_on_worker("
        "ARRAY['localhost'], ARRAY[5432], ARRAY['SELECT 1'], false)"
    ),
}


def hardening(database: str) -> Iterator[sql.SQL | sql.Composed]:
    """What a superuser takes from everyone in this database; repeating it is harmless."""
    name = sql.Identifier(database)
    yield sql.SQL("REVOKE ALL ON DATABASE {} FROM PUBLIC").format(name)  # CONNECT and TEMPORARY
    yield sql.SQL("REVOKE ALL ON SCHEMA public FROM PUBLIC, app_login")
    yield sql.SQL("REVOKE UPDATE ON pg_catalog.pg_settings FROM PUBLIC")
    yield sql.SQL("REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC")  # running a trigger needs none
    yield _for_each_function("REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC, app_login")


def grants(database: str) -> Iterator[sql.SQL | sql.Composed]:
    """What the three logins get back."""
    name = sql.Identifier(database)
    yield sql.SQL("REVOKE ALL ON DATABASE {} FROM app_login, migrator, backup").format(name)
    yield sql.SQL("GRANT CONNECT ON DATABASE {} TO app_login, migrator, backup").format(name)
    yield sql.SQL("GRANT CREATE ON DATABASE {} TO migrator").format(name)
    yield sql.SQL("GRANT USAGE ON LANGUAGE plpgsql TO migrator")
    # pg_dump and what it writes begin with set_config('search_path', …).
    yield sql.SQL(
        "GRANT EXECUTE ON FUNCTION pg_catalog.set_config(text, text, boolean) TO migrator, backup"
    )
    # One request or job must not hold the others up. Waiting for a file that is checked, or for
    # somebody else's server, happens inside a transaction: hence its five minutes.
    for limit, most in LIMITS.items():
        yield sql.SQL(f"ALTER ROLE app_login SET {limit} = {{}}").format(sql.Literal(most))
    yield sql.SQL("ALTER ROLE backup SET default_transaction_read_only = on")


def harden_check(engine: Engine) -> list[str]:
    """What is open to the login of this engine; empty when the database is hardened.

    It tries each attack and takes it back. Asking for privileges instead would not notice an
    administrator's own grants, nor a superuser's login.
    """
    with engine.connect() as connection:
        attacks = ATTACKS | (CLUSTER_ATTACKS if _is_cluster(connection) else {})
        opened = [name for name, attack in attacks.items() if not _refused(connection, attack)]
        connection.invalidate()  # a lock that was granted must not go back to the pool
    return opened


def _is_cluster(connection: Connection) -> bool:
    asked = "SELECT to_regproc('pg_catalog.run_command_on_workers') IS NOT NULL"
    with connection.begin():
        return bool(connection.exec_driver_sql(asked).scalar())


def _refused(connection: Connection, attack: str) -> bool:
    transaction = connection.begin()
    try:
        connection.exec_driver_sql(attack)
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        return isinstance(error.orig, (errors.InsufficientPrivilege, errors.UndefinedFunction))
    finally:
        transaction.rollback()
    return False


def _for_each_function(statement: str) -> sql.Composed:
    """The statement for every function that is closed, in all its overloads."""
    body = (
        "DECLARE f regprocedure; BEGIN FOR f IN SELECT oid FROM pg_proc"
        f" WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '{CLOSED_FUNCTIONS}'"
        f" LOOP EXECUTE format('{statement}', f); END LOOP; END"
    )
    return sql.SQL("DO {}").format(sql.Literal(body))
