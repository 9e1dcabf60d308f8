"""Rows: each test begins with the same ones, whatever the test before it committed."""

import time

import psycopg
import pytest
from support.database import VILLAGES
from support.thorough import IS_THOROUGH

from obshto.ops.compose import conninfo
from obshto.platform.db.base import SharedModel, TenantModel
from obshto.platform.scope import PRACTICE, schema_of

# What the house begins with: these tables are never emptied, their rows are compared.
KEPT = {"shared.tenant", "shared.tenant_key", "shared.region"}
NAMING = ("shared.tenant", "shared.tenant_key")  # each municipality, by its slug
JOBS = "queue.procrastinate_jobs"
OTHERS_AT_WORK = """SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
AND backend_type = 'client backend' AND pid <> pg_backend_pid() AND xact_start IS NOT NULL"""
# A web server that is running counts requests whenever it gets round to it.
COUNTED = {"shared.request_hour", "shared.request_minute"}
# What a test may change of a municipality. Its counters only rise, as what a page has seen says.
CHANGED = (
    *("titles", "names", "sort_key", "languages", "modules", "colour", "contact", "facts"),
    *("domain", "notice", "bulletins", "home_order", "emblem", "emblem_before"),
)


def written():
    """The tables that tests write to; those that point at others come first."""
    tables = [table.name for table in reversed(TenantModel.metadata.sorted_tables)]
    yield from (f'"{schema_of(slug)}"."{name}"' for slug in VILLAGES for name in tables)
    shared = [table.fullname for table in reversed(SharedModel.metadata.sorted_tables)]
    yield from (name for name in shared if name not in KEPT)


class Cleaner:
    """Empties the tables that a test wrote, and puts the municipalities back.

    The server itself looks which tables have rows, in a function whose plans stay warm: what a
    worker, a web server or a command wrote is seen as well as what this process did.
    """

    def __init__(self, superuser):
        self.connection = psycopg.connect(superuser, autocommit=True)
        steps = "\n".join(
            f"IF {self.is_due(table)} THEN DELETE FROM {table}; END IF;" for table in written()
        )
        self.make("empty_tables", steps, "public")
        # The queue's triggers name no schema.
        self.make(
            "empty_queue", f"IF {self.is_due(JOBS)} THEN DELETE FROM {JOBS}; END IF;", "queue"
        )
        self.tenants = self.ask("SELECT slug, to_jsonb(t)::text FROM shared.tenant t")
        # Joining was logged before the first test.
        emptied = {name.replace('"', ""): 0 for name in (*written(), JOBS)}
        self.before = self.leftovers() | emptied

    @staticmethod
    def is_due(table):
        return "true" if IS_THOROUGH else f"EXISTS (SELECT FROM {table})"

    def make(self, name, steps, path):
        self.connection.execute(
            f"CREATE FUNCTION pg_temp.{name}() RETURNS void LANGUAGE plpgsql"
            f" SET search_path = {path} AS $$ BEGIN {steps} END $$"
        )

    def ask(self, statement):
        return self.connection.execute(statement).fetchall()

    def clean(self):
        with self.connection.transaction():
            self.ask("SELECT pg_temp.empty_tables(), pg_temp.empty_queue()")
            put_back(self.connection, self.tenants, CHANGED)

    def leftovers(self):
        """Schemas, and how many rows stand in each table of the region, a village, the queue.

        Without the practice municipality, which some files keep until their last test.
        """
        named = self.ask(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname"
            " IN ('shared', 't_gorno_selo', 't_dolno_selo') OR tablename = 'procrastinate_jobs'"
        )
        counts = " UNION ALL ".join(
            f"SELECT '{name}', count(*) FROM {name}"
            + (f" WHERE slug <> '{PRACTICE}'" if name in NAMING else "")
            for (name,) in named
        )
        schemas = self.ask(
            f"SELECT nspname FROM pg_namespace WHERE nspname !~ '^(pg_|t_{PRACTICE})'"
        )
        return {**dict(self.ask(counts)), **{f"schema {name}": 1 for (name,) in schemas}}


def put_back(connection, tenants, columns):
    """Municipalities as these (slug, row) say; what was kept of their pages is let go."""
    names = ", ".join(columns)
    change = f"""UPDATE shared.tenant SET version = version + 1, ({names}) = (SELECT {names}
    FROM jsonb_populate_record(NULL::shared.tenant, %s::jsonb)) WHERE slug = %s"""
    for slug, row in tenants:
        connection.execute(change, (row, slug))


class Memory:
    """What a fixture wrote, so that it need not be written again for each test.

    `memory.of(name, write)`: the first time it writes, from then on its rows are put back. Answers
    what `write` gave the first time.
    """

    def __init__(self, superuser):
        self.superuser, self.kept, self.warm = superuser, {}, None

    def of_first(self, name, write):
        """The same for a fixture that some tests ask for when others have written already: then it
        writes as well."""
        if name in self.kept and not self._has_rows():
            _, rows, tenants = self.kept[name]
            with psycopg.connect(self.superuser) as connection:
                self._put_back(connection.cursor(), rows, tenants)
        elif name in self.kept or self._has_rows():
            write()
        else:
            self.of(name, write)

    def _has_rows(self):
        there = " OR ".join(f"EXISTS (SELECT FROM {table})" for table in (*written(), JOBS))
        if self.warm is None:  # one connection, whose plan stays
            self.warm = psycopg.connect(self.superuser, autocommit=True)
        return self.warm.execute(f"SELECT {there}", prepare=True).fetchone()[0]

    def close(self):
        if self.warm is not None:
            self.warm.close()

    def of(self, name, write):
        if name not in self.kept:
            given = write()
            with psycopg.connect(self.superuser) as connection:
                self.kept[name] = (given, *self._look(connection.cursor()))
            return given
        given, rows, tenants = self.kept[name]
        with psycopg.connect(self.superuser) as connection:
            self._wait_for_others(connection.cursor())
            self._put_back(connection.cursor(), rows, tenants)
        return given

    def _look(self, cursor):
        rows = {}
        for table in (*(name for name in written() if name not in COUNTED), JOBS):
            with cursor.copy(f"COPY {table} TO STDOUT") as copy:
                rows[table] = b"".join(copy)
        tenants = cursor.execute("SELECT slug, to_jsonb(t)::text FROM shared.tenant t").fetchall()
        return {table: content for table, content in rows.items() if content}, tenants

    def _put_back(self, cursor, rows, tenants):
        # Of rows that were there together each rule holds already.
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, content in rows.items():
            cursor.execute(f"DELETE FROM {table}")
            with cursor.copy(f"COPY {table} FROM STDIN") as copy:
                copy.write(content)
        put_back(cursor, tenants, FURNISHED)

    @staticmethod
    def _wait_for_others(cursor):
        """A request that outlived its test may still be writing: what it wrote is emptied after.

        Whoever has not committed within ten seconds is left to the rules of the tables.
        """
        for _ in range(100):
            (working,) = cursor.execute(OTHERS_AT_WORK).fetchone()
            if not working:
                return
            cursor.connection.rollback()  # each look at the statistics sees them anew
            time.sleep(0.1)


# What a fixture may furnish a municipality with.
# A served house writes them down every few seconds, also after the test that asked it.
COUNTED = ("shared.request_hour", "shared.request_minute")
FURNISHED = ("modules", "notice", "bulletins", "home_order", "emblem", "emblem_before")


@pytest.fixture(scope="session")
def memory(house, server):
    memory = Memory(conninfo(server.set(database="obshto")))
    yield memory
    memory.close()


@pytest.fixture(scope="session")
def cleaner(house, server):
    cleaner = Cleaner(conninfo(server.set(database="obshto")))
    yield cleaner
    cleaner.connection.close()


@pytest.fixture(autouse=True)
def emptied(request):
    """Tests commit for real; afterwards every table that has rows is emptied."""
    if "house" not in request.fixturenames:
        yield
        return
    cleaner = request.getfixturevalue("cleaner")
    yield
    cleaner.clean()
    if IS_THOROUGH:  # every table was emptied: whatever is left now fails the test
        left = cleaner.leftovers().items() ^ cleaner.before.items()
        left = {pair for pair in left if pair[0] not in COUNTED}
        assert not left, f"the test leaves something behind: {sorted(map(str, left))}"
