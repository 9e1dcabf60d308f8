"""Petition of a proposal: its tables, how many signatures it needs, what stands on its sheets."""

from __future__ import annotations

from datetime import date
from typing import Any

from obshto.modules.referendum.errors import StaleReferendum, VotersUnknown
from obshto.modules.referendum.events import (
    FindingsEntered,
    SheetsPrinted,
    SignatureCorrected,
    SignatureEntered,
    SignaturesLookedAt,
)
from obshto.modules.referendum.models import PetitionSheet, Referendum, Signature
from obshto.modules.referendum.services.states import (
    CHECKING,
    COLLECTING,
    DEMAND,
    FORMED,
    IRREGULAR,
    MACHINE,
)
from obshto.modules.referendum.settings import ReferendumSettings
from obshto.platform.legal.thresholds import Threshold, threshold
from obshto.platform.petitions.acts import Petition, PetitionFacts
from obshto.platform.petitions.kinds import PetitionKind
from obshto.platform.petitions.sheets import SheetText
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

TENTH, TWENTIETH = "tenth", "twentieth"
PRINTABLE = (FORMED, COLLECTING, IRREGULAR)
ENTERABLE = (COLLECTING, IRREGULAR)
PETITION: Petition[Any, PetitionSheet, Signature] = Petition(
    part="referendum",
    kind=PetitionKind(sheet=PetitionSheet, row=Signature),
    machine=MACHINE,
    printable=PRINTABLE,
    enterable=ENTERABLE,
    checked=(CHECKING,),
    facts=PetitionFacts(
        printed=SheetsPrinted,
        entered=SignatureEntered,
        corrected=SignatureCorrected,
        found=FindingsEntered,
        looked=SignaturesLookedAt,
    ),
    stale=StaleReferendum,
    ground="ЗПУГДВМС, чл. 28; Регламент (ЕС) 2016/679, чл. 6, § 1, б. „в“",
    places_article="ЗПУГДВМС, чл. 28, ал. 2, т. 2",
)
# The paper is Bulgarian in each language of the portal: it goes to the council.
DATA_USE = (
    "Личните данни на този лист се използват само за произвеждане на референдума"
    " (ЗПУГДВМС, чл. 28, ал. 5)."
)
COLUMNS = (
    "№",
    "Име, презиме и фамилия",
    "ЕГН",
    "Постоянен адрес",
    "Подпис",
    "Забележки (придружител)",
)


def needed_of(proposal: Referendum, *, on: date) -> Threshold | None:
    """How many signatures are enough; None while nobody said how many voters there are."""
    if proposal.voters is None:
        return None
    rule = "zpu_demand_tenth" if proposal.proposer == DEMAND else "zpu_twentieth"
    return threshold(rule, base=proposal.voters, on=on, begun_on=proposal.begun_on)


def tenth_of(proposal: Referendum, settings: ReferendumSettings, *, on: date) -> Threshold | None:
    """From how many on the council must call the referendum (чл. 27, ал. 2).

    Of which day the voters are counted the text does not say: the cautious reading takes the
    larger of the numbers at the entry in the register and at the filing.
    """
    if proposal.voters is None:
        return None
    bases = [proposal.voters]
    if proposal.voters_at_filing is not None and not settings.tenth_by_entry:
        bases.append(proposal.voters_at_filing)
    return threshold("zpu_tenth", base=max(bases), on=on, begun_on=proposal.begun_on)


def ground_of(uow: UnitOfWork, proposal: Referendum, counted: int, *, on: date) -> str:
    """The share that so many signatures reach: a tenth, a twentieth, or none.

    Raises VotersUnknown.
    """
    needed = needed_of(proposal, on=on)
    tenth = tenth_of(proposal, settings_of(uow, "referendum", ReferendumSettings), on=on)
    if needed is None or tenth is None:
        raise VotersUnknown
    if not needed.is_met(counted):
        return ""
    return TENTH if tenth.is_met(counted) else TWENTIETH


def sheet_text(proposal: Referendum, unit: str) -> SheetText:
    """The paper of a proposal (чл. 28, ал. 3 – 5)."""
    return SheetText(
        title="Подписка за местен референдум",
        unit=unit,
        request="Искаме да се произведе местен референдум с въпрос:",
        question=proposal.question,
        data_use=DATA_USE,
        columns=COLUMNS,
        number="Лист №",
        help=(
            "Подписва се саморъчно, веднъж, от гласоподаватели с постоянен адрес тук. Придружител"
            " на човек със затруднено зрение или движение се записва в „Забележки“."
        ),
        foot=proposal.number or "",
    )
