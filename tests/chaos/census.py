"""Census of what neighbours did in one village: each deed stands there once, under one number."""

from __future__ import annotations

from collections import Counter

from applicants import WAY as APPLICATION
from electors import WAY
from flask import g
from offers import MODULES
from sqlalchemy import func, select

from obshto.modules.consultations.models import Opinion
from obshto.modules.eservices.models import Case
from obshto.modules.reports.models import Report
from obshto.modules.results.models import ProtocolEntry, SectionProtocol
from obshto.modules.results.services.protocols import PEOPLE
from obshto.modules.results.services.states import AGREED
from obshto.modules.voting.distribution.audit import audit
from obshto.modules.voting.models import BoardEvent
from obshto.modules.voting.services.board import BALLOT
from obshto.platform.bookings.models import Booking, Slot
from obshto.platform.support.models import Support, SupportCount
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

SAID = "Съсед "  # how their words begin; others', as the canary's, are not counted here


class Census:
    """Faults are counted with the judge, too."""

    def __init__(self, judge, slug):
        self.judge, self.slug, self.found = judge, slug, []
        self.deeds = [deed for deed in judge.ledger.deeds if deed.slug == slug]

    def verdict(self):
        if not self.deeds:
            return []  # no neighbours here
        with self.judge.house.app.app_context():
            g.modules = frozenset(MODULES)
            with open_uow(scope_named(self.slug), Principal.system("drill")) as uow:
                self.session = uow.session
                self.words("report", Report, Report.words)
                self.words("opinion", Opinion, Opinion.words)
                self.words("booking", Booking, Booking.name)
                self.protocols()
                self.board()
                self.supports()
                self.seats()
                self.applications()
                self.numbers(Report)
                self.numbers(Opinion)
                self.numbers(Case)
        return self.found

    def compare(self, way, kept):
        """What each was told against what is there."""
        of_way = [deed for deed in self.deeds if deed.way == way]
        told = Counter(d.person_id or d.words for d in of_way if d.is_acknowledged)
        in_doubt = {d.person_id or d.words for d in of_way if not d.is_acknowledged}
        kept = Counter({key: n for key, n in kept.items() if key not in in_doubt or n > 1})
        for key in told | kept:
            if difference := kept[key] - told[key]:
                self.judge.lost += max(-difference, 0)
                self.judge.doubled += max(difference, 0)
                self.found.append(f"{self.slug}: {way} „{key}“ is {difference:+d}")

    def words(self, way, model, column):
        rows = self.session.execute(select(column, getattr(model, "person_id", None))).all()
        own = [row for row in rows if (row[0] or "").startswith(SAID)]
        self.compare(way, Counter(person if way == "opinion" else word for word, person in own))

    def protocols(self):
        """Each was read once by each of two people: by the number of voters that it alone says."""
        entries = self.session.scalars(select(ProtocolEntry)).all()
        for place, way in enumerate(("protocol", "second"), start=1):
            self.compare(way, Counter(str(one.listed) for one in entries if one.place == place))
        people = Counter((one.protocol_id, one.by_id) for one in entries)
        self.found += [f"{self.slug}: one person read twice" for n in people.values() if n > 1]
        both = {one.protocol_id for one in entries if one.place == PEOPLE}
        agreed = select(SectionProtocol.id).where(SectionProtocol.state == AGREED)
        if both != set(self.session.scalars(agreed)):
            self.found.append(f"{self.slug}: what two people read alike is not agreed")

    def board(self):
        """Each ballot stands there once, and whoever audits what is published finds no fault."""
        trial = self.judge.house.offers[self.slug].trial
        if not trial:
            return
        ballots = select(BoardEvent.payload_hash).where(BoardEvent.kind == BALLOT)
        self.compare(WAY, Counter(self.session.scalars(ballots).all()))
        published = self.judge.page(self.slug, f"{trial.path}/board.bel").encode()
        faults = [str(fault) for fault in audit(published).findings]
        self.found += [f"{self.slug}: the board: {fault}" for fault in faults]

    def supports(self):
        """Each person once, and the number beside the proposal says so."""
        rows = self.session.scalars(select(Support.person_id).where(Support.withdrawn_at.is_(None)))
        people = Counter(rows.all())
        self.compare("support", people)
        counted = self.session.scalar(select(func.sum(SupportCount.online))) or 0
        if counted != people.total():
            self.found.append(f"{self.slug}: {counted} supports are counted of {people.total()}")

    def seats(self):
        """Nobody sits on another's lap, and no seat is held for nobody."""
        booked = func.count(Booking.id).filter(Booking.state == "booked")
        asked = select(Slot.starts_at, Slot.capacity, Slot.taken, booked).outerjoin(Booking)
        for at, capacity, taken, number in self.session.execute(asked.group_by(Slot.id)):
            if number > capacity or taken != number:
                self.found.append(f"{self.slug}: {at}: {number} booked, {taken} taken")
                self.judge.doubled += max(number - capacity, 0)

    def applications(self):
        """Each stands there under the number of its receipt, sealed by this village's key."""
        cases = self.session.scalars(select(Case)).all()
        kept = [(case.read()["before_whom"], case.sequence) for case in cases]
        self.compare(APPLICATION, Counter(words for words, _ in kept))
        told = {deed.words: deed.number for deed in self.deeds if deed.is_acknowledged}
        for words, number in kept:
            if told.get(words, number) != number:
                self.found.append(f"{self.slug}: application {number} was told as {told[words]}")

    def numbers(self, model):
        """1, 2, 3 …: none was given twice, none is missing."""
        asked = select(model.sequence).where(model.sequence.is_not(None)).order_by(model.sequence)
        given = self.session.scalars(asked).all()
        if given != list(range(1, len(given) + 1)):
            self.found.append(f"{self.slug}: {model.__tablename__} is numbered {given}")
