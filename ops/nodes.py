"""Database nodes: the machines behind one address, where municipalities are spread by Citus.

The coordinator opens its connections to a worker as the municipality's own role. So that role may
log in, there and by the coordinator's certificate alone: it has no password, and the group
`municipality` is what pg_hba.conf lets in or refuses.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import psycopg
from psycopg import sql
from sqlalchemy import URL, Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from obshto.ops.bootstrap_db import ROLES, Logins, NotPreparable, connected, prepare
from obshto.ops.hardening import harden_check
from obshto.platform.db.engine import ENGINE_OPTIONS
from obshto.platform.db.logins import MUNICIPALITY

COORDINATOR = 0  # its group in Citus' own catalogue
ANSWER_SECONDS = "2"  # a node that takes longer counts as away
# What `prepare_nodes` decides on a node, to tell afterwards which of it was not so before.
DECIDED = {
    "logins": "SELECT array_agg(row(r.*)::text ORDER BY rolname) FROM pg_roles r"
    " WHERE rolname !~ '^pg_'",
    "memberships": "SELECT array_agg(row(roleid::regrole, member::regrole, admin_option,"
    " inherit_option, set_option)::text ORDER BY roleid, member) FROM pg_auth_members",
    "CONNECT": "SELECT datacl::text FROM pg_database WHERE datname = current_database()",
    "hardening": "SELECT array_agg(row(oid::regprocedure, proacl)::text ORDER BY oid) FROM pg_proc"
    " WHERE pronamespace = 'pg_catalog'::regnamespace AND proacl IS NOT NULL",
    "extension": "SELECT array_agg(extname || extversion ORDER BY extname) FROM pg_extension",
}
# One table of a schema says where all of it lies. By the catalogs alone: the views of Citus ask
# each node, and one of them is away when this is asked.
PLACED = text(
    "SELECT DISTINCT s.schemaid::regnamespace::text, n.nodename || ':' || n.nodeport"
    " FROM pg_catalog.pg_dist_schema s"
    " JOIN pg_catalog.pg_dist_partition p ON p.colocationid = s.colocationid"
    " JOIN pg_catalog.pg_dist_shard d ON d.logicalrelid = p.logicalrelid"
    " JOIN pg_catalog.pg_dist_placement l ON l.shardid = d.shardid"
    " JOIN pg_catalog.pg_dist_node n ON n.groupid = l.groupid AND n.noderole = 'primary'"
)
IS_CLUSTER = text("SELECT to_regclass('pg_catalog.pg_dist_node') IS NOT NULL")


def node_url(address: URL, node: str) -> URL:
    """The same login and database at a node: `10.0.0.2:5432`, or the folder of a socket."""
    host, _, port = node.rpartition(":")
    query = {name: value for name, value in address.query.items() if name != "host"}
    if node.startswith("/"):
        return address.set(host=None, port=None, query={**query, "host": node})
    return URL.create(
        address.drivername,
        address.username,
        address.password,
        host,
        int(port),
        address.database,
        query,
    )


def prepare_nodes(
    superuser: URL, database: str, nodes: Iterable[str], passwords: Mapping[str, str] | None = None
) -> tuple[Logins, list[str]]:
    """Make or mend the coordinator and each node, any number of times; says what it did to each.

    Raises NotPreparable as `prepare` does, with the node's name.
    """
    wanted = list(nodes)
    with _told(superuser, database, "coordinator") as lines:
        logins = prepare(superuser, database, passwords, is_cluster=bool(wanted))
    known = {
        name: url.password
        for name, url in zip(ROLES, (logins.app, logins.migrator, logins.backup), strict=True)
        if url.password
    }
    for node in wanted:
        there = node_url(superuser, node)
        try:
            _refuse_unknown(there, known)
            with _told(there, database, node) as said:
                prepare(there, database, known, is_cluster=True)
                _let_municipalities_in(there.set(database=database), database)
        except NotPreparable as error:
            raise NotPreparable(f"{node}: {error}") from error
        lines += said
    if wanted:
        lines += _join(superuser.set(database=database), wanted)
    return logins, lines


def _refuse_unknown(there: URL, known: Mapping[str, str]) -> None:
    """A password that was made up for one machine would be another than its neighbours'."""
    with connected(there) as node:
        found = node.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(ROLES)])
        missing = set(ROLES) - {role for (role,) in found.fetchall()} - set(known)
    if missing:
        raise NotPreparable(
            f"{', '.join(sorted(missing))} would be new there, with a password that nobody knows:"
            " set DATABASE_URL, MIGRATOR_URL and BACKUP_URL with theirs."
        )


def _let_municipalities_in(address: URL, database: str) -> None:
    """Roles that came before this node was prepared; new ones are born so."""
    with connected(address) as node:
        group, name = sql.Identifier(MUNICIPALITY), sql.Identifier(database)
        node.execute(sql.SQL("GRANT CONNECT ON DATABASE {} TO {}").format(name, group))
        found = node.execute("SELECT rolname FROM pg_roles WHERE rolname ~ '^[tro]_' ORDER BY 1")
        for (role,) in found.fetchall():
            one = sql.Identifier(role)
            node.execute(sql.SQL("ALTER ROLE {} LOGIN").format(one))
            node.execute(sql.SQL("GRANT {} TO {}").format(group, one))


def _join(address: URL, nodes: list[str]) -> Iterator[str]:
    """What is left for the cluster itself: each login is known to it, each node belongs to it."""
    with connected(address) as coordinator:
        if not coordinator.execute("SELECT 1 FROM pg_extension WHERE extname = 'citus'").fetchone():
            yield "Citus is not installed on this server: municipalities stay on it."
            return
        for login in ROLES:
            if _introduce(coordinator, login):
                yield f"{login}: made known to the cluster"
        rows = coordinator.execute("SELECT nodename || ':' || nodeport, groupid FROM pg_dist_node")
        members = dict(rows.fetchall())
        if COORDINATOR not in members.values():  # a worker then refuses whatever is not its own
            yield (
                "The workers do not know the coordinator: SELECT"
                f" citus_set_coordinator_host('{address.host}', {address.port or 5432});"
            )
        for node in nodes:
            if node not in members:
                host, _, port = node.rpartition(":")
                yield f"{node} is no part of the cluster: SELECT citus_add_node('{host}', {port});"


def _introduce(coordinator: psycopg.Connection, login: str) -> bool:
    """Make a login a distributed object: Citus sends the owner of a function along, and only a
    superuser may be sent."""
    known = coordinator.execute(
        "SELECT 1 FROM pg_catalog.pg_dist_object"
        " WHERE classid = 'pg_authid'::regclass AND objid = %s::regrole",
        [login],
    )
    if known.fetchone():
        return False
    owner = sql.Identifier(login)
    with coordinator.transaction():
        coordinator.execute("SET LOCAL citus.enable_ddl_propagation = on")
        coordinator.execute(
            "CREATE FUNCTION public.obshto_login() RETURNS int LANGUAGE sql AS 'SELECT 1'"
        )
        coordinator.execute(
            sql.SQL("ALTER FUNCTION public.obshto_login() OWNER TO {}").format(owner)
        )
        coordinator.execute("DROP FUNCTION public.obshto_login()")
    return True


@contextmanager
def _told(server: URL, database: str, name: str) -> Iterator[list[str]]:
    """What differs between before and after, in one line."""
    said: list[str] = []
    before = _decided(server, database)
    yield said
    after = _decided(server, database)
    changed = [what for what in DECIDED if before.get(what) != after.get(what)]
    said.append(f"{name}: {', '.join(changed) or 'nothing to do'}")


def _decided(server: URL, database: str) -> dict[str, object]:
    with connected(server) as connection:
        asked = "SELECT 1 FROM pg_database WHERE datname = %s"
        if not connection.execute(asked, [database]).fetchone():
            return {}
    with connected(server.set(database=database)) as inside:
        return {what: inside.execute(query).fetchone() for what, query in DECIDED.items()}


def look_at_nodes(application: URL, nodes: Iterable[str]) -> dict[str, list[str] | None]:
    """What is open on each node to the application's login; None where it does not answer."""
    wanted = list(nodes)
    if not wanted:
        return {}
    # At once: a probe waits as long as for the slowest, not for all that are away.
    with ThreadPoolExecutor(len(wanted)) as pool:
        return dict(zip(wanted, pool.map(partial(_look, application), wanted), strict=True))


def _look(application: URL, node: str) -> list[str] | None:
    url = node_url(application, node).update_query_dict({"connect_timeout": ANSWER_SECONDS})
    engine = create_engine(url, **ENGINE_OPTIONS)
    try:
        return harden_check(engine)
    except DBAPIError:
        return None
    finally:
        engine.dispose()


def schemas_on(connection: Connection, nodes: Iterable[str]) -> list[str]:
    """The schemas that lie on these nodes, as the coordinator knows it."""
    wanted = set(nodes)
    if not wanted or not connection.scalar(IS_CLUSTER):
        return []
    return sorted({schema for schema, node in connection.execute(PLACED) if node in wanted})
