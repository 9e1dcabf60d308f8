"""People who answer a poll from their own device or signed in, and a clerk who types sheets."""

from __future__ import annotations

from contextlib import suppress
from uuid import uuid4

from clients import LATE, REDIRECTED, TOKEN, InDoubt, Person, form_for
from ledger import Ballot
from sqlalchemy.exc import OperationalError

from obshto.tenants.api import CITIZEN, Profile, Proof, open_session, register_person

SIGNED_IN = 0.4  # of the voters
WRITES = 0.5  # of the voters, into the urn
REFUSED = 422
KNOWN = "Вече отговорихте"


def citizen(house, slug, person_id=None):
    """Somebody who lives here, and their cookie: a new person, or known by their id."""
    subject = f"drill:{uuid4()}"
    profile = Profile(issuer="drill", subject=subject, name="Цветан Лазаров", email=None)
    while True:
        with suppress(OperationalError), house.app.app_context():
            person_id = person_id or register_person(profile)
            token = open_session(person_id, municipality=slug, term=CITIZEN, proof=Proof())
            return person_id, f"session={token}"


def is_known(status, page):
    """Whether somebody is told that they have answered already."""
    return status == REFUSED and KNOWN in page.replace("\xa0", " ")


class Voter(Person):
    """Each act is somebody else's: one answer, repeated until it is known to be counted."""

    person = "voter"
    area = "polls"

    def sign_in(self):
        self.paper = self.house.polls[self.slug]

    def act(self):
        self.written += 1
        ballot = self.ballot()
        asker = self.asker(ballot)
        status, _, page = asker.until("GET", self.paper.path)
        assert status == 200, f"{status} for {self.paper.path}"
        form = form_for(self.paper.path, page, self.paper.path) | self.chosen(ballot)
        form |= {"csrf_token": token[1]} if (token := TOKEN.search(page)) else {}
        ballot.request_id = form["request_id"]
        self.ledger.ballots.append(ballot)
        self.send(asker, ballot, form)
        self.ledger.count("voted signed in" if ballot.person_id else "voted from a device")
        if self.rng.random() < LATE:
            self.try_again(ballot, form)

    def ballot(self):
        text = f"Мнение {uuid4()}" if self.rng.random() < WRITES else ""
        ballot = Ballot(self.slug, self.choice(), text)
        if self.rng.random() < SIGNED_IN:
            ballot.person_id, self.cookie = citizen(self.house, self.slug)
        return ballot

    def choice(self):
        """Options of each closed question, by its field."""
        (one, days), (several, goods), _ = self.paper.fields
        some = [option for option in goods if self.rng.random() < 0.5]
        return {one: [self.rng.choice(days)], **({several: some} if some else {})}

    def chosen(self, ballot):
        return ballot.chosen | ({self.paper.fields[-1][0]: ballot.text} if ballot.text else {})

    def asker(self, ballot):
        asker = self.passer_by()
        asker.cookie = self.cookie if ballot.person_id else ""
        return asker

    def send(self, asker, ballot, form):
        """Until they are told that it is counted, or that they have answered already."""
        doubts = 0

        def once():
            nonlocal doubts
            try:
                return asker.ask("POST", self.paper.path, form)
            except InDoubt:
                doubts += 1
                raise

        status, _, page = self.repeated(once, self.paper.path)
        if status != REDIRECTED and not (doubts and is_known(status, page)):
            raise AssertionError(f"{status} for {self.paper.path} after {doubts} doubts")
        ballot.is_acknowledged = True

    def try_again(self, ballot, form):
        """The same form once more; a person also from another device, with a form of its own."""
        asker = self.asker(ballot)
        if ballot.person_id and self.rng.random() < 0.5:
            _, asker.cookie = citizen(self.house, self.slug, ballot.person_id)
            page = ""
            with suppress(InDoubt):
                _, _, page = asker.ask("GET", self.paper.path)
            token = TOKEN.search(page)
            if not token:
                return  # the house was away: there is no form to send
            form = form | {"request_id": str(uuid4()), "csrf_token": token[1]}
        self.ledger.count("answered once more")
        with suppress(InDoubt):
            status, _, page = asker.ask("POST", self.paper.path, form)
            if not is_known(status, page):
                self.ledger.blame(f"{status} for somebody who answers {self.paper.path} again")


class Typist(Person):
    """Types paper sheets, each under a number that nobody else has."""

    person, area = "clerk", "polls"

    def sign_in(self):
        super().sign_in()
        self.paper = self.house.polls[self.slug]

    def act(self):
        self.written += 1
        page = f"/console{self.paper.path}/sheets"
        (one, days), (several, goods), (box, _) = self.paper.fields
        day, some = self.rng.randrange(3), [n for n in (0, 1) if self.rng.random() < 0.5]
        text = f"Мнение {uuid4()}" if self.rng.random() < WRITES else ""
        chosen = {one: [days[day]], **({several: [goods[n] for n in some]} if some else {})}
        ballot = Ballot(self.slug, chosen, text, sheet=self.written)
        typed = {one: day + 1, several: " ".join(str(n + 1) for n in some), box: text}
        form = self.form(page, page) | typed | {"number": ballot.sheet}
        ballot.request_id = form["request_id"]
        self.ledger.ballots.append(ballot)
        self.post(page, form)
        ballot.is_acknowledged = True
        self.ledger.count("sheets typed")
