"""Public pages of the check: open to all, without an account, without a word of the person."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for
from werkzeug.wrappers import Response

from obshto.platform.cases.codes import digits
from obshto.platform.clock import day_of
from obshto.platform.documents.errors import NoSuchDocument
from obshto.platform.documents.forms import CheckForm
from obshto.platform.documents.verification import (
    document_by_code,
    is_valid,
    predecessor_of,
    seal_is_untouched,
    successor_of,
)
from obshto.platform.web.access import open_to_all
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

citizen = Blueprint("documents_citizen", __name__)
Answer = str | tuple[str, int] | Response


@citizen.get("/verify")
@open_to_all
def ask() -> Answer:
    return asked_page(".verify")


@citizen.get("/verify/<code>")
@open_to_all
def verify(code: str) -> Answer:
    return check_page(code)


def asked_page(verify_endpoint: str) -> Answer:
    """The question for a code; a whole one leads to what it says."""
    form = CheckForm(request.args)
    if form.code.raw_data and form.validate():
        return see_other(verify_endpoint, code=digits(form.code.data))
    return filled("documents/verify.html", form, ask_url=url_for(".ask"))


def check_page(code: str) -> Answer:
    """What a code says. Parts that printed an address of their own answer there with this."""
    uow = current_uow()
    try:
        document = document_by_code(uow, code)
    except NoSuchDocument:
        return render_template("documents/unknown.html", ask_url=url_for(".ask")), 404
    return render_template(
        "documents/genuine.html",
        document=document,
        is_valid=is_valid(document, day_of(uow.now)),
        successor=successor_of(uow, document),
        predecessor=predecessor_of(uow, document),
        is_untouched=seal_is_untouched(document),
        ask_url=url_for(".ask"),
    )
