"""The polls of one village, counted again from what people were told; and who chose what, sought.

Whoever was acknowledged is counted once. Nothing that the house keeps leads from a person or a
device to an answer: not the numbers, which lie sealed, nor the transactions that wrote the rows,
nor their order, nor any log.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from itertools import chain
from uuid import UUID

from flask import g
from sqlalchemy import text

from obshto.modules.polls.models import Participation, Poll, Said
from obshto.modules.polls.services.ballots import POOL, names_of
from obshto.modules.polls.services.tally import tally_of
from obshto.platform.scope import schema_of
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

SURE = 5  # standard deviations: chance alone does so once in a million drills
MANY = 40  # below that, an order says nothing so surely
NAMED = re.compile(rb"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|[0-9a-f]{64}")
PLACE = text("ctid")
KEPT = ("audit_entry", "notify_message", "search_entry")


class Scrutiny:
    """Of one village; each fault is counted with the judge, too."""

    def __init__(self, judge, slug):
        self.judge, self.slug, self.found = judge, slug, []
        self.schema, self.paper = schema_of(slug), judge.house.polls[slug]
        self.ballots = [b for b in judge.ledger.ballots if b.slug == slug and b.is_acknowledged]
        self.online = [ballot for ballot in self.ballots if not ballot.sheet]

    def verdict(self):
        if not self.ballots:
            return []  # nobody votes here
        self.read()
        self.counters()
        self.sealed()
        self.people()
        self.texts()
        self.sheets()
        self.page()
        self.transactions()
        self.order()
        self.traces()
        return self.found

    def rows(self, statement):
        """`{s}` is the schema, `{poll}` who asks: others, as the canary's, are not counted here."""
        return self.judge.rows(statement.format(s=self.schema, poll=f"'{self.paper.poll_id}'"))

    def compare(self, what, told, kept):
        """Acknowledged against kept, one by one."""
        for key in told | kept:
            difference = kept[key] - told[key]
            if difference:
                self.judge.lost += max(-difference, 0)
                self.judge.doubled += max(difference, 0)
                self.found.append(f"{self.slug}: {what} {key} is {difference:+d}")

    def link(self, sentence):
        self.judge.linked += 1
        self.found.append(f"{self.slug}: {sentence}")

    def read(self):
        """What only the municipality's key can read, in the order in which the rows lie."""
        with self.judge.house.app.app_context():
            g.modules = frozenset({"polls"})
            with open_uow(scope_named(self.slug), Principal.system("drill")) as uow:
                poll = uow.session.get_one(Poll, self.paper.poll_id)
                self.tally, self.poll = tally_of(poll), poll
                taking_part = uow.session.query(Participation).filter_by(poll_id=poll.id)
                self.took_part = [bytes(row.pseudonym) for row in taking_part.order_by(PLACE)]
                said = uow.session.query(Said).filter_by(poll_id=poll.id).order_by(PLACE).all()
                self.said = [row.text for row in said]
                self.said_by_id = [row.text for row in sorted(said, key=lambda row: row.id)]
                own = [
                    names_of(poll, person_id=b.person_id, token=b.token).own for b in self.online
                ]
                self.names = [name for names in own for name in names]

    def counters(self):
        """Of the poll, of its questions, of each option: apart for what came on paper."""
        for channel in ("online", "paper"):
            mine = [b for b in self.ballots if bool(b.sheet) == (channel == "paper")]
            in_all = Counter({"in all": len(mine)})
            self.compare(channel, in_all, Counter({"in all": getattr(self.poll, channel)}))
            told = Counter({self.poll.id.hex: len(mine)})
            told += Counter(UUID(o).hex for b in mine for o in chain(*b.chosen.values()))
            told += Counter(field.removeprefix("q") for b in mine for field in b.chosen)
            box = self.paper.fields[-1][0].removeprefix("q")
            told[box] = sum(bool(b.text) for b in mine)
            self.compare(f"{channel}, counted", told, getattr(self.tally, channel))

    def sealed(self):
        """The row of the poll names no option, but for what everybody is shown."""
        asked = "SELECT tally, counted::text FROM {s}.polls_poll WHERE id = {poll}"
        [(tally, counted)] = self.rows(asked)
        row = bytes(tally) + (counted or "").encode()
        options = [UUID(option).hex for _, options in self.paper.fields for option in options]
        if named := sum(option.encode() in row for option in options):
            self.link(f"{named} options stand readable beside their numbers")

    def people(self):
        self.compare("taking part of", Counter(self.names), Counter(self.took_part))

    def texts(self):
        told = Counter(ballot.text for ballot in self.ballots if ballot.text)
        self.compare("the text", told, Counter(self.said))

    def sheets(self):
        told = Counter(ballot.sheet for ballot in self.ballots if ballot.sheet)
        kept = Counter(
            number
            for (number,) in self.rows("SELECT number FROM {s}.polls_sheet WHERE poll_id = {poll}")
        )
        self.compare("sheet", told, kept)
        acts = "SELECT count(*) FROM {s}.audit_entry WHERE act = 'polls:sheet.counted'"
        [(logged,)] = self.rows(acts)
        self.compare("the log of", Counter(sheets=told.total()), Counter(sheets=logged))

    def page(self):
        """Everybody is shown full tens of each channel, ten behind, and nothing before them."""
        numbers = [
            sum(1 for b in self.ballots if bool(b.sheet) == paper) for paper in (False, True)
        ]
        tens = sum(max(number // 10 - 1, 0) * 10 for number in numbers)
        page = self.judge.page(self.slug, self.paper.path)
        shown = re.search(r"(\d+)\s+отговора: онлайн", page.replace("\xa0", " "))
        if int(shown[1] if shown else 0) != tens:
            self.found.append(f"{self.slug}: {tens} answers are not what {shown and shown[0]} says")

    def transactions(self):
        """No answer wrote what is asked; all that lie in a pool were written by one."""
        writers = "SELECT xmin::text, count(*) FROM {s}.polls_%s WHERE poll_id = {poll} GROUP BY 1"
        taking_part = {number for number, _ in self.rows(writers % "participation")}
        for table in ("question", "option"):
            if taking_part & {number for number, _ in self.rows(writers % table)}:
                self.link(f"who took part wrote rows of {table}")
        for table in ("participation", "said"):
            found = self.rows(writers % table)
            together = min([POOL, sum(number for _, number in found)])
            if any(number < together for _, number in found):
                self.link(f"transactions wrote {sorted(n for _, n in found)} rows of {table}")

    def order(self):
        """Rows do not lie as people came, nor are their ids in that order."""
        texts = [ballot.text for ballot in self.ballots if ballot.text]
        for what, came, lie in (
            ("who took part", self.names, self.took_part),
            ("texts", texts, self.said),
            ("ids of texts", texts, self.said_by_id),
        ):
            if len(lie) >= MANY and abs(likeness(came, lie)) > SURE / math.sqrt(len(lie) - 1):
                self.link(f"{what}: they lie as they came, by {likeness(came, lie):.2f}")

    def traces(self):
        """No form, device, name of who took part, choice or text is written anywhere else."""
        secrets = {UUID(b.text.split()[1]).bytes for b in self.ballots if b.text}
        secrets |= {UUID(ballot.request_id).bytes for ballot in self.online} | set(self.names)
        secrets |= {UUID(option).bytes for _, options in self.paper.fields for option in options}
        places = {log.name: log.read_bytes() for log in self.judge.house.logs()}
        for table in KEPT:
            rows = self.rows(f"SELECT kept::text FROM {{s}}.{table} kept")
            places[table] = "\n".join(row for (row,) in rows).encode()
        jobs = self.judge.rows("SELECT args::text FROM procrastinate_jobs")
        places["the queue"] = "\n".join(row for (row,) in jobs).encode()
        for place, told in places.items():
            named = {bytes.fromhex(word.decode().replace("-", "")) for word in NAMED.findall(told)}
            if traces := len(named & secrets):
                self.link(f"{place} names {traces} of what nobody may know")


def likeness(came, lie):
    """Rank correlation of two orders of the same things: 1 the same, -1 the reverse, about 0 none.

    What is not in both is left out.
    """
    rank = {thing: number for number, thing in enumerate(lie)}
    both = [rank[thing] for thing in came if thing in rank]
    placed = {number: place for place, number in enumerate(sorted(both))}
    apart = sum((place - placed[number]) ** 2 for place, number in enumerate(both))
    return 1 - 6 * apart / (len(both) * (len(both) ** 2 - 1)) if len(both) > 1 else 0
