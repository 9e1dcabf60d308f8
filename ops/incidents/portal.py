"""The public page of the state, of a municipality and of the region: what works, what does not."""

from __future__ import annotations

from flask import Blueprint, render_template

from obshto.ops.dashboard.objectives import availability_told
from obshto.ops.incidents.forms import WORDS
from obshto.ops.incidents.services import known_incidents, updates_of
from obshto.platform.unit_of_work import ANONYMOUS, open_uow
from obshto.platform.web.access import open_to_all
from obshto.tenants.api import current_municipality


def state_page(name: str) -> Blueprint:
    """The same page for each kind of host; a blueprint is mounted once."""
    front = Blueprint(name, __name__)
    front.add_url_rule("/status", "status", status)
    return front


@open_to_all
def status() -> str:
    """Read in a transaction of the region's: a municipality's own never sees these rows."""
    here = current_municipality()
    with open_uow(None, ANONYMOUS) as region:
        incidents = known_incidents(region, here.slug if here else None)
        shown = [it for it in incidents if here or not it.municipalities]
        told = updates_of(region, shown)
        share = availability_told(region, here.slug) if here else None
        moment = region.now
    going_on = [it for it in shown if not it.is_over(moment) and it.starts_at <= moment]
    to_come = [it for it in shown if not it.is_over(moment) and it.starts_at > moment]
    over = [it for it in shown if it.is_over(moment)]
    return render_template(
        "incidents/status.html",
        going_on=going_on,
        to_come=to_come[::-1],
        over=over,
        told=told,
        share=share,
        words=WORDS,
    )
