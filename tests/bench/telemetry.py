"""What measuring costs a request: microseconds, with the board listening and with nobody."""

from __future__ import annotations

import time

from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader

from obshto.platform.telemetry import measures

ROUNDS, TIMES = 5, 20_000


def cost(note):
    """The best of some rounds, in microseconds a call."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.perf_counter()
        for number in range(TIMES):
            note(number)
        best = min(best, (time.perf_counter() - began) / TIMES)
    return round(best * 1e6, 1)


def note(number):
    place = ("kula", "vidin", "bregovo")[number % 3]
    measures.note_request(
        place, endpoint="news_citizen.index", method="GET", status=200, ms=number % 300
    )


def main():
    print(f"nobody listens: {cost(note)} µs a request")
    provider = MeterProvider([InMemoryMetricReader()])
    measures._duration = provider.get_meter("obshto").create_histogram(measures.DURATION)
    print(f"the board listens: {cost(note)} µs a request")
    provider.shutdown()


if __name__ == "__main__":
    main()
