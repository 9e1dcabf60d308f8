"""Service designer: a service of the municipality's own is begun, filled with questions, worded."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import Response as FlaskResponse
from flask import abort, render_template, request
from flask_babel import LazyString
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import Answer, answered, console
from obshto.modules.eservices.console.design_edits import Change, design_here, edited
from obshto.modules.eservices.forms.design_terms import (
    OF_OFFER,
    TermsForm,
    rules_offered,
    sums_offered,
    terms_typed,
)
from obshto.modules.eservices.forms.designer import (
    AboutForm,
    DesignFileForm,
    DocumentDesignForm,
    LettersForm,
    NewServiceForm,
    StepDesignForm,
    spread,
)
from obshto.modules.eservices.forms.question_editor import DesignQuestionForm, question_form
from obshto.modules.eservices.models import DesignedService
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import approvals
from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.design import designs, receivers, recorded, steps, texts
from obshto.modules.eservices.services.design.checks import faults_in
from obshto.modules.eservices.services.design.compiler import DECISION, PAPERS, Design, own_steps
from obshto.modules.eservices.services.design.conditions import said_condition
from obshto.modules.eservices.services.design.files import (
    MOST_BYTES,
    SCHEMA_PATH,
    design_in,
    file_of,
)
from obshto.modules.eservices.services.design.formulas import (
    EXAMPLES,
    FUNCTIONS,
    said_formula,
    words_of,
)
from obshto.modules.eservices.services.design.groups import group_at, move_named_column
from obshto.modules.eservices.services.design.inheritance import origin_of, whose
from obshto.modules.eservices.services.design.kinds import (
    FILE,
    FORMULAS,
    GROUP,
    KINDS,
    POINT,
    kind_of,
)
from obshto.modules.eservices.services.design.origins import blank_design, copied_design
from obshto.modules.eservices.services.design.shared_services import is_of_region
from obshto.modules.eservices.services.fragments import composed
from obshto.modules.eservices.services.paper_limits import paper_in
from obshto.platform.errors import DomainError
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import SOURCE, current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files
from obshto.tenants.ports import cashier

WAYS = (steps.UP, steps.DOWN, steps.REMOVE)


@console.get("/own")
@requires(ServicesPermission.DESIGN)
def own_services() -> str:
    return render_template("eservices/designs.html", rows=designs.designs(current_uow()))


@console.route("/own/new", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def new_service() -> Answer:
    form = NewServiceForm().offer(catalogue_services())
    if form.validate_on_submit():
        title = {SOURCE: form.title.data.strip()}
        design = blank_design(title, form.need.data)
        if form.origin.data:
            design = copied_design(catalogue_services()[form.origin.data], title)
            design["about"]["need"] = form.need.data
        row = designs.start_design(current_uow(), design, request_id=form.request_id.data)
        return see_other(".own_service", row_id=row.id)
    by_file = DesignFileForm(formdata=None)
    return answered(form, render_template("eservices/design_new.html", form=form, by_file=by_file))


@console.post("/own/file")
@requires(ServicesPermission.DESIGN)
@takes_files
def import_service() -> Answer:
    form = DesignFileForm()
    if form.validate_on_submit():
        try:
            design = design_in(form.file.data.stream.read(MOST_BYTES + 1))
            row = designs.start_design(current_uow(), design, request_id=form.request_id.data)
            return see_other(".own_service", row_id=row.id)
        except DomainError as refusal:
            form.file.errors = [str(refusal)]
    new = NewServiceForm(formdata=None).offer(catalogue_services())
    return answered(form, render_template("eservices/design_new.html", form=new, by_file=form))


@console.get("/own/<uuid:row_id>")
@requires(ServicesPermission.DESIGN)
def own_service(row_id: UUID) -> str:
    uow = current_uow()
    row = designs.design_row(uow, row_id)
    design = designs.read_design(row)
    taken = origin_of(uow, row)
    return render_template(
        "eservices/design.html",
        row=row,
        design=design,
        steps=own_steps(design),
        faults=faults_in(design),
        is_published=designs.is_published(uow, row),
        taken=taken,
        may_publish_for_region=row.published and not taken and is_of_region(uow),
        whose=whose(taken) if taken else "",
        approvals=approvals.titles_of(uow, design.get("approvals", ())),
        cases=recorded.cases_of(uow, row),
        decision=DECISION,
        **_in_words(design),
        **_after_sending(design),
    )


def _after_sending(design: Design) -> dict[str, Any]:
    """Who receives it, and what the open register shows in words; of what is gone, its name."""
    known = receivers.public_fields(design)
    shown = design.get("register", {}).get("fields", ())
    return {
        "rules": receivers.rules_of(design),
        "receiver": receivers.said_receiver,
        "public": [known.get(name, name) for name in shown],
    }


def _in_words(design: Design) -> dict[str, Callable[[Any], str | None]]:
    """How the template says the kind of a question, its condition, its formula."""
    fields = composed(design)["fields"]
    return {
        "kind_title": lambda field: str(KINDS.get(kind_of(field), "")),
        "kind_of": kind_of,
        "limits_of": lambda paper: paper_in(paper).said_limits(),
        "condition": lambda when: said_condition(when, fields),
        "formula": lambda told: said_formula(told, fields),
        "place_of": lambda name: steps.place_of(design, name),
    }


@console.get("/own/<uuid:row_id>/file")
@requires(ServicesPermission.DESIGN)
def export_service(row_id: UUID) -> Response:
    uow = current_uow()
    row = designs.design_row(uow, row_id)
    file = file_of(designs.read_design(row), schema=f"{uow.scope.address}{SCHEMA_PATH}")
    answer = FlaskResponse(file, mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="{row.key}.json"'
    return answer


@console.route("/own/<uuid:row_id>/about", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def design_about(row_id: UUID) -> Answer:
    row, design = design_here(row_id)
    about = design["about"]
    form = AboutForm(
        data={**spread("title", about["title"]), **{k: about[k] for k in ("need", "law", "who")}}
    )

    def change(design: Design) -> None:
        design["about"] |= {"title": form.words("title"), "need": form.need.data}
        design["about"] |= {"law": form.law.data.strip(), "who": (form.who.data or "").strip()}

    return edited(form, row, change, "design_form.html", section="about")


@console.route("/own/<uuid:row_id>/terms", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def design_terms(row_id: UUID) -> Answer:
    row, design = design_here(row_id)
    form = TermsForm(data=terms_typed(design))
    form.offer(
        rules_offered(design, current_language()),
        cashier().kinds(current_uow()),
        sums_offered(design),
    )
    is_first = row.published == 0
    if not is_first:  # the fee stands among all other fees since
        for name in OF_OFFER:
            del form[name]
    return edited(
        form,
        row,
        lambda design: form.change(design, with_offer=is_first),
        "design_form.html",
        section="terms",
    )


@console.route("/own/<uuid:row_id>/letters", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def design_letters(row_id: UUID) -> Answer:
    row, design = design_here(row_id)
    form = LettersForm(data=design.get("letters", {}))

    def change(design: Design) -> None:
        told = {name: (form[name].data or "").strip() for name in ("sent", "issued", "refused")}
        design["letters"] = {name: text for name, text in told.items() if text}

    return edited(form, row, change, "design_form.html", section="letters")


@console.route("/own/<uuid:row_id>/document", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def design_document(row_id: UUID) -> Answer:
    row, design = design_here(row_id)
    document = design["document"]
    form = DocumentDesignForm(
        data={
            **{name: document.get(name) for name in ("title", "signed_by", "valid_months")},
            "is_renewed": "renewal" in design,
            "lines": texts.to_words(document["lines"], design),
            "form": texts.to_words(design.get("form", []), design),
        }
    )
    placeholders = list(texts.words_by_names(design).values())
    return edited(
        form,
        row,
        lambda design: _put_document(design, form),
        "design_form.html",
        section="document",
        placeholders=placeholders,
    )


@console.route("/own/<uuid:row_id>/steps/<step>", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def design_step(row_id: UUID, step: str) -> Answer:
    """A step by its id, or a new one."""
    row, design = design_here(row_id)
    found = steps.step_at(design, step)
    if found is None and step != "new":
        abort(404)
    form = StepDesignForm(data=spread("title", found["title"] if found else None))

    def change(design: Design) -> None:
        kept = steps.step_at(design, step)
        if kept:
            kept["title"] = form.words("title")
        else:
            steps.add_step(design, form.words("title"))

    return edited(form, row, change, "design_form.html", section="step")


@console.route("/own/<uuid:row_id>/add/<place>", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def add_question(row_id: UUID, place: str) -> Answer:
    row, design = design_here(row_id)
    if place not in (DECISION, PAPERS) and steps.step_at(design, place) is None:
        abort(404)
    form = question_form(
        None,
        _before(design, place),
        version=row.version,
        kinds=_kinds_at(place),
        known=composed(design)["fields"],
    )
    return edited(
        form,
        row,
        lambda design: _put_question(design, place, form),
        "design_question.html",
        after=_after_question(row),
        **_shown_with(form, place),
    )


@console.route("/own/<uuid:row_id>/questions/<name>", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def design_question(row_id: UUID, name: str) -> Answer:
    row, design = design_here(row_id)
    place = steps.place_of(design, name) or abort(404)
    field = steps.fields_at(design, place)[name]
    kinds = {kind: words for kind, words in _kinds_at(place).items() if kind != FILE}
    form = question_form(
        *(field, _before(design, place)),
        version=row.version,
        kinds=kinds,
        name=name,
        known=composed(design)["fields"],
    )
    return edited(
        form,
        row,
        lambda design: steps.put_question(design, place, form.asked(), name),
        "design_question.html",
        after=_after_question(row),
        **_shown_with(form, place),
    )


@console.route("/own/<uuid:row_id>/papers/<int:at>", methods=["GET", "POST"])
@requires(ServicesPermission.DESIGN)
def design_paper(row_id: UUID, at: int) -> Answer:
    """A document that is attached, by its place in the list."""
    row, design = design_here(row_id)
    paper = steps.paper_at(design, at) or abort(404)
    form = question_form(
        {**paper, "label": paper["text"], "type": FILE},
        _before(design, PAPERS),
        version=row.version,
        kinds=_kinds_at(PAPERS),
    )
    return edited(
        form,
        row,
        lambda design: steps.put_paper(design, form.asked(), at),
        "design_question.html",
        **_shown_with(form, PAPERS),
    )


@console.post("/own/<uuid:row_id>/move/<what>/<name>")
@requires(ServicesPermission.DESIGN)
def move_part(row_id: UUID, what: str, name: str) -> Response:
    """A step, a question, a document, a receiver or what is asked of each row: up, down, away."""
    way = request.form.get("way", "")
    moves: dict[str, Change] = {
        "step": lambda design: steps.move_step(design, name, way),
        "question": lambda design: steps.move_question(design, name, way),
        "paper": lambda design: steps.move_paper(design, name, way),
        "destination": lambda design: receivers.move_rule(design, name, way),
        "column": lambda design: move_named_column(design, name, way),
    }
    if way not in WAYS or what not in moves:
        abort(404)
    row = designs.design_row(current_uow(), row_id, to_change=True)
    designs.change_design(current_uow(), row, moves[what], expected_version=seen_here())
    if what == "column":
        return see_other(".design_group", row_id=row_id, name=name.partition(".")[0])
    return see_other(".own_service", row_id=row_id)


def _put_document(design: Design, form: DocumentDesignForm) -> None:
    months = form.valid_months.data
    design["document"] |= {
        "title": form.title.data.strip(),
        "lines": texts.to_names(form.lines.data, design),
        "signed_by": form.signed_by.data.strip(),
    }
    design["document"].pop("valid_months", None)
    design.pop("renewal", None)
    if months:
        design["document"]["valid_months"] = months
    if months and form.is_renewed.data:
        design["renewal"] = {"again": []}
    design["form"] = texts.to_names(form.form.data or "", design)


def _put_question(design: Design, place: str, form: DesignQuestionForm) -> str | None:
    asked = form.asked()
    if asked.kind == FILE or place == PAPERS:
        steps.put_paper(design, asked)
        return None
    return steps.put_question(design, place, asked)


def _shown_with(form: Any, place: str) -> dict[str, Any]:
    """The help of formulas, and the names of questions that they may speak of."""
    words = [] if place in (DECISION, PAPERS) else words_of(form.known)
    help_ = {"functions": FUNCTIONS, "examples": EXAMPLES}
    return {"section": "question", "place": place, "words": words, "formula_help": help_}


def _kinds_at(place: str) -> Mapping[str, LazyString]:
    """An official calculates nothing, fills in no groups, points at no map."""
    if place == PAPERS:
        return {FILE: KINDS[FILE]}
    without = {FILE, GROUP, POINT, *FORMULAS} if place == DECISION else set[str]()
    return {kind: words for kind, words in KINDS.items() if kind not in without}


def _after_question(row: DesignedService) -> Callable[[str | None], Response | None]:
    """On to what a group asks of each row, where nothing is asked yet."""

    def go(name: str | None) -> Response | None:
        group = group_at(designs.read_design(row), name) if name else None
        if group is None or group["columns"]:
            return None
        return see_other(".design_group", row_id=row.id, name=name, said="eservices.design-saved")

    return go


def _before(design: Design, place: str) -> list[tuple[str, Any]]:
    """The questions that a condition may look at; what the official fills in has none."""
    return [] if place == DECISION else list(steps.choices_before(design, place))
