"""Papers as files: attached before sending, seen as the draft or the case is seen."""

from __future__ import annotations

from uuid import UUID

from flask import abort, g, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.eservices.citizen.blueprint import citizen, private
from obshto.modules.eservices.forms.papers import papers_form
from obshto.modules.eservices.models import Draft
from obshto.modules.eservices.services import attachments, case_queries, drafts
from obshto.modules.eservices.services.catalogue import service_of
from obshto.platform.storage.downloads import send_file
from obshto.platform.storage.errors import FileRefused
from obshto.platform.web.access import open_to_all
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_principal, current_uow
from obshto.platform.web.uploads import takes_files


@citizen.route("/drafts/<ref>/files", methods=["GET", "POST"])
@open_to_all
@takes_files
def papers(ref: str) -> Response:
    uow = current_uow()
    draft = drafts.draft_at(uow, ref, to_change=request.method == "POST")
    form = papers_form(draft, current_language())
    if form.validate_on_submit() and (current_principal().is_known or form.passes()):
        try:
            attachments.attach(uow, draft, form.brought())
            return see_other(".papers", ref=ref, said="eservices.attached")
        except FileRefused as refusal:
            form.file.errors = [str(refusal)]
    status = 422 if form.errors or form.is_asking else 200
    return private("eservices/papers.html", status=status, form=form, **_shown(ref, draft))


@citizen.get("/drafts/<ref>/files/<paper>")
@open_to_all
def draft_file(ref: str, paper: str) -> Response:
    draft = drafts.draft_at(current_uow(), ref)
    return _sent(attachments.paper_of(current_uow(), draft, _id(paper)))


@citizen.post("/drafts/<ref>/files/<paper>/remove")
@open_to_all
def remove_paper(ref: str, paper: str) -> Response:
    uow = current_uow()
    draft = drafts.draft_at(uow, ref, to_change=True)
    attachments.take_away(uow, draft, _id(paper), expected_version=seen_here())
    return see_other(".papers", ref=ref, said="eservices.paper-removed")


@citizen.get("/cases/<ref>/files/<paper>")
@open_to_all
def case_file(ref: str, paper: str) -> Response:
    case = case_queries.case_at(current_uow(), ref)
    return _sent(attachments.paper_of(current_uow(), case, _id(paper)))


def _shown(ref: str, draft: Draft) -> dict[str, object]:
    return {
        "layout": "site.html",
        "service": service_of(current_uow(), draft.service),
        "papers": attachments.papers_of(current_uow(), draft),
        "back_url": url_for(".check", ref=ref),
        "next_url": url_for(".check", ref=ref),
        "file_url": lambda id: url_for(".draft_file", ref=ref, paper=id),
        "remove_url": lambda id: url_for(".remove_paper", ref=ref, paper=id),
    }


def _id(paper: str) -> UUID:
    try:
        return UUID(paper)
    except ValueError:
        abort(404)


def _sent(paper: attachments.Paper) -> Response:
    g.is_personal = True
    return send_file(current_uow(), paper.stored)
