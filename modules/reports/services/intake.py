"""Intake of reports: what was discussed elsewhere becomes one, in its author's name."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from flask_babel import LazyString

from obshto.modules.reports.services.own_kinds import kinds_here, own_kinds
from obshto.modules.reports.services.rules import days_of_kinds
from obshto.modules.reports.services.submission import ReportWords, send_report
from obshto.platform.cases.channels import PORTAL
from obshto.platform.modularity.intakes import HandedOn, TakenUp
from obshto.platform.unit_of_work import UnitOfWork


class ReportDesk:
    """A service request that everybody may see; who accuses somebody sends that themselves."""

    permission = None

    def kinds(self, uow: UnitOfWork) -> Mapping[str, LazyString]:
        kinds = kinds_here(own_kinds(uow))
        taken = {word: kinds[word] for word in days_of_kinds(uow)}
        return {word: kind.title for word, kind in taken.items() if not kind.is_violation}

    def take_up(self, uow: UnitOfWork, handed: HandedOn, *, request_id: UUID) -> TakenUp:
        told = ReportWords(
            kind=handed.kind,
            settlement=handed.settlement,
            words=f"{handed.title}\n{handed.text}\n{handed.origin}",
            name=handed.name,
            email=handed.email,
            phone=handed.phone,
            language=handed.language,
            channel=handed.channel,
        )
        report = send_report(uow, told, request_id=request_id)
        report.person_id = handed.person_id
        if handed.channel == PORTAL:
            report.entered_by_id, report.entered_by = uow.principal.person_id, uow.principal.name
        uow.session.flush()
        return TakenUp(
            report.number,
            f"/reports/{report.id}",
            f"/console/reports/{report.id}",
            ("reports", report.id),
        )
