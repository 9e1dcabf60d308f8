"""Pages against Django with django-tenants and a bare hello: rounds that alternate.

What is told is processor time a request, of Python and of PostgreSQL together, as a ratio within
the round: however busy the machine is, both sides had the same minute.
"""

from __future__ import annotations

from contextlib import ExitStack
from statistics import median

from cost import processor_seconds
from load import ask_for
from peers import peers
from queueing import case_of, switch_on
from region import body_of, served

from obshto.modules.eservices.services.catalogue import catalogue_services
from obshto.modules.eservices.services.offers import UNWRITTEN, Terms, change_offer
from obshto.platform.permissions import Role
from obshto.platform.unit_of_work import Principal, open_uow
from obshto.tenants.api import scope_named

MUNICIPALITIES = 11
APPLICATIONS = 40  # of a municipality, and of the peer's
LEAST = 8 * 1024  # bytes of a home page: a small one would flatter
FORM = "2071"  # whose question is asked for
# What somebody signed in asks for: its path here, and there.
PAGES = (
    ("home", "/", "/"),
    ("news list", "/news/?page=1", "/news/?page=1"),
    ("catalogue", "/eservices/", "/services/"),
    ("question of a form", f"/eservices/{FORM}/form", "/services/2001"),
    ("console list of news", "/console/news/", "/console/news/"),
    ("queue of applications", "/console/eservices/", "/console/services/"),
    ("console home", "/console/", "/console/"),
)


class Measured:
    """Figures of one page of one server, one for each round."""

    def __init__(self, server, path, hosts, postmaster):
        (self.port, self.web), self.path, self.hosts = server, path, hosts
        self.postmaster, self.rates, self.web_ms, self.database_ms = postmaster, [], [], []

    def measure(self, seconds):
        web, database = processor_seconds(self.web), processor_seconds(self.postmaster)
        number, took = ask_for(seconds, self.port, self.path, self.hosts)
        self.rates.append(number / took)
        self.web_ms.append(1000 * (processor_seconds(self.web) - web) / number)
        self.database_ms.append(1000 * (processor_seconds(self.postmaster) - database) / number)

    @property
    def costs(self):
        """Processor ms a request, of both."""
        return [a + b for a, b in zip(self.web_ms, self.database_ms, strict=True)]

    @property
    def kilobytes(self):
        first = self.hosts.read_text().splitlines()[0]
        return len(body_of(self.port, self.path, first)) / 1024

    def line(self):
        return (
            f"    {median(self.costs):.2f} ms ({median(self.web_ms):.2f} web"
            f" + {median(self.database_ms):.2f} database), {median(self.rates):.0f}/s,"
            f" {self.kilobytes:.1f} KB"
        )


def bench(region, *, rounds, seconds):
    """Lines of the report."""
    region.crowd(MUNICIPALITIES)
    slugs = region.slugs[:MUNICIPALITIES]
    switch_on(region, "news", "polls", "eservices")
    strangers, signed = region.fill(slugs, Role.EDITOR, Role.REGISTRY_CLERK)
    for slug in slugs:
        _give_work(region, slug)
    with ExitStack() as stack:
        servers, (_, peer_signed) = stack.enter_context(peers(region, slugs))
        hello = stack.enter_context(served(region, "hello:app"))
        house = stack.enter_context(served(region))

        def measured(server, path, hosts):
            return Measured(server, path, hosts, region.postmaster)

        kept = {"ours": measured(house, "/", strangers), "hello": measured(hello, "/", strangers)}
        sides = {"home, anonymous": kept}
        for name, path, there in PAGES:
            sides[name] = {"ours": measured(house, path, signed)}
            sides[name] |= {
                peer: measured(server, there, peer_signed) for peer, server in servers.items()
            }
        _warm(sides)
        for _ in range(rounds):
            for side in sides.values():
                for one in side.values():
                    one.measure(seconds)
        for name, side in sides.items():
            yield from _report(name, side)


def _give_work(region, slug):
    """All services online, and as many applications as the peer has."""
    terms = Terms(is_online=True, fee_cents=250, official="Проба Подписваща")
    with region.app.app_context(), open_uow(scope_named(slug), Principal.system("bench")) as uow:
        for service in catalogue_services().values():
            change_offer(uow, service, terms, expected_version=UNWRITTEN)
        for at in range(APPLICATIONS):
            uow.session.add(case_of(uow, at, "sent"))


def _report(name, side):
    """Our ratio to each other one, then what each costs."""
    ours = side["ours"]
    yield f"{name}:"
    for other, theirs in side.items():
        if other != "ours":
            costs = _ratio(ours.costs, theirs.costs)
            yield f"  processor {costs} of {other}; a second {_ratio(ours.rates, theirs.rates)}"
    for other, one in side.items():
        yield f"  {other}"
        yield one.line()


def _ratio(own, theirs):
    """The median of the rounds, the least and the most."""
    found = [a / b for a, b in zip(own, theirs, strict=True)]
    return f"{median(found):.2f} ({min(found):.2f}–{max(found):.2f})"


def _warm(sides):
    """Every worker has met every page, which is no small one."""
    for side in sides.values():
        for name, one in side.items():
            is_home = name == "ours" and one.path == "/"
            assert not is_home or one.kilobytes * 1024 >= LEAST, (name, one.kilobytes)
            ask_for(1, one.port, one.path, one.hosts)
