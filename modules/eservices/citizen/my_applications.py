"""My applications: drafts apart from what was sent; each with its term, its steps, its looks."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, g, url_for
from werkzeug.wrappers import Response

from obshto.modules.eservices.citizen.blueprint import citizen, private
from obshto.modules.eservices.forms.acts import WordsForm
from obshto.modules.eservices.forms.papers import AnswerForm
from obshto.modules.eservices.models import Case
from obshto.modules.eservices.services import case_actions, case_queries
from obshto.modules.eservices.services.access_log import PURPOSES
from obshto.modules.eservices.services.answers import to_bring
from obshto.modules.eservices.services.attachments import papers_of
from obshto.modules.eservices.services.catalogue import services
from obshto.modules.eservices.services.clock import turns_of
from obshto.modules.eservices.services.complaints import complaints_of, term_of_complaint
from obshto.modules.eservices.services.document_files import file_for_person
from obshto.modules.eservices.services.drafts import drafts_of
from obshto.modules.eservices.services.fees import fee_of, fees_of
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.paper import filled_form
from obshto.modules.eservices.services.powers.queries import power_of
from obshto.modules.eservices.services.prices import LAW as FEE_LAW
from obshto.modules.eservices.services.ratings import SCORES, code_of_rating, rating_of
from obshto.modules.eservices.services.receipts import pdf_receipt
from obshto.modules.eservices.services.renewals import ending_rights, renewal_of
from obshto.modules.eservices.services.states import ASKED, OPEN, YOUR_STATES, procedure_of
from obshto.modules.eservices.services.step_text import TITLES, TOLD
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.cases.codes import digits, grouped
from obshto.platform.clock import day_of
from obshto.platform.errors import DomainError
from obshto.platform.legal.terms import LAW
from obshto.platform.storage.errors import FileRefused
from obshto.platform.web.access import open_to_all, signed_in
from obshto.platform.web.file_responses import private_pdf
from obshto.platform.web.forms import seen_here, show_version, tell
from obshto.platform.web.language import current_language
from obshto.platform.web.pagination import page_number, paginate
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files


@citizen.get("/mine")
@signed_in
def mine() -> Response:
    uow, me = current_uow(), current_principal().person_id or abort(403)
    page = paginate(uow.session, case_queries.cases_of(me), page_number())
    begun = list(uow.session.scalars(drafts_of(me).limit(20)))
    shown: dict[str, Any] = {
        "drafts": begun,
        "ending": ending_rights(uow, me),
        "today": day_of(uow.now),
        "services": services(current_uow()),
        "states": YOUR_STATES,
    }
    fees = fees_of(uow, [case.id for case in page.rows])
    return private("eservices/mine.html", page=page, fees=fees, **shown)


@citizen.route("/cases/<ref>", methods=["GET", "POST"])
@open_to_all
@takes_files
def case(ref: str) -> Response:
    """The case of a person; what was asked for is given here."""
    uow, form = current_uow(), AnswerForm()
    case = case_queries.case_at(uow, ref, to_change=form.is_submitted())
    if form.validate_on_submit():
        files = [file.stream for file in form.file.data or ()]
        try:
            words, version = form.words.data.strip(), form.expected_version.data
            case_actions.answer(uow, case, words, expected_version=version, files=files)
            return see_other(".case", ref=ref, said="eservices.answered")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
        except DomainError as refusal:
            tell(form, refusal, case)
    if not form.is_submitted():
        serve_if_asked(ref, case)
    show_version(form, case)
    status = 422 if form.errors or form.form_errors else 200
    return private("eservices/case.html", status=status, **_shown(ref, case), form=form)


@citizen.get("/cases/<ref>/receipt")
@open_to_all
def receipt(ref: str) -> Response:
    uow = current_uow()
    case = case_queries.case_at(uow, ref)
    definition = definition_behind(case)
    bring = to_bring(definition, case.read(), current_language())
    lines = filled_form(uow, case)
    by_sms = case_queries.is_told_by_sms(uow, case)
    shown = {**_shown(ref, case), "bring": bring, "lines": lines, "by_sms": by_sms}
    return private("eservices/receipt.html", layout="site.html", **shown)


@citizen.get("/cases/<ref>/receipt.pdf")
@open_to_all
def receipt_file(ref: str) -> Response:
    """To be kept: a code in the address opens it, so no cache may hold it."""
    g.is_personal = True
    uow = current_uow()
    case = case_queries.case_at(uow, ref)
    return private_pdf(f"receipt-{case.number}", pdf_receipt(uow, case, code=_code(ref, case)))


@citizen.route("/cases/<ref>/withdraw", methods=["GET", "POST"])
@open_to_all
def withdraw(ref: str) -> Response:
    uow, form = current_uow(), WordsForm()
    case = case_queries.case_at(uow, ref, to_change=form.is_submitted())
    if form.is_submitted():
        case_actions.withdraw(uow, case, expected_version=seen_here())
        return see_other(".case", ref=ref, said="eservices.withdrawn")
    service, fee = services(current_uow())[case.service], fee_of(uow, case)
    return private("eservices/withdraw.html", ref=ref, case=case, service=service, fee=fee)


@citizen.get("/documents/<uuid:document_id>")
@signed_in
def document(document_id: UUID) -> Response:
    """The file, for its person alone."""
    row, pdf = file_for_person(current_uow(), document_id)
    return private_pdf(row.number, pdf)


def rate_url(case: Case) -> str:
    """Where this case is rated, by whoever is given the address."""
    return url_for("eservices_citizen.rate", case_id=case.id, code=code_of_rating(case))


def _code(ref: str, case: Case) -> str:
    """What the case is opened by; empty where it is in a profile."""
    return "" if case.person_id else digits(ref)


def serve_if_asked(ref: str, case: Case) -> None:
    """Who opens a case reads what is asked: it is served, once."""
    if case.state == ASKED and case.cure_until is None:
        uow = current_uow()
        locked = case_queries.case_at(uow, ref, to_change=True)
        case_actions.serve_request(uow, locked, on=day_of(uow.now))


def _shown(ref: str, case: Case) -> dict[str, Any]:
    uow = current_uow()
    today, steps = day_of(uow.now), case_queries.steps_of(uow, case, for_staff=False)
    document, replaced = case_queries.documents_of(uow, case)
    return {
        "ref": ref,
        "code": _code(ref, case),
        "case_url": url_for(".case", ref=ref),
        "channel": CHANNELS[case.channel],
        "grouped": grouped,
        "case": case,
        "service": services(current_uow())[case.service],
        "state": YOUR_STATES[case.state],
        "is_open": case.state in OPEN,
        "is_asked": case.state == ASKED,
        "term": case_queries.term_of(case),
        "days_left": (case.due_on - today).days if case.due_on else None,
        "procedure": procedure_of(case),
        "appeal": case_queries.appeal_of_silence(case),
        "told": TOLD,
        "titles": TITLES,
        "fee": fee_of(uow, case),
        "fee_law": FEE_LAW,
        "steps": steps,
        "cure": case_queries.cure_of(case, steps),
        "turns": turns_of(steps),
        "looks": case_queries.looks_at(uow, case),
        "purposes": PURPOSES,
        "papers": papers_of(uow, case),
        "file_url": lambda id: url_for(".case_file", ref=ref, paper=id),
        "document": document,
        "replaced": replaced,
        "renewal": renewal_of(uow, case),
        "power": case.power_id and case.person_id and power_of(uow, case.power_id),
        "complaints": complaints_of(uow, case),
        "term_of_complaint": term_of_complaint,
        "rating": rating_of(uow, case),
        "rate_url": rate_url(case),
        "scores": SCORES,
        "law": LAW,
    }
