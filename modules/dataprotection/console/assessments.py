"""Assessments of impact: the list, one activity's questions, its approval, the file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import render_template, url_for
from flask_babel import force_locale, gettext
from werkzeug.wrappers import Response

from obshto.modules.dataprotection.console.blueprint import Answer, console
from obshto.modules.dataprotection.forms import AssessmentForm, ReturnVersionForm
from obshto.modules.dataprotection.models import ImpactAssessment
from obshto.modules.dataprotection.permissions import DataProtectionPermission
from obshto.modules.dataprotection.services import assessments
from obshto.modules.dataprotection.services.activities import COLUMNS
from obshto.modules.dataprotection.services.assessment_questions import (
    LEVELS,
    NEEDS,
    RISK_COLUMNS,
    RISKS,
    TEXTS,
    missing_answers,
)
from obshto.platform.errors import DomainError
from obshto.platform.modularity.manifest import RiskCriterion
from obshto.platform.web.access import requires
from obshto.platform.web.file_responses import csv_file
from obshto.platform.web.forms import filled, seen_here, show_version, tell
from obshto.platform.web.language import SOURCE
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

READ, MANAGE = DataProtectionPermission.READ, DataProtectionPermission.MANAGE
ASSESS = DataProtectionPermission.ASSESS
CRITERIA = {one.value: one for one in RiskCriterion}
WORDS: dict[str, Any] = {
    "needs": NEEDS,
    "texts": TEXTS,
    "risks": RISKS,
    "risk_columns": RISK_COLUMNS,
    "levels": LEVELS,
    "criteria": CRITERIA,
}


@console.get("/assessments")
@requires(READ)
def assessment_list() -> str:
    """Every activity, with what is missing first."""
    uow = current_uow()
    return render_template(
        "dataprotection/assessments.html",
        rows=assessments.standings(uow),
        may_manage=uow.principal.may(MANAGE),
    )


@console.get("/assessments.csv")
@requires(READ)
def assessment_file() -> Response:
    """The approved ones with every answer, in Bulgarian."""
    with force_locale(SOURCE):
        head = [*_head()]
        rows = [_cells(row) for row in assessments.approved_assessments(current_uow())]
    return csv_file("assessments.csv", head, rows)


@console.route("/assessments/of/<activity>", methods=["GET", "POST"])
@requires(MANAGE)
def write_assessment(activity: str) -> Answer:
    """The questions of one activity, filled by what the portal declares and by the last edition."""
    uow = current_uow()
    standing = assessments.standing_of(uow, activity)
    if standing.state == assessments.WAITING and standing.open:
        return see_other(".assessment", assessment_id=standing.open.id)
    words = assessments.first_words(standing)
    form = AssessmentForm(data={**words.answers, **_own(words)})
    if form.validate_on_submit():
        try:
            row = assessments.write_assessment(uow, standing, form.words(), **_sent(form))
            said = "dataprotection.assessment-kept"
            return see_other(".assessment", assessment_id=row.id, said=said)
        except DomainError as refusal:
            tell(form, refusal, standing.open)
    if standing.open:
        show_version(form, standing.open)
    return filled("dataprotection/assess.html", form, standing=standing, columns=COLUMNS, **WORDS)


@console.get("/assessments/<uuid:assessment_id>")
@requires(READ)
def assessment(assessment_id: UUID) -> str:
    """One assessment, to be read, printed and decided upon."""
    uow = current_uow()
    row = assessments.assessment_of(uow, assessment_id)
    may_approve = uow.principal.may(ASSESS) and row.proposed_by_id != uow.principal.person_id
    return render_template(
        "dataprotection/assessment.html",
        row=row,
        editions=assessments.editions_of(uow, row.activity),
        missing=missing_answers(row.need, row.why, row.answers),
        may_manage=uow.principal.may(MANAGE),
        may_approve=may_approve and row.is_open and bool(row.proposed_at),
        columns=COLUMNS,
        **WORDS,
    )


@console.post("/assessments/<uuid:assessment_id>/propose")
@requires(MANAGE)
def propose_assessment(assessment_id: UUID) -> Response:
    uow = current_uow()
    row = assessments.assessment_of(uow, assessment_id, to_change=True)
    assessments.propose_assessment(uow, row, expected_version=seen_here())
    return _back_to(assessment_id, "dataprotection.assessment-proposed")


@console.post("/assessments/<uuid:assessment_id>/approve")
@requires(ASSESS)
def approve_assessment(assessment_id: UUID) -> Response:
    uow = current_uow()
    row = assessments.assessment_of(uow, assessment_id, to_change=True)
    assessments.approve_assessment(uow, row, expected_version=seen_here())
    return _back_to(assessment_id, "dataprotection.assessment-approved")


@console.route("/assessments/<uuid:assessment_id>/return", methods=["GET", "POST"])
@requires(ASSESS)
def return_assessment(assessment_id: UUID) -> Answer:
    uow, form = current_uow(), ReturnVersionForm()
    row = assessments.assessment_of(uow, assessment_id, to_change=form.is_submitted())
    if form.validate_on_submit():
        try:
            seen = form.expected_version.data
            assessments.return_assessment(uow, row, form.said(), expected_version=seen)
            return _back_to(assessment_id, "dataprotection.assessment-returned")
        except DomainError as refusal:
            tell(form, refusal, row)
    show_version(form, row)
    back_to = url_for(".assessment", assessment_id=assessment_id)
    title = gettext("Върнете оценката с причина")
    return filled("dataprotection/return.html", form, title=title, back_to=back_to)


def _back_to(assessment_id: UUID, said: str) -> Response:
    return see_other(".assessment", assessment_id=assessment_id, said=said)


def _own(words: assessments.AssessmentWords) -> dict[str, Any]:
    return {"criteria": words.criteria, "need": words.need, "why": words.why}


def _sent(form: AssessmentForm) -> dict[str, Any]:
    return {
        "request_id": form.request_id.data,
        "expected_version": form.expected_version.data,
    }


def _head() -> list[str]:
    head = [gettext("Дейност"), gettext("Версия"), gettext("Кое важи за тази дейност")]
    head += [gettext("Нужна ли е оценка на въздействието?"), gettext("Защо решихте така")]
    head += [str(label) for label in TEXTS.values()]
    head += [f"{risk}: {column}" for risk in RISKS.values() for column in RISK_COLUMNS.values()]
    head += [gettext("Какъв риск остава след мерките")]
    head += [gettext("Номер и дата на писмото до комисията")]
    return [*head, gettext("Предложил"), gettext("Одобрил"), gettext("Одобрена")]


def _cells(row: ImpactAssessment) -> list[str]:
    said = row.answers
    cells = [row.entry["title"], str(row.number)]
    cells += [", ".join(str(CRITERIA[word].label) for word in row.criteria if word in CRITERIA)]
    cells += [str(NEEDS[row.need]), row.why, *(said.get(name, "") for name in TEXTS)]
    cells += [_risk_cell(said, risk, column) for risk in RISKS for column in RISK_COLUMNS]
    cells += [str(LEVELS.get(said.get("residual", ""), "")), said.get("consulted", "")]
    day = row.approved_at.date().isoformat() if row.approved_at else ""
    return [*cells, row.proposed_by, row.approved_by, day]


def _risk_cell(said: dict[str, Any], risk: str, column: str) -> str:
    word = str(said.get(risk, {}).get(column, ""))
    return word if column == "measures" else str(LEVELS.get(word, ""))
