"""Citizens who report a lamp, give an opinion, support a proposal, book a computer, once each."""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from uuid import uuid4

from clients import LATE, REDIRECTED, TOKEN, Asker, InDoubt, Person, form_for
from ledger import Deed
from voters import citizen

WAYS = ("report", "opinion", "support", "booking")
FREE = re.compile(r'href="(/centres/book/[^"]+)"')
NEAREST = 3  # of the free times: so few that two want the same seat
TAKEN = (409, 422)


class Neighbour(Person):
    """Each act is somebody else's; its words are found nowhere else."""

    person = "neighbour"
    area = "news"

    def sign_in(self):
        self.offer = self.house.offers[self.slug]

    def act(self):
        self.written += 1
        way = self.rng.choice(WAYS)
        deed = Deed(self.slug, way, f"Съсед {uuid4()}")
        getattr(self, way)(deed)

    def report(self, deed):
        path = "/reports/new/tell?kind=lamp&settlement="
        self.do(deed, self.passer_by(), path, {"words": deed.words, "place": "до чешмата"})

    def opinion(self, deed):
        typed = {"words": deed.words, "author": "Проба Авторова", "behalf": "own"}
        self.do(deed, self.known(deed), self.offer.say, typed)

    def support(self, deed):
        page = self.offer.proposal
        self.do(deed, self.known(deed), page, {}, to=f"{page}/support")

    def booking(self, deed):
        """One of the next free seats, unless somebody was faster."""
        asker = self.passer_by()
        _, _, page = asker.until("GET", self.offer.times)
        nearest = [unescape(address) for address in FREE.findall(page)][:NEAREST]
        phone = f"0888 {self.rng.randrange(100, 1000)} {self.rng.randrange(100, 1000)}"
        typed = {"slots": "1", "name": deed.words, "phone": phone}
        with suppress(SeatTaken):
            self.do(deed, asker, self.rng.choice(nearest), typed)

    def do(self, deed, asker, page, typed, *, to=""):
        """Until it is known to be done; the same form now and then comes once more."""
        path = to or page
        status, _, text = asker.until("GET", page)
        if status in TAKEN:
            raise SeatTaken
        assert status == 200, f"{status} for {page}"
        form = form_for(path, text, page) | typed
        form |= {"csrf_token": token[1]} if (token := TOKEN.search(text)) else {}
        self.ledger.deeds.append(deed)
        status, *_ = self.repeated(lambda: asker.ask("POST", path, form), path)
        if deed.way == "booking" and status in TAKEN:
            self.ledger.deeds.remove(deed)
            self.ledger.count("seats somebody else was faster for")
            raise SeatTaken
        if status != REDIRECTED:
            raise AssertionError(f"{status} for {path}")
        deed.is_acknowledged = True
        self.ledger.count(f"told: {deed.way}")
        if self.rng.random() < LATE:
            self.ledger.count("late copies")
            with suppress(InDoubt):
                asker.ask("POST", path, form)

    def passer_by(self):
        """From an address of its own, or the rate limit would ask everybody for a sum."""
        asker = Asker(self.http.port, self.ledger, self.slug, self.http.sent, self.rng)
        number = self.rng.randrange(1 << 16)
        asker.address = f"10.{number // 256}.{number % 256}.{self.rng.randrange(256)}"
        return asker

    def known(self, deed):
        """Somebody signed in."""
        asker = self.passer_by()
        deed.person_id, asker.cookie = citizen(self.house, self.slug)
        return asker


class SeatTaken(Exception):
    """Somebody was faster."""
