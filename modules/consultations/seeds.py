"""Demonstration consultations: one open, one with a published outcome, one that waits, a draft."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from obshto.modules.consultations.models import Consultation, Opinion
from obshto.modules.consultations.services.answers import (
    AnswerWords,
    answer_opinions,
    publish_outcome,
)
from obshto.modules.consultations.services.consultations import (
    ConsultationDraft,
    publish_consultation,
    write_consultation,
)
from obshto.modules.consultations.services.documents import add_document
from obshto.modules.consultations.services.filters import OpinionFilter
from obshto.modules.consultations.services.groups import propose_groups
from obshto.modules.consultations.services.invitations import invite
from obshto.modules.consultations.services.kinds import DOCUMENT, PICTURE
from obshto.modules.consultations.services.moderation import flag_opinion
from obshto.modules.consultations.services.opinions import GivenFile, OpinionWords, give_opinion
from obshto.modules.consultations.services.table import set_table
from obshto.modules.consultations.services.versions import VersionWords, publish_version
from obshto.modules.consultations.services.waves import hide_wave
from obshto.platform.cases.channels import COUNTER
from obshto.platform.clock import day_of
from obshto.platform.moderation.rules import ADVERTISING, OFF_TOPIC
from obshto.platform.moderation.services import Reason
from obshto.platform.storage.samples import sample_picture
from obshto.platform.unit_of_work import UnitOfWork

DATA = Path(__file__).parent / "data"
LASTED = timedelta(days=24)


def seed(uow: UnitOfWork) -> None:
    """Their request ids are made of their keys, so seeding twice is harmless."""
    for told in _all():
        key = uuid5(NAMESPACE_URL, f"consultations/{told['key']}")
        row = write_consultation(uow, _draft(uow, told), request_id=key)
        if row.published_at is None:
            _attach(uow, row, told, key)
            _invite(uow, row, told.get("invited", ()), key)
            if "days_ago" in told:
                _discuss(uow, row, told, key)


def _attach(uow: UnitOfWork, row: Consultation, told: Mapping[str, Any], key: UUID) -> None:
    texts, pictures = told.get("documents", {}), told.get("pictures", ())
    for title, text in texts.items():
        add_document(
            uow,
            row,
            BytesIO(text.encode()),
            name=f"{title}.csv",
            title=title,
            role=DOCUMENT,
            request_id=uuid5(key, title),
        )
    for text in pictures:
        once, added = uuid5(key, text), {"title": text, "role": PICTURE}
        add_document(uow, row, sample_picture(), name="snimka.png", request_id=once, **added)


def _invite(uow: UnitOfWork, row: Consultation, names: Sequence[str], key: UUID) -> None:
    """Organisations whose addresses lead nowhere (RFC 2606)."""
    for number, name in enumerate(names):
        email, once = f"proba{number}@example.invalid", uuid5(key, name)
        invite(uow, row, name=name, email=email, request_id=once)


def _draft(uow: UnitOfWork, told: Mapping[str, Any]) -> ConsultationDraft:
    days = told.get("days_ago")
    last = day_of(uow.now) - timedelta(days=days + 1) if days else None
    return ConsultationDraft(**told["draft"], closes_on=last)


def plant(uow: UnitOfWork, mark: str) -> None:
    """A draft with that number, which is never published: whoever finds it found a leak."""
    told = ConsultationDraft(
        kind="other",
        title=f"Контролна чернова {mark}",
        summary="С нея ИТ екипът проверява, че никой не вижда чужди данни. Не я публикувайте.",
        draft="Контролен текст.",
        reasons="Проверка.",
    )
    write_consultation(uow, told, request_id=uuid5(NAMESPACE_URL, mark))


def _discuss(uow: UnitOfWork, row: Consultation, told: Mapping[str, Any], key: UUID) -> None:
    """As if it had been published some weeks before its end, with all that came in time."""
    ended = uow.now - timedelta(days=told["days_ago"])
    then = replace(uow, now=ended - LASTED if told["days_ago"] else uow.now)
    uow.session.flush()
    publish_consultation(then, row, expected_version=row.version)
    given = [
        _said(then, row, opinion, uuid5(key, f"{number}"))
        for number, opinion in enumerate(told.get("opinions", ()))
    ]
    uow.session.flush()
    if told["days_ago"]:
        row.told_closed_at = uow.now
    elif given:  # a reader says that it is told in the wrong place
        flag_opinion(uow, given[-1], OFF_TOPIC, request_id=uuid5(key, "flag"))
        _hide(uow, row, told, given, key)
    _answer(uow, row, told, given, key)
    if "outcome" in told:
        outcome, changes = told["outcome"]
        version = row.version
        told_so = {"outcome": outcome, "changes": changes, "knows_untied": True}
        publish_outcome(uow, row, **told_so, expected_version=version)
        uow.session.flush()
        set_table(uow, row.id)


def _hide(
    uow: UnitOfWork,
    row: Consultation,
    told: Mapping[str, Any],
    given: Sequence[Opinion],
    key: UUID,
) -> None:
    """Those of a wave, by one act."""
    pairs = zip(told["opinions"], given, strict=True)
    ids = [opinion.id for said, opinion in pairs if said.get("wave")]
    why = Reason(rule=ADVERTISING, words=told["wave"])
    hide_wave(uow, row.id, OpinionFilter(ids=ids), why, request_id=uuid5(key, "wave"))


def _answer(
    uow: UnitOfWork,
    row: Consultation,
    told: Mapping[str, Any],
    given: Sequence[Opinion],
    key: UUID,
) -> None:
    """After the end: answers, groups of what still waits, the text that came of it."""
    for number, opinion in enumerate(told.get("opinions", ())):
        if "answer" in opinion:
            said = AnswerWords(**dict(zip(("outcome", "reason"), opinion["answer"], strict=True)))
            once = uuid5(key, f"answer/{number}")
            answer_opinions(uow, row.id, [given[number].id], said, request_id=once)
    uow.session.flush()
    if told["days_ago"]:
        propose_groups(uow, consultation_id=row.id)
    if version := told.get("version"):
        moved = {int(at): [given[number].number] for at, number in version["because"].items()}
        text = VersionWords(lines=version["lines"], origins={}, because=moved, follows=1)
        publish_version(uow, row.id, text, request_id=uuid5(key, "version"))
        uow.session.flush()


def _said(uow: UnitOfWork, row: Consultation, told: Mapping[str, Any], request_id: UUID) -> Opinion:
    words = OpinionWords(author="Проба Пробова", channel=COUNTER, **told["said"])
    text = told.get("file")
    file = GivenFile(BytesIO(text.encode()), "stanovishte.txt") if text else None
    return give_opinion(uow, row.id, words, request_id=request_id, file=file)


@cache
def _all() -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads((DATA / "demo.json").read_text("utf-8"))
    return told
