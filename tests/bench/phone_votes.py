"""A vote by phone from letters to result: tests/bench/phone_votes.py --voters 3000

Letters as PDF beside the derivation of codes, a ballot accepted, count and whole check, memory: a
line as each ends, so that a long run can be read while it lasts, and `--only` for one half of it.
Targets are those of 3,000 voters on two cores; nothing but the sums is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from pathlib import Path
from statistics import median
from uuid import uuid4

HERE = Path(__file__).parent
sys.path.append(str(HERE.parent))

from region import region  # noqa: E402
from support.belenios.client import public_of as public_key_of  # noqa: E402
from support.belenios.client import random_secret, seal_ballot  # noqa: E402
from support.belenios.tool import Tool, keys_by_number  # noqa: E402

from obshto.modules.voting.distribution import letters  # noqa: E402
from obshto.modules.voting.models import Election  # noqa: E402
from obshto.modules.voting.services import board, desk, elections, ledger  # noqa: E402
from obshto.modules.voting.services.board import dump, file_of  # noqa: E402
from obshto.modules.voting.services.cast import cast_ballot  # noqa: E402
from obshto.modules.voting.services.elections import ElectionWords, VoteQuestion  # noqa: E402
from obshto.modules.voting.services.stages import advance  # noqa: E402
from obshto.modules.voting.services.states import PREPARING  # noqa: E402
from obshto.platform.unit_of_work import Principal, open_uow  # noqa: E402
from obshto.tenants.api import scope_named  # noqa: E402

QUESTION = VoteQuestion(question="Да се затвори ли площадът?", answers=("Да", "Не"), most=1)
YES, NO = [0, 1, 0], [0, 0, 1]
HOUR = timedelta(hours=1)
MB = 1024
WHO = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


class Server:
    """One municipality with one vote, without the web before it."""

    def __init__(self, found, folder):
        self.app, self.slug, self.folder = found.app, found.slugs[0], folder
        self.id = self.name = None

    @contextmanager
    def uow(self):
        bench = Principal.system("bench")
        with self.app.app_context(), open_uow(scope_named(self.slug), bench) as uow:
            yield uow

    def row(self, uow):
        return uow.session.get_one(Election, self.id)

    def open(self, roll, trustees):
        """Announced and open, as the worker would have left it."""
        texts = dict.fromkeys(("intro", "places", "decision"), "Проба")
        with self.uow() as uow:
            begun = {"opens_at": uow.now - HOUR, "closes_at": uow.now + 24 * HOUR}
            words = ElectionWords(title="Площадът", **texts, **begun)
            row = elections.write_election(
                uow, words, [QUESTION], is_trial=True, request_id=uuid4()
            )
            self.id, self.name = row.id, row.slug
            for put, text in ((elections.put_roll, roll), (elections.put_trustees, trustees)):
                put(uow, row, text.encode(), expected_version=row.version)
            row.stage = PREPARING
            uow.session.commit()
        self.take_stage()

    def take_stage(self):
        with self.uow() as uow:
            advance(uow, self.id)
            uow.session.commit()
        with self.uow() as uow:
            assert not self.row(uow).fault, self.row(uow).fault

    def cast(self, ballot):
        began = time.perf_counter()
        with self.uow() as uow:
            cast_ballot(uow, self.name, ballot.encode())
            uow.session.commit()
        return time.perf_counter() - began

    def close(self):
        with self.uow() as uow:
            self.row(uow).closes_at = uow.now
            uow.session.commit()

    def share(self, tool, trustee):
        """What that trustee's computer makes of the board."""
        number, name = trustee
        files = ["--key", f"{name}.key", "--decryption-key", f"{name}.dkey"]
        asked = ["election", "decrypt-threshold", *files, "--trustee-id", str(number)]
        return tool(*asked, cwd=self.folder)

    def open_result(self, tool, keys):
        """Two trustees open; answers the sums."""
        with self.uow() as uow:
            row = self.row(uow)
            raw = b"".join(file_of(ledger.events_of(uow, row), row.epoch))
            (self.folder / f"{row.uuid}.bel").write_bytes(raw)
        # Each on a computer of their own: side by side.
        with ThreadPoolExecutor(2) as both:
            shares = list(
                both.map(partial(self.share, tool), keys_by_number(self.folder, keys[:2]))
            )
        for share in shares:
            with self.uow() as uow:
                desk.add_share(uow, self.row(uow), share)
                uow.session.commit()
        self.take_stage()
        with self.uow() as uow:
            assert self.row(uow).stage == board.RESULT
            return self.row(uow).result


@contextmanager
def phase(name, target="", *, parts=0):
    """Prints how long it took, of the clock and of processors, which a busy machine does not change
    much, and the most memory so far, as soon as it has ended."""
    began, spent = time.monotonic(), processor_seconds()
    yield
    took, spent = time.monotonic() - began, processor_seconds() - spent
    each = f", {1000 * took / parts:.1f} ms each" if parts else ""
    here, beside = (resource.getrusage(kind).ru_maxrss / MB for kind in WHO)
    goal = f" ({target})" if target else ""
    held = f"at most {here:.0f} MB here, {beside:.0f} MB beside"
    print(f"{name}: {took:.1f} s{each}, {spent:.1f} s of processors{goal}; {held}", flush=True)


def processor_seconds():
    """Of this process and of programs that it has waited for; the database is neither."""
    used = [resource.getrusage(kind) for kind in WHO]
    return sum(one.ru_utime + one.ru_stime for one in used)


def write_letters(number, folder):
    """As `letters.py make` does it, its parts timed apart."""
    told = {
        "uuid": elections.new_uuid(),
        "title": "Площадът",
        "municipality": "Община Горно село",
        "address": "https://vote.gorno-selo.example/voting/proba/booth",
        "period": "от 8:00 до 20:00 часа",
        "phone": "0938 12 345",
        "counter": "Общината",
    }
    (folder / "vote.json").write_text(json.dumps(told))
    vote = letters.read_vote(folder / "vote.json")
    people = [{"име": f"Човек {n}", "адрес": "ул. Първа 1"} for n in range(number)]
    with phase("codes and squares", parts=number):
        made = [*letters.letters_of(vote, people)]
    with phase("derivation of codes", parts=number):
        letters.derived(vote, made)
    with phase("letters as PDF", "3,000: 60 s with codes and squares", parts=number):
        size = sum(map(len, letters.printed(vote, made)))
    print(f"  {size / MB / MB:.1f} MB of PDF")


def run_vote(number, found, folder):
    """From keys to sums; ballots are sealed one by one, which no server does."""
    tool, server = Tool(), Server(found, folder)
    with phase("ceremony of three trustees"):
        keys = tool.hold_ceremony(folder)
    (folder / "order.json").write_text(json.dumps(keys))
    secrets = [random_secret() for _ in range(number)]
    with phase("announced"):
        roll = dump(sorted(map(public_key_of, secrets), key=int))
        server.open(roll, (folder / "trustees.json").read_text().strip())
    cast_all(server, secrets)
    count(server, tool, keys, number)


def cast_all(server, secrets):
    """A line each tenth, so that a long run can be read while it lasts, or stopped."""
    with server.uow() as uow:
        raw = server.row(uow).raw
    took, step = [], max(10, len(secrets) // 10)
    with phase("ballots sealed and accepted", parts=len(secrets)):
        for n, secret in enumerate(secrets, 1):
            took.append(server.cast(seal_ballot(raw, secret, [NO if n % 3 else YES])))
            if n % step == 0:
                said = f"{1000 * median(took):.0f} ms, the last {step} in"
                print(f"  {n} accepted in {said} {1000 * median(took[-step:]):.0f} ms", flush=True)
    print(f"a ballot is accepted in {1000 * median(took):.0f} ms, the median (target 300)")


def count(server, tool, keys, number):
    """Closing, the encrypted tally, the opening: each with the check of the whole board."""
    with phase("count and whole check", "3,000: 360 s"):
        server.close()
        server.take_stage()
        with phase("  of these, the tally with the check of the whole board"):
            server.take_stage()
        with phase("  of these, two trustees, and the result with the check of the whole board"):
            sums = server.open_result(tool, keys)
    expected = [[0, number // 3, number - number // 3]]
    assert sums == expected, (sums, expected)


def main():
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--voters", type=int, default=30)
    parser.add_argument("--only", choices=("letters", "vote"), help="one half, without the other")
    chosen = parser.parse_args()
    print(f"{os.cpu_count()} cores, load before {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory(prefix="obshto-votes-") as name:
        folder, number = Path(name), chosen.voters
        if chosen.only != "vote":
            write_letters(number, folder)
        if chosen.only != "letters":
            with region() as found:
                found.grow(1)
                run_vote(number, found, folder)


if __name__ == "__main__":
    main()
