"""The approved register as a PDF."""

from __future__ import annotations

from flask_babel import force_locale, gettext

from obshto.modules.dataprotection.models import RegisterVersion
from obshto.modules.dataprotection.services.activities import COLUMNS
from obshto.platform.clock import day_of
from obshto.platform.documents.sheets import DocumentSheet, Piece, typeset, written
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE


def register_pdf(uow: UnitOfWork, row: RegisterVersion) -> bytes:
    """The same bytes for the same version: it is dated by its approval."""
    assert row.approved_at
    with force_locale(SOURCE):
        lines = []
        for place, entry in enumerate(row.entries, start=1):
            lines.append((Piece(f"{place}. {entry['title']}"),))
            lines += [
                (Piece(f"{label}: {entry[name]}"),)
                for name, label in COLUMNS.items()
                if name != "title" and entry[name]
            ]
        day = written(day_of(row.approved_at))
        sheet = DocumentSheet(
            title=gettext("Регистър на обработването на лични данни"),
            municipality=uow.scope.title,
            lines=lines,
            foot=(f"Версия {row.number}, одобрена на {day} от {row.approved_by}",),
            check_url=f"{uow.scope.address}/dataprotection/versions/{row.number}",
            is_trial=False,
            code_says=gettext("Код към тази версия в портала"),
        )
        return typeset(sheet, at=row.approved_at)
