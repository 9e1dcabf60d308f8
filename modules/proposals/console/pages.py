"""Staff pages of proposals: the queue, one proposal, what is done with it, what people ask for."""

from __future__ import annotations

from uuid import UUID

from flask import abort, g, render_template, request, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.proposals.console.blueprint import (
    HANDLE,
    OVERSEE,
    Answer,
    acted,
    back_to,
    console,
    to_change,
    to_use,
)
from obshto.modules.proposals.forms.proposal import (
    AuthorLookForm,
    CarryOutForm,
    DecisionForm,
    ProposalEntryForm,
    ProposalSortForm,
    ReasonForm,
    page_words,
    put_refusal,
)
from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services import (
    access_log,
    announcements,
    continuation,
    decisions,
    merges,
    moderation,
    queries,
)
from obshto.modules.proposals.services.coauthors import coauthors_of
from obshto.modules.proposals.services.codes import code_of
from obshto.modules.proposals.services.ladder import ladder_of, term_of
from obshto.modules.proposals.services.overview import asked_for, open_with_most_support
from obshto.modules.proposals.services.questions import ASKABLE
from obshto.modules.proposals.services.states import (
    IN_WORK,
    MERGED,
    OPEN,
    PROMISED,
    UNDER_WAY,
    WAYS,
    WITHDRAWN,
)
from obshto.modules.proposals.services.submission import send_proposal
from obshto.modules.proposals.services.supports import support_proposal
from obshto.modules.proposals.settings import ProposalsSettings
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import grouped
from obshto.platform.cases.forms import DepartmentAssignForm, TransferForm
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.legal.terms import LAW
from obshto.platform.moderation.flags import flags_on
from obshto.platform.moderation.forms import HideRowForm
from obshto.platform.moderation.rules import RULES
from obshto.platform.moderation.services import decision_on
from obshto.platform.modularity.departments import departments_here
from obshto.platform.settings.ready_texts import ready_texts_of
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.errors import NoSuchFile
from obshto.platform.storage.services import file_of
from obshto.platform.support.forms import SupportEntryForm
from obshto.platform.support.services import counts_of
from obshto.platform.village_map import picker_map
from obshto.platform.web.access import requires
from obshto.platform.web.forms import filled, seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate_counted
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.api import people_who_may, settlements_here, villages_here


@console.get("/")
@requires(HANDLE)
def index() -> str:
    chosen = request.args.get("list", "new")
    if chosen not in (*queries.LISTS, "all"):
        abort(404)
    return _listed(chosen)


@console.get("/late")
@requires(OVERSEE)
def late() -> str:
    """What is past its term, for the secretary and the mayor."""
    return _listed("late", template="proposals/late.html")


@console.get("/overview")
@requires(OVERSEE)
def overview() -> str:
    """What people ask for, by settlement and subject; nobody's name."""
    uow = current_uow()
    shown = {"rows": asked_for(uow), "first": open_with_most_support(uow)}
    return render_template("proposals/overview.html", **shown, **page_words(current_uow()))


def _listed(chosen: str, template: str = "proposals/queue.html") -> str:
    uow, today = current_uow(), day_of(current_uow().now)
    names = ("subject", "settlement", "department", "number")
    narrow = {name: request.args.get(name, "")[:120] for name in names}
    wanted = queries.ProposalFilter(list="all" if narrow["number"] else chosen, **narrow)
    rows = queries.queue(uow, wanted, today=today)
    counts = queries.counts(uow, wanted, today=today)
    page, numbers = paginate_counted(
        uow.session, rows, page_number(), counts=counts, total=wanted.list
    )
    ids = [row.id for row in page.rows]
    supported = counts_of(uow, queries.PART, ids)
    shown = {"page": page, "wanted": wanted, "counts": numbers, "today": today}
    shown["council_late"] = queries.council_late_days(uow, ids, today=today)
    shown["departments"] = queries.departments_of(uow)
    kept = {name: value for name, value in narrow.items() if value and name != "number"}
    return render_template(
        template, kept=kept, supported=supported, **shown, **page_words(current_uow())
    )


@console.route("/enter", methods=["GET", "POST"])
@requires(HANDLE)
@takes_files
def enter() -> Answer:
    """For somebody at the counter, on the phone, from a letter."""
    uow, form = current_uow(), ProposalEntryForm()
    form.offer(settlements_here(uow))
    if form.validate_on_submit():
        subject, place, channel = form.subject.data, form.settlement_code.data, form.channel.data
        try:
            proposal = send_proposal(
                uow,
                form.words(),
                form.sender(subject, place, channel=channel),
                request_id=form.request_id.data,
                picture=form.stream(),
            )
            return see_other(".slip", proposal_id=proposal.id, said="proposals.entered")
        except DomainError as refusal:
            put_refusal(form, refusal)
    chart = picker_map(villages_here(uow, current_language()))
    return filled("proposals/enter.html", form, chart=chart)


@console.get("/<uuid:proposal_id>/slip")
@requires(HANDLE)
def slip(proposal_id: UUID) -> str:
    """Number and code, to be read out or printed for the person; only for who entered it."""
    proposal = queries.proposal_of(current_uow(), proposal_id)
    if proposal.entered_by_id != current_principal().person_id:
        abort(404)
    code = grouped(code_of(proposal.request_id))
    return render_template(
        "proposals/slip.html", proposal=proposal, code=code, **page_words(current_uow())
    )


@console.get("/<uuid:proposal_id>")
@requires(HANDLE)
def proposal(proposal_id: UUID) -> str:
    return _desk(queries.proposal_of(current_uow(), proposal_id), AuthorLookForm())


@console.post("/<uuid:proposal_id>/look")
@requires(HANDLE)
def look(proposal_id: UUID) -> Answer:
    """Who the author is, for a purpose that they will read."""
    uow, form = current_uow(), AuthorLookForm()
    found = queries.proposal_of(uow, proposal_id)
    if form.validate_on_submit():
        key, reason = form.request_id.data, form.typed_reason()
        access_log.look_at_author(uow, found, form.purpose.data, request_id=key, reason=reason)
        return back_to(proposal_id, "proposals.looked")
    return _desk(found, form), 422


@console.post("/<uuid:proposal_id>/take")
@requires(HANDLE)
def take(proposal_id: UUID) -> Response:
    decisions.take_proposal(current_uow(), to_use(proposal_id), expected_version=seen_here())
    return back_to(proposal_id, "proposals.taken")


@console.post("/<uuid:proposal_id>/announce")
@requires(HANDLE)
def announce(proposal_id: UUID) -> Response:
    found, version = to_use(proposal_id), seen_here()
    announcements.announce(current_uow(), found, expected_version=version)
    return back_to(proposal_id, "proposals.announced")


@console.route("/<uuid:proposal_id>/assign", methods=["GET", "POST"])
@requires(HANDLE)
def assign(proposal_id: UUID) -> Answer:
    """A department answers, or one colleague of it."""
    uow = current_uow()
    people = people_who_may(uow, HANDLE)  # asks elsewhere: before the lock
    found = to_use(proposal_id)
    now = {"department": found.department, "to": str(found.assignee_id or "")}
    form = DepartmentAssignForm(data=now)
    form.offer(departments_here(uow), people)

    def act(version: int) -> None:
        to = UUID(form.to.data) if form.to.data else None
        name, department = people[to] if to else "", form.department.data
        decisions.assign_proposal(
            uow, found, department=department, to=to, name=name, expected_version=version
        )

    return acted(found, form, "proposals/assign.html", act, "proposals.assigned")


@console.route("/<uuid:proposal_id>/sort", methods=["GET", "POST"])
@requires(HANDLE)
def sort(proposal_id: UUID) -> Answer:
    uow, found = current_uow(), to_use(proposal_id)
    form = ProposalSortForm(obj=found)

    def act(version: int) -> None:
        decisions.sort_proposal(uow, found, form.sorting(), expected_version=version)

    return acted(found, form, "proposals/sort.html", act, "proposals.sorted")


@console.route("/<uuid:proposal_id>/extend", methods=["GET", "POST"])
@requires(HANDLE)
def extend(proposal_id: UUID) -> Answer:
    uow, found = current_uow(), to_use(proposal_id)
    form = ReasonForm(label=gettext("Защо трябва по-дълго проучване?"))

    def act(version: int) -> None:
        decisions.extend_term(uow, found, form.said(), expected_version=version)

    return acted(found, form, "proposals/extend.html", act, "proposals.extended")


@console.route("/<uuid:proposal_id>/decide", methods=["GET", "POST"])
@requires(HANDLE)
def decide(proposal_id: UUID) -> Answer:
    """Accepted with what follows, partly, refused with reasons, passed on."""
    uow, found = current_uow(), to_use(proposal_id)
    form = DecisionForm(label=gettext("Решението и защо"))

    def act(version: int) -> None:
        way = WAYS[form.outcome.data]
        decisions.decide_proposal(uow, found, way, form.decision(), expected_version=version)

    ready = ready_texts_of(uow, queries.PART, ProposalsSettings, decisions.READY_TEXTS)
    return acted(found, form, "proposals/decide.html", act, "proposals.decided", ready=ready)


@console.route("/<uuid:proposal_id>/carry-out", methods=["GET", "POST"])
@requires(HANDLE)
@takes_files
def carry_out(proposal_id: UUID) -> Answer:
    uow, found = current_uow(), to_use(proposal_id)
    form = CarryOutForm(label=gettext("Какво направи общината?"))

    def act(version: int) -> None:
        picture = form.stream()
        decisions.carry_out(uow, found, form.said(), expected_version=version, picture=picture)

    return acted(found, form, "proposals/carry_out.html", act, "proposals.carried-out")


@console.route("/<uuid:proposal_id>/hide", methods=["GET", "POST"])
@requires(HANDLE)
def hide(proposal_id: UUID) -> Answer:
    uow, found = current_uow(), to_change(proposal_id)
    form = HideRowForm()

    def act(version: int) -> None:
        moderation.hide_proposal(uow, found, form.reason(), expected_version=version)

    shown = {
        "doing": gettext("Скриване на предложение"),
        "number": found.number,
        "lead": gettext(
            "На мястото му всички ще четат кое правило е нарушено и защо. Авторът може да възрази,"
            " тогава решава друг човек. Срокът за решение тече."
        ),
        "back_url": url_for(".proposal", proposal_id=proposal_id),
    }
    return acted(found, form, "moderation/hide.html", act, "proposals.hidden", **shown)


@console.post("/<uuid:proposal_id>/show-again")
@requires(HANDLE)
def show_again(proposal_id: UUID) -> Response:
    found = to_change(proposal_id)
    moderation.show_proposal(current_uow(), found, expected_version=seen_here())
    return back_to(proposal_id, "proposals.shown")


@console.post("/<uuid:proposal_id>/leave")
@requires(HANDLE)
def leave(proposal_id: UUID) -> Response:
    """Nothing is wrong with what readers flagged."""
    found = to_change(proposal_id)
    moderation.leave_proposal(current_uow(), found, expected_version=seen_here())
    return back_to(proposal_id, "moderation.left")


@console.route("/<uuid:proposal_id>/support", methods=["GET", "POST"])
@requires(HANDLE)
def support(proposal_id: UUID) -> Answer:
    """A support given at the counter, by phone, on paper."""
    uow, form = current_uow(), SupportEntryForm()
    found = queries.public_proposal(uow, proposal_id)
    if form.validate_on_submit():
        try:
            request_id = form.request_id.data
            is_new = support_proposal(uow, proposal_id, form.supporter(), request_id=request_id)
            said = "proposals.support-entered" if is_new else "proposals.supported-before"
            return back_to(proposal_id, said)
        except DomainError as refusal:
            put_refusal(form, refusal)
    shown = {
        "heading": f"{gettext('Подкрепа на предложение')} {found.number}",
        "title": found.title,
        "back_url": url_for(".proposal", proposal_id=proposal_id),
    }
    return filled("support/enter.html", form, **shown)


@console.get("/<uuid:proposal_id>/picture")
@requires(HANDLE)
def picture(proposal_id: UUID) -> Response:
    g.is_personal = True
    uow = current_uow()
    file_id = queries.proposal_of(uow, proposal_id).picture_id
    if file_id is None:
        raise NoSuchFile
    return send_file(uow, file_of(uow, file_id))


@console.route("/<uuid:proposal_id>/continue", methods=["GET", "POST"])
@requires(HANDLE)
def go_on(proposal_id: UUID) -> Answer:
    """It becomes something in another part as well, and both stay linked."""
    uow, found = current_uow(), to_use(proposal_id)
    kinds = continuation.kinds_here(uow)
    form = TransferForm(data={"title": found.title[:120], "text": found.text[:1_200]})
    form.offer(continuation.WAYS, kinds)
    if form.validate_on_submit():
        try:
            told, request_id = form.transfer(), form.request_id.data
            continuation.continue_proposal(uow, found, told, request_id=request_id)
            return back_to(proposal_id, "proposals.continued")
        except DomainError as refusal:
            put_refusal(form, refusal)
    return filled("proposals/go_on.html", form, proposal=found, kinds=kinds)


def _desk(found: CitizenProposal, form: AuthorLookForm) -> str:
    uow = current_uow()
    lines = queries.lines_of(uow, found)
    return render_template(
        "proposals/desk.html",
        proposal=found,
        look_form=form,
        restricted=access_log.restricted(uow, found),
        sees_author=access_log.sees_author(uow, found),
        lines=lines,
        is_owed=announcements.is_owed(found),
        owed=announcements.owed_words(lines),
        continued=continuation.continued_as(uow, found),
        can_go_on=bool(continuation.desks_here(uow)) and found.state not in (WITHDRAWN, MERGED),
        looks=access_log.looks_at(uow, found),
        decision=decision_on(uow, queries.PART, found.id) if found.hidden_at else None,
        flags=flags_on(uow, queries.PART, [found.id]).get(found.id, {}),
        rules=RULES,
        ladder=ladder_of(uow, found),
        term=term_of(found),
        law=LAW,
        supported=counts_of(uow, queries.PART, [found.id])[found.id],
        purposes=access_log.PURPOSES,
        channel=CHANNELS[found.channel],
        is_open=found.state in OPEN,
        takes_questions=found.state in ASKABLE,
        coauthors=coauthors_of(uow, found),
        merged=merges.merged_with(uow, found),
        waiting=merges.waiting_merges(uow, found) if found.state in OPEN else (),
        has_agreed=merges.has_agreed,
        is_under_way=found.state in UNDER_WAY,
        in_work=found.state == IN_WORK,
        is_promised=found.state in PROMISED,
        is_mine=found.assignee_id == current_principal().person_id,
        today=day_of(uow.now),
        **page_words(current_uow()),
    )
