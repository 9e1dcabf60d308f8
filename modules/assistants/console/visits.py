"""Pages of the visitor: the day on the phone, acts on the spot, what was shown, the sheet."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from flask import abort, make_response, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.assistants.console.blueprint import Answer, console, words
from obshto.modules.assistants.errors import NextVisitAgreed, NoSuchHomeVisit
from obshto.modules.assistants.forms import (
    LessonsForm,
    ProblemForm,
    SpotForms,
    TimeForm,
    named,
)
from obshto.modules.assistants.models import Assistant, HelpRequest, HomeVisit
from obshto.modules.assistants.permissions import AssistantsPermission
from obshto.modules.assistants.services import check_ins, queries, visit_plans
from obshto.modules.assistants.services.access_log import look_at_visit, usable
from obshto.modules.assistants.services.day_plan import DayPlan, DayVisit, plan_of
from obshto.modules.assistants.services.kinds import LESSONS
from obshto.modules.assistants.services.problems import hand_over
from obshto.modules.assistants.services.states import AHEAD, ENDED, RUNNING
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.modularity.delegation import Mandates
from obshto.platform.modularity.ports import port_here
from obshto.platform.web.access import requires
from obshto.platform.web.formats import moment
from obshto.platform.web.forms import filled, show_version, tell
from obshto.platform.web.offline_queue import (
    is_queued,
    keep_for_the_day,
    refused,
    refused_form,
    taken,
)
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.tenants.api import people_who_may

VISIT = AssistantsPermission.VISIT


@console.get("/day")
@requires(VISIT)
def day() -> Response:
    """The visits of a day in the order of the round trip; addresses today alone."""
    uow = current_uow()
    today = day_of(uow.now)
    shown = _day_asked(today)
    mine = queries.own_assistant(uow)
    plan = plan_of(uow, mine, shown) if mine else None
    page = make_response(_day_page(mine, plan, shown, today))
    if plan and shown == today:
        keep_for_the_day(page, uow.now)
    return page


@console.post("/visits/<uuid:visit_id>/act")
@requires(VISIT)
def act(visit_id: UUID) -> Response:
    """Arrival, end, nobody home, a note: out of a form, or out of the phone's queue."""
    try:
        kind = _take(visit_id)
    except DomainError as refusal:
        if not is_queued():
            raise
        return refused(refusal)
    if is_queued():
        return taken()
    return see_other(".visit", visit_id=visit_id, said=f"assistants.act-{kind}")


@console.route("/visits/<uuid:visit_id>", methods=["GET", "POST"])
@requires(VISIT)
def visit(visit_id: UUID) -> Answer:
    """One visit: what to teach, what was shown, what comes next."""
    uow = current_uow()
    found, row = _mine(visit_id)
    look_at_visit(uow, row)
    form = LessonsForm(obj=found)
    if form.validate_on_submit():
        try:
            taught, notes = list(form.taught.data or ()), (form.notes.data or "").strip()
            version = form.expected_version.data
            check_ins.write_lessons(uow, found, taught, notes, expected_version=version)
            return see_other(".visit", visit_id=visit_id, said="assistants.lessons-written")
        except DomainError as refusal:
            tell(form, refusal, found)
    show_version(form, found)
    return _visit_page(form, found, row)


@console.route("/visits/<uuid:visit_id>/next", methods=["GET", "POST"])
@requires(VISIT)
def next_visit(visit_id: UUID) -> Answer:
    """Agreed on the spot: on this page, on that of the day, out of the phone's queue."""
    form = TimeForm()
    if is_queued():
        return _queued_next(visit_id, form)
    own = _own(visit_id)
    if form.validate_on_submit():
        try:
            _plan_next(own, form)
            return see_other(".visit", visit_id=visit_id, said="assistants.planned")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("assistants/next.html", form, visit_id=visit_id)


@console.route("/visits/<uuid:visit_id>/problem", methods=["GET", "POST"])
@requires(VISIT)
def problem(visit_id: UUID) -> Answer:
    """What was not solved goes to an official by name."""
    uow, form = current_uow(), ProblemForm()
    people = people_who_may(uow, AssistantsPermission.ANSWER)  # asks elsewhere: before the lock
    found, row, _ = _own(visit_id)
    usable(uow, row)
    form.offer(people)
    if form.validate_on_submit():
        to = named(people, form.official.data)
        said, key = form.words.data.strip(), form.request_id.data
        hand_over(uow, found, row, said, official=to, request_id=key)
        return see_other(".visit", visit_id=visit_id, said="assistants.handed-over")
    return filled("assistants/problem_new.html", form, visit_id=visit_id)


@console.get("/visits/<uuid:visit_id>/sheet")
@requires(VISIT)
def sheet(visit_id: UUID) -> str:
    """A page in large letters that stays with the person."""
    uow = current_uow()
    found, row = _mine(visit_id)
    look_at_visit(uow, row)
    visits = queries.visits_of(uow, row)
    ahead = [one for one in visits if one.state == AHEAD and one.id != found.id]
    following = min(ahead, key=lambda one: one.starts_at, default=None)
    mine = queries.own_assistant(uow)
    return render_template(
        "assistants/sheet.html", visit=found, row=row, following=following, mine=mine, **words()
    )


def _take(visit_id: UUID) -> str:
    """What was pressed; its kind."""
    uow = current_uow()
    visit, row, _ = _own(visit_id)
    kind, key = request.form.get("kind", ""), request.form.get("request_id", "")
    if kind not in check_ins.ACTS or len(key) > 40:
        abort(422)
    if kind == check_ins.NOTE:  # it is added to what stands there
        look_at_visit(uow, row)
    said = check_ins.CheckInAct(
        kind=kind, at=_pressed_at(uow.now), words=_words_said(), lessons=_lessons_shown()
    )
    check_ins.take_act(uow, visit, row, said, request_id=_uuid(key))
    return kind


def _plan_next(own: tuple[HomeVisit, HelpRequest, Assistant], form: TimeForm) -> None:
    """Raises as `plan_visit` and DataRestricted.

    NextVisitAgreed where the same form came with another time.
    """
    _, row, mine = own
    usable(current_uow(), row)
    plan, key = form.plan(), form.request_id.data
    made = visit_plans.plan_visit(current_uow(), row, mine, plan, request_id=key)
    if made.starts_at != plan.starts_at:
        raise NextVisitAgreed(when=moment(made.starts_at))


def _queued_next(visit_id: UUID, form: TimeForm) -> Response:
    """For the queue: it is here, or a reason that stays on the phone with what was agreed."""
    try:
        own = _own(visit_id)
        if not form.validate_on_submit():
            return refused_form(form)
        _plan_next(own, form)
    except DomainError as refusal:
        return refused(refusal)
    return taken()


def _day_page(mine: Assistant | None, plan: DayPlan | None, shown: date, today: date) -> str:
    return render_template(
        "assistants/day.html",
        mine=mine,
        plan=plan,
        shown=shown,
        today=today,
        before=shown - timedelta(days=1),
        after=shown + timedelta(days=1),
        new_id=uuid4,
        spot={one.visit.id: SpotForms(one.visit) for one in _on_the_spot(plan, shown, today)},
        **words(),
    )


def _on_the_spot(plan: DayPlan | None, shown: date, today: date) -> list[DayVisit]:
    """Visits of today that take place or took place."""
    visits = plan.visits if plan and shown == today else ()
    return [one for one in visits if one.visit.state in (*RUNNING, ENDED)]


def _visit_page(form: LessonsForm, found: HomeVisit, row: HelpRequest) -> Answer:
    uow = current_uow()
    earlier = [one for one in queries.visits_of(uow, row) if one.id != found.id]
    port = port_here(Mandates)
    return filled(
        "assistants/visit.html",
        form,
        visit=found,
        row=row,
        earlier=earlier,
        problems=queries.problems_of_case(uow, row.id),
        mandates=port.held_path() if port else "",
        **words(),
    )


def _mine(visit_id: UUID) -> tuple[HomeVisit, HelpRequest]:
    """A visit of who is signed in; locked, the request first, where something is sent."""
    if request.method == "POST":
        found, row, _ = _own(visit_id)
        return found, row
    found = queries.own_visit(current_uow(), visit_id)
    return found, queries.request_of(current_uow(), found.case_id)


def _own(visit_id: UUID) -> tuple[HomeVisit, HelpRequest, Assistant]:
    """The same with the assistant, all locked. Raises NoSuchHomeVisit."""
    uow = current_uow()
    queries.own_visit(uow, visit_id)
    found, row, mine = visit_plans.lock_visit(uow, visit_id)
    if mine.person_id != uow.principal.person_id or mine.left_at:
        raise NoSuchHomeVisit
    return found, row, mine


def _day_asked(today: date) -> date:
    try:
        found = date.fromisoformat(request.args.get("day", ""))
    except ValueError:
        return today
    return found if abs(found - today) <= visit_plans.FARTHEST else today


def _pressed_at(now: datetime) -> datetime:
    """When it was pressed on the phone; now, where the form does not say."""
    try:
        at = datetime.fromisoformat(request.form.get("at", ""))
        return at.astimezone(UTC) if at.tzinfo else now
    except (ValueError, OverflowError):  # no moment, or one that UTC has not
        return now


def _words_said() -> str:
    return request.form.get("words", "").strip()[: check_ins.MOST_NOTES]


def _lessons_shown() -> tuple[str, ...]:
    shown = tuple(request.form.getlist("taught"))
    return shown if set(shown) <= set(LESSONS) else abort(422)


def _uuid(typed: str) -> UUID:
    try:
        return UUID(typed)
    except ValueError:
        abort(422)
