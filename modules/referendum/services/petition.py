"""Petition of a proposal: its tables, how many signatures it needs, what stands on its sheets."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from obshto.modules.referendum.errors import (
    ReferendumNotFromHere,
    StaleReferendum,
    VotersUnknown,
)
from obshto.modules.referendum.events import (
    FindingsEntered,
    SheetsPrinted,
    SignatureCorrected,
    SignatureEntered,
)
from obshto.modules.referendum.models import (
    PetitionSheet,
    Referendum,
    Signature,
)
from obshto.modules.referendum.services.states import (
    CHECKING,
    COLLECTING,
    DEMAND,
    FORMED,
    IRREGULAR,
    STATES,
)
from obshto.modules.referendum.settings import ReferendumSettings
from obshto.platform.legal.thresholds import Threshold, threshold
from obshto.platform.petitions.counts import Counts, counts_of
from obshto.platform.petitions.kinds import PetitionKind
from obshto.platform.petitions.sheets import SheetText, add_sheets
from obshto.platform.petitions.signatures import (
    Place,
    SignatureWords,
    correct_signature,
    enter_findings,
    enter_signature,
)
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

KIND = PetitionKind(sheet=PetitionSheet, row=Signature)
TENTH, TWENTIETH = "tenth", "twentieth"
PRINTABLE = (FORMED, COLLECTING, IRREGULAR)
ENTERABLE = (COLLECTING, IRREGULAR)
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


def counts(uow: UnitOfWork, proposal: Referendum) -> Counts:
    """How many rows the petition has, how many count. One query."""
    return counts_of(uow, KIND, proposal.id)


def needed_of(proposal: Referendum, *, on: date) -> Threshold | None:
    """How many signatures are enough; None while nobody said how many voters there are."""
    if proposal.voters is None:
        return None
    rule = "zpu_demand_tenth" if proposal.proposer == DEMAND else "zpu_twentieth"
    return threshold(rule, base=proposal.voters, on=on)


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
    return threshold("zpu_tenth", base=max(bases), on=on)


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


def print_sheets(
    uow: UnitOfWork, proposal: Referendum, count: int, *, request_id: UUID
) -> Sequence[int]:
    """Number new sheets. Raises ReferendumNotFromHere, TooManySheets."""
    _expect(proposal, PRINTABLE)
    numbers = add_sheets(uow, KIND, proposal.id, count, request_id=request_id)
    uow.emit(SheetsPrinted(subject_id=proposal.id, number=proposal.number))
    return numbers


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


def enter_row(
    uow: UnitOfWork,
    proposal: Referendum,
    words: SignatureWords,
    *,
    place: Place,
    request_id: UUID,
) -> Signature:
    """Enter a line from paper. Raises ReferendumNotFromHere, NoSuchSheet, NoSuchLine, LineTaken."""
    _expect(proposal, ENTERABLE)
    row = enter_signature(uow, KIND, proposal.id, words, place=place, request_id=request_id)
    uow.emit(SignatureEntered(subject_id=proposal.id, number=proposal.number))
    return row


def correct_row(
    uow: UnitOfWork,
    proposal: Referendum,
    row: Signature,
    words: SignatureWords,
    *,
    expected_version: int,
) -> None:
    """Mend a line. Raises ReferendumNotFromHere, StaleSignature."""
    _expect(proposal, ENTERABLE)
    correct_signature(uow, KIND, row, words, expected_version=expected_version)
    uow.emit(SignatureCorrected(subject_id=proposal.id, number=proposal.number))


def enter_protocol(
    uow: UnitOfWork,
    proposal: Referendum,
    not_voters: Sequence[Place],
    *,
    confirms_rest: bool,
    expected_version: int,
) -> None:
    """The protocol's findings, line by line; the same again changes nothing that counts.

    Raises StaleReferendum, ReferendumNotFromHere, NotEntered.
    """
    if proposal.version != expected_version:
        raise StaleReferendum
    _expect(proposal, (CHECKING,))
    enter_findings(uow, KIND, proposal.id, not_voters, confirms_rest=confirms_rest)
    uow.emit(FindingsEntered(subject_id=proposal.id, number=proposal.number))


def _expect(proposal: Referendum, states: Sequence[str]) -> None:
    if proposal.state not in states:
        raise ReferendumNotFromHere(state=STATES[proposal.state])
