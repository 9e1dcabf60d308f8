"""Whether a document is genuine: open to all, without a word about its person."""

from __future__ import annotations

from flask import render_template, request
from werkzeug.wrappers import Response

from obshto.modules.eservices.citizen.blueprint import citizen
from obshto.modules.eservices.errors import NoSuchDocument
from obshto.modules.eservices.forms.acts import CheckForm
from obshto.modules.eservices.services.verification import (
    document_by_code,
    is_valid,
    seal_is_untouched,
)
from obshto.platform.cases.codes import digits
from obshto.platform.clock import day_of
from obshto.platform.web.access import open_to_all
from obshto.platform.web.forms import filled
from obshto.platform.web.redirects import see_other
from obshto.platform.web.request_uow import current_uow

Answer = str | tuple[str, int] | Response


@citizen.get("/verify")
@open_to_all
def ask() -> Answer:
    form = CheckForm(request.args)
    if form.code.raw_data and form.validate():
        return see_other(".verify", code=digits(form.code.data))
    return filled("eservices/verify.html", form)


@citizen.get("/verify/<code>")
@open_to_all
def verify(code: str) -> Answer:
    uow = current_uow()
    try:
        document = document_by_code(uow, code)
    except NoSuchDocument:
        return render_template("eservices/unknown.html", code=digits(code)[:40]), 404
    valid = is_valid(document, day_of(uow.now))
    return render_template(
        "eservices/genuine.html",
        document=document,
        is_valid=valid,
        is_untouched=seal_is_untouched(document),
    )
