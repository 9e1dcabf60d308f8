"""Papers as files: scanned at the counter, seen by who may open the case."""

from __future__ import annotations

from uuid import UUID

from flask import render_template, request, url_for
from werkzeug.wrappers import Response

from obshto.modules.eservices.console.blueprint import (
    Answer,
    answered,
    console,
    id_in,
    only_mine,
    usable,
)
from obshto.modules.eservices.errors import NotYours
from obshto.modules.eservices.forms.papers import PaperForm, papers_form
from obshto.modules.eservices.models import Draft
from obshto.modules.eservices.permissions import ServicesPermission
from obshto.modules.eservices.services import attachments, case_queries, counter_entry
from obshto.modules.eservices.services.access_log import opens
from obshto.modules.eservices.services.catalogue import service_of
from obshto.platform.errors import DomainError
from obshto.platform.storage.downloads import send_file
from obshto.platform.web.access import requires
from obshto.platform.web.forms import seen_here
from obshto.platform.web.language import current_language
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow
from obshto.platform.web.uploads import takes_files


@console.route("/enter/<ref>/files", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
@takes_files
def entered_papers(ref: str) -> Answer:
    uow = current_uow()
    draft = counter_entry.opened_draft(uow, id_in(ref), to_change=request.method == "POST")
    form = papers_form(draft, current_language())
    if _kept(form, draft):
        return see_other(".entered_papers", ref=ref, said="eservices.attached")
    shown = {
        "service": service_of(current_uow(), draft.service),
        "papers": attachments.papers_of(uow, draft),
        "back_url": url_for(".check", ref=ref),
        "next_url": url_for(".check", ref=ref),
        "file_url": lambda id: url_for(".file", paper_id=id),
        "remove_url": lambda id: url_for(".remove_paper", paper_id=id),
    }
    return _page(form, shown)


@console.route("/<uuid:case_id>/files", methods=["GET", "POST"])
@requires(ServicesPermission.HANDLE)
@takes_files
def scan(case_id: UUID) -> Answer:
    """A paper that was brought to the counter goes to its case."""
    uow = current_uow()
    case = usable(case_queries.case_of(uow, case_id, to_change=request.method == "POST"))
    only_mine(case)
    form = papers_form(case, current_language())
    if _kept(form, case):
        return see_other(".case", case_id=case_id, said="eservices.attached")
    shown = {
        "service": service_of(current_uow(), case.service),
        "papers": attachments.papers_of(uow, case),
        "back_url": url_for(".case", case_id=case_id),
        "file_url": lambda id: url_for(".file", paper_id=id),
    }
    return _page(form, shown)


@console.get("/files/<uuid:paper_id>")
@requires(ServicesPermission.HANDLE)
def file(paper_id: UUID) -> Response:
    """The file, for who enters the draft, or opened the case with a purpose."""
    uow = current_uow()
    owner = attachments.owner_of(uow, paper_id)
    if isinstance(owner, Draft):
        counter_entry.opened_draft(uow, owner.id)
    elif not opens(uow, case_queries.case_of(uow, owner.id)):
        raise NotYours
    return send_file(uow, attachments.paper_of(uow, owner, paper_id).stored)


@console.post("/files/<uuid:paper_id>/remove")
@requires(ServicesPermission.HANDLE)
def remove_paper(paper_id: UUID) -> Response:
    uow = current_uow()
    draft_id = attachments.owner_of(uow, paper_id).id
    draft = counter_entry.entered_draft(uow, draft_id, to_change=True)
    attachments.take_away(uow, draft, paper_id, expected_version=seen_here())
    return see_other(".entered_papers", ref=draft_id, said="eservices.paper-removed")


def _kept(form: PaperForm, owner: attachments.Owner) -> bool:
    """Whether a file came and was taken; else the form says why not."""
    if not form.validate_on_submit():
        return False
    try:
        attachments.attach(current_uow(), owner, form.brought(by_staff=True))
    except DomainError as refusal:
        form.file.errors = [str(refusal)]
        return False
    return True


def _page(form: PaperForm, shown: dict[str, object]) -> Answer:
    page = render_template("eservices/papers.html", layout="console.html", form=form, **shown)
    return answered(form, page)
