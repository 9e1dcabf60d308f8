"""kill -9 at moments that a seed chooses; some aimed at a request that was just sent."""

from __future__ import annotations

import time
from collections import Counter

KINDS = {
    "postmaster": 2,
    "backend": 4,
    "web_worker": 4,
    "web_master": 2,
    "job_worker": 3,
}
REST = (0.1, 1.2)  # seconds between faults; half of them then wait for a request to be sent
FLIGHT = 0.025  # seconds: a write lasts about so long, from its request to its COMMIT
AIM_SECONDS = 5


class Striker:
    """Strikes `number` times; `kinds` by weight."""

    def __init__(self, house, rng, sent, kinds=None):
        self.house, self.rng, self.sent, self.struck = house, rng, sent, Counter()
        self.moments = []
        self.kinds = kinds or KINDS

    def strike(self, number, say=lambda text: None):
        """Each fault waits until the one before has been mended, so that each meets a whole house
        or one that is being overrun, never an empty one.
        """
        while self.struck.total() < number:
            time.sleep(self.rng.uniform(*REST))
            kind = self.rng.choices(list(self.kinds), list(self.kinds.values()))[0]
            aimed = self.rng.random() < 0.5
            if aimed:
                self._aim()
            if getattr(self.house, f"kill_{kind}")(self.rng):
                self.struck[kind] += 1
                self.moments.append(time.monotonic())
                say(f"{self.struck.total()}/{number} {kind}{' (aimed)' if aimed else ''}")
                self._wait_until_mended()

    def _aim(self):
        self.sent.clear()
        if self.sent.wait(AIM_SECONDS):
            time.sleep(self.rng.uniform(0, FLIGHT))

    def _wait_until_mended(self):
        """Half of the time: the other half the next fault may meet what is just starting."""
        if self.rng.random() < 0.5:
            self.house.wait_until_up()
