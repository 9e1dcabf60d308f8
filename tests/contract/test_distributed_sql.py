"""Every migration runs on one server and on a cluster: nothing that Citus is known to refuse.

A municipality's tables may lie on another machine than the address that everybody asks. What is
listed was met there, or stands in the manual of Citus among what it does not support.
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy import event, text

import obshto.platform.app as anchor
from obshto.ops.backup.comparison import ONLY
from obshto.ops.compose import chain_of
from obshto.platform.db.migrations import Target, upgrade

ROOT = Path(anchor.__file__).resolve().parents[1]
# The chain of the log: a trigger that was tried on a cluster. A new one is refused.
TRIED = {("audit_t0001", "trigger")}
SWAP = "ops/backup/schema_swap.py"  # the owner's, while one municipality stands still; was tried
REFUSED = {
    "SET STORAGE: say it in CREATE TABLE": r"\bSET\s+(STORAGE|COMPRESSION)\b",
    "extension: nodes and one server would differ": r"\bCREATE\s+EXTENSION\b",
    "exclusion constraint": r"\bEXCLUDE\s+(USING\b|\()",
    "partition: times a thousand municipalities": r"\bPARTITION\s+(BY|OF)\b|\bATTACH\s+PARTITION\b",
    "recursive query": r"\bWITH\s+RECURSIVE\b",
    "LOCK TABLE asks every node": r"\bLOCK\s+(TABLE\b|\S+\s+IN\b)",
    "rule": r"\bCREATE\s+(OR\s+REPLACE\s+)?RULE\b",
    "inheritance": r"\bINHERITS\s*\(|\bALTER\s+TABLE\s+\S+\s+(NO\s+)?INHERIT\b",
    "a sequence smaller than bigint": r"\b(SMALL)?SERIAL\b",
    "trigger": r"\bCREATE\s+(OR\s+REPLACE\s+)?(CONSTRAINT\s+)?TRIGGER\b",
}
OVER_COLUMNS = "STABLE function over columns in UPDATE"
NEVER_SAME = "VOLATILE function in UPDATE"
# Casts that depend on the session's time zone are STABLE functions by another spelling.
ZONED = r"\w\)?\s*::\s*(timestamptz|timestamp\s+with)|\bAS\s+(timestamptz|timestamp\s+with)"
STRING = r"'(?:[^']|'')*'"
# Not a column: a literal, the name of a type after a cast, a word of the language.
NO_COLUMN = re.compile(
    rf"{STRING}|::\s*\"?\w+\"?(\[\])?|\b(null|true|false|interval|cast|as|at|time|zone)\b|:\w+|%\(\w+\)s",
    re.IGNORECASE,
)
UPDATE = re.compile(
    r"\bUPDATE\s+(?!OF\b|OR\b)[\w.\"]+.*?\bSET\b.*?(?=;|$)", re.IGNORECASE | re.DOTALL
)


@dataclass(frozen=True)
class Volatility:
    """Names of functions with any overload that is not immutable."""

    stable: frozenset[str]
    volatile: frozenset[str]


def volatility_of(connection):
    """What this server says of its own functions."""
    rows = connection.execute(
        text(
            "SELECT provolatile, proname FROM pg_proc"
            " WHERE pronamespace = 'pg_catalog'::regnamespace AND provolatile <> 'i'"
        )
    ).all()
    return Volatility(
        *(frozenset(name for kind, name in rows if kind == wanted) for wanted in "sv")
    )


def refusals_of(statement, functions):
    """Why a distributed municipality would refuse the statement; empty when it would not."""
    plain = re.sub(STRING, "''", statement)
    for why, pattern in REFUSED.items():
        if re.search(pattern, plain, re.IGNORECASE):
            yield why
    for update in UPDATE.finditer(statement):
        yield from _refusals_of_update(update[0], functions)


def _refusals_of_update(update, functions):
    plain = re.sub(STRING, "''", update)
    called = {call[1].lower() for call in re.finditer(r"\b(\w+)\s*\(", plain)}
    if called & functions.volatile:
        yield NEVER_SAME
    if re.search(ZONED, plain, re.IGNORECASE) or any(
        _has_column(arguments)
        for name in called & functions.stable
        for arguments in _arguments_of(name, plain)
    ):
        yield OVER_COLUMNS


def _arguments_of(name, statement):
    for call in re.finditer(rf"\b{name}\s*\(", statement, re.IGNORECASE):
        depth, end = 1, call.end()
        while depth and end < len(statement):
            depth += {"(": 1, ")": -1}.get(statement[end], 0)
            end += 1
        yield statement[call.end() : end - 1]


def _has_column(arguments):
    left = NO_COLUMN.sub("", arguments)
    return bool(re.search(r"\b[a-z_]\w*\b(?!\s*\()", left, re.IGNORECASE))


def statements_by_revision(connection, run):
    """What `run` sends, in the order of revisions: each ends where Alembic notes it."""
    waiting, told = [], {}

    def note(connection, cursor, statement, parameters, *more):
        if "alembic_version" not in statement:
            waiting.append(statement)
        elif statement.startswith(("INSERT", "UPDATE")):
            revision = re.search(r"'(\w+)'", statement) or re.search(r"(\w+)", str(parameters))
            told[revision[1]] = list(waiting)
            waiting.clear()

    event.listen(connection, "before_cursor_execute", note)
    try:
        run()
    finally:
        event.remove(connection, "before_cursor_execute", note)
    return told


@pytest.fixture
def functions(owner, migrator):
    with migrator.connect() as connection:
        return volatility_of(connection)


def test_no_migration_of_a_municipality_asks_what_a_cluster_refuses(house, migrator, functions):
    chain = chain_of(Target.TENANT)
    with migrator.connect() as connection:
        connection.exec_driver_sql("CREATE SCHEMA t_linted")
        connection.exec_driver_sql("CREATE ROLE t_linted")
        told = statements_by_revision(connection, lambda: upgrade(connection, "t_linted", chain))
        connection.rollback()
    assert set(told) == {script.revision for script in chain.scripts.walk_revisions()}
    refused = {
        (revision, why)
        for revision, statements in told.items()
        for statement in statements
        for why in refusals_of(statement, functions)
    }
    assert refused == TRIED


@pytest.mark.parametrize(
    ("statement", "why"),
    [
        (
            "UPDATE polls_poll p SET counted = jsonb_build_object('a', p.online) WHERE online > 0",
            OVER_COLUMNS,
        ),
        ("UPDATE news_item SET day = to_char(published_at, 'YYYY')", OVER_COLUMNS),
        ("UPDATE news_item SET at = day::timestamptz", OVER_COLUMNS),
        ("UPDATE news_item SET at = CAST(day AS timestamp with time zone)", OVER_COLUMNS),
        ("UPDATE news_item SET id = gen_random_uuid()", NEVER_SAME),
        ("ALTER TABLE storage_chunk ALTER COLUMN content SET STORAGE EXTERNAL", "SET STORAGE"),
        ("CREATE EXTENSION btree_gist", "extension"),
        ("ALTER TABLE slot ADD EXCLUDE USING gist (room WITH =, span WITH &&)", "exclusion"),
        ("CREATE TABLE look (at date) PARTITION BY RANGE (at)", "partition"),
        ("INSERT INTO a WITH RECURSIVE t AS (SELECT 1) SELECT * FROM t", "recursive"),
        ("LOCK TABLE search_entry IN SHARE MODE", "LOCK TABLE"),
        ("LOCK search_entry IN SHARE MODE", "LOCK TABLE"),
        ("CREATE RULE r AS ON INSERT TO a DO NOTHING", "rule"),
        ("CREATE TABLE a (b int) INHERITS (c)", "inheritance"),
        ("CREATE TABLE a (id SERIAL NOT NULL)", "a sequence"),
        ("CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()", "trigger"),
    ],
)
def test_what_a_cluster_refuses_is_refused_here(functions, statement, why):
    [found] = refusals_of(statement, functions)
    assert found.startswith(why)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE news_item SET seen_at = now() WHERE version > 1",
        "UPDATE news_item SET title = coalesce(title, '') || lower(summary)",
        "UPDATE news_item SET day = to_char(now(), 'YYYY')",
        "UPDATE news_item SET title = 'LOCK TABLE jsonb_build_object(title)'",
        "CREATE TABLE storage_chunk (content bytea STORAGE EXTERNAL NOT NULL)",
        "CREATE TABLE a (id BIGSERIAL NOT NULL)",
        "ALTER TABLE storage_chunk ADD COLUMN locked_at timestamptz",
        "SELECT jsonb_build_object('a', online) FROM polls_poll FOR UPDATE OF polls_poll",
    ],
)
def test_what_a_cluster_takes_is_taken(functions, statement):
    assert list(refusals_of(statement, functions)) == []


def test_the_house_locks_no_table_and_asks_nothing_recursive():
    forbidden = re.compile(rf"{REFUSED['recursive query']}|[\"']LOCK\s|recursive=True")
    found = [
        str(path.relative_to(ROOT))
        for room in ("platform", "tenants", "modules", "billing", "sso", "ops")
        for path in sorted((ROOT / room).rglob("*.py"))
        if "node_modules" not in path.parts and forbidden.search(path.read_text())
    ]
    assert found == [SWAP]


# Two schemas may lie on two machines: what is asked of the second is read apart, as a whole.
READ_APART = re.compile(r"\bAS\s+MATERIALIZED\s*\([^()]*\)", re.IGNORECASE)


@pytest.mark.parametrize(
    ("statement", "joined"),
    [
        (ONLY, 1),
        ("SELECT count(*) FROM {table} a WHERE NOT EXISTS (SELECT FROM {other} b)", 2),
    ],
)
def test_living_and_restored_are_compared_without_a_join_of_two_schemas(statement, joined):
    left = READ_APART.sub("", statement)
    assert len(re.findall(r"\{(?:table|other)\}", left)) == joined
