"""The brake counts what is sent, forgets whose it was, lets go of who can add."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from obshto.platform.clock import now
from obshto.platform.rate_limit import services as rate_limit
from obshto.platform.rate_limit.services import RateLimit, Sender

THREE = RateLimit(thing="pages:page.test", most=3)
SENDER = Sender(neighbourhood="192.0.2.0/24", place="gorno-selo", secret=b"secret")
ELSEWHERE = replace(SENDER, neighbourhood="198.51.100.0/24")


@pytest.fixture
def context(app):
    with app.app_context():
        yield


@pytest.fixture
def at(monkeypatch):
    """at(hours): the clock of the brake, so many hours ahead."""
    return lambda hours: monkeypatch.setattr(
        rate_limit, "now", lambda: now() + timedelta(hours=hours)
    )


def sent(times, sender=SENDER, what=THREE):
    return [rate_limit.within_limit(what, sender) for _ in range(times)]


def test_beyond_the_limit_it_says_so(context):
    assert sent(5) == [True, True, True, False, False]


@pytest.mark.parametrize("other", [ELSEWHERE, replace(SENDER, place="dolno-selo")])
def test_another_neighbourhood_and_another_municipality_are_counted_apart(context, other):
    sent(4)
    assert sent(1, other) == [True]


def test_another_thing_is_counted_apart(context):
    sent(4)
    assert sent(1, what=replace(THREE, thing="pages:page.other")) == [True]


def test_the_next_window_begins_anew(context, at):
    sent(4)
    at(24)
    assert sent(1) == [True]


def test_of_many_at_once_exactly_the_limit_passes(app):
    def one(_):
        with app.app_context():
            return rate_limit.within_limit(THREE, SENDER)

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(24))) == THREE.most


def test_nothing_that_is_kept_tells_who_it_was(context, owner):
    sent(2)
    [(key, times, persistence)] = owner(
        "select key, times, relpersistence from shared.brake_count, pg_class"
        " where oid = 'shared.brake_count'::regclass"
    )
    assert (len(key), times, persistence) == (32, 2, "u")  # unlogged: in no backup
    assert b"192.0.2" not in bytes(key)


def test_a_sum_lets_go_once(context):
    asked = rate_limit.ask_sum(THREE, b"secret")
    typed = f" {asked.one + asked.other} "
    say = {"token": asked.token, "typed": typed}
    assert [rate_limit.is_answered(THREE, b"secret", **say) for _ in range(2)] == [True, False]


def test_a_wrong_answer_does_not_use_the_sum_up(context):
    asked = rate_limit.ask_sum(THREE, b"secret")
    right = str(asked.one + asked.other)
    for typed in ("", "0", f"{right}0", "²", "x" * 1000):
        assert not rate_limit.is_answered(THREE, b"secret", token=asked.token, typed=typed)
    assert rate_limit.is_answered(THREE, b"secret", token=asked.token, typed=right)


def test_a_sum_of_somebody_else_is_no_sum(context):
    asked = rate_limit.ask_sum(THREE, b"secret")
    typed = str(asked.one + asked.other)
    other = replace(THREE, thing="pages:page.other")
    made_up = f"1.1.{asked.token.partition('.')[2]}"
    for what, secret, token in (
        (THREE, b"another", asked.token),
        (other, b"secret", asked.token),
        (THREE, b"secret", made_up),
        (THREE, b"secret", ""),
        (THREE, b"secret", "я" * 90),
        (THREE, b"secret", asked.token + "0" * 1000),
    ):
        assert not rate_limit.is_answered(what, secret, token=token, typed=typed)


def test_an_old_sum_is_no_sum(context, at):
    asked = rate_limit.ask_sum(THREE, b"secret")
    at(2)
    typed = str(asked.one + asked.other)
    assert not rate_limit.is_answered(THREE, b"secret", token=asked.token, typed=typed)


def test_what_is_over_is_forgotten(uow_in, owner):
    with uow_in("gorno-selo") as uow:
        sent(1)
        rate_limit.sweep(uow)
        assert owner("select count(*) from shared.brake_count") == [(1,)]
        rate_limit.sweep(replace(uow, now=now() + timedelta(days=2)))
    assert owner("select count(*) from shared.brake_count") == [(0,)]
