"""Recorded looks: the page of a person, a record and its processor, over many rows against none."""

from __future__ import annotations

import time
from statistics import median
from uuid import UUID, uuid4

from sqlalchemy import create_engine, text

from obshto.platform.modularity.manifest import DataKind
from obshto.platform.purposes.events import PersonLookedAt
from obshto.platform.purposes.services import Opened, Purpose, look_at_each, looks_at
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

YEAR = 365 * 24 * 60 * 100  # a hundred a minute; `run.py --looks 52560000` writes all of it
BATCH, PAGE = 100_000, 25
PAGE_OF, RECORD, PROCESSOR = "page of a person", "a record", "processor of a record"
PEOPLE = 6_000  # of a municipality; each row is somebody's
SAMPLES = 40
FILL = """
INSERT INTO {schema}.purposes_look
    (id, part, object_id, subject_index, at, by_id, by_name, office, kinds, purpose, ground)
SELECT gen_random_uuid(), 'reports', gen_random_uuid(),
    ARRAY[sha256(('person' || n % :people)::bytea), sha256(('phone' || n % :people)::bytea)],
    now() - (n + :start) * interval '0.6 second',
    md5('clerk' || n % 40)::uuid, 'Проба', 'registry_clerk', ARRAY['name', 'contact'],
    'contact', 'чл. 6'
FROM generate_series(1, :number) n
"""


def bench(region, *, rounds, rows=YEAR):
    """Lines of the report; the first municipality stays empty, the second has the rows."""
    empty, full = region.slugs[:2]
    began = time.monotonic()
    _fill(region, full, rows)
    yield f"{rows} looks were written by SQL in {time.monotonic() - began:.0f} s"
    known = uuid4()
    took = {}
    for _ in range(rounds):
        for name, slug in (("empty", empty), ("full", full)):
            with region.app.app_context():
                for what, seconds in _measure(slug, known).items():
                    took.setdefault((what, name), []).extend(seconds)
    for what in (PAGE_OF, RECORD, PROCESSOR):
        without, many = (median(took[what, name]) for name in ("empty", "full"))
        yield (
            f"{what}: {1000 * without:.2f} ms over none, {1000 * many:.2f} ms over {rows},"
            f" ratio {many / without:.2f}"
        )


def _measure(slug, known: UUID):
    """Seconds of each page, each record, and of the processor for it without the database's.

    `known` is looked at in both municipalities.
    """
    clerk = Principal(person_id=uuid4(), name="Проба")
    took = {PAGE_OF: [], RECORD: [], PROCESSOR: []}
    for _ in range(SAMPLES):
        thing = Opened(part="reports", object_id=uuid4(), subject=Subject(person_id=known))
        fact = PersonLookedAt(subject_id=thing.object_id, part="reports")
        said = Purpose(word="contact", kinds=(DataKind.NAME,), ground="чл. 6", fact=fact)
        with open_uow(scope_named(slug), clerk) as uow:
            uow.session.connection()  # a page has a transaction without a look, too
            began, used = time.perf_counter(), time.process_time()
            look_at_each(uow, [thing], said)
            uow.session.flush()
            took[PROCESSOR].append(time.process_time() - used)
            took[RECORD].append(time.perf_counter() - began)
            began = time.perf_counter()
            uow.session.scalars(looks_at(uow, thing.subject).limit(PAGE)).all()
            took[PAGE_OF].append(time.perf_counter() - began)
    return took


def _fill(region, slug, rows):
    schema = _schema_of(region, slug)
    engine = create_engine(region.config.migrator, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for start in range(0, rows, BATCH):
            values = {"start": start, "number": min(BATCH, rows - start), "people": PEOPLE}
            connection.execute(text(FILL.format(schema=schema)), values)
        connection.execute(text(f"VACUUM ANALYZE {schema}.purposes_look"))
    engine.dispose()


def _schema_of(region, slug):
    """The schema of a municipality, as SQL reads it."""
    with region.app.app_context():
        return f'"{scope_named(slug).schema}"'
