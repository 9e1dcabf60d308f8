"""Check of a document at the address that papers of services bear: it answers for ever."""

from __future__ import annotations

from obshto.modules.eservices.citizen.blueprint import citizen
from obshto.platform.documents.citizen import Answer, asked_page, check_page
from obshto.platform.web.access import open_to_all


@citizen.get("/verify")
@open_to_all
def ask() -> Answer:
    return asked_page(".verify")


@citizen.get("/verify/<code>")
@open_to_all
def verify(code: str) -> Answer:
    return check_page(code)
