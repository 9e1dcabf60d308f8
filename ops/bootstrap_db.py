"""Make a database ready for municipalities: three logins, the database, its hardening."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql
from sqlalchemy import URL

from obshto.ops.hardening import grants, hardening
from obshto.platform.db.logins import APP, BACKUP, MIGRATOR, MUNICIPALITY

OLDEST = 17  # `GRANT … WITH INHERIT FALSE, SET TRUE` is of 16, the builtin locale of 17

# What a login may not have is written out, so that a start also takes back what drifted.
NOTHING = "LOGIN NOSUPERUSER NOCREATEDB NOREPLICATION NOBYPASSRLS"
ROLES = {
    # NOINHERIT: it is a member of every municipality's role, but has their rights only after
    # SET ROLE, one at a time.
    APP: f"{NOTHING} NOINHERIT NOCREATEROLE",
    MIGRATOR: f"{NOTHING} INHERIT CREATEROLE",
    BACKUP: f"{NOTHING} INHERIT NOCREATEROLE",
}
# The only role of another kind each may belong to; app_login's municipalities are apart.
MEMBER_OF = {APP: (), MIGRATOR: (), BACKUP: ("pg_read_all_data",)}


class NotPreparable(Exception):
    """This server cannot carry municipalities; says what to do."""


@dataclass(frozen=True)
class Logins:
    """The addresses of the three logins of one database.

    The password of a login that stood already, and for which none was given, is not in its
    address: nobody can read it.
    """

    app: URL
    migrator: URL
    backup: URL


def prepare(
    superuser: URL,
    database: str,
    passwords: Mapping[str, str] | None = None,
    *,
    is_cluster: bool = False,
) -> Logins:
    """Make or mend logins, database, hardening; at every start, any number of times.

    `passwords` by login; one that is missing is made up for a new login, kept for an old one.
    Raises NotPreparable for a server that is too old, a login that is no superuser, a database
    with another locale.
    """
    known = dict(passwords or {})
    with connected(superuser) as server:
        _check_server(server)
        for name in ROLES:
            _make_role(server, name, known)
        _make_database(server, database)
    with connected(superuser.set(database=database)) as inside:
        if is_cluster:
            _make_cluster(inside)
        for statement in (*hardening(database), *grants(database)):
            inside.execute(statement)
    address = superuser.set(database=database)
    return Logins(*(_address(address, name, known.get(name)) for name in ROLES))


def _check_server(server: psycopg.Connection) -> None:
    version = server.info.server_version
    if version < OLDEST * 10_000:
        raise NotPreparable(
            f"This is PostgreSQL {version // 10_000}; Obshto needs {OLDEST} or newer:"
            " upgrade the server, or point SUPERUSER_URL at another."
        )
    if server.info.parameter_status("is_superuser") != "on":
        # PostgreSQL only *warns* when someone else revokes, so the doors would stay open unseen.
        raise NotPreparable(
            f"{server.info.user} is no superuser, so its REVOKEs would do nothing:"
            " put a superuser's address into SUPERUSER_URL."
        )


def _make_role(server: psycopg.Connection, name: str, known: dict[str, str]) -> None:
    stands = server.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [name]).fetchone()
    if not stands:
        known.setdefault(name, secrets.token_urlsafe(24))
    verb = "ALTER" if stands else "CREATE"
    role = sql.Identifier(name)
    server.execute(sql.SQL(f"{verb} ROLE {{}} {ROLES[name]}").format(role))
    if name in known:
        # Hashed on this side: a server that logs its statements does not learn the password.
        verifier = server.pgconn.encrypt_password(
            known[name].encode(), name.encode(), b"scram-sha-256"
        ).decode()
        server.execute(sql.SQL("ALTER ROLE {} PASSWORD {}").format(role, sql.Literal(verifier)))
    _mend_memberships(server, name)


def _mend_memberships(server: psycopg.Connection, name: str) -> None:
    """Take back predefined roles, superusers' roles and each other's; give what belongs."""
    kept = MEMBER_OF[name]
    drifted = server.execute(
        "SELECT r.rolname FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.roleid"
        " WHERE m.member = %s::regrole AND r.rolname <> ALL(%s)"
        " AND (r.rolname LIKE 'pg\\_%%' OR r.rolsuper OR r.rolname = ANY(%s))",
        [name, list(kept), list(ROLES)],
    )
    for (role,) in drifted.fetchall():
        revoke = sql.SQL("REVOKE {} FROM {} CASCADE")
        server.execute(revoke.format(sql.Identifier(role), sql.Identifier(name)))
    for role in kept:
        grant = sql.SQL("GRANT {} TO {}")
        server.execute(grant.format(sql.Identifier(role), sql.Identifier(name)))


def _make_database(server: psycopg.Connection, database: str) -> None:
    found = server.execute(
        "SELECT datlocprovider, datlocale, pg_encoding_to_char(encoding)"
        " FROM pg_database WHERE datname = %s",
        [database],
    ).fetchone()
    if found is None:
        make = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LOCALE_PROVIDER builtin"
        make += " BUILTIN_LOCALE 'C.UTF-8'"
        server.execute(sql.SQL(make).format(sql.Identifier(database)))
    elif found != ("b", "C.UTF-8", "UTF8"):
        raise NotPreparable(
            f"The database {database} has another locale or encoding, so words would compare"
            " differently on each server: drop it, or name another; it will be created."
        )


def _address(base: URL, name: str, password: str | None) -> URL:
    # URL.set ignores None, and the superuser's password must not stay in.
    return URL.create(
        base.drivername, name, password, base.host, base.port, base.database, base.query
    )


def _make_cluster(inside: psycopg.Connection) -> None:
    """The extension, before its functions are closed; the group that may connect to workers."""
    available = "SELECT 1 FROM pg_available_extensions WHERE name = 'citus'"
    if inside.execute(available).fetchone():
        inside.execute("CREATE EXTENSION IF NOT EXISTS citus")
    stands = "SELECT 1 FROM pg_roles WHERE rolname = %s"
    group = sql.Identifier(MUNICIPALITY)
    if not inside.execute(stands, [MUNICIPALITY]).fetchone():
        inside.execute(sql.SQL("CREATE ROLE {} NOLOGIN").format(group))
    grant = "GRANT {} TO {} WITH ADMIN TRUE, INHERIT FALSE, SET FALSE"
    inside.execute(sql.SQL(grant).format(group, sql.Identifier(MIGRATOR)))


@contextmanager
def connected(address: URL) -> Iterator[psycopg.Connection]:
    # By parts: a name with a space or a quote does not survive the way through one string.
    parts = address.translate_connect_args(username="user", database="dbname")
    parts.update(address.query)
    with psycopg.connect(autocommit=True, **parts) as connection:
        # Each node is asked itself. Without Citus it is a setting that nobody reads.
        connection.execute("SET citus.enable_ddl_propagation = off")
        yield connection
