"""Job of the weekly letter, once a week for each reader; stopped and resumed by them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from obshto.platform.clock import day_of
from obshto.platform.entity import expect_version
from obshto.platform.errors import Conflict
from obshto.platform.modularity.registry import current_registry
from obshto.platform.notify.address import Address, addresses
from obshto.platform.notify.outbox import put_letter
from obshto.platform.unit_of_work import Principal, UnitOfWork
from obshto.platform.web.hosts import lead_links_to
from obshto.platform.web.language import SOURCE, speaking
from obshto.tenants.municipalities.lookup import Municipality, municipality_here
from obshto.tenants.people.models import WeeklyReader
from obshto.tenants.people.roles import rights_of
from obshto.tenants.weekly_letter.events import (
    WeeklyLetterResumed,
    WeeklyLetterStopped,
    WeeklyLetterWritten,
)
from obshto.tenants.weekly_letter.permissions import WeeklyLetterPermission
from obshto.tenants.weekly_letter.text import plain_text, weekly_text

UNCHANGED: Final = 1  # the version of who never stopped it, with a row or without one
WEEK: Final = timedelta(days=7)


def write_weekly_letters(uow: UnitOfWork) -> None:
    """Job: the letter of this week to each who holds the word, once, however often it runs."""
    here, monday = municipality_here(uow), monday_of(day_of(uow.now))
    lead_links_to(here.slug)
    for reader in addresses().holders(uow, WeeklyLetterPermission.RECEIVE):
        if reader.person_id:
            _write(uow, here, reader, reader.person_id, monday)


def monday_of(day: date) -> date:
    """The first day of its week."""
    return day - timedelta(days=day.weekday())


def reader_of(uow: UnitOfWork, person_id: UUID) -> WeeklyReader | None:
    """What is known of somebody's letters; None of who had none yet."""
    return uow.session.get(WeeklyReader, person_id)


def set_stopped(
    uow: UnitOfWork, person_id: UUID, *, is_stopped: bool, expected_version: int
) -> None:
    """Stop one's letter or want it again. So already: nothing is done. Raises Conflict."""
    row = _locked(uow, person_id)
    if row.is_stopped == is_stopped:
        return
    expect_version(row, expected_version, Conflict)
    row.is_stopped = is_stopped
    fact = WeeklyLetterStopped if is_stopped else WeeklyLetterResumed
    uow.emit(fact(subject_id=person_id))


def _write(
    uow: UnitOfWork, here: Municipality, reader: Address, person_id: UUID, monday: date
) -> None:
    row = _locked(uow, person_id)
    if row.is_stopped or row.written_for == monday:
        return
    # Past the session: a letter is no change that makes an open page of the reader a late copy.
    mine = update(WeeklyReader).where(WeeklyReader.person_id == person_id)
    uow.session.execute(mine.values(written_for=monday))
    language = reader.language if reader.language in here.languages else SOURCE
    with speaking(language):
        words = _words(_as_reader(uow, reader, person_id), here, language)
    put_letter(
        uow,
        cause=uuid5(NAMESPACE_URL, f"weekly-letter/{here.slug}/{monday}"),
        fact=WeeklyLetterWritten.name,
        language=language,
        words=words,
        person_id=person_id,
        recipient=reader.email,
    )
    uow.emit(WeeklyLetterWritten(subject_id=person_id, week=monday.isoformat()))


def _words(uow: UnitOfWork, here: Municipality, language: str) -> tuple[str, str]:
    parts = current_registry().switched_on(here.modules)
    said = weekly_text(uow, parts, here.title(language))
    body = plain_text(said, today=day_of(uow.now), address=uow.scope.address, language=language)
    return said.subject, body


def _as_reader(uow: UnitOfWork, reader: Address, person_id: UUID) -> UnitOfWork:
    """The same work with the eyes of the reader: what waits depends on who asks."""
    rights, registry = rights_of(uow, person_id), current_registry()
    words = registry.words_of(rights.roles) | registry.words_named(rights.words)
    return replace(
        uow, principal=Principal(person_id=person_id, name=reader.name, permissions=words)
    )


def _locked(uow: UnitOfWork, person_id: UUID) -> WeeklyReader:
    """The row of a reader, made where it is missing, locked: two that write take turns."""
    made = insert(WeeklyReader).values(person_id=person_id).on_conflict_do_nothing()
    uow.session.execute(made)
    mine = select(WeeklyReader).where(WeeklyReader.person_id == person_id).with_for_update()
    return uow.session.scalars(mine.execution_options(populate_existing=True)).one()
