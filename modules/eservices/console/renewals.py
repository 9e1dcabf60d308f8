"""Documents that end: whose holder was told, whom staff must tell, what is asked for again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import console
from obshto.modules.eservices.models import ExpiryNotice, IssuedDocument
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import renewals
from obshto.modules.eservices.services.catalogue import services
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.formats import day
from obshto.platform.web.forms import seen_here
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

HEAD = (_("Документ №"), _("Заявление №"), _("Услуга"), _("Важи до"), _("Уведомен на"), _("Как"))
WAYS = {
    "letter": _("с писмо от портала"),
    "staff": _("от служител"),
    "nobody": _("още не: няма имейл"),
}


@console.get("/expiring")
@requires(ServicesPermission.HANDLE)
def expiring() -> str:
    """What ends soon, list by list."""
    uow, chosen, service = current_uow(), _chosen(), request.args.get("service", "")
    known = services(uow)
    numbers = renewals.counts(uow, known)
    rows = renewals.expiring(uow, chosen, service, known=known)
    total = None if service else numbers[chosen]
    page = paginate(uow.session, rows, page_number(), total=total)
    about = {"chosen": chosen, "service": service, "counts": numbers, "services": known}
    return render_template(
        "eservices/expiring.html", page=page, ways=WAYS, **about, **_beside(page.rows, known)
    )


def _beside(rows: Sequence[IssuedDocument], known: renewals.Known) -> dict[str, Any]:
    """What the list says of each of its documents."""
    uow, ids = current_uow(), [document.id for document in rows]
    return {
        "cases": renewals.cases_of(uow, rows),
        "notices": renewals.notices_of(uow, ids),
        "followers": renewals.followers_of(uow, ids),
        "renewed": {key: one for key, one in known.items() if renewals.rule_of(one)},
    }


@console.get("/expiring.csv")
@requires(ServicesPermission.HANDLE)
def expiring_table() -> Response:
    """The same list as a table, without names."""
    uow, chosen, service = current_uow(), _chosen(), request.args.get("service", "")
    found = uow.session.scalars(renewals.expiring(uow, chosen, service)).all()
    cases = renewals.cases_of(uow, found)
    notices = renewals.notices_of(uow, [document.id for document in found])
    known = services(uow)
    rows = [
        [
            *(document.number, cases[document.case_id].number),
            *(known[cases[document.case_id].service].title, _day(document.valid_until)),
            *_told(notices.get(document.id)),
        ]
        for document in found
    ]
    return csv_file(f"expiring-{chosen}.csv", HEAD, rows)


@console.post("/expiring/<uuid:document_id>/told")
@requires(ServicesPermission.HANDLE)
def tell_expiry(document_id: UUID) -> Response:
    renewals.note_told(current_uow(), document_id, expected_version=seen_here())
    return see_other(".expiring", list="untold", said="eservices.expiry-told")


def _told(notice: ExpiryNotice | None) -> tuple[str, str]:
    return (_day(notice.told_at), str(WAYS[notice.way])) if notice else ("", "")


def _day(at: date | None) -> str:
    return day(at) if at else ""


def _chosen() -> str:
    name = request.args.get("list", "")
    return name if name in renewals.LISTS else renewals.LISTS[0]
