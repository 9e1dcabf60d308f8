"""Contract of a project out of an OCDS file: each one is judged, one that is whole is taken."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from flask_babel import LazyString, gettext
from flask_babel import lazy_gettext as _

from obshto.modules.projects.errors import RowsWrong, StaleVersion
from obshto.modules.projects.models import Project
from obshto.modules.projects.services.accounts import EARLIEST, LINE
from obshto.modules.projects.services.amounts import BGN, CURRENCIES, EURO_DAY, MOST, Amount
from obshto.modules.projects.services.edits import ProjectDetails, details_of, edit_project, text_of
from obshto.platform.clock import day_of
from obshto.platform.storage.ocds_contracts import OcdsContract
from obshto.platform.unit_of_work import UnitOfWork

NUMBER, ADDRESS = 80, 300  # characters that the columns of a project take
LABELS: Mapping[str, LazyString] = {
    "number": _("Номер на договора"),
    "suppliers": _("Изпълнител"),
    "signed": _("Дата на договора"),
    "amount": _("Стойност на договора"),
    "status": _("Състояние"),
}
NOT_IN_FORCE: Mapping[str, LazyString] = {
    "pending": _("Договорът още не е сключен"),
    "cancelled": _("Договорът е отменен, преди да се сключи"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractTerms:
    """What a project keeps of a contract. `url` is empty where the file names no page."""

    number: str
    contractor: str
    signed_on: date
    amount: Amount
    url: str
    ocid: str = ""

    def put_into(self, details: ProjectDetails) -> ProjectDetails:
        """The same project with this contract."""
        return replace(
            details,
            contractor=self.contractor,
            contract_number=self.number,
            contract_on=self.signed_on,
            contract=self.amount,
            contract_url=self.url or details.contract_url,
            contract_ocid=self.ocid,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedContract:
    """A contract by its place in the file, from 1; `wrong` says what of it cannot be taken."""

    row: int
    told: OcdsContract
    wrong: tuple[tuple[str, str], ...]
    terms: ContractTerms | None


def judged_contracts(contracts: Sequence[OcdsContract], *, today: date) -> list[JudgedContract]:
    """Each one with all that is wrong with it."""
    return [_judge(row, told, today) for row, told in enumerate(contracts, 1)]


def _judge(row: int, told: OcdsContract, today: date) -> JudgedContract:
    wrong: dict[str, str] = {}
    contractor = ", ".join(told.suppliers)
    for name, text, most in (("number", told.number, NUMBER), ("suppliers", contractor, LINE)):
        if not text:
            wrong[name] = gettext("Липсва във файла")
        elif len(text) > most:
            wrong[name] = gettext(
                "По-дълго е от %(n)s знака: напишете го съкратено на ръка", n=most
            )
    if told.status in NOT_IN_FORCE:
        wrong["status"] = str(NOT_IN_FORCE[told.status])
    signed_on = _signed_on(told.signed, today, wrong)
    amount = _amount(told, signed_on, wrong)
    terms = None
    if signed_on and amount and not wrong:
        url = told.url if len(told.url) <= ADDRESS else ""
        terms = ContractTerms(
            number=told.number,
            contractor=contractor,
            signed_on=signed_on,
            amount=amount,
            url=url,
            ocid=told.ocid if len(told.ocid) <= LINE else "",
        )
    in_order = tuple((name, wrong[name]) for name in LABELS if name in wrong)
    return JudgedContract(row=row, told=told, wrong=in_order, terms=terms)


def _signed_on(told: str, today: date, wrong: dict[str, str]) -> date | None:
    try:
        moment = datetime.fromisoformat(told)
    except ValueError:
        missing, unclear = gettext("Липсва във файла"), gettext("Това не е дата")
        wrong["signed"] = unclear if told else missing
        return None
    day = day_of(moment) if moment.tzinfo else moment.date()
    if day.year < EARLIEST:
        wrong["signed"] = gettext("Проверете годината: %(year)s", year=day.year)
    elif day > today:
        wrong["signed"] = gettext("Тази дата още не е дошла")
    else:
        return day
    return None


def _amount(told: OcdsContract, signed_on: date | None, wrong: dict[str, str]) -> Amount | None:
    try:
        given = Decimal(told.amount) * 100
        whole = given == given.to_integral_value()
    except ArithmeticError:
        whole = False
    if not told.amount:
        wrong["amount"] = gettext("Липсва във файла")
    elif not whole or not 0 < given <= MOST:
        wrong["amount"] = gettext("Това не е сума до стотинка, по-голяма от нула")
    elif told.currency not in CURRENCIES:
        wrong["amount"] = gettext("Не е в евро или в лева")
    elif told.currency == BGN and signed_on and signed_on >= EURO_DAY:
        wrong["amount"] = gettext("От 1 януари 2026 г. се плаща в евро, а не в лева")
    else:
        return Amount(int(given), told.currency)
    return None


def packed_contracts(contracts: Sequence[OcdsContract]) -> str:
    """What travels with the form from the preview to the decision."""
    return json.dumps([asdict(one) for one in contracts], ensure_ascii=False)


def unpacked_contracts(text: str) -> list[OcdsContract]:
    """The contracts that were packed. Raises ValueError, TypeError, KeyError for what never was."""
    return [OcdsContract.of(one) for one in json.loads(text)]


def take_contract(
    uow: UnitOfWork, project: Project, terms: ContractTerms | None, *, expected_version: int
) -> None:
    """The project gets this contract and its contractor; all of it or nothing.

    Raises RowsWrong where the contract is not whole, StaleVersion.
    """
    if terms is None:
        raise RowsWrong
    details = terms.put_into(details_of(project))
    if details != details_of(project) and project.version != expected_version:
        raise StaleVersion(who=project.changed_by)
    edit_project(uow, project, text_of(project), details, expected_version=expected_version)
