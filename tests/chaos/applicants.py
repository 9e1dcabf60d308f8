"""People without an account who apply for a certificate, page after page, until it has a number."""

from __future__ import annotations

import re
from contextlib import suppress
from uuid import uuid4

from clients import LATE, REDIRECTED, TOKEN, InDoubt, Person, form_for
from ledger import Deed
from offers import SERVICE

WAY = "application"
PAGES = {
    "acting": {"acting_as": "self"},
    "identity": {
        "applicant_id_kind": "egn",
        "applicant_name": "Пена Иванова Пробова",
        "applicant_id": "0307159274",
    },
    "address": {
        "address_settlement": "с. Раковица, община Макреш, област Видин",
        "address_street": "ул. „Първа“ № 1",
    },
    "contact": {"phone": "0888 123 456", "email": ""},
    "before": {},  # before whom it is needed: what nobody else says
    "delivery": {"delivery": "office"},
}
DRAFT = re.compile(r"/eservices/drafts/([^/?]+)")
ENTRY = re.compile(r"20\d\d-(\d{5})")


class Applicant(Person):
    """Each act is somebody else's application, with the number that its receipt says."""

    person, area = "applicant", "eservices"

    def sign_in(self):
        """Nobody does: who applies keeps the code of the application."""

    def act(self):
        self.written += 1
        asker, deed = self.passer_by(), Deed(self.slug, WAY, f"Съсед {uuid4()}")
        self.ledger.deeds.append(deed)
        start = f"/eservices/{SERVICE}/start"
        ref = DRAFT.match(self.step(asker, start, {}))[1]
        for name, typed in PAGES.items():
            said = {"before_whom": deed.words} if name == "before" else typed
            self.step(asker, f"/eservices/drafts/{ref}/{name}", said)
        draft = f"/eservices/drafts/{ref}"
        receipt = self.step(asker, draft, {}, to=f"{draft}/send")
        _, _, text = asker.until("GET", receipt)
        deed.number = int(ENTRY.search(text)[1])
        deed.is_acknowledged = True
        self.ledger.count(f"told: {WAY}")

    def step(self, asker, page, typed, *, to=""):
        """Open a page and send its form until it leads on; answers where to."""
        path = to or page
        status, _, text = asker.until("GET", page)
        assert status == 200, f"{status} for {page}"
        form = form_for(path, text, page) | typed
        form |= {"csrf_token": token[1]} if (token := TOKEN.search(text)) else {}
        status, headers, _ = self.repeated(lambda: asker.ask("POST", path, form), path)
        if status != REDIRECTED:
            raise AssertionError(f"{status} for {path}")
        if self.rng.random() < LATE and to:
            self.ledger.count("late copies")
            with suppress(InDoubt):
                asker.ask("POST", path, form)
        return headers["Location"]
