"""The catalogue: every service of a municipality, for those who look for it by need or by name."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from flask_babel import LazyString, lazy_gettext

from obshto.modules.eservices.errors import NoSuchService
from obshto.modules.eservices.models import Draft
from obshto.modules.eservices.models.designed import TRIAL
from obshto.modules.eservices.services.definitions import Definition
from obshto.modules.eservices.services.fragments import DATA, catalogue_rows
from obshto.modules.eservices.services.general_application import general_application
from obshto.modules.eservices.services.own_services import (
    OwnService,
    definition_behind,
    own_service,
    own_services,
)
from obshto.modules.eservices.services.publication import is_in_house, latest
from obshto.platform.questionnaires.questions import Words
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import LANGUAGES

# What happened, or who asks: each leads to a few services of `everyday.json`.
EVENTS: Mapping[str, LazyString] = {
    "child": lazy_gettext("Роди се дете"),
    "build": lazy_gettext("Строя"),
    "move": lazy_gettext("Местя се"),
    "death": lazy_gettext("Някой почина"),
    "trade": lazy_gettext("Търгувам"),
    "dog": lazy_gettext("Имам куче"),
}
ASKERS: Mapping[str, LazyString] = {
    "family": lazy_gettext("Семейство"),
    "owner": lazy_gettext("Собственик на имот"),
    "farmer": lazy_gettext("Земеделец"),
    "abroad": lazy_gettext("Живея в чужбина"),
    "older": lazy_gettext("Пенсионер"),
    "disabled": lazy_gettext("Човек с увреждане"),
}

# What people come for, in the order of how often.
NEEDS: Mapping[str, LazyString] = {
    "people": lazy_gettext("Раждане, брак, адрес, наследници"),
    "taxes": lazy_gettext("Данъци и такси"),
    "land": lazy_gettext("Имоти и строеж"),
    "papers": lazy_gettext("Заверки и удостоверения"),
    "business": lazy_gettext("Търговия, туризъм, транспорт"),
    "animals": lazy_gettext("Животни"),
    "nature": lazy_gettext("Дървета и природа"),
    "property": lazy_gettext("Общинска собственост"),
    "elections": lazy_gettext("Избори"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWay:
    """Where a service is asked for that the portal does not take here: at `url`, of another body.

    A path of the portal itself belongs to the `part` that must be switched on for it.
    """

    words: Words
    link: Words
    url: str
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One service with its official title; `term` holds days or months and their ground."""

    key: str
    title: str
    need: str
    law: str
    term: Mapping[str, Any] | None = None
    bring: Sequence[str] = ()
    who: str = ""
    template: str = ""
    only_in_person: bool = False
    delivery: Sequence[str] = ()
    names: Words | None = None  # of the municipality's own: as people call it
    own: Definition | None = None
    withdrawn_because: str = ""

    def said(self, language: str) -> str:
        """As people call it; `title` is how the law does."""
        return str((self.names or _everyday()[self.key])[language])

    def asked_by(self, language: str) -> str:
        """Who may ask for it, in words; empty where the law of the service alone says so."""
        return "" if self.own else str(_everyday()[self.key].get("who", {}).get(language, ""))

    @property
    def other_way(self) -> OtherWay | None:
        """Where else it is asked for; None of what the municipality itself decides."""
        told = None if self.own else _everyday()[self.key].get("elsewhere")
        return OtherWay(**told) if told else None

    @property
    def groups(self) -> Sequence[str]:
        """The words of EVENTS and ASKERS that lead to it."""
        groups: Sequence[str] = () if self.own else _everyday()[self.key]["for"]
        return groups

    @property
    def reason(self) -> str:
        """The article behind its term; empty where only a practice is known."""
        basis = str((self.term or {}).get("basis", ""))
        return basis if "чл." in basis else ""

    @property
    def definition(self) -> Definition | None:
        """With what it is applied for online; None where there is only the paper way."""
        return self.own or latest(self.key)

    @property
    def counter_definition(self) -> Definition:
        """With what a clerk enters it: its own, else the general application under its name."""
        found = self.definition or general_application(self.key)
        if found is None:
            raise NoSuchService
        return found

    @property
    def can_be_online(self) -> bool:
        """Whether the portal may take it: a protocol of what is said aloud is the clerk's."""
        return self.definition is not None and not self.only_in_person and self.is_listed

    @property
    def is_listed(self) -> bool:
        """Whether it takes applications at all: one that was withdrawn does not."""
        return not self.withdrawn_because

    @property
    def number(self) -> str:
        """Its number in the Register of services; empty where none is known."""
        return self.key if self.key.isdigit() else ""


@cache
def catalogue_services() -> Mapping[str, Service]:
    """Those that come with the module by key, in the order of the catalogue."""
    return {key: Service(**row) for key, row in catalogue_rows().items()}


def services(uow: UnitOfWork) -> Mapping[str, Service]:
    """All of them by key: the catalogue, then what the municipality made itself. One query."""
    return {**catalogue_services(), **{own.key: _own(own) for own in own_services(uow)}}


def listed(uow: UnitOfWork) -> list[Service]:
    """Those that take applications."""
    return [service for service in services(uow).values() if service.is_listed]


def service_behind(uow: UnitOfWork, draft: Draft) -> Service:
    """The service of a draft; of a trial, as it is tried. Raises NoSuchService."""
    if draft.definition_version != TRIAL:
        return service_of(uow, draft.service)
    definition = definition_behind(draft)
    return _own(OwnService(key=draft.service, definition=definition, withdrawn_because=""))


_BY_WISH = ("post", "electronic")


def _own(own: OwnService) -> Service:
    about = own.definition.about
    assert about
    return Service(
        key=own.key,
        title=own.definition.official_title,
        need=about.need,
        law=about.law,
        who=about.who,
        delivery=(
            "office",
            *(("post", "electronic") if "delivery" in own.definition.questions else ()),
        ),
        names=about.title,
        own=own.definition,
        withdrawn_because=own.withdrawn_because,
    )


@cache
def _everyday() -> Mapping[str, Any]:
    """By key: what people call a service and who asks, by language; its groups; where it leads."""
    told: Mapping[str, Any] = json.loads((DATA / "everyday.json").read_text("utf-8"))
    return told


def service_of(uow: UnitOfWork, key: str) -> Service:
    """One of them, withdrawn or not. Raises NoSuchService."""
    if is_in_house(key):
        return catalogue_services()[key]
    own = own_service(uow, key)
    if own is None:
        raise NoSuchService
    return _own(own)


def object_id_of(service: Service) -> UUID:
    """By what a service of the catalogue is found; it has no row."""
    return object_id_of_key(service.key)


def object_id_of_key(key: str) -> UUID:
    """The same, also of one that nobody published yet."""
    return uuid5(NAMESPACE_URL, f"eservices/{key}")


def by_need(uow: UnitOfWork) -> list[tuple[str, LazyString, list[Service]]]:
    """The catalogue under what people need; what can be done online comes first."""
    here = listed(uow)
    return [
        (need, title, sorted(found, key=lambda service: service.definition is None))
        for need, title in NEEDS.items()
        if (found := [s for s in here if s.need == need])
    ]


def named(uow: UnitOfWork, words: str) -> list[Service]:
    """Those of which every word that was typed is said: by law, by people, as a number."""
    asked = words.casefold().split()
    return [
        service
        for service in (services(uow).values() if asked else ())
        if all(word in _spoken_of(service) for word in asked)
    ]


def grouped(uow: UnitOfWork, group: str) -> list[Service]:
    """What a word of EVENTS or ASKERS leads to, with what can be done online first."""
    found = [service for service in catalogue_services().values() if group in service.groups]
    return sorted(found, key=lambda service: not service.can_be_online)


def _spoken_of(service: Service) -> str:
    names = (service.said(language) for language in LANGUAGES)
    return " ".join((service.title, service.key, *names)).casefold()
