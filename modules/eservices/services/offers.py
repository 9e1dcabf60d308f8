"""How a municipality offers the services of the catalogue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from obshto.modules.eservices.errors import StaleVersion
from obshto.modules.eservices.events import OfferChanged, ServiceOpened
from obshto.modules.eservices.models import Offer
from obshto.modules.eservices.services.catalogue import Service
from obshto.platform.unit_of_work import UnitOfWork

UNWRITTEN = 0  # what a form saw of an offer that was not there


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a municipality says of a service; the fee is in euro cents, empty while unknown.

    `fee_kind` is the income under which it is paid through the portal; empty: at the counter only.
    """

    is_online: bool
    fee_cents: int | None
    official: str
    fee_kind: str = ""
    pays_first: bool = False
    portal_discount: int = 0
    speeds: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    needs_second: bool = False
    bring: str = ""
    keep_years: int | None = None
    keep_law: str = ""


def offers(uow: UnitOfWork) -> Mapping[str, Offer]:
    """Everything that was said, by service. One query."""
    return {offer.service: offer for offer in uow.session.scalars(select(Offer))}


def offer_of(uow: UnitOfWork, service: str, *, to_change: bool = False) -> Offer | None:
    """What was said of one service; `to_change` makes others wait."""
    wanted = select(Offer).where(Offer.service == service)
    return uow.session.scalar(wanted.with_for_update() if to_change else wanted)


def is_online(service: Service, offer: Offer | None) -> bool:
    """Whether one can apply here by the portal: it has a definition and is switched on."""
    return service.can_be_online and offer is not None and offer.is_online


def change_offer(uow: UnitOfWork, service: Service, terms: Terms, *, expected_version: int) -> None:
    """Say it anew. Nothing is done where it is so already. Raises StaleVersion."""
    terms = replace(terms, is_online=terms.is_online and service.can_be_online)
    offer = offer_of(uow, service.key, to_change=True)
    if offer and _terms_of(offer) == terms:
        return
    if (offer.version if offer else UNWRITTEN) != expected_version:
        raise StaleVersion
    was_open = bool(offer and offer.is_online)
    if offer:
        _put(offer, terms)
    else:
        _add(uow, service, terms)
    uow.emit(OfferChanged(service=service.key))
    if terms.is_online and not was_open:
        opened = uuid5(NAMESPACE_URL, f"eservices/{service.key}")
        uow.emit(ServiceOpened(subject_id=opened, service=service.key))


def _add(uow: UnitOfWork, service: Service, terms: Terms) -> None:
    offer = Offer(service=service.key)
    _put(offer, terms)
    try:
        with uow.session.begin_nested():
            uow.session.add(offer)
    except IntegrityError:  # somebody else's first, in the same instant
        raise StaleVersion from None


def _put(offer: Offer, terms: Terms) -> None:
    for name, value in asdict(terms).items():
        setattr(offer, name, value)


def _terms_of(offer: Offer) -> Terms:
    return Terms(**{name.name: getattr(offer, name.name) for name in fields(Terms)})
