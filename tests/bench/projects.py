"""Many projects against few: list, money, data set and its pages; rows written out, by each row."""

from __future__ import annotations

import time
import tracemalloc
from datetime import timedelta
from statistics import median
from tempfile import TemporaryFile
from uuid import uuid4

from flask import g
from queueing import clerk_of, switch_on
from sqlalchemy import insert, inspect

from obshto.modules.opendata.services.editions import make_edition
from obshto.modules.projects.datasets import DATASETS
from obshto.modules.projects.models import FundingShare, Project, ProjectPayment
from obshto.modules.projects.services import publication
from obshto.modules.projects.services.edits import ProjectDetails, ProjectText, write_project
from obshto.modules.projects.services.money import add_programme
from obshto.platform.clock import day_of
from obshto.platform.datasets.rows import stream
from obshto.platform.datasets.writers import write_csv, write_json, write_xlsx
from obshto.platform.db.base import new_id
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

MODULES = ("news", "projects", "opendata")
FEW, MANY = 50, 5_000
SET = "project-payments"
WRITERS = (("csv", write_csv), ("json", write_json), ("xlsx", write_xlsx))
PAGES = (
    "/projects/",
    "/projects/?page=2",
    "/projects/?q=настилка",
    "/projects/money",
    "/opendata/",
    f"/opendata/sets/projects/{SET}",
    f"/opendata/api/projects/{SET}?limit=100",
)


def bench(region, *, rounds, many=MANY):
    """Lines of the report; the first municipality has the few, the second the many."""
    switch_on(region, *MODULES)
    sizes = dict(zip(region.slugs, (FEW, many), strict=False))
    for slug, number in sizes.items():
        _fill(region, slug, number)
    for suffix, write in WRITERS:
        yield _told(suffix, sizes, [_written(region, slug, write) for slug in sizes])
    yield _told("edition", sizes, [_edition(region, slug) for slug in sizes])
    clients = {slug: clerk_of(region, slug, Role.EDITOR) for slug in sizes}
    for page in PAGES:
        took = {slug: [] for slug in sizes}
        for turn in range(5 * rounds + 1):
            for slug in sizes:
                seconds = _ask(clients[slug], slug, page)
                took[slug] += [seconds] if turn else []  # the first turn fills what is kept
        few, most = (median(found) for found in took.values())
        yield f"{page}: median {1000 * most:.1f} ms, {most / few:.2f} of {FEW}"


def _told(what, sizes, measured):
    (few, few_bytes), (most, most_bytes) = measured
    each = (most / max(sizes.values())) / (few / FEW)
    return (
        f"{what}: {most:.2f} s, each of {max(sizes.values())} rows {each:.2f} of the time among"
        f" {FEW}; memory {most_bytes / few_bytes:.2f} of theirs"
    )


def _written(region, slug, write):
    """Seconds, and the peak of what Python held, of a second run that is not kept."""
    dataset = next(one for one in DATASETS if one.slug == SET)
    with region.app.app_context(), open_uow(scope_named(slug), Principal.system("bench")) as uow:

        def run():
            with TemporaryFile() as file:
                write(file, dataset.names, stream(uow, dataset))

        return _measured(run, again=run)


def _edition(region, slug):
    """The same as one night makes it, with all its files; a later night finds nothing new."""
    with region.app.app_context(), open_uow(scope_named(slug), Principal.system("bench")) as uow:
        g.modules = frozenset(MODULES)

        def run():
            make_edition(uow, part="projects", dataset=SET)

        return _measured(run, again=run)


def _measured(run, *, again):
    began = time.perf_counter()
    run()
    took = time.perf_counter() - began
    tracemalloc.start()
    again()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return took, peak


def _ask(client, slug, path):
    began = time.perf_counter()
    answer = client.get(path, base_url=f"http://{slug}.localhost:8000")
    assert answer.status_code == 200, (path, answer.status_code)
    return time.perf_counter() - began


def _fill(region, slug, number):
    """So many published projects, each with a share and a payment, over ten years."""
    with region.app.app_context(), open_uow(scope_named(slug), Principal.system("bench")) as uow:
        words = {"name": "Собствени средства", "source": "own"}
        programme = add_programme(uow, **words, request_id=uuid4())
        text = ProjectText(title="Нова настилка", summary="Пътят е стар.")
        first = write_project(uow, text, ProjectDetails(), request_id=uuid4())
        uow.session.flush()
        publication.publish_project(uow, first, expected_version=first.version)
        uow.session.flush()
        kept = {one.key: getattr(first, one.key) for one in inspect(Project).column_attrs}
        own = [{"id": new_id(), "request_id": uuid4()} for _ in range(1, number)]
        if own:
            uow.session.execute(insert(Project), [kept | one for one in own])
        ids = [first.id, *(one["id"] for one in own)]
        money = {"programme_id": programme.id, "cents": 10_000, "given": 10_000}
        money |= {"currency": "EUR"}
        uow.session.execute(insert(FundingShare), [money | {"project_id": one} for one in ids])
        today = day_of(uow.now)
        paid = [
            money
            | {"id": new_id(), "request_id": uuid4(), "project_id": one, "document": str(at)}
            | {"paid_on": today - timedelta(days=at % 3_650)}
            for at, one in enumerate(ids)
        ]
        uow.session.execute(insert(ProjectPayment), paid)
