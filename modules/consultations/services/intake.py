"""Intake of consultations: what people asked for becomes a draft, which nobody outside sees yet."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask_babel import LazyString

from obshto.modules.consultations.permissions import ConsultationsPermission
from obshto.modules.consultations.services.consultations import (
    ConsultationDraft,
    write_consultation,
)
from obshto.modules.consultations.services.kinds import KINDS
from obshto.platform.modularity.intakes import HandedOn, TakenUp
from obshto.platform.unit_of_work import UnitOfWork


class ConsultationDesk:
    """A draft with its reasons; the text to be discussed is still to be written."""

    permission = ConsultationsPermission.WRITE

    def kinds(self, uow: UnitOfWork) -> Mapping[str, LazyString]:
        return {word: kind.title for word, kind in KINDS.items()}

    def take_up(self, uow: UnitOfWork, handed: HandedOn, *, request_id: UUID) -> TakenUp:
        draft = ConsultationDraft(
            kind=handed.kind,
            title=handed.title,
            summary=handed.text,
            draft="",
            reasons=handed.origin,
        )
        row = write_consultation(uow, draft, request_id=request_id)
        desk = f"/console/consultations/{row.id}"
        return TakenUp("", row.path, desk, ("consultations", row.id))
