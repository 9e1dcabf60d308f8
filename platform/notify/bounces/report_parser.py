"""What a letter that came back says: a report of its delivery, or a complaint about it.

Anybody may write to the address, anything: of a letter only the fields of a report are looked at,
and none of its words is kept but codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, message_from_string, policy
from email.message import Message as Mail
from itertools import islice
from typing import Final

from obshto.platform.notify.bounces.address import ReturnAddress
from obshto.platform.notify.suppression import COMPLAINT

LARGEST: Final = 256 * 1024  # bytes that are looked at; reports come first, what came back after
BLOCKS: Final = 20  # of one report: ours have one person each
# Bulk mail that somebody wants no more (RFC 5965 §7.3); „auth-failure“, „not-spam“ are no wish.
_wants_no_more = frozenset(("abuse", "opt-out"))
_recipients = ("To", "Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
# „smtp; 550-5.1.1 The account …“ (RFC 3464 §2.3.6)
_diagnosis = re.compile(r"\s*smtp\s*;\s*(\d{3})(?:[ -]+(\d\.\d{1,3}\.\d{1,3})\b)?", re.I).match
_status = re.compile(r"\s*(\d\.\d{1,3}\.\d{1,3})\b").match
_address = re.compile(r"[^;]*;\s*<?([^\s<>]+)").match


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of one letter. `trouble` is „complaint“ or what the server said for good: „550 5.1.1“, the
    code, its details, or both. `named`: of whom it was said, in small letters.
    """

    about: ReturnAddress
    trouble: str
    named: frozenset[str] = frozenset()


def read_verdict(raw: bytes, recipient: str = "") -> Verdict | None:
    """What the letter says of one of ours; None when it says nothing that anything follows from:
    no report (RFC 3464, RFC 5965), of something late or delivered, without our address.

    `recipient` is who it came to, as the mail server knows; else its headers tell.
    """
    try:
        mail = message_from_bytes(raw[:LARGEST], policy=policy.compat32)
        return _verdict(mail, recipient)
    except (LookupError, RecursionError, TypeError, ValueError):
        # Parts in parts in parts, a thousand deep; or what the parser itself stumbles over.
        return None


def _verdict(mail: Mail, recipient: str) -> Verdict | None:
    for part in mail.walk():
        kind = part.get_content_type()
        if kind in ("message/delivery-status", "message/global-delivery-status"):
            about = ReturnAddress.found_in(" ".join((recipient, *_told(mail, *_recipients))))
            return _of_delivery(part, about) if about else None
        if kind == "message/feedback-report":
            return _of_complaint(mail, part)
    return None


def _of_delivery(part: Mail, about: ReturnAddress) -> Verdict | None:
    for block in islice(_blocks(part), BLOCKS):
        if "failed" in [word.strip().lower() for word in _told(block, "Action")]:
            told = _told(block, "Original-Recipient", "Final-Recipient")
            named = (_address(one) for one in told)
            people = frozenset(one[1].lower() for one in named if one)
            return Verdict(about, _trouble(block), people)
    return None


def _trouble(block: Mail) -> str:
    """Code and details. Where the two disagree whether it is for good, it is not."""
    status = next(iter(_told(block, "Status")), "")
    plain, said = _status(status), None
    for line in _told(block, "Diagnostic-Code"):
        said = said or _diagnosis(line)
    details = plain[1] if plain and not plain[1].endswith(".0.0") else ""
    if said is None or (plain and plain[1][0] != said[1][0]):
        return details or (plain[1] if plain else "")
    return f"{said[1]} {said[2] or details}".rstrip()


def _of_complaint(mail: Mail, part: Mail) -> Verdict | None:
    """The letter itself comes with it; whose it was stands in the report or in its own header."""
    blocks = list(islice(_blocks(part), BLOCKS))
    words = {one.strip().lower() for block in blocks for one in _told(block, "Feedback-Type")}
    if not words & _wants_no_more:
        return None
    told = [one for block in blocks for one in _told(block, "Original-Mail-From")]
    for other in mail.walk():
        told += _told(other, "Return-Path")
        if other.get_content_type() == "text/rfc822-headers":
            told += _told(_headers(other.get_payload()), "Return-Path")
    about = ReturnAddress.found_in(" ".join(told))
    return Verdict(about, COMPLAINT) if about else None


def _blocks(part: Mail) -> Iterator[Mail]:
    """The groups of fields of a report, whichever way the parser left them."""
    held = part.get_payload()
    for one in held if isinstance(held, list) else [_headers(held)]:
        if isinstance(one, Mail):
            yield one
            rest = one.get_payload()
            for block in rest.split("\n\n") if isinstance(rest, str) else ():
                yield _headers(block)


def _headers(text: object) -> Mail:
    return message_from_string(str(text).replace("\r\n", "\n").lstrip(), policy=policy.compat32)


def _told(mail: Mail, *names: str) -> list[str]:
    return [str(value) for name in names for value in mail.get_all(name, ())]
