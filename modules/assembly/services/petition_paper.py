"""Paper of a petition for an assembly: its tables, when it is open, what stands on its sheets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.assembly import events
from obshto.modules.assembly.errors import StaleAssemblyPetition
from obshto.modules.assembly.models import AssemblyPetition, AssemblySheet, AssemblySignature
from obshto.modules.assembly.services.petition_states import (
    CHECKING,
    COLLECTING,
    PETITION_MACHINE,
)
from obshto.platform.modularity.manifest import LookedAt
from obshto.platform.petitions.acts import Petition, PetitionFacts
from obshto.platform.petitions.kinds import PetitionKind
from obshto.platform.petitions.sheets import SheetText
from obshto.platform.unit_of_work import UnitOfWork

PAPER: Petition[Any, AssemblySheet, AssemblySignature] = Petition(
    part="assembly",
    kind=PetitionKind(sheet=AssemblySheet, row=AssemblySignature),
    machine=PETITION_MACHINE,
    printable=(COLLECTING,),
    enterable=(COLLECTING,),
    checked=(CHECKING,),
    facts=PetitionFacts(
        printed=events.AssemblySheetsPrinted,
        entered=events.AssemblyRowEntered,
        corrected=events.AssemblyRowCorrected,
        found=events.AssemblyFindingsEntered,
        looked=events.AssemblyRowsLookedAt,
    ),
    stale=StaleAssemblyPetition,
    ground="ЗПУГДВМС, чл. 57; Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“",
    address_label=_("Постоянен или настоящ адрес"),
)
# The paper is Bulgarian in each language of the portal: it goes to the municipality.
COLUMNS = (
    *("№", "Име, презиме и фамилия", "ЕГН", "Постоянен или настоящ адрес", "Подпис"),
    "Забележки (придружител)",
)


def sheet_text(petition: AssemblyPetition, unit: str) -> SheetText:
    """The paper of a petition (чл. 57, ал. 3 – 4)."""
    return SheetText(
        title="Подписка за общо събрание на населението",
        unit=unit,
        request="Искаме кметът да свика общо събрание с въпроси:",
        question=petition.questions,
        data_use=(
            "Личните данни на този лист се използват само за общото събрание"
            " (ЗПУГДВМС, чл. 57, ал. 3)."
        ),
        columns=COLUMNS,
        number="Лист №",
        help=(
            "Подписва се саморъчно, веднъж, от граждани с избирателни права и постоянен или настоящ"
            " адрес тук. Придружител на човек със затруднено зрение или движение се записва в"
            " „Забележки“."
        ),
        foot=petition.number,
    )


def petitions_described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The petitions among these ids, by what they ask. One query."""
    rows = select(AssemblyPetition.id, AssemblyPetition.questions)
    return {
        row.id: LookedAt(gettext("Подписка"), about=row.questions)
        for row in uow.session.execute(rows.where(AssemblyPetition.id.in_(ids)))
    }
