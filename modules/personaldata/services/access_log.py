"""Looks at a request: the officer who opens it looks by that alone."""

from __future__ import annotations

from obshto.modules.personaldata.models import DataRequest
from obshto.modules.personaldata.services.counter_print import PART
from obshto.modules.personaldata.services.kinds import LAW
from obshto.platform.modularity.manifest import DataKind
from obshto.platform.purposes.models import RecordedLook
from obshto.platform.purposes.services import Opened, Purpose, look
from obshto.platform.purposes.subjects import Subject
from obshto.platform.unit_of_work import UnitOfWork

ANSWER = "answer"
KINDS = (DataKind.NAME, DataKind.CONTACT, DataKind.WORDS)
GROUND = f"{LAW}, чл. 12"


def look_at_request(uow: UnitOfWork, row: DataRequest) -> None:
    """Record that somebody opens who asks and what."""
    subject = Subject(
        person_id=row.person_id,
        email=row.email or "",
        phone=row.phone or "",
        name=row.applicant or "",
    )
    opened = Opened(part=PART, object_id=row.id, subject=subject)
    look(uow, opened, Purpose(word=ANSWER, kinds=KINDS, ground=GROUND))


def look_asked_about(uow: UnitOfWork, row: DataRequest) -> RecordedLook | None:
    """The look that a „why“ is about, with who it was: the officer alone sees the name."""
    if row.kind != "why" or row.about_id is None:
        return None
    return uow.session.get(RecordedLook, row.about_id)
