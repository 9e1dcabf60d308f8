"""Towns: one pair of hands in a municipality does what its people do, in turns that a seed chooses.

Most of it is reading. Each kind of people is that of the drills, with the same ledger.
"""

from __future__ import annotations

import threading

from applicants import Applicant
from clients import Editor, Person
from electors import Elector
from neighbours import Neighbour
from tills import Buyer, Cashier
from voters import Typist, Voter

PATHS = (
    *("/", "/news/", "/eservices/", "/polls/", "/reports/", "/proposals/"),
    "/search?q=%D0%B2%D0%BE%D0%B4%D0%B0",
)
READ = "pages read"


class Reader(Person):
    """Somebody who only looks; what they are shown is looked at for words of other places."""

    person, area = "reader", "news"

    def sign_in(self):
        """Nobody does."""

    def act(self):
        mine = [e for e in self.ledger.entries if e.slug == self.slug and e.is_public and e.item_id]
        path = self.rng.choice(PATHS)
        if mine and self.rng.random() < 0.5:
            path = f"/news/{self.rng.choice(mine).item_id}"
        status, _, text = self.passer_by().until("GET", path)
        self.ledger.count(READ)
        if status not in (200, 301, 302, 308) and "/news/" not in path:
            self.ledger.blame(f"{status} for {path} of {self.slug}")
        if status == 200 and self.title not in text.replace("\xa0", " "):
            self.ledger.blame(f"{path} of {self.slug} does not say {self.title}")

    @property
    def title(self):
        return f"Община {self.slug.replace('-', ' ').title()}"


# Of a hundred acts, so many are whose; a ballot by phone only where the program for it is.
MIX = (
    (Reader, 60),
    (Applicant, 8),
    (Editor, 6),
    (Voter, 8),
    (Neighbour, 6),
    (Cashier, 4),
    (Buyer, 3),
    (Typist, 3),
    (Elector, 2),
)


# What more hands in one place do; the others would count the same drawer, read the same section.
MORE = (Reader, Applicant, Editor, Voter)


class Town(threading.Thread):
    """A pair of hands; `enough` tells it to end after the act at hand."""

    def __init__(self, number, slug, house, ledger, sent, rng):
        super().__init__(name=f"town-{slug}-{number}")
        self.ledger, self.rng, self.enough = ledger, rng, threading.Event()
        mix = [(kind, weight) for kind, weight in MIX if not number or kind in MORE]
        self.weights = [weight for _, weight in mix]
        self.people = [kind(f"{slug}-{number}", slug, house, ledger, sent, rng) for kind, _ in mix]

    def run(self):
        try:
            for person in self.people:
                person.sign_in()
            while not self.enough.is_set():
                self.next().act()
        except Exception as error:  # noqa: BLE001  hands that fell silent must not pass
            self.ledger.blame(f"{self.name}: {type(error).__name__}: {error}")

    def next(self):
        """Whose turn it is; an elector without a code to vote by has none."""
        [person] = self.rng.choices(self.people, self.weights)
        if isinstance(person, Elector) and not (person.left or person.waiting):
            return self.people[0]
        return person
