"""Where the staff pages of services hang."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort
from werkzeug.wrappers import Response

from obshto.modules.eservices.errors import NotYours
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services import case_queries
from obshto.modules.eservices.services.access_log import WORKING, look, restricted
from obshto.platform.web.forms import FlaskForm
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

console = Blueprint("eservices_console", __name__)
Answer = str | tuple[str, int] | Response


def to_change(case_id: UUID) -> Case:
    """The case, locked until the request ends. Raises DataRestricted."""
    return usable(case_queries.case_of(current_uow(), case_id, to_change=True))


def usable(case: Case) -> Case:
    """The same one, unless the person's data may not be used now. Raises DataRestricted."""
    if refusal := restricted(current_uow(), case):
        raise refusal
    return case


def back_to(case_id: UUID, said: str) -> Response:
    """To the page of the case, with what was done."""
    return see_other("eservices_console.case", case_id=case_id, said=said)


def id_in(ref: str) -> UUID:
    """The id in an address that other words follow. Ends in 404 where it is none."""
    try:
        return UUID(ref)
    except ValueError:
        abort(404)


def only_mine(case: Case) -> None:
    """Before a page shows what a person wrote: only to who works on the case, and that is a look.

    Raises NotYours.
    """
    if case.assignee_id != current_principal().person_id:
        raise NotYours
    look(current_uow(), case, WORKING)


def answered(form: FlaskForm, page: str) -> Answer:
    """The page of a form: 422 when something must be mended."""
    return (page, 422) if form.errors or form.form_errors else page
