"""Child process that reads one OCDS 1.1 file of a stranger: the contracts of a package (JSON).

A program and no module of the house. It writes one line of JSON: each contract with the suppliers
of its award, as text; numbers stay as they were written. Of a package of releases the later word
counts, as https://standard.open-contracting.org/1.1/en/schema/merging/ has it for whole objects.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterator
from typing import Any

LONGEST = 500  # characters of a text that are kept
SUPPLIERS = 20
Told = dict[str, Any]


def limit(memory: int, seconds: int) -> None:
    """What this process may take; beyond it an allocation fails, or the kernel ends it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # SIGXCPU, not SIGKILL
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def contracts_in(content: bytes, most: int) -> dict[str, Any]:
    """All contracts of a file, or why there are none."""
    package = json.loads(content.decode("utf-8-sig"), parse_float=str, parse_int=str)
    awards: dict[tuple[str, str], Told] = {}
    contracts: dict[tuple[str, str], Told] = {}
    parties: dict[tuple[str, str], Told] = {}
    for release in releases_of(package):
        for name, kept in (("awards", awards), ("contracts", contracts), ("parties", parties)):
            for one in objects(release.get(name)):
                key = (text(release.get("ocid")), text(one.get("id")))
                kept[key] = {**kept.get(key, {}), **one}
    if len(contracts) > most:
        return {"refused": "many"}
    return {
        "contracts": [
            entry(ocid, one, awards.get((ocid, text(one.get("awardID"))), {}), parties)
            for (ocid, _), one in contracts.items()
        ]
    }


def releases_of(package: Told) -> list[Told]:
    """The releases of a package of either kind, of one alone too, the latest last.

    Raises KeyError for what is none of them.
    """
    found: list[Told] = []
    if "records" in package:
        for record in objects(package["records"]):
            compiled = record.get("compiledRelease")
            found += [compiled] if compiled else objects(record.get("releases"))
    elif "releases" in package:
        found += objects(package["releases"])
    else:
        package["ocid"]
        found.append(package)
    return sorted(found, key=lambda release: text(release.get("date")))


def entry(ocid: str, contract: Told, award: Told, parties: dict[tuple[str, str], Told]) -> Told:
    """As it is written, each text no longer than is kept."""
    value = contract.get("value") or {}
    suppliers = [
        text(one.get("name") or parties.get((ocid, text(one.get("id"))), {}).get("name"))
        for one in objects(award.get("suppliers"))
    ]
    return {
        "ocid": ocid,
        "number": text(contract.get("id")),
        "title": text(contract.get("title") or award.get("title")),
        "status": text(contract.get("status")),
        "signed": text(contract.get("dateSigned")),
        "amount": text(value.get("amount")),
        "currency": text(value.get("currency")),
        "suppliers": list(dict.fromkeys(filter(None, suppliers)))[:SUPPLIERS],
        "url": next(addresses(contract), ""),
    }


def addresses(contract: Told) -> Iterator[str]:
    """Of its documents."""
    for document in objects(contract.get("documents")):
        if text(document.get("url")).startswith(("https://", "http://")):
            yield text(document["url"])


def objects(told: Any) -> list[Told]:
    """The objects of an array; nothing where there is none."""
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []


def text(told: Any) -> str:
    """On one line; nothing of what is no text and no number."""
    return " ".join(told.replace("\0", "").split())[:LONGEST] if isinstance(told, str) else ""


def main() -> None:
    """Answer one request. An end without an answer is one, too: it was more than is allowed."""
    asked = json.loads(sys.argv[1])
    limit(asked["memory"], asked["seconds"])
    told: dict[str, Any]
    try:
        told = contracts_in(sys.stdin.buffer.read(), asked["contracts"])
    except Exception:  # noqa: BLE001  whatever stands there instead is no package
        told = {"refused": "package"}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    main()
