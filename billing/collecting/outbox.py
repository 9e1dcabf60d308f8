"""Tell the collector what was used: each cause once, in the order of days."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import func, select

from obshto.billing.collecting.models import Collection, MeterEvent, Sent
from obshto.billing.gateways.collector import Collector, Measure
from obshto.billing.gateways.port import Declined
from obshto.billing.sharing.models import Use
from obshto.billing.sharing.tariff_terms import METERS, Metered
from obshto.billing.sharing.tariffs import month_of
from obshto.platform.clock import day_of
from obshto.platform.unit_of_work import UnitOfWork

OLDEST = timedelta(days=34)  # Stripe takes 35
NOON = time(12, tzinfo=UTC)  # a day, wherever one stands


def fill(region: UnitOfWork, found: Collection) -> None:
    """A row for each use since the first collected month that has none yet."""
    slug = found.municipality
    sent = select(MeterEvent.key).where(MeterEvent.municipality == slug)
    rows = (
        select(Use)
        .where(Use.municipality == slug, Use.word.in_(METERS), Use.day >= found.since)
        .where(Use.key.not_in(sent))
        .order_by(Use.day, Use.key)
    )
    for use in region.session.scalars(rows).all():
        is_mean = use.word == Metered.STORAGE
        region.session.add(
            MeterEvent(
                municipality=slug,
                key=use.key,
                word=use.word,
                value=_mean(region, slug, use.day) if is_mean else use.number,
                at=datetime.combine(use.day, NOON),
            )
        )
    region.session.flush()


def send(region: UnitOfWork, found: Collection, by: Collector) -> None:
    """Those that wait, the oldest first. Raises Away: what was told so far stays told."""
    slug = found.municipality
    rows = select(MeterEvent).where(
        MeterEvent.municipality == slug, MeterEvent.state == Sent.WAITING
    )
    for event in region.session.scalars(rows.order_by(MeterEvent.at, MeterEvent.key)).all():
        if event.at > region.now:  # noon is still to come
            continue
        if event.at < region.now - OLDEST:
            event.state = Sent.TOO_LATE
            continue
        measure = Measure(
            id=f"{slug}:{event.key}", meter=METERS[event.word], value=event.value, at=event.at
        )
        try:
            by.measure(found.customer_id, measure)
            event.state = Sent.DONE
        except Declined:
            event.state = Sent.REFUSED
    region.session.flush()


def refused(region: UnitOfWork, found: Collection) -> int:
    """How many measures of this month and the last one did not arrive."""
    first = month_of(month_of(day_of(region.now)) - timedelta(days=1))
    rows = select(func.count()).where(
        MeterEvent.municipality == found.municipality,
        MeterEvent.state.in_((Sent.REFUSED, Sent.TOO_LATE)),
        MeterEvent.at >= datetime.combine(first, time(), UTC),
    )
    return region.session.scalar(rows) or 0


def _mean(region: UnitOfWork, slug: str, day: date) -> int:
    """Of the days measured in its month up to that one, as our own invoice reckons it."""
    rows = select(func.sum(Use.number), func.count(Use.day.distinct())).where(
        Use.municipality == slug,
        Use.word == Metered.STORAGE,
        Use.day >= month_of(day),
        Use.day <= day,
    )
    number, days = region.session.execute(rows).one()
    return int(number) // int(days)
