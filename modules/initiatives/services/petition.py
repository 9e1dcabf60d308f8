"""Petition of an initiative: its tables, when it is open, what stands on its sheets."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from sqlalchemy import select

from obshto.modules.initiatives import events
from obshto.modules.initiatives.errors import StaleInitiative
from obshto.modules.initiatives.models import (
    Initiative,
    InitiativeMember,
    InitiativeSheet,
    InitiativeSignature,
    number_of,
)
from obshto.modules.initiatives.services.states import (
    CHECKING,
    COLLECTING,
    COUNCIL,
    MACHINE,
    MAYOR,
    VILLAGE_MAYOR,
)
from obshto.platform.modularity.manifest import LookedAt
from obshto.platform.petitions.acts import Petition, PetitionFacts
from obshto.platform.petitions.kinds import PetitionKind
from obshto.platform.petitions.sheets import SheetText
from obshto.platform.unit_of_work import UnitOfWork

PETITION: Petition[Any, InitiativeSheet, InitiativeSignature] = Petition(
    part="initiatives",
    kind=PetitionKind(sheet=InitiativeSheet, row=InitiativeSignature),
    machine=MACHINE,
    printable=(COLLECTING,),
    enterable=(COLLECTING,),
    checked=(CHECKING,),
    facts=PetitionFacts(
        printed=events.InitiativeSheetsPrinted,
        entered=events.InitiativeRowEntered,
        corrected=events.InitiativeRowCorrected,
        found=events.InitiativeFindingsEntered,
        looked=events.InitiativeRowsLookedAt,
    ),
    stale=StaleInitiative,
    ground="ЗПУГДВМС, чл. 49 и 51; Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“",
    places_article="ЗПУГДВМС, чл. 47, ал. 2",
    address_label=_("Постоянен или настоящ адрес"),
)
# The paper is Bulgarian in each language of the portal: it goes to the municipality.
REQUESTS: Mapping[str, str] = {
    COUNCIL: "Предлагаме на общинския съвет:",
    MAYOR: "Предлагаме на кмета на общината:",
    VILLAGE_MAYOR: "Предлагаме на кмета на кметството:",
}
COLUMNS = (
    *("№", "Име, презиме и фамилия", "ЕГН", "Постоянен или настоящ адрес", "Подпис"),
    "Забележки (придружител)",
)


def sheet_text(initiative: Initiative, unit: str) -> SheetText:
    """The paper of an initiative (чл. 49)."""
    return SheetText(
        title="Подписка за местна гражданска инициатива",
        unit=unit,
        request=REQUESTS[initiative.addressee],
        question=initiative.question,
        data_use=(
            "Личните данни на този лист се използват само за гражданската инициатива"
            " (ЗПУГДВМС, чл. 49, ал. 4)."
        ),
        columns=COLUMNS,
        number="Лист №",
        help=(
            "Подписва се саморъчно, веднъж, от граждани с избирателни права и постоянен или настоящ"
            " адрес тук. Придружител на човек със затруднено зрение или движение се записва в"
            " „Забележки“."
        ),
        foot=initiative.number,
    )


def described(uow: UnitOfWork, ids: Collection[UUID]) -> Mapping[UUID, LookedAt]:
    """The petitions and seats of committees among these ids, by what they propose.

    Who signed reads the number of what is hidden. One query.
    """
    told = Initiative.question, Initiative.hidden_at, Initiative.year, Initiative.sequence
    own = select(Initiative.id, *told).where(Initiative.id.in_(ids))
    seats = select(InitiativeMember.id, *told).join(
        Initiative, Initiative.id == InitiativeMember.petition_id
    )
    rows = own.union_all(seats.where(InitiativeMember.id.in_(ids)))
    return {
        row.id: LookedAt(gettext("Подписка"), about=_seen(row)) for row in uow.session.execute(rows)
    }


def _seen(row: Any) -> str:
    return number_of(row.year, row.sequence) if row.hidden_at else str(row.question)
