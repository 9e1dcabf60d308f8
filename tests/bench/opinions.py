"""A consultation with 5,000 opinions against one with 50: pages, groups, the table, a wave."""

from __future__ import annotations

import time
import tracemalloc
from collections import deque
from datetime import timedelta
from statistics import median
from uuid import uuid4

from queueing import clerk_of, switch_on
from sqlalchemy import insert, inspect
from support.consultation_record import record_of

from obshto.modules.consultations.models import Opinion
from obshto.modules.consultations.services.consultations import (
    ConsultationDraft,
    publish_consultation,
    write_consultation,
)
from obshto.modules.consultations.services.filters import OpinionFilter
from obshto.modules.consultations.services.groups import propose_groups
from obshto.modules.consultations.services.opinions import OpinionWords, give_opinion
from obshto.modules.consultations.services.queries import consultation_of
from obshto.modules.consultations.services.table import rows_of
from obshto.modules.consultations.services.waves import hide_wave
from obshto.platform.db.base import new_id
from obshto.platform.moderation.services import Reason
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

FEW, MANY = 50, 5_000
PAGES = (
    "/consultations/{}",
    "/consultations/{}/opinions?page=2",
    "/consultations/{}/say?paragraph=1",
    "/console/consultations/{}/opinions?channel=post",
    "/console/consultations/{}/groups",
    "/console/consultations/{}/hide?channel=post",
)
WAVE = OpinionFilter(channel="post")


def bench(region, *, rounds):
    """Lines of the report; the first municipality has the few, the second the many."""
    switch_on(region, "news", "consultations")
    there = {
        slug: _fill(region, slug, n) for slug, n in zip(region.slugs, (FEW, MANY), strict=False)
    }
    for what, do in (("groups", _group), ("table", _table), ("record", _record)):
        yield _told(what, [_of_all(region, slug, row_id, do) for slug, row_id in there.items()])
    clients = {slug: clerk_of(region, slug, Role.SECRETARY) for slug in there}
    for page in PAGES:
        took = {slug: [] for slug in there}
        for turn in range(5 * rounds + 1):
            for slug, row_id in there.items():
                seconds = _ask(clients[slug], slug, page.format(row_id))
                took[slug] += [seconds] if turn else []  # the first turn fills what is kept
        few, many = (median(found) for found in took.values())
        yield f"{page}: median {1000 * many:.1f} ms, {many / few:.2f} of {FEW}"
    yield _told("wave", [_of_all(region, slug, row_id, _hide) for slug, row_id in there.items()])


def _told(what, measured):
    (few, few_bytes), (many, many_bytes) = measured
    each = (many / MANY) / (few / FEW)
    return (
        f"{what}: {many:.2f} s, each opinion {each:.2f} of the time among {FEW};"
        f" memory {many_bytes / few_bytes:.2f} of theirs"
    )


def _of_all(region, slug, row_id, do):
    """Seconds, and the peak of what Python held, of a second run that is not kept."""
    with region.app.app_context(), open_uow(scope_named(slug), Principal.system("bench")) as uow:
        began = time.perf_counter()
        with uow.session.begin_nested() as first:
            do(uow, consultation_of(uow, row_id))
            first.rollback()
        took = time.perf_counter() - began
        tracemalloc.start()
        do(uow, consultation_of(uow, row_id))
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return took, peak


def _group(uow, row):
    propose_groups(uow, consultation_id=row.id)


def _table(uow, row):
    deque(rows_of(uow, row), maxlen=0)


def _record(uow, row):
    record_of(uow, row)


def _hide(uow, row):
    hide_wave(uow, row.id, WAVE, Reason(words="Обиди."), request_id=uuid4())


def _ask(client, slug, path):
    began = time.perf_counter()
    answer = client.get(path, base_url=f"http://{slug}.localhost:8000")
    assert answer.status_code == 200, (path, answer.status_code)
    return time.perf_counter() - began


def _fill(region, slug, number):
    """The id of a consultation with so many opinions, two and two alike."""
    words = dict.fromkeys(("title", "summary", "draft", "reasons"), "Текст")
    with region.app.app_context(), open_uow(scope_named(slug), Principal.system("bench")) as uow:
        row = write_consultation(uow, ConsultationDraft(kind="other", **words), request_id=uuid4())
        uow.session.flush()
        publish_consultation(uow, row, expected_version=row.version)
        said = OpinionWords(
            words="Първо", author="Проба", channel="post", stance="change", paragraph=1
        )
        common = give_opinion(uow, row.id, said, request_id=uuid4())
        kept = {one.key: getattr(common, one.key) for one in inspect(Opinion).column_attrs}
        uow.session.execute(insert(Opinion), [_row(kept, at) for at in range(1, number)])
        row.closes_at = uow.now - timedelta(seconds=1)
        return row.id


def _row(kept, at):
    own = {"id": new_id(), "request_id": uuid4(), "code_index": None}
    words = f"дърво{at // 2} пейка{at // 2} чешма{at // 2}"
    return {**kept, **own, "sequence": kept["sequence"] + at, "words": words}
