"""The council as whoever hands it on to programs meets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from obshto.modules.council.models import (
    CommitteeSeat,
    Inquiry,
    SessionAttendance,
    SessionMaterial,
)
from obshto.modules.council.services.members import committees, councillors
from obshto.platform.clock import day_of
from obshto.platform.modularity.council_publication import (
    PublishedCouncil,
    PublishedFile,
    PublishedInquiry,
    PublishedMember,
    PublishedSeat,
)
from obshto.platform.storage.models import StoredFile
from obshto.platform.unit_of_work import UnitOfWork


class CouncilPublisher:
    """Supplies `CouncilPublication`."""

    def council(self, uow: UnitOfWork) -> PublishedCouncil:
        noted = uow.session.scalars(select(SessionAttendance))
        return PublishedCouncil(
            members=_members(uow),
            committees={row.id: row.title for row in committees(uow)},
            seats=_seats(uow),
            materials=_materials(uow),
            present={row.session_id: [UUID(one) for one in row.present] for row in noted},
            inquiries=_inquiries(uow),
        )


def _members(uow: UnitOfWork) -> list[PublishedMember]:
    return [
        PublishedMember(
            id=row.id,
            name=row.name,
            party=row.party,
            contact=row.contact,
            is_chair=row.is_chair,
            begins_on=row.begins_on,
            ends_on=row.ends_on,
            path=row.path,
        )
        for row in councillors(uow)
    ]


def _seats(uow: UnitOfWork) -> list[PublishedSeat]:
    return [
        PublishedSeat(
            id=row.id,
            committee_id=row.committee_id,
            member_id=row.councillor_id,
            is_chair=row.is_chair,
            begins_on=row.begins_on,
            ends_on=row.ends_on,
        )
        for row in uow.session.scalars(select(CommitteeSeat).order_by(CommitteeSeat.id))
    ]


def _materials(uow: UnitOfWork) -> Mapping[UUID, Sequence[PublishedFile]]:
    rows = select(SessionMaterial, StoredFile)
    rows = rows.join(StoredFile, StoredFile.id == SessionMaterial.file_id)
    found: dict[UUID, list[PublishedFile]] = {}
    for row, stored in uow.session.execute(rows.order_by(SessionMaterial.id)):
        path = f"/council/materials/{row.id}"
        told = PublishedFile(
            id=row.id,
            title=row.title,
            mime=stored.mime,
            name=stored.name,
            size=stored.size,
            path=f"{path}?inline=1",
            download=path,
            page=f"/council/sessions/{row.session_id}",
            on=day_of(row.added_at),
        )
        found.setdefault(row.item_id, []).append(told)
    return found


def _inquiries(uow: UnitOfWork) -> list[PublishedInquiry]:
    return [
        PublishedInquiry(
            id=row.id,
            member_id=row.councillor_id,
            title=row.title,
            asked_on=row.asked_on,
            text="\n\n".join(filter(None, (row.words, row.answer))),
            path=row.path,
        )
        for row in uow.session.scalars(select(Inquiry).order_by(Inquiry.id))
    ]
