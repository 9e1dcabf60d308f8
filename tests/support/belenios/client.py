"""Ballots of Belenios in Python, as quick as those of the booth: powers come from tables."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from hashlib import sha256

from obshto.modules.voting.distribution.audit import (
    G,
    P,
    Q,
    challenge_of,
    compact,
    fingerprint,
    powers_of,
    product,
)

Vote = list[int]


def random_secret() -> int:
    """The secret of a credential that has no letter."""
    return secrets.randbelow(Q - 1) + 1


def public_of(secret: int) -> str:
    return str(powers_of(G)(secret))


def secret_of(uuid: str, credential: str) -> int:
    """The exponent of a credential of 22 characters, as belenios-tool 3.x derives it."""
    halves = (f"derive_credential|{uuid}|{n}|{credential}" for n in (0, 1))
    return int("".join(sha256(half.encode()).hexdigest() for half in halves), 16) % Q


def proof_of(challenge: int, response: int) -> dict[str, str]:
    return {"challenge": str(challenge), "response": str(response)}


class Sealing:
    """One ballot being made: the election's key, and the prefix that binds its proofs."""

    def __init__(self, key: int, prefix: str):
        self.of_g, self.of_key, self.prefix = powers_of(G), powers_of(key), prefix

    def raise_both(self, a: int, b: int) -> int:
        return self.of_key(a) * self.of_g(b) % P

    def encrypt(self, vote: Vote) -> list[tuple[int, int, int, int]]:
        """Randomness, plaintext, and the two halves of each ciphertext."""
        randoms = [(secrets.randbelow(Q), plain) for plain in vote]
        return [(r, plain, self.of_g(r), self.raise_both(r, plain)) for r, plain in randoms]

    def prove(self, label: str, statements: list[tuple[int, int]]) -> list[dict[str, str]]:
        """One of the statements is true; of each its randomness and by how much it is off."""
        truth = [off for _, off in statements].index(0)
        challenges = [secrets.randbelow(Q) for _ in statements]
        responses = [secrets.randbelow(Q) for _ in statements]
        challenges[truth] = 0
        commitments = []
        pairs = zip(statements, challenges, responses, strict=True)
        for (random, off), challenge, response in pairs:
            exponent = response + random * challenge
            commitments.append(
                f"{self.of_g(exponent)},{self.raise_both(exponent, off * challenge)}"
            )
        whole = challenge_of(f"{label}|{','.join(commitments)}")
        challenges[truth] = (whole - sum(challenges)) % Q
        responses[truth] = (responses[truth] - statements[truth][0] * challenges[truth]) % Q
        return [proof_of(c, r) for c, r in zip(challenges, responses, strict=True)]

    def prove_range(self, label, sealed, least: int, most: int) -> list[dict[str, str]]:
        random, plain, alpha, beta = sealed
        statements = [(random, plain - n) for n in range(least, most + 1)]
        return self.prove(f"prove|{label}|{alpha},{beta}", statements)

    def answer(self, question: dict, vote: Vote) -> dict:
        sealed, blank = self.encrypt(vote), bool(question.get("blank"))
        label = f"{self.prefix}|" + ",".join(f"{a},{b}" for _, _, a, b in sealed)
        randoms, plains, alphas, betas = zip(*sealed[blank:], strict=True)
        rest = (sum(randoms) % Q, sum(plains), product(alphas), product(betas))
        least, most = question["min"], question["max"]
        told = {
            "choices": [{"alpha": str(a), "beta": str(b)} for _, _, a, b in sealed],
            "individual_proofs": [self.prove_range(self.prefix, one, 0, 1) for one in sealed],
        }
        if not blank:
            return told | {"overall_proof": self.prove_range(label, rest, least, most)}
        either = [(rest[0], rest[1] - n) for n in range(least, most + 1)]
        of_blank, plain = sealed[0][:2]
        return told | {
            "overall_proof": self.prove(f"bproof1|{label}", [(of_blank, plain - 1), *either]),
            "blank_proof": self.prove(f"bproof0|{label}", [(of_blank, plain), rest[:2]]),
        }


def seal_ballot(raw_election: str, secret: int, votes: list[Vote]) -> str:
    """The ballot as text; `votes` holds 0 and 1 for each answer, blank first where allowed."""
    election, election_hash = json.loads(raw_election), fingerprint(raw_election)
    credential = public_of(secret)
    sealing = Sealing(int(election["public_key"]), f"{election_hash}|{credential}")
    pairs = zip(election["questions"], votes, strict=True)
    ballot = {
        "election_uuid": election["uuid"],
        "election_hash": election_hash,
        "credential": credential,
        "answers": [sealing.answer(question, vote) for question, vote in pairs],
    }
    return sign(ballot, secret)


def sign(ballot: dict, secret: int) -> str:
    """The ballot with a signature of this secret; a signature that it has is replaced."""
    body = {key: ballot[key] for key in ballot if key != "signature"}
    hashed, nonce = fingerprint(compact(body)), secrets.randbelow(Q)
    challenge = challenge_of(f"sig|{hashed}|{powers_of(G)(nonce)}")
    proof = proof_of(challenge, (nonce - secret * challenge) % Q)
    return compact(body | {"signature": {"hash": hashed, "proof": proof}})


def random_vote(question: dict, choose: Callable[[int], int] = secrets.randbelow) -> Vote:
    """A vote that the question allows; one of ten is blank where it may be."""
    answers, blank = len(question["answers"]), [0] * bool(question.get("blank"))
    if blank and choose(10) == 0:
        return [1] + [0] * answers
    left = question["min"] + choose(question["max"] - question["min"] + 1)
    vote = [0] * answers
    while left:
        at = choose(answers)
        left -= 1 - vote[at]
        vote[at] = 1
    return blank + vote
