"""One round trip for requests that arrive together, and none of them sees what is too old."""

import threading

import pytest

from obshto.tenants.municipalities.stamps import StampReader


class Rows:
    """A database whose reads can be held after they have taken their snapshot."""

    def __init__(self):
        self.version, self.asked, self.error = 1, [], None
        self.begun, self.go = threading.Semaphore(0), threading.Semaphore(0)

    def read(self, slugs):
        self.asked.append(set(slugs))
        snapshot = {slug: (self.version, "x") for slug in slugs if slug != "nobody"}
        self.begun.release()
        assert self.go.acquire(timeout=120)
        if self.error:
            raise self.error
        return snapshot


@pytest.fixture
def rows():
    return Rows()


@pytest.fixture
def ask(rows):
    """ask(slug): a request that waits in a thread of its own; its answers stand in `found`."""
    reader, threads = StampReader(rows.read), []
    found = {}

    def begin(name, slug="kula"):
        def run():
            try:
                found[name] = reader(slug)
            except RuntimeError as error:
                found[name] = error

        thread = threading.Thread(target=run)
        threads.append(thread)
        thread.start()
        return thread

    begin.found, begin.reader = found, reader
    yield begin
    rows.go.release(20)
    for thread in threads:
        thread.join(120)


def arrive(ask, *requests):
    """They wait for the read under way."""
    threads = [ask(name, slug) for name, slug in requests]
    wanted = {slug for _, slug in requests}
    while ask.reader._next is None or ask.reader._next.slugs != wanted:
        threading.Event().wait(0.001)
    return threads


def test_who_comes_while_a_read_is_under_way_joins_the_next_and_sees_what_was_written(rows, ask):
    first = ask("first")
    assert rows.begun.acquire(timeout=120)
    rows.version = 2  # acknowledged after the first has read, before the others come
    waiting = arrive(ask, ("second", "kula"), ("third", "bregovo"))
    rows.go.release()
    first.join(120)
    assert ask.found == {"first": (1, "x")}
    assert rows.begun.acquire(timeout=120)
    rows.go.release()
    for thread in waiting:
        thread.join(120)
    assert ask.found == {"first": (1, "x"), "second": (2, "x"), "third": (2, "x")}
    assert rows.asked == [{"kula"}, {"kula", "bregovo"}]


def test_nobody_is_nobody(rows, ask):
    rows.go.release()
    ask("one", "nobody").join(120)
    assert ask.found == {"one": None}


def test_all_who_joined_hear_that_the_database_is_away_and_the_next_asks_again(rows, ask):
    first = ask("first")
    assert rows.begun.acquire(timeout=120)
    waiting = arrive(ask, ("second", "kula"), ("third", "kula"))
    rows.error = RuntimeError("away")
    rows.go.release(2)
    for thread in (first, *waiting):
        thread.join(120)
    assert {str(error) for error in ask.found.values()} == {"away"} and len(ask.found) == 3
    rows.error = None
    rows.go.release()
    ask("fourth").join(120)
    assert ask.found["fourth"] == (1, "x")
