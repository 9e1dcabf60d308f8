"""Fixtures of consultations: a discussion on a unit of work."""

from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple
from uuid import UUID, uuid4

import pytest
from sqlalchemy import create_engine, func, insert, inspect, select, text

from obshto.modules.consultations.models import Opinion
from obshto.modules.consultations.services.consultations import (
    ConsultationDraft,
    publish_consultation,
    write_consultation,
)
from obshto.modules.consultations.services.opinions import OpinionWords, give_opinion
from obshto.platform.cases.channels import COUNTER
from obshto.platform.db.base import new_id
from obshto.platform.notify.models import Message
from obshto.platform.notify.services import write_letters
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal

VILLAGE = "gorno-selo"
FACT = ("fact", "payload", "cause")
DRAFT = ConsultationDraft(
    kind="other",
    title="Проба на наредба",
    summary="Едно. Две. Три.",
    draft="Първи абзац.\n\nВтори абзац.",
    reasons="Защото.",
)


class Written(NamedTuple):
    """A letter as it waits in the outbox."""

    recipient: str | None
    text: str | None
    subscriber_id: UUID | None
    channel: str
    fact: str


class Discussion:
    """A consultation on a unit of work, and what is said on it."""

    def __init__(self, uow):
        self.uow = uow

    def written(self, **changed):
        row = write_consultation(self.uow, replace(DRAFT, **changed), request_id=uuid4())
        self.uow.session.flush()
        return row

    def opened(self, **changed):
        row = self.written(**changed)
        publish_consultation(self.uow, row, expected_version=row.version)
        self.uow.session.flush()
        return row

    def said(self, row, words="Да", *, request_id=None, **changed):
        told = OpinionWords(
            **{"words": words, "author": "Проба Авторова", "channel": COUNTER, **changed}
        )
        opinion = give_opinion(self.uow, row.id, told, request_id=request_id or uuid4())
        self.uow.session.flush()
        return opinion

    def over(self, row):
        row.closes_at = self.uow.now - timedelta(seconds=1)
        self.uow.session.flush()
        return row


@pytest.fixture
def clerk(sign_in):
    return sign_in(VILLAGE, Role.SECRETARY).person_id


@pytest.fixture
def uow(uow_in, clerk):
    with uow_in(VILLAGE) as begun:
        object.__setattr__(begun, "principal", Principal(person_id=clerk, name="Проба Служител"))
        yield begun


@pytest.fixture
def talk(uow):
    return Discussion(uow)


@pytest.fixture
def crowd(uow, talk):
    """crowd(number): a consultation that is over, with so many opinions, two and two alike."""
    common = talk.said(talk.opened(), "Първото", stance="change", paragraph=1)
    columns = [one.key for one in inspect(Opinion).column_attrs]
    kept = {name: getattr(common, name) for name in columns}

    def go(number):
        row = talk.over(talk.opened())
        told = {**kept, "consultation_id": row.id, "code_index": None, "year": row.closes_at.year}
        first = (uow.session.scalar(select(func.max(Opinion.sequence))) or 0) + 1
        rows = [
            {
                **told,
                **{"id": new_id(), "request_id": uuid4(), "sequence": first + n},
                "words": f"дърво{n // 2} пейка{n // 2} чешма{n // 2}",
            }
            for n in range(number)
        ]
        uow.session.execute(insert(Opinion), rows)
        uow.session.expire_all()
        return row

    return go


@pytest.fixture
def begin_talk():
    """begin_talk(uow): the same on a unit of work that the test begins and commits itself."""
    return Discussion


@pytest.fixture
def switched_on(house, config):
    engine = create_engine(config.migrator)
    with engine.begin() as connection:
        connection.execute(text("UPDATE shared.tenant SET modules = array['consultations']"))
    engine.dispose()


@pytest.fixture
def letters(uow_in, queued):
    """letters(): each letter that has been written until now, in order, written once."""
    written = set()

    def go():
        with uow_in(VILLAGE) as uow:
            for _, args in queued():
                if "fact" in args and args["cause"] not in written:
                    written.add(args["cause"])
                    write_letters(uow, **{name: args[name] for name in FACT})
            uow.commit()
        with uow_in(VILLAGE) as uow:
            sent = uow.session.scalars(select(Message).order_by(Message.id))
            return [
                Written(it.recipient, it.text, it.subscriber_id, it.channel, it.fact) for it in sent
            ]

    return go
