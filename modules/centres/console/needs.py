"""Staff page of a survey of needs: what people want, beside what the centre has."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template
from werkzeug.wrappers import Response

from obshto.modules.centres.console.centres import console
from obshto.modules.centres.forms.rota import OneButtonForm
from obshto.modules.centres.models import Centre
from obshto.modules.centres.permissions import CentresPermission
from obshto.modules.centres.services import needs, queries
from obshto.modules.centres.services.booking_kind import title_of
from obshto.platform.modularity.ports import port_here
from obshto.platform.modularity.ready_polls import ReadyPolls
from obshto.platform.opening_hours.hours import read
from obshto.platform.web.access import requires
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

KEEP = CentresPermission.KEEP


@console.get("/<uuid:centre_id>/needs")
@requires(CentresPermission.SEE)
def survey(centre_id: UUID) -> str:
    centre = queries.centre_of(current_uow(), centre_id)
    return render_template("centres/needs.html", form=OneButtonForm(), **_shown(centre))


@console.post("/<uuid:centre_id>/needs")
@requires(KEEP)
def begin_survey(centre_id: UUID) -> Response:
    """A draft of the poll; it is opened where polls are."""
    uow, form = current_uow(), OneButtonForm()
    centre = queries.centre_of(uow, centre_id, to_change=True)
    if not form.validate_on_submit():
        abort(422)
    needs.begin_survey(uow, centre, request_id=form.request_id.data)
    return see_other(".survey", centre_id=centre_id, said="centres.survey-begun")


def _shown(centre: Centre) -> dict[str, Any]:
    uow, polls = current_uow(), port_here(ReadyPolls)
    found = needs.surveys_of(uow, centre)
    told = [one for one in found if one.answers is not None]
    return {
        "centre": centre,
        "hours": read(centre.hours),
        "things": queries.offered_by(uow, [centre])[centre.id],
        "has": needs.has_of(centre),
        "title_of": title_of,
        "surveys": found,
        "told": told,
        "compared": needs.compared(told),
        "is_due": needs.is_due_again(uow, centre, found),
        "has_polls": polls is not None,
        "may_begin": bool(polls and polls.may_begin(uow)) and current_principal().may(KEEP),
    }
