"""Pages against a bare hello: rounds that alternate, so that noise falls on both."""

from __future__ import annotations

from contextlib import ExitStack
from statistics import median

from cost import processor_seconds
from load import ask_for
from region import body_of, served

MUNICIPALITIES = 100
LEAST = 8 * 1024  # bytes of a home page: a small one would flatter
# What is measured, its path, whether somebody signed in asks.
PAGES = (
    ("home, anonymous", "/", False),
    ("news list, not cached", "/news/?page=1", False),
    ("console list of news, signed in", "/console/news/", True),
)


class Measured:
    """Figures of one page, a pair for each round."""

    def __init__(self, server, path, hosts, postmaster):
        (self.port, self.web), self.path, self.hosts = server, path, hosts
        self.postmaster, self.rates, self.web_ms, self.database_ms = postmaster, [], [], []

    def measure(self, seconds):
        web, database = processor_seconds(self.web), processor_seconds(self.postmaster)
        number, took = ask_for(seconds, self.port, self.path, self.hosts)
        self.rates.append(number / took)
        self.web_ms.append(1000 * (processor_seconds(self.web) - web) / number)
        self.database_ms.append(1000 * (processor_seconds(self.postmaster) - database) / number)

    def line(self, name, hello):
        """Requests a second with the ratio in each round, then processor time a request."""
        ratios = [own / base for own, base in zip(self.rates, hello.rates, strict=True)]
        costs = [base / own for own, base in zip(self.web_ms, hello.web_ms, strict=True)]
        return (
            f"{name:<32}{median(self.rates):>6.0f}/s {median(ratios):.2f} of hello"
            f" ({min(ratios):.2f}–{max(ratios):.2f});"
            f" processor {median(self.web_ms):.2f} ms web"
            f" + {median(self.database_ms):.2f} database,"
            f" {median(costs):.2f} of hello ({min(costs):.2f}–{max(costs):.2f})"
        )


def bench(region, *, rounds, seconds):
    """Lines of the report."""
    strangers, signed = region.fill()
    with ExitStack() as stack:
        hello = stack.enter_context(served(region, "hello:app"))
        house = stack.enter_context(served(region))
        yield f"home page: {_warm(house, strangers):.1f} KB, {len(region.slugs)} municipalities"
        base = Measured(hello, "/", strangers, region.postmaster)
        pages = {
            name: Measured(house, path, signed if is_signed else strangers, region.postmaster)
            for name, path, is_signed in PAGES
        }
        for _ in range(rounds):
            for one in (base, *pages.values()):
                one.measure(seconds)
    for name, one in {"hello": base, **pages}.items():
        yield one.line(name, base)


def _warm(server, strangers):
    """Both workers have every page; the kilobytes of the first."""
    port, _ = server
    first, *_ = strangers.read_text().splitlines()
    size = len(body_of(port, "/", first))
    assert size >= LEAST, size
    ask_for(2, port, "/", strangers)
    return size / 1024
