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
from obshto.modules.notices.services import reading, writing
from obshto.modules.notices.services.kinds import KINDS, state_of
from obshto.modules.notices.services.settlements import settlements_here
from obshto.modules.notices.services.told import audience_of, subject_of
from obshto.platform.errors import DomainError
from obshto.platform.notify.numbers import numbers_of
from obshto.platform.notify.outlook import outlook
from obshto.platform.notify.sms.rendering import example_of_many
from obshto.platform.notify.suppression import is_of_the_address
from obshto.platform.returnable import counts
from obshto.platform.web.access import requires
from obshto.platform.web.edge import current_work
from obshto.platform.web.forms import FlaskForm, filled, seen_here
from obshto.platform.web.language import SOURCE, speaking
from obshto.platform.web.moves import see_other
from obshto.platform.web.paging import page_number, paginate
from obshto.platform.work import Work
from obshto.tenants.api import municipality_here

console = Blueprint("notices_console", __name__)
Answer = str | tuple[str, int] | Response


@console.get("/")
@requires(NoticesPermission.WRITE)
def index() -> str:
    work = current_work()
    lists = reading.lists(work.now)
    chosen = request.args.get("list", "standing")
    rows = lists[chosen] if chosen in lists else abort(404)
    numbers = counts(work, lists)
    page = paginate(work.session, rows, page_number(), total=numbers[chosen])
    return render_template(
        "notices/console.html", page=page, chosen=chosen, counts=numbers, **_about(page.rows)
    )


@console.route("/new", methods=["GET", "POST"])
@requires(NoticesPermission.WRITE)
def write() -> Answer:
    work = current_work()
    form = NewNoticeForm(names=settlements_here(work))
    if form.validate_on_submit():
        try:
            notice = writing.write_notice(work, form.draft(), request_id=form.request_id.data)
            if writing.draft_of(notice) != form.draft():
                return _written_before(notice, form)
            return see_other("notices_console.show", notice_id=notice.id, said="notices.written")
        except DomainError as refusal:
            form.form_errors.append(str(refusal))
    return filled("notices/write.html", form)


@console.get("/<uuid:notice_id>")
@requires(NoticesPermission.WRITE)
def show(notice_id: UUID) -> str:
    notice = reading.notice_of(current_work(), notice_id)
    work = current_work()
    told = numbers_of(work, notice.id) if notice.published_at else []
    to_come = None
    if notice.published_at is None:
        to_come = outlook(work, audience_of(notice), sms=_sms(work, notice))
    shown = {"notice": notice, "told": told, "to_come": to_come, "is_gone": is_of_the_address}
    return render_template("notices/overview.html", **shown, **_about([notice]))


def _sms(work: Work, notice: Notice) -> str:
    """In Bulgarian, as most get it, whoever looks."""
    assert work.scope
    with speaking(SOURCE):
        subject = subject_of(notice, notice.title)
        return example_of_many(municipality_here(work).title(), subject, work.scope.address)


@console.get("/<uuid:notice_id>/preview")
@requires(NoticesPermission.WRITE)
def preview(notice_id: UUID) -> str:
    notice = reading.notice_of(current_work(), notice_id)
    g.is_preview = True  # may be framed by our own page
    about = _about([notice])
    return render_template("notices/show.html", it=notice, is_preview=True, **about)


@console.route("/<uuid:notice_id>/text", methods=["GET", "POST"])
@requires(NoticesPermission.WRITE)
def edit(notice_id: UUID) -> Answer:
    work, notice = current_work(), _notice(notice_id)
    form = EditNoticeForm(data=shown(notice), names=settlements_here(work))
    if form.validate_on_submit():
        note, seen = note_of(form, "correction"), form.seen.data
        try:
            writing.edit_notice(work, notice, form.draft(), seen=seen, correction=note)
            return see_other("notices_console.show", notice_id=notice_id, said="notices.saved")
        except DomainError as refusal:
            _refuse(form, refusal, notice)
    return filled("notices/edit.html", form, notice=notice)


@console.post("/<uuid:notice_id>/publish")
@requires(NoticesPermission.PUBLISH)
def publish(notice_id: UUID) -> Response:
    writing.publish_notice(current_work(), _notice(notice_id), seen=seen_here())
    return see_other("notices_console.show", notice_id=notice_id, said="notices.published")


@console.route("/<uuid:notice_id>/withdraw", methods=["GET", "POST"])
@requires(NoticesPermission.PUBLISH)
def withdraw(notice_id: UUID) -> Answer:
    work, notice = current_work(), _notice(notice_id)
    form = WithdrawForm(data={"seen": notice.version})
    if form.validate_on_submit():
        reason, seen = note_of(form, "reason"), form.seen.data
        try:
            writing.withdraw_notice(work, notice, reason=reason, seen=seen)
            return see_other("notices_console.show", notice_id=notice_id, said="notices.withdrawn")
        except DomainError as refusal:
            _refuse(form, refusal, notice)
    return filled("notices/withdraw.html", form, notice=notice)


@console.get("/<uuid:notice_id>/delete")
@requires(NoticesPermission.WRITE)
def ask_to_delete(notice_id: UUID) -> str:
    notice = reading.notice_of(current_work(), notice_id)
    return render_template("notices/delete.html", notice=notice)


@console.post("/<uuid:notice_id>/delete")
@requires(NoticesPermission.WRITE)
def delete(notice_id: UUID) -> Response:
    writing.delete_draft(current_work(), _notice(notice_id), seen=seen_here())
    return see_other("notices_console.index", list="drafts", said="notices.deleted")


def _notice(notice_id: UUID) -> Notice:
    return reading.notice_of(current_work(), notice_id, to_change=request.method == "POST")


def _about(notices: list[Notice]) -> dict[str, object]:
    """What their pages need beside the rows."""
    work = current_work()
    states = {notice.id: state_of(notice, work.now) for notice in notices}
    return {"states": states, "kinds": KINDS, "names": settlements_here(work)}


def _written_before(notice: Notice, again: NewNoticeForm) -> Answer:
    """Back, changed, sent once more: what was saved first, to be changed into what is typed now."""
    names = settlements_here(current_work())
    now = {**typed(again), "seen": notice.version}
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
    form.seen.data = notice.version
