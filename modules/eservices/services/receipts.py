"""The receipt of an application as a file: in Bulgarian, as all papers of the municipality are."""

from __future__ import annotations

from collections.abc import Iterator

from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services.answers import to_bring
from obshto.modules.eservices.services.attachments import papers_of
from obshto.modules.eservices.services.case_queries import term_of
from obshto.modules.eservices.services.catalogue import service_of
from obshto.modules.eservices.services.fees import fee_of
from obshto.modules.eservices.services.official_names import official_title
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.paper import filled_form
from obshto.platform.cases.codes import grouped
from obshto.platform.clock import SOFIA
from obshto.platform.documents.sheets import DocumentSheet, Piece, typeset, written
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE

# How it came, as the receipt says it.
CAME = {"portal": "през портала", "counter": "на гише", "phone": "по телефона", "post": "по пощата"}
FOLLOW = "QR код за проследяване на заявлението"


def pdf_receipt(uow: UnitOfWork, case: Case, *, code: str = "") -> bytes:
    """The file. `code` opens the case of who has no profile. Raises CannotBePrinted."""
    return typeset(receipt_sheet(uow, case, code=code), at=uow.now)


def receipt_sheet(uow: UnitOfWork, case: Case, *, code: str = "") -> DocumentSheet:
    """What came, when, under which number, by when it is answered; below it what was sent.

    It says what is known now: a term that stands still is not on it.
    """
    name, home = official_title(uow), f"{uow.scope.address}/eservices"
    said = [name, "РАЗПИСКА ЗА ПОДАДЕНО ЗАЯВЛЕНИЕ", *_facts(uow, case), "ПОДАДЕНОТО"]
    mine = case.person_id is not None
    by_code = f"с код {grouped(code)}" if code else "с кода, който получихте"
    follow = f"на {home}/mine" if mine else f"на {home}/resume {by_code}"
    return DocumentSheet(
        title=f"Разписка {case.number}",
        municipality=name,
        lines=[*([Piece(words)] for words in said), *filled_form(uow, case)],
        foot=[f"Вх. № {case.number}", f"Следете заявлението {follow}"],
        check_url=f"{home}/cases/{case.id}" if mine else f"{home}/resume",
        is_trial=False,
        code_says=FOLLOW,
    )


def _facts(uow: UnitOfWork, case: Case) -> Iterator[str]:
    came = case.sent_at.astimezone(SOFIA)
    yield f"Входящ номер: {case.number}"
    yield f"Получено: {written(came.date())}, {came:%H:%M} ч., {CAME[case.channel]}"
    if case.entered_by:
        yield f"Въведено от служител: {case.entered_by}"
    yield f"Услуга: {service_of(uow, case.service).title}"
    if case.due_on:
        yield f"Отговор до: {written(case.due_on)} ({term_of(case).article})"
    yield from _fee(uow, case)
    for paper in papers_of(uow, case):
        yield f"Приложен файл: {paper.attachment.paper}"
    for text in to_bring(definition_behind(case), case.read(), SOURCE):
        yield f"Ще поискаме да видим: {text}"


def _fee(uow: UnitOfWork, case: Case) -> Iterator[str]:
    fee = fee_of(uow, case)
    cents = fee.cents if fee else case.fee_cents
    if cents is not None:
        yield f"Такса: {cents // 100},{cents % 100:02d} €" if cents else "Такса: не се дължи"
    if fee and fee.is_open:
        yield f"Код за плащане: {fee.code}"
