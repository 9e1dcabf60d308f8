"""Decisions across meetings: found by words, kind, year and what became of them; one by itself."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template, request

from obshto.modules.meetings.services.decisions import filter_of, public_decision
from obshto.modules.meetings.services.page_context import decision_page, decisions_page
from obshto.platform.web.access import open_to_all
from obshto.platform.web.pagination import page_number
from obshto.platform.web.request_uow import current_uow


def add_decisions(citizen: Blueprint) -> None:
    """Its page belongs to the public pages of meetings."""
    citizen.add_url_rule("/decisions", view_func=decided)
    citizen.add_url_rule("/decisions/<uuid:decision_id>", view_func=decision)


@open_to_all
def decided() -> str:
    """The list for citizens."""
    wanted = filter_of(request.args)
    about = decisions_page(current_uow(), wanted, page_number(), is_public=True)
    return render_template("meetings/decisions.html", **about)


@open_to_all
def decision(decision_id: UUID) -> str:
    """One decision: who does what by when, what led to it and what followed."""
    uow = current_uow()
    about = decision_page(uow, public_decision(uow, decision_id))
    return render_template("meetings/decision_page.html", **about)
