"""The books, as the finance office reads them."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request
from flask_babel import lazy_gettext as _

from obshto.billing.finance.services import owed_in_all, posting_rows, whole
from obshto.billing.ledger.accounts import NAMED, Account
from obshto.billing.ledger.services import between, postings, turnovers
from obshto.billing.permissions import BillingPermission
from obshto.platform.clock import today
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.requested_days import A_MONTH, days_asked

books = Blueprint("books", __name__)
HEAD = (
    _("Кога"),
    _("Дебит"),
    _("Кредит"),
    _("Сума"),
    _("Задължение"),
    _("Основание"),
)


@books.get("/")
@requires(BillingPermission.SEE)
def index() -> str:
    """Every account, whether all fits together, the last postings."""
    uow = current_uow()
    account = NAMED.get(request.args.get("account", ""))
    found = turnovers(uow)
    owed = next(t.balance for t in found if t.account is Account.RECEIVABLE)
    return render_template(
        "billing/ledger.html",
        turnovers=found,
        is_whole=sum(t.balance for t in found) == 0 and owed == owed_in_all(uow),
        account=account,
        accounts={one.value: one.label for one in Account},
        page=paginate(uow.session, postings(account=account), page_number()),
        first=today() - A_MONTH,
        last=today(),
    )


@books.get("/postings.csv")
@requires(BillingPermission.SEE)
def postings_file() -> Response:
    """The postings of some days; a month where no days are given. Raises TooManyRows."""
    found = whole(current_uow(), between(*days_asked()))
    return csv_file("postings.csv", HEAD, posting_rows(found))
