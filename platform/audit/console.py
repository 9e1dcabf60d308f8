"""The activity log, newest first: filtered, and as a table."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, render_template, request
from flask_babel import format_datetime
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from obshto.platform.audit.events import LogExported
from obshto.platform.audit.filters import LogFilter
from obshto.platform.audit.permissions import AuditPermission
from obshto.platform.audit.services import PAGE, RECENT, entries_before, first_broken_link
from obshto.platform.audit.subjects import console_pages
from obshto.platform.audit.words import words_of_the_log
from obshto.platform.clock import SOFIA
from obshto.platform.modularity.registry import current_registry, title_of
from obshto.platform.web.access import requires
from obshto.platform.web.cursor_pagination import asked_before, older_than
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.requested_days import day_asked

console = Blueprint("audit_console", __name__)
LONGEST = 80  # letters of what is searched for
MOST = 10_000  # entries of one table
HEAD = (_("Кога"), _("Кой"), _("Какво"), _("За какво"))


@console.get("/")
@requires(AuditPermission.READ)
def index() -> str:
    uow, asked = current_uow(), _asked()
    before = asked_before()
    entries = entries_before(uow, entry_id=before, wanted=_wanted(asked))
    return render_template(
        "audit/index.html",
        entries=entries,
        asked=asked,
        parts=_parts(),
        acts=_acts(asked["part"]),
        pages=console_pages(uow, entries),
        before=before,
        more=older_than([entry.id for entry in entries], PAGE),
        broken=first_broken_link(uow, last=RECENT) if before is None else None,
        most=MOST,
        **words_of_the_log(),
    )


@console.get("/log.csv")
@requires(AuditPermission.READ)
def table() -> Response:
    """The newest of what the filter finds; that it was taken is an act, with what was asked for."""
    uow, asked, words = current_uow(), _asked(), words_of_the_log()
    entries = entries_before(uow, entry_id=None, size=MOST, wanted=_wanted(asked))
    rows = [
        (
            format_datetime(entry.at.astimezone(SOFIA), "dd.MM.yyyy HH:mm:ss", rebase=False),
            entry.person_name,
            str(words["labels"].get(entry.act, entry.act)),
            words["said"](entry)[0],
        )
        for entry in entries
    ]
    uow.emit(LogExported(entries=len(rows), part=asked["part"], act=asked["act"]))
    return csv_file("log.csv", HEAD, rows)


def _asked() -> dict[str, Any]:
    """What the address asks for; a part or an act that there is not asks for nothing."""
    told = request.args
    part = told.get("part", "") if told.get("part", "") in _parts() else ""
    act = told.get("act", "") if told.get("act", "") in _acts(part) else ""
    days = {name: day_asked(name) for name in ("first", "last")}
    words = told.get("words", "").strip()[:LONGEST]
    return {"part": part, "act": act, "words": words, **days}


def _wanted(asked: dict[str, Any]) -> LogFilter:
    act = asked["act"] or (f"{asked['part']}:" if asked["part"] else "")
    return LogFilter(act=act, words=asked["words"], first=asked["first"], last=asked["last"])


def _parts() -> dict[str, str]:
    """Titles of the parts whose acts are logged, in the order of the alphabet."""
    parts = current_registry().parts.values()
    titles = {part.slug: title_of(part) for part in parts if part.events}
    return dict(sorted(titles.items(), key=lambda told: told[1]))


def _acts(part: str) -> dict[str, str]:
    """What each act of a part is called."""
    found = current_registry().parts.get(part)
    return {fact.name: str(fact.label) for fact in found.events} if found else {}
