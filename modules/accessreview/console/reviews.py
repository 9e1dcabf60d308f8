"""The yearly review: list, one of them, a line, its end, its papers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, render_template, request
from sqlalchemy import Select
from werkzeug.wrappers import Response

from obshto.modules.accessreview.console.blueprint import Answer, console
from obshto.modules.accessreview.forms import AccessReviewForm, EndReviewForm, TakeRoleForm
from obshto.modules.accessreview.models import AccessReview, LineDecision, ReviewLine
from obshto.modules.accessreview.permissions import AccessReviewPermission
from obshto.modules.accessreview.services import papers, reviews
from obshto.modules.accessreview.services.reach import READY, is_own
from obshto.modules.accessreview.services.usage import state_of
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file, private_pdf
from obshto.platform.web.forms import filled, lines_of, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import people_of

READ, DECIDE = AccessReviewPermission.READ, AccessReviewPermission.DECIDE
LISTS = ("waiting", "decided", "own")


@console.get("/reviews")
@requires(READ)
def review_list() -> str:
    uow = current_uow()
    page = paginate(uow.session, reviews.reviews(), page_number())
    return render_template(
        "accessreview/reviews.html",
        page=page,
        counts=reviews.counts_of(uow, [row.id for row in page.rows]),
        current=reviews.open_review(uow),
        form=AccessReviewForm(formdata=None),
        may_decide=uow.principal.may(DECIDE),
    )


@console.post("/reviews")
@requires(DECIDE)
def begin() -> Response:
    form = AccessReviewForm()
    if not form.validate():
        abort(422)
    review = reviews.begin_review(current_uow(), request_id=form.request_id.data)
    return see_other(".review", review_id=review.id, said="accessreview.begun")


@console.get("/reviews/<uuid:review_id>")
@requires(READ)
def review(review_id: UUID) -> str:
    """Its lines: those that wait, those that are decided, one's own; of one that ended all."""
    uow = current_uow()
    row = reviews.review_of(uow, review_id)
    chosen = request.args.get("list", LISTS[0]) if row.is_open else "all"
    if chosen not in (*LISTS, "all"):
        abort(404)
    state = reviews.state_of_review(uow, row)
    page = paginate(uow.session, _listed(row, state, chosen), page_number())
    return render_template(
        "accessreview/review.html",
        page=page,
        chosen=chosen,
        may_decide=uow.principal.may(DECIDE),
        **_shown(row, state),
    )


@console.post("/reviews/<uuid:review_id>/keep-used")
@requires(DECIDE)
def keep_used(review_id: UUID) -> Response:
    """Several at once: each role that was used in the year stays."""
    uow = current_uow()
    row = reviews.review_of(uow, review_id, to_change=True)
    reviews.keep_used(uow, row, expected_version=seen_here())
    return see_other(".review", review_id=review_id, said="accessreview.used-kept")


@console.route("/reviews/<uuid:review_id>/end", methods=["GET", "POST"])
@requires(DECIDE)
def end(review_id: UUID) -> Answer:
    """A page that says what the end means, then the end."""
    uow, form = current_uow(), EndReviewForm()
    row = reviews.review_of(uow, review_id, to_change=form.is_submitted())
    if row.ended_at:
        return see_other(".review", review_id=review_id)
    if form.validate_on_submit():
        try:
            reviews.end_review(uow, row, expected_version=form.expected_version.data)
            return see_other(".review", review_id=review_id, said="accessreview.ended")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    state = reviews.state_of_review(uow, row)
    return filled("accessreview/end.html", form, **_shown(row, state))


@console.get("/reviews/<uuid:review_id>.csv")
@requires(READ)
def review_file(review_id: UUID) -> Response:
    uow = current_uow()
    lines = reviews.lines_of_review(reviews.review_of(uow, review_id))
    return csv_file("access-review.csv", *papers.review_table(uow.session.scalars(lines)))


@console.get("/reviews/<uuid:review_id>.pdf")
@requires(READ)
def review_paper(review_id: UUID) -> Response:
    uow = current_uow()
    row = reviews.review_of(uow, review_id)
    lines = uow.session.scalars(reviews.lines_of_review(row))
    counts = reviews.counts_of(uow, [row.id])[row.id]
    return private_pdf("access-review", papers.review_pdf(uow, row, lines, counts))


@console.get("/lines/<uuid:line_id>")
@requires(READ)
def line(line_id: UUID) -> Answer:
    """A role of somebody, what was decided; for the mayor the form that takes it."""
    uow, form = current_uow(), TakeRoleForm(formdata=None)
    row = reviews.line_of(uow, line_id)
    form.expected_version.data = row.version
    return _line_page(form, reviews.review_of(uow, row.review_id), row)


@console.post("/lines/<uuid:line_id>")
@requires(DECIDE)
def take(line_id: UUID) -> Answer:
    uow, form = current_uow(), TakeRoleForm()
    row, one = reviews.line_to_decide(uow, line_id)
    if form.validate():
        try:
            reason, seen = lines_of(form.reason.data), form.expected_version.data
            reviews.take_line(uow, row, one, reason, expected_version=seen)
            return _back(row, one, "accessreview.taken")
        except DomainError as refusal:
            tell(form, refusal, one)
    return _line_page(form, row, one)


@console.post("/lines/<uuid:line_id>/keep")
@requires(DECIDE)
def keep(line_id: UUID) -> Response:
    uow = current_uow()
    row, one = reviews.line_to_decide(uow, line_id)
    reviews.keep_line(uow, row, one, expected_version=seen_here())
    return _back(row, one, "accessreview.kept")


def _back(row: AccessReview, one: ReviewLine, said: str) -> Response:
    """On to what else waits; a role that somebody else had taken is said to be so."""
    said = "accessreview.gone" if one.decision == LineDecision.GONE else said
    return see_other(".review", review_id=row.id, said=said)


def _line_page(form: TakeRoleForm, row: AccessReview, one: ReviewLine) -> Answer:
    uow = current_uow()
    is_mine = one.person_id == uow.principal.person_id
    is_open = row.is_open and one.decision in (None, LineDecision.KEPT)
    is_held = reviews.is_held(uow, one)
    return filled(
        "accessreview/line.html",
        form,
        line=one,
        is_mine=is_mine,
        is_held=is_held,
        may_take=is_open and is_held and not is_mine and uow.principal.may(DECIDE),
        **_words(row),
    )


def _listed(row: AccessReview, state: reviews.ReviewState, chosen: str) -> Select[ReviewLine]:
    rows = reviews.lines_of_review(row)
    if chosen == "waiting":
        return rows.where(ReviewLine.id.in_(state.waiting))
    if chosen == "own":
        return rows.where(ReviewLine.id.in_(state.own))
    if chosen == "decided":
        return rows.where(ReviewLine.id.not_in([*state.waiting, *state.own]))
    return rows


def _shown(row: AccessReview, state: reviews.ReviewState) -> dict[str, Any]:
    uow = current_uow()
    given = reviews.given_meanwhile(uow, row, state) if row.is_open else []
    people = people_of({one.person_id for one in given}) if given else {}
    return {"state": state, "given": given, "people": people, "is_own": is_own, **_words(row)}


def _words(row: AccessReview) -> dict[str, Any]:
    return {
        "review": row,
        "ready": READY,
        "decisions": papers.DECISIONS,
        "state_of": state_of,
    }
