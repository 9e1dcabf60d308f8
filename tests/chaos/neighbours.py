"""Neighbours who report a lamp, give an opinion, support a proposal, book a computer, and two of
the staff who read protocols of sections, one after the other: each of it once.
"""

from __future__ import annotations

import re
from contextlib import suppress
from html import unescape
from itertools import cycle
from uuid import uuid4

from clients import LATE, REDIRECTED, TOKEN, InDoubt, Person, form_for
from ledger import Deed
from voters import citizen

WAYS = ("report", "opinion", "support", "booking")
PROTOCOL, SECOND = "protocol", "second"
LISTED = 1_000  # voters of a section, and its number: what no other protocol says
FREE = re.compile(r'href="(/centres/book/[^"]+)"')
NEAREST = 3  # of the free times: so few that two want the same seat
TAKEN = (409, 422)


class Neighbour(Person):
    """Each act is somebody else's; its words are found nowhere else."""

    person = "neighbour"
    area = "news"

    def sign_in(self):
        self.offer = self.house.offers[self.slug]
        self.unread = list(enumerate(self.offer.protocols, start=1))
        self.read = []  # by one person, known to be there
        turns = self.rng.sample((*WAYS, PROTOCOL), len(WAYS) + 1)
        turns.insert(turns.index(PROTOCOL) + 1, SECOND)
        self.ways = cycle(turns)

    def act(self):
        self.written += 1
        left = {PROTOCOL: self.unread, SECOND: self.read}
        way = next(way for way in self.ways if left.get(way, WAYS))
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

    def protocol(self, deed):
        """The numbers of the next section, by somebody of the staff."""
        section = self.unread.pop(0)
        self.numbers_of(deed, section, "clerk")
        self.read.append(section)

    def second(self, deed):
        """The same numbers, by somebody else who does not see them."""
        self.numbers_of(deed, self.read.pop(0), "secretary")

    def numbers_of(self, deed, section, key):
        number, page = section
        asker = self.passer_by()
        asker.cookie = self.house.cookie(self.slug, key)
        deed.words = str(LISTED + number)
        typed = {"number": number, "listed": deed.words, "signed": 9, "ballots": 9}
        typed |= {"yes": 5, "no": 3, "invalid": 1, "complaints": 0}
        self.do(deed, asker, page, typed)

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

    def known(self, deed):
        """Somebody signed in."""
        asker = self.passer_by()
        deed.person_id, asker.cookie = citizen(self.house, self.slug)
        return asker


class SeatTaken(Exception):
    """Somebody was faster."""
