"""What was acknowledged, kept by who was told it and by nobody who can be killed."""

from __future__ import annotations

import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field

TITLE = re.compile(r"(?:editor|mayor)-[\w-]+: \d+")  # as writers name what they write
FOREIGN = "shown to foreigners"


@dataclass
class Entry:
    """One item of news as its writer knows it. `acts` counts what was acknowledged."""

    slug: str
    title: str
    item_id: str = ""
    summary: str = ""
    is_published: bool = False
    is_deleted: bool = False
    acts: Counter = field(default_factory=Counter)

    @property
    def is_public(self):
        return self.is_published and not self.is_deleted


@dataclass
class Bill:
    """Something to be paid, as who paid it knows it. Sums are cents."""

    slug: str
    cents: int
    charge_id: str = ""
    code: str = ""
    taken: int = 0
    reversed: int = 0
    by_card: int = 0
    by_bank: int = 0
    taken_back: int = 0  # of those by the bank
    refunded: list = field(default_factory=list)

    @property
    def payments(self):
        return self.taken + self.by_card + self.by_bank

    @property
    def is_paid(self):
        return self.payments > self.reversed + self.taken_back


@dataclass
class BankFile:
    """A statement of the bank, as who brought it knows it. `lines` counts those in each state."""

    slug: str
    name: str
    statement_id: str = ""
    is_dropped: bool = False
    lines: Counter = field(default_factory=Counter)


@dataclass
class Ballot:
    """One answer to a poll, as who gave it knows it; `sheet` is the number of one on paper."""

    slug: str
    chosen: dict  # ids of options by field
    text: str = ""
    person_id: object = None
    request_id: str = ""
    sheet: int = 0
    is_acknowledged: bool = False

    @property
    def token(self):
        """Of a device without a cookie: the id of its form."""
        return self.request_id


@dataclass
class Deed:
    """Something a neighbour told or asked for; `words` name it, of a support `person_id` does.

    `number` is the entry number that an applicant was told.
    """

    slug: str
    way: str
    words: str
    person_id: object = None
    is_acknowledged: bool = False
    number: int = 0


@dataclass
class Ledger:
    """All entries, all switches, with what went wrong on the way."""

    entries: list = field(default_factory=list)
    bills: list = field(default_factory=list)
    files: list = field(default_factory=list)  # of the bank
    ballots: list = field(default_factory=list)
    deeds: list = field(default_factory=list)
    switches: Counter = field(default_factory=Counter)  # (slug, act)
    modules: dict = field(default_factory=dict)  # slug: whether news are on
    tally: Counter = field(default_factory=Counter)
    wrong: list = field(default_factory=list)
    waits: list = field(default_factory=list)  # (seconds until acknowledged, first tried at)
    moments: list = field(default_factory=list)  # of the acknowledgements
    owners: dict = field(default_factory=dict)  # title of an item: whose it is
    lock: threading.Lock = field(default_factory=threading.Lock)

    def count(self, word, number=1):
        with self.lock:
            self.tally[word] += number

    def acknowledge(self, began):
        """Somebody was told that their act is done; they had begun to ask for it then."""
        self.count("acknowledged")
        self.moments.append(time.monotonic())
        self.waits.append((self.moments[-1] - began, began))

    def look(self, slug, text, asked):
        """Whatever a municipality shows is its own."""
        for title in set(TITLE.findall(text.replace("\xa0", " "))):
            if self.owners.get(title, slug) != slug:
                self.count(FOREIGN)
                self.blame(f"{slug} shows „{title}“ of {self.owners[title]}: {asked}")

    def blame(self, sentence):
        """Something that must never be: it fails the drill."""
        with self.lock:
            self.wrong.append(sentence)
