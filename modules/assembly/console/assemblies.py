"""Staff pages before the evening: the list, the notice, its agenda, acts upon an assembly."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from flask import Blueprint, abort, g, render_template, request
from werkzeug.wrappers import Response

from obshto.modules.assembly.errors import (
    MomentUnlawful,
    SignersTooFew,
    UnitTooLarge,
    VotersUnlikely,
)
from obshto.modules.assembly.forms.fields import (
    AgendaQuestionForm,
    AssemblyForm,
    AssemblyStepForm,
    fill_from,
)
from obshto.modules.assembly.forms.page_context import common_words, page_words
from obshto.modules.assembly.models import Assembly
from obshto.modules.assembly.permissions import AssemblyPermission
from obshto.modules.assembly.services import assemblies, papers, queries, rules
from obshto.modules.assembly.services.places import units_here
from obshto.modules.assembly.services.states import AssemblyAct, acts_from, following_law, law_of
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.legal.procedures import LawInForce
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import private_pdf
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow

console = Blueprint("assembly_console", __name__)
Answer = str | tuple[str, int] | Response
READ, CALL = requires(AssemblyPermission.READ), requires(AssemblyPermission.CALL)
FORM = ["GET", "POST"]
ONE = "/<uuid:assembly_id>"
MENDS: dict[type[DomainError], str] = {
    UnitTooLarge: "population",
    VotersUnlikely: "voters",
    SignersTooFew: "signatures",
    MomentUnlawful: "day",
}


@console.get("/")
@READ
def index() -> str:
    uow, chosen = current_uow(), request.args.get("list", queries.COMING_LIST)
    chosen = chosen if chosen in (*queries.LISTS, queries.DRAFTS_LIST) else "all"
    page = paginate(uow.session, queries.queue(chosen), page_number())
    agendas = queries.questions_of(uow, [row.id for row in page.rows])
    about = {"page": page, "chosen": chosen, "agendas": agendas}
    about["may_call"] = current_principal().may(AssemblyPermission.CALL)
    return render_template("assembly/console.html", **about, **common_words(uow))


@console.route("/new", methods=FORM)
@CALL
def new() -> Answer:
    """A draft of the notice."""
    uow, form = current_uow(), AssemblyForm()
    offer_days(form)
    if form.validate_on_submit():
        try:
            once = form.request_id.data
            row = assemblies.write_assembly(uow, form.said(), request_id=once)
            return see_other(".desk", assembly_id=row.id, said="assembly.drafted")
        except DomainError as refusal:
            refuse_at_field(form, refusal)
    return filled("assembly/edit.html", form, assembly=None, why=g.get("why"))


@console.get(ONE)
@READ
def desk(assembly_id: UUID) -> str:
    """All about one assembly: what is next, who may do it."""
    uow, me = current_uow(), current_principal()
    found = queries.staff_assembly(uow, assembly_id)
    law = law_of(found.announced_on, on=day_of(uow.now))
    follows = following_law(found.announced_on, on=day_of(uow.now))
    about = page_words(uow, found) | common_words(uow)
    about |= {"acts": acts_of(law, found.state), "now": uow.now}
    about["follows_from"] = partial(acts_of, follows)
    about["may_call"] = me.may(AssemblyPermission.CALL)
    about["may_record"] = me.may(AssemblyPermission.RECORD)
    return render_template("assembly/desk.html", **about)


def acts_of(law: LawInForce[AssemblyAct], state: str) -> list[AssemblyAct]:
    """What who looks may press in a state."""
    return [act for act in acts_from(law, state) if may_take(act)]


def may_take(act: AssemblyAct) -> bool:
    """Whether the law's row gives the act to who looks."""
    return act.way.who is not None and current_principal().may(act.way.who)


@console.route(f"{ONE}/edit", methods=FORM)
@CALL
def edit(assembly_id: UUID) -> Answer:
    uow, found = current_uow(), staff_row(assembly_id)
    form = AssemblyForm(data=fill_from(found))
    del form.request_id
    if found.petition_id:
        form.take_petition(found.petition_id, found.signatures or 0)
    offer_days(form)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            assemblies.edit_assembly(uow, found, form.said(), expected_version=version)
            return see_other(".desk", assembly_id=found.id, said="assembly.saved")
        except DomainError as refusal:
            refuse_at_field(form, refusal, found)
    show_version(form, found)
    return filled("assembly/edit.html", form, assembly=found, why=g.get("why"))


@console.route(f"{ONE}/steps/<step>", methods=FORM)
@READ
def take(assembly_id: UUID, step: str) -> Answer:
    """One act upon an assembly, by who may do it."""
    uow, found, form = current_uow(), staff_row(assembly_id), AssemblyStepForm()
    act = law_of(found.announced_on, on=day_of(uow.now)).acts.get(step) or abort(404)
    if not act.has_button:
        abort(404)
    if not may_take(act):
        abort(403)
    form.fit(act, is_dated=False)
    if form.validate_on_submit():
        try:
            version = form.expected_version.data
            assemblies.take_step(uow, found, step, form.said(), expected_version=version)
            return _after(found, step)
        except DomainError as refusal:
            refuse_at_field(form, refusal, found)
    show_version(form, found)
    about = {"assembly": found, "act": act, "question": None, "why": g.get("why")}
    return filled("assembly/step.html", form, **about, **common_words(uow))


@console.route(f"{ONE}/questions/new", methods=FORM)
@CALL
def ask(assembly_id: UUID) -> Answer:
    """One more point of the agenda."""
    uow, found, form = current_uow(), staff_row(assembly_id), AgendaQuestionForm()
    if form.validate_on_submit():
        try:
            once = form.request_id.data
            assemblies.add_question(uow, found, form.said(), request_id=once)
            return see_other(".desk", assembly_id=found.id, said="assembly.asked")
        except DomainError as refusal:
            tell(form, refusal)
    return filled("assembly/question.html", form, assembly=found, question=None)


@console.route(f"{ONE}/questions/<uuid:question_id>", methods=FORM)
@CALL
def mend(assembly_id: UUID, question_id: UUID) -> Answer:
    """The words of a point of the agenda, before the notice."""
    uow, found = current_uow(), staff_row(assembly_id)
    question = queries.question_of(uow, found, question_id)
    form = AgendaQuestionForm(data={"text": question.text})
    del form.request_id
    if form.validate_on_submit():
        try:
            told, version = form.said(), form.expected_version.data
            assemblies.edit_question(uow, found, question, told, expected_version=version)
            return see_other(".desk", assembly_id=found.id, said="assembly.asked")
        except DomainError as refusal:
            tell(form, refusal, question)
    show_version(form, question)
    return filled("assembly/question.html", form, assembly=found, question=question)


@console.post(f"{ONE}/questions/<uuid:question_id>/remove")
@CALL
def remove(assembly_id: UUID, question_id: UUID) -> Response:
    uow, found = current_uow(), staff_row(assembly_id)
    assemblies.remove_question(uow, found, question_id, expected_version=seen_here())
    return see_other(".desk", assembly_id=found.id, said="assembly.removed")


@console.get(f"{ONE}/notice.pdf")
@READ
def notice(assembly_id: UUID) -> Response:
    """What hangs on the board."""
    uow = current_uow()
    found = queries.staff_assembly(uow, assembly_id)
    return private_pdf("obyava", papers.notice_pdf(uow, found, queries.agenda_of(uow, found)))


@console.get(f"{ONE}/sheets.pdf")
@READ
def sheets(assembly_id: UUID) -> Response:
    """Blank lines for whoever comes."""
    uow = current_uow()
    found = queries.staff_assembly(uow, assembly_id)
    return private_pdf("prisastvashti", papers.sheets_pdf(uow, found))


@console.get(f"{ONE}/minutes.pdf")
@READ
def minutes(assembly_id: UUID) -> Response:
    """The minutes, to be filled in by hand or to be signed."""
    uow = current_uow()
    found = queries.staff_assembly(uow, assembly_id)
    return private_pdf("protokol", papers.minutes_pdf(uow, found, queries.agenda_of(uow, found)))


def staff_row(assembly_id: UUID) -> Assembly:
    """The row, locked where it may be changed: questions and steps follow it."""
    uow = current_uow()
    return queries.staff_assembly(uow, assembly_id, to_change=request.method == "POST")


def offer_days(form: AssemblyForm) -> None:
    """Settlements, and the days that the law allows if it is announced today."""
    uow = current_uow()
    ends = queries.settings_here(uow).work_ends_at
    window = rules.window_of(day_of(uow.now), work_ends_at=ends)
    form.offer(units_here(uow), rules.lawful_days(window))


def refuse_at_field(
    form: AssemblyForm | AssemblyStepForm, refusal: DomainError, row: Assembly | None = None
) -> None:
    """The sentence stands at the field that mends it, its article and arithmetic above."""
    tell(form, refusal, row, at=MENDS)
    g.why = getattr(refusal, "why", None)


def _after(found: Assembly, step: str) -> Response:
    if step == "discard":
        return see_other(".index", said="assembly.discarded")
    return see_other(".desk", assembly_id=found.id, said="assembly.stepped")
