"""The check at the address on papers of services: it answers for ever, services on or off."""

from __future__ import annotations

from flask import Blueprint

from obshto.platform.documents.citizen import Answer, asked_page, check_page
from obshto.platform.web.access import open_to_all

front = Blueprint("documents_front", __name__)


@front.get("/eservices/verify")
@open_to_all
def ask() -> Answer:
    return asked_page(".verify")


@front.get("/eservices/verify/<code>")
@open_to_all
def verify(code: str) -> Answer:
    return check_page(code)
