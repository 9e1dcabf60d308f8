"""Copies of all that is known of a person, put together by a job, encrypted, gone in a month."""

from __future__ import annotations

import json
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete

from obshto.modules.personaldata.events import CopyAssembled
from obshto.modules.personaldata.models import DataCopy
from obshto.modules.personaldata.services.account_links import linked_with
from obshto.modules.personaldata.services.queries import has_copy, request_of
from obshto.modules.personaldata.services.states import OPEN, note, record
from obshto.platform.unit_of_work import UnitOfWork
from obshto.tenants.api import copy_of, person_of

KEPT = timedelta(days=30)


def assemble_copy(uow: UnitOfWork, *, case_id: str) -> None:
    """Job: what every part exports, with the looks; twice is once."""
    row = request_of(uow, UUID(case_id), to_change=True)
    if row.person_id is None or row.behalf or row.state not in OPEN or has_copy(uow, row):
        return
    told = dict(copy_of(uow, person_of(row.person_id)))
    if others := linked_with(uow, row.person_id):
        told["other_accounts"] = [copy_of(uow, person_of(one)) for one in others]
    body = json.dumps(told, ensure_ascii=False, indent=2)
    uow.session.execute(delete(DataCopy).where(DataCopy.case_id == row.id))
    made = DataCopy(case_id=row.id, body=body, made_at=uow.now, until=uow.now + KEPT)
    uow.session.add(made)
    note(uow, row, "assembled", by_staff=False)
    record(uow, row, CopyAssembled)


def forget_copies(uow: UnitOfWork) -> None:
    """Job: after a month a copy is gone; the person asks for a new one."""
    uow.session.execute(delete(DataCopy).where(DataCopy.until < uow.now))
