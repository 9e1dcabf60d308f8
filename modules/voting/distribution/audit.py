#!/usr/bin/env python3
"""Audit of a Belenios board: each check that an observer can repeat, one file.

    python3 audit.py board.bel [--heads FILE]... [--trackers FILE] [--lists FILE]

Checked are form, chain and order of the records, the trustees' keys, the roll, each ballot's proofs
and signature, the encrypted tally, each partial decryption, and the result, which is counted anew.
This is a second program beside `belenios-tool election verify`, written from the specification
(protocol version 1, group BELENIOS-2048). It also finds what the tool lets pass: an old ballot put
again after a newer one, a ballot after the end, a tally without somebody's ballot. The trustees'
proofs that each knows her key are left to the tool.

    heads     "height hash" lines that a witness kept: without them nobody sees a board rebuilt
    trackers  one a line, as voters kept them; the first twelve characters are enough
    lists     {"voters": n, "spares": [...], "given": [...], "void": [...]} of the commission

No library is needed; where gmpy2 is installed the same numbers come three times as fast.

Exit status: 0 all is right, 1 something is wrong, 2 a file can't be read.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

try:
    from gmpy2 import powmod
except ImportError:
    powmod = pow

# The group BELENIOS-2048: the elements of order Q in the integers modulo P.
P = 20694785691422546401013643657505008064922989295751104097100884787057374219242717401922237254497684338129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049081167099310535867780980030790491654063777173764198678527273474476341835600035698305193144284561701911000786737307333564123971732897913240474578834468260652327974647951137672658693582180046317922073668860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201320481118852408731077014151666200162313177169372189248078507711827842317498073276598828825169183103125680162072880719  # noqa: E501
G = 2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678799694668298749389095083896573425601900601068477164491735474137283104610458681314511781646755400527402889846139864532661215055797097162016168270312886432456663834863635782106154918419982534315189740658186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982665103606822406635076697764025346253773085133173495194248967754052573659049492477631475991575198775177711481490920456600205478127054728238140972518639858334115700568353695553423781475582491896050296680037745308460627  # noqa: E501
Q = 78571733251071885079927659812671450121821421258408794611510081919805623223441

ORDER = ("Setup", "Ballot", "EndBallots", "EncryptedTally", "PartialDecryption", "Result")
REPEATED = {"Ballot", "PartialDecryption"}
BLOCK = 512
#: From so many ballots on, other processes cost less than they save.
MANY = 20

#: Findings in words; the key is what other programs ask for.
WORDS = {
    "file": "файлът не е това, което събитията му правят",
    "times": "записите носят различно време: то издава кой кога е гласувал",
    "chain": "веригата от отпечатъци е прекъсната",
    "order": "запис не на мястото си",
    "setup": "началният запис не е верен",
    "key": "ключът на допитването не е произведение от ключовете на пазителите",
    "roll": "списъкът на кодовете не е верен",
    "lists": "списъците на комисията не излизат",
    "form": "бюлетината не е във верния вид",
    "election": "бюлетина от друго допитване",
    "signature": "подписът на бюлетината не е верен",
    "proof": "доказателство в бюлетината не е вярно",
    "again": "същата бюлетина втори път: по-нов глас е върнат назад",
    "unknown": "бюлетина с код извън списъка",
    "void": "бюлетина с анулиран код",
    "spare": "бюлетина с резервен код, който не е даден на никого",
    "tally": "шифрованият сбор не е сборът на последните бюлетини",
    "share": "отварянето от пазител не е вярно",
    "result": "резултатът не излиза при преброяване",
    "head": "свидетел е видял друго на това място: таблото е пренаписано",
    "tracker": "контролния номер го няма на таблото",
    "unreadable": "таблото не се чете докрай",
}


class AuditFinding(NamedTuple):
    """One thing wrong: its kind, the height of the record, details."""

    kind: str
    height: int | None = None
    detail: str = ""

    def __str__(self) -> str:
        place = "" if self.height is None else f"[{self.height}] "
        detail = f" ({self.detail})" if self.detail else ""
        return f"{place}{self.kind}: {WORDS[self.kind]}{detail}"


# --- Hashes, numbers, texts ----------------------------------------------------------------------


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def fingerprint(text: str) -> str:
    """SHA-256 in base 64 without filling; of a ballot it is the tracker."""
    return b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")


def challenge_of(text: str) -> int:
    return int(digest(text), 16) % Q


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def number(text: Any, below: int) -> int:
    """A number in its only form; two texts of one number would make one ballot look like two."""
    if not isinstance(text, str) or not re.fullmatch(r"0|[1-9][0-9]{0,700}", text):
        raise ValueError("not a number")
    value = int(text)
    if value >= below:
        raise ValueError("number out of range")
    return value


def element(text: Any) -> int:
    value = number(text, P)
    if value == 0 or powmod(value, Q, P) != 1:
        raise ValueError("not of the group")
    return value


def fields(told: Any, *names: str) -> list[Any]:
    """The values of an object that has exactly these names, in this order."""
    if not isinstance(told, dict) or list(told) != list(names):
        raise ValueError("other fields than expected")
    return list(told.values())


def proof_of(told: Any) -> list[int]:
    """Challenge and response."""
    return [number(text, Q) for text in fields(told, "challenge", "response")]


def unsigned(ballot: dict[str, Any]) -> str:
    return compact({key: ballot[key] for key in ballot if key != "signature"})


def product(factors: Iterable[int]) -> int:
    result = 1
    for one in factors:
        result = result * one % P
    return result


@cache
def powers_of(base: int) -> Callable[[int], int]:
    """Powers of one base by a table of 256 entries for each byte: ten times as quick as `pow`."""
    table, unit = [], base
    for _ in range(32):
        row = [1]
        for _ in range(255):
            row.append(row[-1] * unit % P)
        table.append(row)
        unit = row[-1] * unit % P
    return lambda exponent: product(
        row[digit] for row, digit in zip(table, (exponent % Q).to_bytes(32, "little"), strict=True)
    )


# --- The file: records in the form of tar, written in one way only -------------------------------


def record(name: str, text: str, timestamp: int) -> bytes:
    body, header = text.encode(), bytearray(BLOCK)
    named = ((0, name), (100, "0000644"), (108, "0000000"), (116, "0000000"))
    sized = ((124, f"{len(body):011o}"), (136, f"{timestamp:011o}"), (148, " " * 8), (156, "0"))
    for at, value in named + sized:
        header[at : at + len(value)] = value.encode()
    header[148:156] = f"{sum(header):06o}\0 ".encode()
    return bytes(header) + body + b"\0" * (-len(body) % BLOCK)


def records(raw: bytes) -> Iterator[tuple[str, str, int]]:
    """Name, text and time of each record."""
    at = 0
    while at < len(raw):
        name = raw[at : at + 100].rstrip(b"\0").decode("ascii")
        size, timestamp = int(raw[at + 124 : at + 135], 8), int(raw[at + 136 : at + 147], 8)
        at += BLOCK
        yield name, raw[at : at + size].decode(), timestamp
        at += size + (-size % BLOCK)


class BoardLink(NamedTuple):
    """A link of the chain with the texts that it brought; the last of them is its payload."""

    text: str
    told: dict[str, Any]
    data: list[str]

    @property
    def kind(self) -> str:
        return str(self.told["type"])


class Party(NamedTuple):
    """A trustee, or a set of them that opens together: numbers, keys, how many are needed."""

    numbers: list[int]
    keys: list[int]
    threshold: int
    joint_key: int


@dataclass
class Audit:
    """The board as read so far, and the findings."""

    lists: dict[str, Any]
    findings: list[AuditFinding] = field(default_factory=list)
    events: list[BoardLink] = field(default_factory=list)
    election: dict[str, Any] = field(default_factory=dict)
    election_hash: str = ""
    parties: list[Party] = field(default_factory=list)
    roll: list[str] = field(default_factory=list)
    known: set[str] = field(default_factory=set)
    last: dict[str, dict[str, Any]] = field(default_factory=dict)
    tally: list[list[dict[str, str]]] = field(default_factory=list)
    shares: dict[int, list[list[int]]] = field(default_factory=dict)
    result: list[list[int]] = field(default_factory=list)

    def note(self, kind: str, height: int | None = None, detail: str = "") -> None:
        self.findings.append(AuditFinding(kind, height, detail))

    def read(self, raw: bytes) -> None:
        """Events, each after its texts. The same records written anew must give the same file."""
        (_, head, timestamp), *rest = records(raw)
        made, waiting = [record("BELENIOS", head, timestamp)], list[str]()
        for name, text, time in rest:
            is_event = name.endswith(".event.json")
            made.append(
                record(f"{digest(text)}.{'event' if is_event else 'data'}.json", text, time)
            )
            if time != timestamp:
                self.note("times", len(self.events))
            waiting.append(text)
            if is_event:
                self.events.append(BoardLink(text, json.loads(text), waiting[:-1]))
                waiting = []
        if b"".join(made) != raw or waiting or json.loads(head)["version"] != 1:
            self.note("file")

    def check_chain(self) -> None:
        parent, stage = None, 0
        for height, event in enumerate(self.events):
            payload = digest(event.data[-1]) if event.data else None
            links = (event.told.get("parent"), event.told.get("height"), event.told.get("payload"))
            if links != (parent, height, payload):
                self.note("chain", height)
            parent = digest(event.text)
            place = ORDER.index(event.kind) if event.kind in ORDER else -1
            repeats = place == stage and height > 0 and event.kind not in REPEATED
            if place < stage or repeats or (height == 0) != (event.kind == "Setup"):
                self.note("order", height, event.kind)
            stage = max(stage, place)

    def check_setup(self) -> None:
        election, trustees, roll, setup = self.events[0].data
        named = {"election": election, "trustees": trustees, "credentials": roll}
        if json.loads(setup) != {name: digest(text) for name, text in named.items()}:
            self.note("setup", 0)
        self.election, self.election_hash = json.loads(election), fingerprint(election)
        if (self.election["version"], self.election["group"]) != (1, "BELENIOS-2048"):
            raise ValueError("version 1 and group BELENIOS-2048 are expected")
        self.parties = list(parties_of(json.loads(trustees)))
        key = element(self.election["public_key"])
        if product(party.joint_key for party in self.parties) != key:
            self.note("key", 0)
        entries = [str(entry).split(",") for entry in json.loads(roll)]
        self.roll = [entry[0] for entry in entries]
        is_weighed = any(entry[1:] not in ([], ["1"]) for entry in entries)
        self.known = set(self.roll)
        if is_weighed or len(self.known) != len(self.roll):
            self.note("roll", 0)

    def check_lists(self) -> None:
        void, spares, given = (set(self.lists.get(n, ())) for n in ("void", "spares", "given"))
        expected = self.lists.get("voters", len(self.roll) - len(spares)) + len(spares)
        if expected != len(self.roll):
            self.note("lists", None, f"{expected} != {len(self.roll)}")
        if given - spares or (void | spares) - self.known or len(given) > len(void):
            self.note("lists", None, f"{len(spares)}, {len(given)}, {len(void)}")

    def check_ballots(self) -> None:
        ballots = [(n, e.data[-1]) for n, e in enumerate(self.events) if e.kind == "Ballot"]
        seen: dict[str, int] = {}
        faults = faults_of(self.events[0].data[0], [text for _, text in ballots])
        for (height, text), fault in zip(ballots, faults, strict=True):
            if fault:
                self.note(fault, height)
            if fault == "form":
                continue
            ballot = json.loads(text)
            self.check_credential(height, ballot["credential"])
            # Without its signature, which can be written anew by whoever repeats it.
            first = seen.setdefault(fingerprint(unsigned(ballot)), height)
            if first != height:
                self.note("again", height, f"[{first}]")
            self.last[ballot["credential"]] = ballot

    def check_credential(self, height: int, credential: str) -> None:
        if credential not in self.known:
            self.note("unknown", height)
        if credential in self.lists.get("void", ()):
            self.note("void", height)
        if credential in set(self.lists.get("spares", ())) - set(self.lists.get("given", ())):
            self.note("spare", height)

    def check_tally(self, height: int, event: BoardLink) -> None:
        text, sized = event.data[0], json.loads(event.data[-1])
        self.tally = json.loads(text)
        n = len(self.last)
        wanted = {"num_tallied": n, "total_weight": n, "encrypted_tally": digest(text)}
        if self.tally != tally_of(self.election, self.last.values()) or sized != wanted:
            self.note("tally", height)

    def check_share(self, height: int, event: BoardLink) -> None:
        text, owned = event.data[0], json.loads(event.data[-1])
        owner, share = owned["owner"], json.loads(text)
        keys = {
            n: key for one in self.parties for n, key in zip(one.numbers, one.keys, strict=True)
        }
        factors = [[element(one) for one in row] for row in share["decryption_factors"]]
        sealed = [one["alpha"] for row in self.tally for one in row]
        proofs = [one for row in share["decryption_proofs"] for one in row]
        opened = zip(sealed, [one for row in factors for one in row], proofs, strict=True)
        is_named = owner in keys and owner not in self.shares and owned["payload"] == digest(text)
        if is_named and all(is_share(self.election_hash, keys[owner], *one) for one in opened):
            self.shares[owner] = factors
        else:
            self.note("share", height, str(owner))

    def check_result(self, height: int, event: BoardLink) -> None:
        self.result = json.loads(event.data[-1])["result"]
        counted = self.count()
        if self.result != counted:
            self.note("result", height, f"{self.result} != {counted}")

    def count(self) -> list[list[int | None]] | None:
        """Sums by answer, from the partial decryptions alone."""
        factors = [[1 for _ in row] for row in self.tally]
        for party in self.parties:
            chosen = [n for n in party.numbers if n in self.shares][: party.threshold]
            if len(chosen) < party.threshold:
                return None
            for n in chosen:
                weight = lagrange(n, chosen, party.numbers[0] - 1)
                for row, share in zip(factors, self.shares[n], strict=True):
                    row[:] = [f * powmod(s, weight, P) % P for f, s in zip(row, share, strict=True)]
        logarithms = {powmod(G, n, P): n for n in range(len(self.last) + 1)}
        plain = (
            [int(one["beta"]) * powmod(f, -1, P) % P for one, f in zip(row, divisors, strict=True)]
            for row, divisors in zip(self.tally, factors, strict=True)
        )
        return [[logarithms.get(power) for power in row] for row in plain]

    def check_heads(self, heads: Iterable[tuple[int, str]]) -> None:
        chain = [digest(event.text) for event in self.events]
        for height, expected in heads:
            if not 0 <= height < len(chain) or chain[height] != expected:
                self.note("head", height, expected[:12])

    def check_trackers(self, trackers: Iterable[str]) -> None:
        held = [fingerprint(event.data[-1]) for event in self.events if event.kind == "Ballot"]
        for tracker in trackers:
            if len(tracker) < 12 or not any(one.startswith(tracker) for one in held):
                self.note("tracker", None, tracker)


# --- Mathematics of the protocol -----------------------------------------------------------------


def parties_of(trustees: list[Any]) -> Iterator[Party]:
    """Parties of the trustees' file; numbers run over the whole of it, keys follow from it."""
    first = 1
    for told in trustees:
        kind, body = told if isinstance(told, list) else ("", told)
        if kind == "Pedersen" or "verification_keys" in body:
            polynomials = [json.loads(one["message"])["coefexps"] for one in body["coefexps"]]
            powers = [[element(one) for one in row] for row in polynomials]
            keys = [key_at(n, powers) for n in range(1, len(powers) + 1)]
            if [str(key) for key in keys] != [k["public_key"] for k in body["verification_keys"]]:
                raise ValueError("keys of trustees do not follow from their polynomials")
            threshold, joint = len(powers[0]), key_at(0, powers)
        else:
            keys, threshold, joint = [element(body["public_key"])], 1, element(body["public_key"])
        yield Party(list(range(first, first + len(keys))), keys, threshold, joint)
        first += len(keys)


def key_at(n: int, polynomials: list[list[int]]) -> int:
    return product(powmod(c, n**k, P) for row in polynomials for k, c in enumerate(row))


def lagrange(n: int, chosen: list[int], before: int) -> int:
    weight = 1
    for other in chosen:
        if other != n:
            weight = weight * (other - before) * powmod(other - n, -1, Q) % Q
    return weight


def tally_of(election: dict[str, Any], ballots: Iterable[dict[str, Any]]) -> list[Any]:
    sealed = [[answer["choices"] for answer in ballot["answers"]] for ballot in ballots]
    widths = [len(one["answers"]) + bool(one.get("blank")) for one in election["questions"]]

    def total(at: int, n: int, half: str) -> str:
        return str(product(int(choices[at][n][half]) for choices in sealed))

    return [
        [{half: total(at, n, half) for half in ("alpha", "beta")} for n in range(width)]
        for at, width in enumerate(widths)
    ]


def is_share(election_hash: str, key: int, alpha: str, factor: int, proof: Any) -> bool:
    challenge, response = proof_of(proof)
    first = powmod(G, response, P) * powmod(key, challenge, P) % P
    second = powmod(int(alpha), response, P) * powmod(factor, challenge, P) % P
    return challenge_of(f"decrypt|{election_hash}|{key}|{first},{second}") == challenge


class BallotCheck:
    """The proofs of one election's ballots. `fault` names what is wrong with a ballot, or None.

    A server asks it beside the tool: 2.0 takes ballots with leading zeros or more fields, if the
    voter signs them.
    """

    def __init__(self, raw_election: str):
        self.election = json.loads(raw_election)
        self.hash = fingerprint(raw_election)
        self.of_g, self.of_key = powers_of(G), powers_of(int(self.election["public_key"]))

    def fault(self, text: str) -> str | None:
        try:
            ballot = json.loads(text)
            if compact(ballot) != text:
                return "form"
            uuid, election_hash, credential, answers, signature = fields(
                ballot, "election_uuid", "election_hash", "credential", "answers", "signature"
            )
            if (uuid, election_hash) != (self.election["uuid"], self.hash):
                return "election"
            if not self.is_signed(ballot, element(credential), signature):
                return "signature"
            return None if self.is_proven(credential, answers) else "proof"
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return "form"

    def is_signed(self, ballot: dict[str, Any], credential: int, signature: Any) -> bool:
        signed, proof = fields(signature, "hash", "proof")
        challenge, response = proof_of(proof)
        commitment = self.of_g(response) * powmod(credential, challenge, P) % P
        is_of_body = signed == fingerprint(unsigned(ballot))
        return is_of_body and challenge_of(f"sig|{signed}|{commitment}") == challenge

    def is_proven(self, credential: str, answers: list[Any]) -> bool:
        pairs = zip(self.election["questions"], answers, strict=True)
        return all(self.is_answer(f"{self.hash}|{credential}", *pair) for pair in pairs)

    def is_answer(self, prefix: str, question: dict[str, Any], answer: Any) -> bool:
        blank = bool(question.get("blank"))
        names = ("choices", "individual_proofs", "overall_proof", *["blank_proof"] * blank)
        choices, individual, overall, *blanks = fields(answer, *names)
        sealed = [tuple(map(element, fields(one, "alpha", "beta"))) for one in choices]
        if len(sealed) != len(question["answers"]) + blank:
            return False
        pairs = zip(sealed, individual, strict=True)
        if not all(self.is_in_range(prefix, one, 0, 1, proofs) for one, proofs in pairs):
            return False
        label = f"{prefix}|" + ",".join(f"{alpha},{beta}" for alpha, beta in sealed)
        rest = tuple(map(product, zip(*sealed[blank:], strict=True)))
        least, most = question["min"], question["max"]
        if not blank:
            return self.is_in_range(label, rest, least, most, overall)
        either = [(sealed[0], 1), *((rest, n) for n in range(least, most + 1))]
        neither = [(sealed[0], 0), (rest, 0)]
        return self.is_one_of(f"bproof1|{label}", either, overall) and self.is_one_of(
            f"bproof0|{label}", neither, blanks[0]
        )

    def is_in_range(self, label: str, sealed: Any, least: int, most: int, proofs: Any) -> bool:
        label = f"prove|{label}|{sealed[0]},{sealed[1]}"
        return self.is_one_of(label, [(sealed, n) for n in range(least, most + 1)], proofs)

    def is_one_of(self, label: str, statements: list[Any], proofs: Any) -> bool:
        """One of the ciphertexts holds the number beside it; the proof doesn't tell which."""
        commitments, challenges = [], 0
        for ((alpha, beta), plain), proof in zip(statements, proofs, strict=True):
            challenge, response = proof_of(proof)
            rest = beta * self.of_g(-plain) % P
            first = self.of_g(response) * powmod(alpha, challenge, P) % P
            second = self.of_key(response) * powmod(rest, challenge, P) % P
            commitments.append(f"{first},{second}")
            challenges += challenge
        return challenge_of(f"{label}|{','.join(commitments)}") == challenges % Q


def fault_of(raw_election: str, text: str) -> str | None:
    return BallotCheck(raw_election).fault(text)


def faults_of(raw_election: str, ballots: list[str]) -> Iterable[str | None]:
    """Faults of ballots, on all processors where there are many."""
    check = partial(fault_of, raw_election)
    if len(ballots) < MANY:
        return map(check, ballots)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:  # threads may run here
        return list(pool.map(check, ballots, chunksize=10))


def audit(
    raw: bytes,
    heads: Iterable[tuple[int, str]] = (),
    trackers: Iterable[str] = (),
    lists: dict[str, Any] | None = None,
) -> Audit:
    """The whole audit; what can't even be read is a finding and never an exception."""
    done = Audit(lists or {})
    counted = {
        "EncryptedTally": done.check_tally,
        "PartialDecryption": done.check_share,
        "Result": done.check_result,
    }
    try:
        done.read(raw)
        done.check_chain()
        done.check_setup()
        done.check_lists()
        done.check_ballots()
        for height, event in enumerate(done.events):
            if event.kind in counted:
                counted[event.kind](height, event)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
        done.note("unreadable", None, f"{type(error).__name__} {error}")
    done.check_heads(heads)
    done.check_trackers(trackers)
    return done


# --- The command ---------------------------------------------------------------------------------


def report(done: Audit) -> str:
    ballots = sum(event.kind == "Ballot" for event in done.events)
    lines = [
        f"Допитване: {done.election.get('name', '?')}",
        f"Отпечатък на допитването: {done.election_hash}",
        f"Кодове в списъка: {len(done.roll)}. Бюлетини: {ballots}. Гласували: {len(done.last)}.",
    ]
    if done.events:
        lines.append(f"Последен запис: {len(done.events) - 1} {digest(done.events[-1].text)}")
    for question, sums in zip(done.election.get("questions", ()), done.result, strict=False):
        names = ["празна бюлетина"] * bool(question.get("blank")) + question["answers"]
        lines.append(question["question"])
        lines += [f"  {name}: {n}" for name, n in zip(names, sums, strict=False)]
    found = [f"НЕ Е НАРЕД {finding}" for finding in done.findings]
    return "\n".join([*lines, *(found or ["Всичко е наред: нито една проверка не намери грешка."])])


def read_heads(paths: Iterable[str]) -> Iterator[tuple[int, str]]:
    for path in paths:
        for line in Path(path).read_text("utf-8").splitlines():
            if line.strip():
                height, expected = line.split()[:2]
                yield int(height), expected


def main() -> int:
    parser = argparse.ArgumentParser(description="Проверка на таблото на едно допитване")
    parser.add_argument("board", help="таблото от страницата на допитването")
    parser.add_argument("--heads", action="append", default=[], help="редове „височина отпечатък“")
    parser.add_argument("--trackers", help="контролни номера, по един на ред")
    parser.add_argument("--lists", help="списъците на комисията, JSON")
    asked = parser.parse_args()
    try:
        raw = Path(asked.board).read_bytes()
        heads = list(read_heads(asked.heads))
        trackers = Path(asked.trackers).read_text("utf-8").split() if asked.trackers else []
        lists = json.loads(Path(asked.lists).read_text("utf-8")) if asked.lists else None
    except (OSError, ValueError) as error:
        print(f"Файл не се чете: {error}", file=sys.stderr)
        return 2
    done = audit(raw, heads, trackers, lists)
    print(report(done))
    return bool(done.findings)


if __name__ == "__main__":
    sys.exit(main())
