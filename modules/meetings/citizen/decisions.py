"""Decisions across meetings: found by words, kind, year and what became of them."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from obshto.modules.meetings.services.decisions import filter_of
from obshto.modules.meetings.services.page_context import decisions_page
from obshto.platform.web.access import open_to_all
from obshto.platform.web.pagination import page_number
from obshto.platform.web.request_uow import current_uow


def add_decisions(citizen: Blueprint) -> None:
    """Its page belongs to the public pages of meetings."""
    citizen.add_url_rule("/decisions", view_func=decided)


@open_to_all
def decided() -> str:
    """The list for citizens."""
    wanted = filter_of(request.args)
    about = decisions_page(current_uow(), wanted, page_number(), is_public=True)
    return render_template("meetings/decisions.html", **about)
