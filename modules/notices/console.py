"""Staff pages of notices."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.notices.forms import (
    EditNoticeForm,
    NewNoticeForm,
    WithdrawForm,
    note_of,
    shown,
    typed,
)
from obshto.modules.notices.models import Notice
from obshto.modules.notices.permissions import NoticesPermission
from obshto.modules.notices.services import edits, queries
from obshto.modules.notices.services.kinds import KINDS, state_of
from obshto.modules.notices.services.notice_text import audience_of, subject_of
from obshto.modules.notices.services.settlements import settlements_here
from obshto.platform.errors import DomainError
from obshto.platform.notify.delivery_stats import numbers_of
from obshto.platform.notify.reach_preview import outlook
from obshto.platform.notify.sms.message_text import example_of_many
from obshto.platform.notify.suppression import is_of_the_address
from obshto.platform.soft_delete import counts
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.access import requires
from obshto.platform.web.forms import FlaskForm, filled, seen_here
from obshto.platform.web.language import SOURCE, speaking
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import municipality_here

console = Blueprint("notices_console", __name__)
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(NoticesPermission.WRITE)
def index() -> str:
    uow = current_uow()
    lists = queries.lists(uow.now)
    chosen = request.args.get("list", "standing")
    rows = lists[chosen] if chosen in lists else abort(404)
    numbers = counts(uow, lists)
    page = paginate(uow.session, rows, page_number(), total=numbers[chosen])
    return render_template(
        "notices/console.html", page=page, chosen=chosen, counts=numbers, **_about(page.rows)
    )


@console.route("/new", methods=["GET", "POST"])
@requires(NoticesPermission.WRITE)
def write() -> Answer:
    uow = current_uow()
    form = NewNoticeForm(names=settlements_here(uow))
    if form.validate_on_submit():
        try:
            notice = edits.write_notice(uow, form.draft(), request_id=form.request_id.data)
            if edits.draft_of(notice) != form.draft():
                return _written_before(notice, form)
            return see_other("notices_console.show", notice_id=notice.id, said="notices.written")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("notices/write.html", form)


@console.get("/<uuid:notice_id>")
@requires(NoticesPermission.WRITE)
def show(notice_id: UUID) -> str:
    notice = queries.notice_of(current_uow(), notice_id)
    uow = current_uow()
    told = numbers_of(uow, notice.id) if notice.published_at else []
    to_come = None
    if notice.published_at is None:
        to_come = outlook(uow, audience_of(notice), sms=_sms(uow, notice))
    shown = {"notice": notice, "told": told, "to_come": to_come, "is_gone": is_of_the_address}
    return render_template("notices/overview.html", **shown, **_about([notice]))


def _sms(uow: UnitOfWork, notice: Notice) -> str:
    """In Bulgarian, as most get it, whoever looks."""
    with speaking(SOURCE):
        subject = subject_of(notice, notice.title)
        return example_of_many(municipality_here(uow).title(), subject, uow.scope.address)


@console.get("/<uuid:notice_id>/preview")
@requires(NoticesPermission.WRITE)
def preview(notice_id: UUID) -> str:
    notice = queries.notice_of(current_uow(), notice_id)
    g.is_preview = True  # may be framed by our own page
    about = _about([notice])
    return render_template("notices/show.html", it=notice, is_preview=True, **about)


@console.route("/<uuid:notice_id>/text", methods=["GET", "POST"])
@requires(NoticesPermission.WRITE)
def edit(notice_id: UUID) -> Answer:
    uow, notice = current_uow(), _notice(notice_id)
    form = EditNoticeForm(data=shown(notice), names=settlements_here(uow))
    if form.validate_on_submit():
        note, expected_version = note_of(form, "correction"), form.expected_version.data
        try:
            edits.edit_notice(
                uow, notice, form.draft(), expected_version=expected_version, correction=note
            )
            return see_other("notices_console.show", notice_id=notice_id, said="notices.saved")
        except DomainError as refusal:
            _refuse(form, refusal, notice)
    return filled("notices/edit.html", form, notice=notice)


@console.post("/<uuid:notice_id>/publish")
@requires(NoticesPermission.PUBLISH)
def publish(notice_id: UUID) -> Response:
    edits.publish_notice(current_uow(), _notice(notice_id), expected_version=seen_here())
    return see_other("notices_console.show", notice_id=notice_id, said="notices.published")


@console.route("/<uuid:notice_id>/withdraw", methods=["GET", "POST"])
@requires(NoticesPermission.PUBLISH)
def withdraw(notice_id: UUID) -> Answer:
    uow, notice = current_uow(), _notice(notice_id)
    form = WithdrawForm(data={"expected_version": notice.version})
    if form.validate_on_submit():
        reason, expected_version = note_of(form, "reason"), form.expected_version.data
        try:
            edits.withdraw_notice(uow, notice, reason=reason, expected_version=expected_version)
            return see_other("notices_console.show", notice_id=notice_id, said="notices.withdrawn")
        except DomainError as refusal:
            _refuse(form, refusal, notice)
    return filled("notices/withdraw.html", form, notice=notice)


@console.get("/<uuid:notice_id>/delete")
@requires(NoticesPermission.WRITE)
def ask_to_delete(notice_id: UUID) -> str:
    notice = queries.notice_of(current_uow(), notice_id)
    return render_template("notices/delete.html", notice=notice)


@console.post("/<uuid:notice_id>/delete")
@requires(NoticesPermission.WRITE)
def delete(notice_id: UUID) -> Response:
    edits.delete_draft(current_uow(), _notice(notice_id), expected_version=seen_here())
    return see_other("notices_console.index", list="drafts", said="notices.deleted")


def _notice(notice_id: UUID) -> Notice:
    return queries.notice_of(current_uow(), notice_id, to_change=request.method == "POST")


def _about(notices: list[Notice]) -> dict[str, object]:
    """What their pages need beside the rows."""
    uow = current_uow()
    states = {notice.id: state_of(notice, uow.now) for notice in notices}
    return {"states": states, "kinds": KINDS, "names": settlements_here(uow)}


def _written_before(notice: Notice, again: NewNoticeForm) -> Answer:
    """Back, changed, sent once more: what was saved first, to be changed into what is typed now."""
    names = settlements_here(current_uow())
    now = {**typed(again), "expected_version": notice.version}
    form = EditNoticeForm(formdata=None, data=now, names=names)
    form.form_errors.append(
        gettext(
            "Това съобщение вече е запазено. Ето го с това, което написахте сега: прегледайте го и"
            " запазете."
        )
    )
    return filled("notices/edit.html", form, notice=notice)


def _refuse(form: FlaskForm, refusal: DomainError, notice: Notice) -> None:
    """Told once: who saves again after that has seen what the other wrote."""
    form.form_errors.append(str(refusal))
    form.expected_version.data = notice.version
