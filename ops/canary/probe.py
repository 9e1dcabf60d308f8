"""Plant, ask, compare, note: each municipality looks for the marks of all others in itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import current_app
from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from obshto.ops.canary.crawler import (
    LIGHT,
    WHOLE,
    Answer,
    Reach,
    ask_everything,
    ask_the_region,
    watcher,
)
from obshto.ops.canary.marks import Mark, all_marks, mark_of, marks_in
from obshto.ops.canary.models import Look
from obshto.platform.clock import SOFIA
from obshto.platform.db.base import TenantModel
from obshto.platform.db.control_rows import (
    LEAK_WATCH_JOB,
    LEAK_WATCH_NAME,
    show_control_rows,
)
from obshto.platform.db.session import shared_session
from obshto.platform.modularity.manifest import Component, Job, QueueSlot, Unmarked
from obshto.platform.modularity.registry import components_here, current_registry
from obshto.platform.notify.models import Message
from obshto.platform.unit_of_work import Principal, UnitOfWork, open_uow
from obshto.tenants.municipalities.models import Tenant

MAIL = 200  # of the newest letters
NIGHT = 3  # the hour in Sofia
SEARCHES = 12  # neighbours whose marks are typed into the search
OUTBOX = "outbox"  # the address of what stands in letters
REGION = "region "  # before an address of the region's own, which every look asks


def look(uow: UnitOfWork) -> None:
    """Job: the last look of a municipality is kept, on the board it counts with those of others.

    Every look asks each address and one page of each shape. The one in the night asks more, and
    it alone says which marks were seen nowhere.
    """
    is_whole = uow.now.astimezone(SOFIA).hour == NIGHT
    look_within(uow, WHOLE if is_whole else LIGHT)


def look_within(uow: UnitOfWork, reach: Reach) -> None:
    """What a look of this reach does not ask stays as the one before found it."""
    here, parts = uow.scope.slug, surfaces()
    planted = [part.slug for part in parts if _plants(part)]
    secret: str = current_app.config["SECRET_KEY"]
    plant(uow)
    neighbours = [slug for slug in _everybody() if slug != here]
    known = all_marks(secret, [here, *neighbours], planted)
    typed = [mark_of(secret, slug, planted[0]) for slug in neighbours[:SEARCHES] if planted]
    answers = _asked(uow, typed, reach)
    leaks = [*_leaks(answers, known, here), *_leaks_of_the_region(known, here, secret, planted)]
    seen = {part for it in answers for slug, part in marks_in(it.text, known) if slug == here}
    before = (not reach.is_whole and _last_look(here)) or Look(leaks=[], blind=[])
    asked = {answer.address for answer in answers}
    unasked = (leak for leak in before.leaks if leak["address"] not in asked)
    _note(
        uow,
        probes=len(answers),
        leaks=[*leaks, *(leak for leak in unasked if not leak["address"].startswith(REGION))],
        blind=sorted({*(planted if reach.is_whole else before.blind)} - seen),
        unplanted=sorted(part.slug for part in parts if not part.canary),
    )


def plant(uow: UnitOfWork) -> None:
    """Each part's own mark stands in the municipality; one that stands already stays."""
    uow = replace(uow, principal=Principal.system(LEAK_WATCH_JOB))
    watching = replace(uow, principal=watcher(uow.scope.slug))
    with show_control_rows():
        for part in surfaces():
            if part.canary and not isinstance(part.canary, Unmarked):
                mark = mark_of(current_app.config["SECRET_KEY"], uow.scope.slug, part.slug)
                part.canary(watching, mark)
        uow.commit()


# Each municipality once an hour, a twelfth of them every five minutes.
LOOK_FOR_LEAKS = Job(
    name=LEAK_WATCH_JOB,
    run=look,
    every="2-57/5 * * * *",
    rounds=12,
    slot=QueueSlot.SLOW,
    is_low_priority=True,
)


def surfaces() -> list[Component]:
    """Parts that are on and show rows of a municipality: each must be able to show a mark."""
    on = {part.slug for part in components_here()}
    return [
        part
        for part in current_registry().parts.values()
        if part.slug in on
        and (part.citizen or part.console or part.front)
        and (part.canary or any(issubclass(model, TenantModel) for model in part.models))
    ]


def _plants(part: Component) -> bool:
    return part.canary is not None and not isinstance(part.canary, Unmarked)


def _asked(uow: UnitOfWork, typed: list[str], reach: Reach) -> list[Answer]:
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # Flask's own way
    newest = select(Message).order_by(Message.accepted_at.desc()).limit(MAIL)
    letters = [
        Answer(OUTBOX, f"{letter.subject or ''}\n{letter.text or ''}", is_public=False)
        for letter in uow.session.scalars(newest)
    ]
    uow.commit()  # asking takes its time: whoever restores or migrates must not wait for it
    return [*ask_everything(app, uow.scope, typed, reach), *letters]


def _leaks(answers: list[Answer], known: Mapping[str, Mark], here: str) -> list[dict[str, Any]]:
    """A neighbour's mark anywhere; an own one where a stranger reads, for no mark is published."""
    return [
        {"address": it.address, "of": slug, "part": part, "is_public": it.is_public}
        for it in answers
        for slug, part in sorted(marks_in(it.text, known))
        if slug != here or it.is_public
    ]


def _leaks_of_the_region(
    known: Mapping[str, Mark], here: str, secret: str, planted: list[str]
) -> list[dict[str, Any]]:
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # Flask's own way
    own = [mark_of(secret, here, part) for part in planted]
    answers = ask_the_region(app, own)
    return [
        {**leak, "address": f"{REGION}{leak['address']}"} for leak in _leaks(answers, known, "")
    ]


def _everybody() -> list[str]:
    with shared_session() as shared:
        return list(shared.scalars(select(Tenant.slug).order_by(Tenant.slug)))


def _last_look(slug: str) -> Look | None:
    with shared_session() as shared:
        return shared.get(Look, slug)


def _note(uow: UnitOfWork, **found: Any) -> None:
    slug, at = uow.scope.slug, uow.now
    with open_uow(None, Principal.system(LEAK_WATCH_NAME)) as region:
        put = insert(Look).values(municipality=slug, at=at, **found)
        fresh = {name: put.excluded[name] for name in ("at", *found)}
        region.session.execute(
            put.on_conflict_do_update(index_elements=["municipality"], set_=fresh)
        )
