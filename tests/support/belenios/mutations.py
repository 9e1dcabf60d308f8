"""Ballots changed in one place, by a stranger or by the voter, who can sign what she broke."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random
from typing import Any

from support.belenios.client import Sealing, public_of, sign

from obshto.modules.voting.distribution.audit import P, Q, compact, fingerprint

Ballot = dict[str, Any]


def leaves(value: Any) -> list[tuple[Any, Any]]:
    """Each number of a ballot as (where it stands, under which name)."""
    found = []
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    for key, one in pairs:
        if isinstance(one, dict | list):
            found += leaves(one)
        elif isinstance(one, str) and one.isdigit():
            found.append((value, key))
    return found


def rows(value: Any) -> list[list[Any]]:
    """Each list of a ballot."""
    inner = value.values() if isinstance(value, dict) else value
    found = [row for one in inner if isinstance(one, dict | list) for row in rows(one)]
    return [value, *found] if isinstance(value, list) else found


def changed_number(change: Callable[[int], Any]) -> Callable[[Ballot, Random], None]:
    def mutate(ballot: Ballot, random: Random) -> None:
        holder, key = random.choice(leaves(ballot["answers"]))
        holder[key] = change(int(holder[key]))

    return mutate


def drop(ballot: Ballot, random: Random) -> None:
    row = random.choice(rows(ballot["answers"]))
    del row[random.randrange(len(row))]


def double(ballot: Ballot, random: Random) -> None:
    row = random.choice(rows(ballot["answers"]))
    row.append(random.choice(row))


def swap(ballot: Ballot, random: Random) -> None:
    row = random.choice([row for row in rows(ballot["answers"]) if len(row) > 1])
    at = random.randrange(len(row) - 1)
    row[at], row[at + 1] = row[at + 1], row[at]


def exchange_halves(ballot: Ballot, random: Random) -> None:
    choice = random.choice(ballot["answers"][0]["choices"])
    choice["alpha"], choice["beta"] = choice["beta"], choice["alpha"]


def order_two(ballot: Ballot, random: Random) -> None:
    """An element of the integers modulo P that isn't of the group: once more minus one."""
    choice = random.choice(ballot["answers"][0]["choices"])
    half = random.choice(["alpha", "beta"])
    choice[half] = str(P - int(choice[half]))


def other_election(ballot: Ballot, random: Random) -> None:
    name = random.choice(["election_uuid", "election_hash"])
    ballot[name] = ballot[name][1:] + ballot[name][0]


def other_fields(ballot: Ballot, random: Random) -> None:
    answer = ballot["answers"][0]
    if random.random() < 0.5:
        answer["more"] = "0"
    else:
        answer["choices"] = answer.pop("choices")


#: What the voter herself may try: signed anew, so that only the proofs speak against it.
OWN = [
    *(changed_number(lambda n, step=step: str((n + step) % Q)) for step in (1, -1, 2**64)),
    changed_number(lambda n: str(n + Q)),
    changed_number(lambda n: n),
    changed_number(lambda n: "-" + str(n)),
    changed_number(lambda n: "0"),
    changed_number(lambda n: "1"),
    *(drop, double, swap, exchange_halves, order_two, other_election),
]
#: The same vote written in another way. Signed anew, belenios-tool 2.0 takes it: more fields would
#: put any text on the board. Whoever receives ballots refuses it by the audit's own check.
REWRITTEN = [changed_number(lambda n: "0" + str(n)), other_fields]


def foreign_credential(ballot: Ballot, secrets: list[int]) -> str:
    """Somebody's ballot copied under another's credential: it would tell how she voted."""
    return sign(ballot | {"credential": public_of(secrets[1])}, secrets[1])


def vote_of_two(raw_election: str, secret: int) -> str:
    """Two votes for one answer, with proofs that hold for one."""
    election, credential = json.loads(raw_election), public_of(secret)
    election_hash = fingerprint(raw_election)
    sealing = Sealing(int(election["public_key"]), f"{election_hash}|{credential}")
    honest = sealing.encrypt

    def twice(vote):
        return [(r, plain, a, sealing.raise_both(r, 2 * plain)) for r, plain, a, _ in honest(vote)]

    sealing.encrypt = twice
    votes = [[0, 1, 0] for _ in election["questions"]]
    answers = [sealing.answer(q, v) for q, v in zip(election["questions"], votes, strict=True)]
    named = {"election_uuid": election["uuid"], "election_hash": election_hash}
    return sign(named | {"credential": credential, "answers": answers}, secret)


def mutate(text: str, secrets: list[int], random: Random) -> str:
    """One mutation of a ballot of the first secret; never the ballot itself."""
    ballot = json.loads(text)
    if random.random() < 0.1:
        return foreign_credential(ballot, secrets)
    if random.random() < 0.1:
        return text.replace(":", ": ", 1) if random.random() < 0.5 else text[:-1]
    if random.random() < 0.1:
        holder, key = random.choice(leaves(ballot["signature"]) + [(ballot, "credential")])
        holder[key] = str((int(holder[key]) + 1) % Q)
        return compact(ballot)
    random.choice(OWN)(ballot, random)
    return sign(ballot, secrets[0]) if random.random() < 0.7 else compact(ballot)
