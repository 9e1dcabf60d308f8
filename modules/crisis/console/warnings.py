"""Staff pages of warnings: written, changed, confirmed, updated, ended, looked back at."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, render_template, request
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from obshto.modules.crisis.forms.warnings import (
    EditMessageForm,
    NewMessageForm,
    ready,
    shown_of,
)
from obshto.modules.crisis.models import CrisisMessage
from obshto.modules.crisis.permissions import CrisisPermission
from obshto.modules.crisis.services import messages, queries, spoken
from obshto.modules.crisis.services.calls import numbers_of_calls, round_of
from obshto.modules.crisis.services.kinds import FIELDS, KINDS, ready_texts
from obshto.modules.crisis.services.settlements import places_of, settlements_here
from obshto.platform.errors import DomainError
from obshto.platform.notify.delivery_stats import numbers_of
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.formats import moment
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import municipality_here

console = Blueprint("crisis_console", __name__)
Answer = str | tuple[str, int] | Response
WARN = requires(CrisisPermission.WARN)
FORM = ["GET", "POST"]
HEAD = (
    *(
        _("Номер"),
        _("Текст"),
        _("Къде"),
        _("Написа"),
        _("Потвърди"),
        _("Без втори човек"),
        _("Изпратен"),
    ),
)


@console.get("/")
@WARN
def index() -> str:
    uow, chosen = current_uow(), request.args.get("list", "now")
    if chosen not in ("now", "over"):
        abort(404)
    page = paginate(uow.session, queries.all_crises(is_over=chosen == "over"), page_number())
    texts = queries.latest_texts(uow, [one.id for one in page.rows])
    about = {"kinds": KINDS, "names": settlements_here(uow), "texts": texts}
    return render_template("crisis/console.html", page=page, chosen=chosen, **about)


@console.get("/new")
@WARN
def choose() -> str:
    """What happens: one press, and the text is nearly ready."""
    is_rehearsal = "rehearsal" in request.args
    return render_template("crisis/choose.html", kinds=KINDS, is_rehearsal=is_rehearsal)


@console.route("/new/<danger>", methods=FORM)
@WARN
def write(danger: str) -> Answer:
    if danger not in KINDS:
        abort(404)
    uow, is_rehearsal = current_uow(), "rehearsal" in request.args
    phone = municipality_here(uow).contact.get("phone", "")
    names = settlements_here(uow)
    form = NewMessageForm(data=ready(ready_texts()[danger], phone, names))
    form.offer(names)
    if form.validate_on_submit():
        once = form.request_id.data
        message = messages.write_crisis(
            uow, danger, form.words(), is_rehearsal=is_rehearsal, request_id=once
        )
        return see_other(".show", crisis_id=message.crisis_id, said="crisis.written")
    about = {"kind": KINDS[danger], "is_rehearsal": is_rehearsal, "crisis": None}
    return filled("crisis/write.html", form, **about)


@console.get("/<uuid:crisis_id>")
@WARN
def show(crisis_id: UUID) -> str:
    return _overview(crisis_id)


@console.route("/<uuid:crisis_id>/next", methods=FORM)
@WARN
def write_next(crisis_id: UUID) -> Answer:
    """An update, or with `end` the all clear."""
    uow, is_end = current_uow(), "end" in request.args
    crisis = queries.crisis_of(uow, crisis_id, to_change=request.method == "POST")
    before = queries.told_text(uow, crisis)
    form = NewMessageForm(data=_begun(before, is_end=is_end))
    form.offer(settlements_here(uow))
    if form.validate_on_submit():
        try:
            words, once = form.words(), form.request_id.data
            messages.write_next(uow, crisis, words, is_all_clear=is_end, request_id=once)
            return see_other(".show", crisis_id=crisis_id, said="crisis.written")
        except DomainError as refusal:
            tell(form, refusal)
    about = {"kind": KINDS[crisis.kind], "is_rehearsal": crisis.is_rehearsal, "is_end": is_end}
    return filled("crisis/write.html", form, crisis=crisis, **about)


@console.route("/text/<uuid:message_id>", methods=FORM)
@WARN
def edit(message_id: UUID) -> Answer:
    """A text that waits, by any of those who may; who is late reads who changed what."""
    uow = current_uow()
    message = queries.message_of(uow, message_id, to_change=request.method == "POST")
    form = EditMessageForm(data=shown_of(message))
    form.offer(settlements_here(uow))
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            messages.edit_message(uow, message, form.words(), expected_version=seen)
            return see_other(".show", crisis_id=message.crisis_id, said="crisis.saved")
        except DomainError as refusal:
            tell(form, refusal, message)
    show_version(form, message)
    places = places_of(message.settlements, settlements_here(uow))
    return filled("crisis/edit.html", form, message=message, places=places)


@console.post("/text/<uuid:message_id>/confirm")
@WARN
def confirm(message_id: UUID) -> Answer:
    uow = current_uow()
    message = queries.message_of(uow, message_id, to_change=True)
    try:
        messages.confirm_message(uow, message, expected_version=seen_here())
    except DomainError as refusal:  # beside the text as it is now
        return _overview(message.crisis_id, str(refusal)), refusal.status
    return see_other(".show", crisis_id=message.crisis_id, said="crisis.sent")


@console.route("/text/<uuid:message_id>/drop", methods=FORM)
@WARN
def drop(message_id: UUID) -> Answer:
    uow = current_uow()
    message = queries.message_of(uow, message_id, to_change=request.method == "POST")
    if request.method == "GET":
        return render_template("crisis/drop.html", message=message)
    crisis_id, is_first = message.crisis_id, message.number == 1
    messages.drop_message(uow, message, expected_version=seen_here())
    if is_first:
        return see_other(".index", said="crisis.dropped")
    return see_other(".show", crisis_id=crisis_id, said="crisis.dropped")


@console.get("/<uuid:crisis_id>/posts")
@WARN
def posts(crisis_id: UUID) -> str:
    """Texts ready to be copied to networks."""
    uow = current_uow()
    crisis = queries.crisis_of(uow, crisis_id)
    ready_posts = spoken.post_texts(uow, crisis, queries.told_text(uow, crisis))
    limits = spoken.NETWORKS
    return render_template("crisis/posts.html", crisis=crisis, posts=ready_posts, limits=limits)


@console.get("/<uuid:crisis_id>/report")
@WARN
def report(crisis_id: UUID) -> str:
    """What was sent when, by whom, to how many; for paper."""
    uow = current_uow()
    crisis = queries.crisis_of(uow, crisis_id)
    texts = queries.texts_of(uow, crisis)
    changes = queries.changes_of(uow, [one.id for one in texts])
    about = {
        "crisis": crisis,
        "texts": [one for one in reversed(texts) if one.sent_at],
        "changes": changes,
        "fields": FIELDS,
        "told": numbers_of(uow, crisis_id),
        "calls": numbers_of_calls(uow, round_of(uow, crisis_id)) if crisis.edition else None,
        "kinds": KINDS,
        "names": settlements_here(uow),
    }
    return render_template("crisis/report.html", **about)


@console.get("/<uuid:crisis_id>/report.csv")
@WARN
def table(crisis_id: UUID) -> Response:
    """The texts that were sent, as a table."""
    uow = current_uow()
    crisis, names = queries.crisis_of(uow, crisis_id), settlements_here(uow)
    lines = [
        (
            *(str(one.number), f"{one.title}. {one.text} {one.advice}".replace("\n", " ")),
            *(places_of(one.settlements, names), one.written_by, one.confirmed_by),
            *("1" if one.is_alone else "0", moment(one.sent_at)),
        )
        for one in queries.texts_of(uow, crisis)
        if one.sent_at
    ]
    return csv_file("preduprezhdenie.csv", HEAD, lines)


def _overview(crisis_id: UUID, refusal: str = "") -> str:
    """What waits, what is in force, how far it has got."""
    uow = current_uow()
    crisis = queries.crisis_of(uow, crisis_id)
    texts = queries.texts_of(uow, crisis)
    waiting = next((one for one in texts if one.sent_at is None), None)
    about = {
        "crisis": crisis,
        "waiting": waiting,
        "in_force": next((one for one in texts if one.sent_at), None),
        "kinds": KINDS,
        "names": settlements_here(uow),
        "calls": numbers_of_calls(uow, round_of(uow, crisis_id)) if crisis.edition else None,
        "told": numbers_of(uow, crisis_id) if crisis.edition else [],
        "to_come": spoken.outlook_of(uow, crisis, waiting) if waiting else None,
        "is_mine": waiting and waiting.changed_by_id == uow.principal.person_id,
        "alone_from": messages.alone_from(uow, waiting) if waiting else None,
        "now": uow.now,
        "refusal": refusal,
    }
    return render_template("crisis/overview.html", **about)


def _begun(before: CrisisMessage, *, is_end: bool) -> dict[str, object]:
    """An update begins with the text that holds, the all clear with words of its own."""
    shown = shown_of(before)
    if not is_end:
        return shown
    return {**ready(ready_texts()["end"], before.phone, {}), "settlements": shown["settlements"]}
