"""Demonstration of mandates: one in force with its journal, one that waits, one withdrawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.mandates.models import Mandate, MandateAct
from obshto.modules.mandates.permissions import MandatesPermission
from obshto.modules.mandates.services.kinds import CALL, DRAFT
from obshto.modules.mandates.services.lifecycle import SignedSheet, sign_mandate, withdraw_mandate
from obshto.modules.mandates.services.preparation import MandateWords, prepare_mandate
from obshto.platform.clock import day_of
from obshto.platform.notify.sms.phones import read_phone
from obshto.platform.unit_of_work import Principal, UnitOfWork
from obshto.tenants.api import people_who_may

# Name, phone, relative, acts, days.
TOLD = (
    ("Проба Първанова", "0888 100 301", "Дете Първанов", ("billing:pay", "eservices:apply"), 60),
    ("Проба Каменов", "0938 10 303", "", ("reports:send",), 30),
    ("Проба Ценова", "", "", ("billing:pay",), 30),
)
STROKES = (
    "M60 140 90 60 120 140 150 70 190 130 240 90 300 120 380 80 470 110",
    "M80 120 130 60 160 130 210 70 250 120 320 90 420 100 500 70",
    "M70 90 120 130 170 70 230 120 290 80 360 120 430 70 520 110",
)
CLERK = Principal(name="Проба Гишева")


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their places, so seeding twice is harmless."""
    holders = list(people_who_may(uow, MandatesPermission.ACT).items())
    # Not whoever tries everything: their own session would act for somebody.
    assistant = holders[1] if len(holders) > 1 else (_key(uow, "assistant"), "Проба Помощникова")
    rows = [_prepared(uow, assistant, number) for number in range(len(TOLD))]
    uow.session.flush()
    clerk = replace(uow, principal=CLERK)
    for number in (0, 2):
        if rows[number].state == DRAFT:
            told = SignedSheet(
                signed_on=day_of(uow.now),
                sheet=f"Л-{number + 1}" if number else "",
                strokes=() if number else STROKES,
                witnesses=("Свидетел Първи", "Свидетел Втори"),
            )
            sign_mandate(clerk, rows[number], told, expected_version=rows[number].version)
            uow.session.flush()
            _finish(clerk, rows[number], number)


def _prepared(uow: UnitOfWork, assistant: tuple[UUID, str], number: int) -> Mandate:
    name, phone, relative, acts, days = TOLD[number]
    told = MandateWords(
        name=name,
        phone=read_phone(phone) or "" if phone else "",
        relative=relative,
        assistant=assistant,
        acts=acts,
        ends_on=day_of(uow.now) + timedelta(days=days),
    )
    return prepare_mandate(uow, told, request_id=_key(uow, f"mandate/{number}"))


def _finish(uow: UnitOfWork, row: Mandate, number: int) -> None:
    if number:
        withdraw_mandate(uow, row, CALL, expected_version=row.version)
        return
    for minutes, act, is_write, events in (
        (5, "eservices:apply", False, []),
        (20, "eservices:apply", True, ["eservices:application.sent"]),
    ):
        at = uow.now + timedelta(minutes=minutes)
        line = MandateAct(
            mandate_id=row.id, at=at, act=act, is_write=is_write, events=events, numbers=[]
        )
        uow.session.add(line)


def _key(uow: UnitOfWork, word: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"mandates/{uow.scope.slug}/{word}")
