"""Count of an election by our own code, beside the tool's: both must come to the same.

The encrypted tally is the product of the last ballot of each credential; the result follows from
the shares of enough trustees, each of which proves that it was made with the trustee's key.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from obshto.modules.voting.services.board import dump, fingerprint
from obshto.modules.voting.services.group import G, P, Q

Trustee = tuple[int, str]  # number, public key
Party = tuple[tuple[Trustee, ...], int | None]  # its members, how many of them are needed


def last_ballots(ballots: Iterable[str]) -> list[str]:
    """The ballot of each credential that counts: the last one."""
    return list({json.loads(ballot)["credential"]: ballot for ballot in ballots}.values())


def tally_of(election: str, ballots: Iterable[str]) -> str:
    """The encrypted sum of these ballots, one a credential."""
    questions = json.loads(election)["questions"]
    sums = [[[1, 1] for _ in range(choices_of(one))] for one in questions]
    for text in ballots:
        for row, answer in zip(sums, json.loads(text)["answers"], strict=True):
            for held, choice in zip(row, answer["choices"], strict=True):
                held[0] = held[0] * int(choice["alpha"]) % P
                held[1] = held[1] * int(choice["beta"]) % P
    return dump([[{"alpha": str(a), "beta": str(b)} for a, b in row] for row in sums])


def choices_of(question: Mapping[str, Any]) -> int:
    """How many sums a question has: its answers, and the blank vote before them."""
    return len(question["answers"]) + bool(question.get("blank"))


def parties_of(trustees: str) -> list[Party]:
    """Who must take part in the opening. Numbers run over the whole file."""
    found: list[Party] = []
    number = 1
    for one in json.loads(trustees):
        kind, body = one if isinstance(one, list) else ("Single", one)
        shared = kind == "Pedersen"
        keys = [it["public_key"] for it in body["verification_keys"]] if shared else []
        keys = keys or [body["public_key"]]
        members = tuple((number + place, key) for place, key in enumerate(keys))
        found.append((members, body["threshold"] if shared else None))
        number += len(keys)
    return found


def share_is_sound(election: str, trustees: str, tally: str, share: str, owner: int) -> bool:
    """The share is of this tally and was made with the key of this trustee."""
    keys = {number: key for members, _ in parties_of(trustees) for number, key in members}
    try:
        given, rows = json.loads(share), json.loads(tally)
        pairs = zip(rows, given["decryption_factors"], given["decryption_proofs"], strict=True)
        key, seed = int(keys[owner]), f"decrypt|{fingerprint(election)}|{keys[owner]}"
        return all(
            _proves(key, seed, int(cell["alpha"]), int(factor), proof)
            for row, factors, proofs in pairs
            for cell, factor, proof in zip(row, factors, proofs, strict=True)
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return False


def _proves(key: int, seed: str, alpha: int, factor: int, proof: Mapping[str, str]) -> bool:
    challenge, response = int(proof["challenge"]), int(proof["response"])
    if not (0 <= challenge < Q and 0 <= response < Q and 0 < factor < P):
        return False
    first = pow(G, response, P) * pow(key, challenge, P) % P
    second = pow(alpha, response, P) * pow(factor, challenge, P) % P
    told = sha256(f"{seed}|{first},{second}".encode()).hexdigest()
    return int(told, 16) % Q == challenge


def has_enough(trustees: str, owners: Iterable[int]) -> bool:
    """Every party has given as many shares as it must."""
    have = set(owners)
    return all(
        len(have & {number for number, _ in members}) >= (needed or 1)
        for members, needed in parties_of(trustees)
    )


def result_of(trustees: str, tally: str, shares: Mapping[int, str], voters: int) -> list[list[int]]:
    """The sums by choice. Raises ValueError where they are no numbers up to `voters`."""
    rows = json.loads(tally)
    factors = [[1] * len(row) for row in rows]
    for members, needed in parties_of(trustees):
        numbers = [number for number, _ in members]
        used = [number for number in numbers if number in shares][: needed or 1]
        for number in used:
            weight = _lagrange(number, used, numbers[0]) if needed else 1
            _multiply(factors, json.loads(shares[number])["decryption_factors"], weight)
    known, step = {}, 1
    for count in range(voters + 1):
        known[step] = count
        step = step * G % P
    clear = [
        [int(cell["beta"]) * pow(factor, -1, P) % P for cell, factor in zip(row, line, strict=True)]
        for row, line in zip(rows, factors, strict=True)
    ]
    if not all(value in known for line in clear for value in line):
        raise ValueError("the shares open no sums")
    return [[known[value] for value in line] for line in clear]


def _lagrange(number: int, used: Sequence[int], first: int) -> int:
    x, weight = number - first + 1, 1
    for other in used:
        if other != number:
            z = other - first + 1
            weight = weight * z * pow(z - x, -1, Q) % Q
    return weight


def _multiply(factors: list[list[int]], given: Sequence[Sequence[str]], weight: int) -> None:
    for row, line in zip(factors, given, strict=True):
        for place, factor in enumerate(line):
            row[place] = row[place] * pow(int(factor), weight, P) % P
