"""Checks of trustees and their shares by the auditor's own code, which is not the tool's."""

from __future__ import annotations

import json
from collections.abc import Iterable

from obshto.modules.voting.distribution import audit

FAULTS = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


def parties_of(trustees: str) -> list[audit.Party]:
    """Trustees by who opens together. Raises one of FAULTS where their keys do not add up."""
    return [*audit.parties_of(json.loads(trustees))]


def has_enough(trustees: str, owners: Iterable[int]) -> bool:
    """Every party has given as many shares as it must."""
    have = set(owners)
    return all(len(have & {*one.numbers}) >= one.threshold for one in parties_of(trustees))


def share_is_sound(election: str, trustees: str, tally: str, texts: list[str]) -> bool:
    """The share is of this tally and was made with the key of the trustee that it names."""
    check = audit.Audit({})
    check.election_hash, check.tally = audit.fingerprint(election), json.loads(tally)
    try:
        check.parties = parties_of(trustees)
        check.check_share(0, audit.BoardLink("", {}, texts))
    except FAULTS:
        return False
    return not check.findings
