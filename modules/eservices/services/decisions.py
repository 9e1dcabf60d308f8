"""Deciding: a document is issued in the words of its template, or refused with reasons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from obshto.modules.eservices.errors import (
    NeedsApprovals,
    NeedsSecond,
    NotPaidYet,
    NotYours,
    StaleVersion,
    StillMissing,
)
from obshto.modules.eservices.models import Case, IssuedDocument
from obshto.modules.eservices.services.definition_tests import values_of
from obshto.modules.eservices.services.dogs.queries import DOG, number_for
from obshto.modules.eservices.services.dogs.register import enter_dog
from obshto.modules.eservices.services.fees import fee_of, let_go, lower_for_delay
from obshto.modules.eservices.services.numbers import OUTGOING, next_number
from obshto.modules.eservices.services.offers import offer_of
from obshto.modules.eservices.services.official_names import official_names, official_title
from obshto.modules.eservices.services.official_text import filled, plain
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.published_acts import publish_act
from obshto.modules.eservices.services.seal_move import move_seals
from obshto.modules.eservices.services.states import (
    ISSUE,
    ISSUED,
    REFUSE,
    REFUSED,
    CaseTransition,
    move,
    procedure_of,
)
from obshto.modules.eservices.services.validity import valid_until
from obshto.modules.eservices.settings import ServicesSettings
from obshto.platform.cases.codes import grouped
from obshto.platform.clock import day_of
from obshto.platform.db.base import new_id
from obshto.platform.documents.services import new_code, write_file
from obshto.platform.documents.sheets import DocumentSheet, Piece, written
from obshto.platform.entity import expect_version
from obshto.platform.questionnaires.answers import counting, missing
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork

REFUSAL = "Отказ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """What is to be printed, before it has a number."""

    title: str
    lines: Sequence[Sequence[Piece]]
    is_refusal: bool
    valid_until: date | None


def document_text(
    uow: UnitOfWork, case: Case, official: Mapping[str, str], *, clerk: str = ""
) -> Text:
    """The document as it would be issued now: the clerk sees it before deciding.

    `clerk` is who prepared it, where that is somebody else than who asks.
    """
    definition = definition_behind(case)
    document, today = definition.document, day_of(uow.now)
    values = values_of(definition, case.read(), official, _known(uow, case, clerk))
    return Text(
        title=document.title,
        lines=filled(document.lines, values),
        is_refusal=False,
        valid_until=valid_until(document, {**case.read(), **official}, today),
    )


def refusal_text(uow: UnitOfWork, case: Case, reasons: str) -> Text:
    """A refusal: what was asked, why not, before whom and until when it is appealed.

    АПК чл. 59, ал. 2; ДОПК чл. 91. Official words, so Bulgarian.
    """
    definition, procedure = definition_behind(case), procedure_of(case)
    said = [
        official_title(uow),
        "ОТКАЗ",
        f"по заявление вх. № {case.number} от {written(day_of(case.sent_at))}",
        f"за „{definition.official_title}“",
        f"Заявител: {case.applicant}",
        f"На основание {procedure['refuse']} общината отказва исканото по следните причини:",
        *reasons.split("\n"),
        *procedure["appeal"],
        f"{definition.document.signed_by}: {_official(uow, case)}",
        "(подпис)",
    ]
    return Text(
        title=f"{REFUSAL}: {definition.official_title}",
        lines=[[Piece(words)] for words in said if words.strip()],
        is_refusal=True,
        valid_until=None,
    )


def issue_document(
    uow: UnitOfWork, case: Case, official: Mapping[str, str], *, expected_version: int
) -> None:
    """Issue it under the next outgoing number. Nothing is done where it is issued already.

    Raises StaleVersion, NotFromHere, NotYours, NotPaidYet, NeedsSecond, NeedsApprovals,
    StillMissing.
    """
    if case.state == ISSUED:
        return
    _may_decide(uow, case, expected_version)
    if waits_for_money(uow, case):
        raise NotPaidYet
    if missing(definition_behind(case).document.fields, official):
        raise StillMissing
    decide(uow, case, ISSUE, document_text(uow, case, official), official)


def waits_for_money(uow: UnitOfWork, case: Case) -> bool:
    """Whether the fee comes first here, and has not come."""
    fee = fee_of(uow, case) if case.pays_first else None
    return fee is not None and fee.is_open


def refuse_case(uow: UnitOfWork, case: Case, reasons: str, *, expected_version: int) -> None:
    """Refuse with reasons.

    Raises StaleVersion, NotFromHere, NotYours, NeedsSecond, NeedsApprovals.
    """
    if case.state == REFUSED:
        return
    _may_decide(uow, case, expected_version)
    decide(uow, case, REFUSE, refusal_text(uow, case, reasons))


def _may_decide(uow: UnitOfWork, case: Case, expected_version: int) -> None:
    expect_version(case, expected_version, StaleVersion)
    if case.assignee_id != uow.principal.person_id:
        raise NotYours
    if definition_behind(case).approvals:
        raise NeedsApprovals
    if case.needs_second:
        raise NeedsSecond


def decide(
    uow: UnitOfWork,
    case: Case,
    way: CaseTransition,
    text: Text,
    official: Mapping[str, str] | None = None,
) -> None:
    """Print it under the next outgoing number; the case is at its end. Raises NotFromHere.

    What a register says of it is written in the same transaction, out of the answers of the
    applicant and those of the `official`.
    """
    move(uow, case, way)
    if text.is_refusal:
        let_go(uow, case)
    else:
        lower_for_delay(uow, case, due_on=case.due_on)
        answers = counting(definition_behind(case).questions, case.read())
        enter_dog(uow, case, answers, official or {})
    case.days_late = max(0, (day_of(uow.now) - case.due_on).days) if case.due_on else None
    case.ended_at, case.due_on = uow.now, None
    document = print_document(uow, case, text)
    if not text.is_refusal:
        publish_act(uow, case, official or {}, document)


def print_document(
    uow: UnitOfWork, case: Case, text: Text, *, replaces: IssuedDocument | None = None
) -> IssuedDocument:
    """The document under the next outgoing number. Raises CannotBePrinted."""
    settings = settings_of(uow, "eservices", ServicesSettings)
    code, (year, sequence) = new_code(), next_number(uow, OUTGOING)
    row = IssuedDocument(
        id=new_id(),
        case_id=case.id,
        code=code,
        year=year,
        sequence=sequence,
        title=text.title,
        is_refusal=text.is_refusal,
        is_trial=not settings.is_live,
        issued_at=uow.now,
        valid_until=text.valid_until,
        replaces_id=replaces.id if replaces else None,
    )
    move_seals(uow)
    write_file(uow, row, _sheet(uow, row, text, replaces))
    row.keep_text("\n".join(plain(text.lines)))
    uow.session.add(row)
    return row


def _sheet(
    uow: UnitOfWork, row: IssuedDocument, text: Text, replaces: IssuedDocument | None
) -> DocumentSheet:
    foot = [
        f"Изх. № {row.number} от {written(day_of(row.issued_at))}",
        f"Код за проверка: {grouped(row.code)}",
        f"Проверете документа на {uow.scope.address}/eservices/verify",
    ]
    if replaces:
        day = written(day_of(replaces.issued_at))
        foot.append(f"Издаден на мястото на изх. № {replaces.number} от {day}, който не важи")
    if row.valid_until:
        foot.append(f"Валиден до {written(row.valid_until)}")
    return DocumentSheet(
        title=text.title,
        municipality=official_title(uow),
        lines=text.lines,
        foot=foot,
        check_url=check_url(uow, row),
        is_trial=row.is_trial,
    )


def check_url(uow: UnitOfWork, row: IssuedDocument) -> str:
    """Where anybody checks the document: the address in its QR code."""
    return f"{uow.scope.address}/eservices/verify/{row.code}"


def _known(uow: UnitOfWork, case: Case, clerk: str) -> dict[str, str]:
    return {
        **official_names(uow),
        "entry_number": case.number,
        "date": written(day_of(case.sent_at)),
        "issued_on": written(day_of(uow.now)),
        "official_name": _official(uow, case),
        "clerk_name": clerk or uow.principal.name,
        **_in_register(uow, case),
    }


def _in_register(uow: UnitOfWork, case: Case) -> dict[str, str]:
    """The number in the register, where the official does not write one."""
    fields = definition_behind(case).document.fields
    if case.service != DOG or "register_no" in fields:
        return {}
    return {"register_no": number_for(uow, case)}


def _official(uow: UnitOfWork, case: Case) -> str:
    offer = offer_of(uow, case.service)
    return (offer.official if offer else "") or uow.principal.name
