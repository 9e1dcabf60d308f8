"""Child process that reads one bank statement of a stranger: CAMT.053 (ISO 20022) or MT940 (SWIFT).

A program and no module of the house: it loads defusedxml or mt940 and nothing else. It writes one
line of JSON: statements with balances and entries, sums in cents, what was paid out below zero.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from collections.abc import Iterator, Sequence
from decimal import Decimal
from io import StringIO
from typing import Any
from xml.etree.ElementTree import Element  # noqa: S405  the type alone; defusedxml reads

OLD = "windows-1251"
REFERENCE, NAME, ACCOUNT, TEXT = 50, 140, 34, 500  # characters that are kept
UNSAID = frozenset(["", "NONREF", "NOTPROVIDED"])
SUM = re.compile(r"[+-]?\d{1,15}([.,]\d{0,5})?", re.ASCII)  # 18 digits, 5 behind the point
FULL = 27  # characters of a sub-field of :86: that goes on in the next one
DECLARED = re.compile(r"^\s*<\?xml[^>]*\?>")
MARKED = re.compile(r"\s*(?:\d{3}\s*)?([?+])\d\d")  # how a :86: with sub-fields begins
Entry = dict[str, Any]


def limit(memory: int, seconds: int) -> None:
    """What this process may take; beyond it an allocation fails, or the kernel ends it."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))  # SIGXCPU, not SIGKILL
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cents(amount: str | Decimal) -> int:
    """Exact. Raises ValueError for a part of a cent, for no sum and for one beyond all money."""
    told = str(amount).strip()
    if not SUM.fullmatch(told):
        raise ValueError(told[:REFERENCE])
    scaled = Decimal(told.replace(",", ".")) * 100
    if scaled != scaled.to_integral_value():
        raise ValueError(amount)
    return int(scaled)


def entry(day: str, sum_of: int, reference: str, payer: str, iban: str, text: str) -> Entry:
    """As it is written, each text no longer than is kept."""
    return {
        "booked_on": day,
        "cents": sum_of,
        "reference": _plain(reference)[:REFERENCE],
        "payer": _plain(payer)[:NAME],
        "payer_iban": "".join(iban.split())[:ACCOUNT],
        "text": _plain(text)[:TEXT],
    }


def _plain(text: str) -> str:
    return " ".join(text.replace("\0", "").split())


# -- CAMT.053 ---------------------------------------------------------------------------------


def camt(content: bytes) -> Iterator[dict[str, Any]]:
    """Each statement, by local names: versions differ in their namespace and in little else."""
    for one in _root(content).iter():
        if _local(one) == "Stmt":
            balances = {_said(b, "Tp", "CdOrPrtry", "Cd"): b for b in _all(one, "Bal")}
            opening = balances.get("OPBD", balances.get("PRCD"))
            closing = balances.get("CLBD")
            yield {
                "iban": _said(one, "Acct", "Id", "IBAN"),
                "currency": _currency(one),
                "number": _said(one, "ElctrncSeqNb") or _said(one, "Id"),
                "opening": None if opening is None else _signed(opening),
                "closing": None if closing is None else _signed(closing),
                "lines": [line for entry in _all(one, "Ntry") for line in _entries(entry)],
            }


def _root(content: bytes) -> Element:
    from defusedxml.ElementTree import ParseError, fromstring  # noqa: PLC0415  after the limits

    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except ParseError:  # some banks declare UTF-8 and write the letters of Windows
        root = fromstring(DECLARED.sub("", content.decode(OLD)), forbid_dtd=True)
    return root


def _entries(one: Element) -> Iterator[Entry]:
    """One for each transaction where a batch tells their sums, else the entry as a whole."""
    status = _find(one, "Sts")
    if status is None or (_said(status, "Cd") or (status.text or "").strip()) != "BOOK":
        return
    whole = _signed(one)
    parts = [part for batch in _all(one, "NtryDtls") for part in _all(batch, "TxDtls")]
    sums = [_part_cents(part, one) for part in parts]
    if len(parts) > 1 and None not in sums and sum(filter(None, sums)) == whole:
        for part, sum_of in zip(parts, sums, strict=True):
            yield _camt_entry(one, [part], sum_of or 0)
    else:
        yield _camt_entry(one, parts, whole)


def _camt_entry(one: Element, parts: Sequence[Element], sum_of: int) -> Entry:
    day = (_said(one, "BookgDt", "Dt") or _said(one, "BookgDt", "DtTm"))[:10]
    texts = [text for part in parts for text in _texts(part)] or [_said(one, "AddtlNtryInf")]
    side = "Dbtr" if sum_of > 0 else "Cdtr"
    alone = parts[0] if len(parts) == 1 else None
    payer = iban = ""
    reference = _said(one, "AcctSvcrRef")
    if alone is not None:
        party = _find(alone, "RltdPties", side)
        payer = "" if party is None else _said(party, "Nm") or _said(party, "Pty", "Nm")
        iban = _said(alone, "RltdPties", f"{side}Acct", "Id", "IBAN")
        own = (_said(alone, "Refs", name) for name in ("AcctSvcrRef", "TxId"))
        reference = next(filter(None, (next(own), reference, next(own))), "")
    return entry(day, sum_of, reference, payer, iban, " ".join(dict.fromkeys(texts)))


def _texts(part: Element) -> Iterator[str]:
    told = [(one.text or "").strip() for one in _all(part, "RmtInf", "Ustrd")]
    told += [_said(one, "CdtrRefInf", "Ref") for one in _all(part, "RmtInf", "Strd")]
    told += [_said(part, "Refs", "EndToEndId"), _said(part, "AddtlTxInf")]
    return (one for one in told if one not in UNSAID)


def _part_cents(part: Element, whole: Element) -> int | None:
    amount = _said(part, "Amt") or _said(part, "AmtDtls", "TxAmt", "Amt")
    side = _said(part, "CdtDbtInd") or _said(whole, "CdtDbtInd")
    return (-cents(amount) if side == "DBIT" else cents(amount)) if amount else None


def _signed(one: Element) -> int:
    amount = cents(_said(one, "Amt"))
    return -amount if _said(one, "CdtDbtInd") == "DBIT" else amount


def _currency(one: Element) -> str:
    told = {amount.get("Ccy", "") for path in ("Bal", "Ntry") for amount in _all(one, path, "Amt")}
    told.add(_said(one, "Acct", "Ccy"))
    return "/".join(sorted(filter(None, told)))


def _local(one: Element) -> str:
    return one.tag.rpartition("}")[2]


def _all(one: Element, *path: str) -> list[Element]:
    found = [one]
    for step in path:
        found = [child for parent in found for child in parent if _local(child) == step]
    return found


def _find(one: Element, *path: str) -> Element | None:
    return next(iter(_all(one, *path)), None)


def _said(one: Element, *path: str) -> str:
    found = _find(one, *path)
    return "" if found is None else (found.text or "").strip()


# -- MT940 ------------------------------------------------------------------------------------


def mt940(content: bytes) -> Iterator[dict[str, Any]]:
    """Each statement of a file; the library is given a handle: it would open a path by its name."""
    from mt940 import Options, parse_statements  # noqa: PLC0415  after the limits

    # :86: is taken as it stands: the library knows sub-fields by „?“ alone, Bulgarian banks „+“.
    raw: Any = {"post_transaction_details": []}
    for one in parse_statements(_handle(content), processors=raw, options=Options.all()):
        opening, closing = (_balance(one.data, side) for side in ("opening", "closing"))
        yield {
            "iban": _iban(str(one.data.get("account_identification", ""))),
            "currency": next((b.amount.currency for b in (opening, closing) if b), ""),
            "number": str(one.data.get("statement_number", "")),
            "opening": cents(opening.amount.amount) if opening else None,
            "closing": cents(closing.amount.amount) if closing else None,
            "lines": [_mt940_entry(line.data) for line in one if line.data.get("amount")],
        }


def _handle(content: bytes) -> StringIO:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode(OLD)
    return StringIO(text.replace("\r\n", "\n").replace("\r", "\n"))


def _balance(data: dict[str, Any], side: str) -> Any:
    return data.get(f"final_{side}_balance") or data.get(f"intermediate_{side}_balance")


def _iban(account: str) -> str:
    """Out of „BANKBGSF/BG80…EUR“ as well."""
    spelled = "".join(account.split()).upper()
    found = re.search(r"BG\d\d[A-Z]{4}[A-Z0-9]{14}", spelled)
    return found[0] if found else spelled


def _mt940_entry(data: dict[str, Any]) -> Entry:
    named = (str(data.get(f"{whose}_reference") or "").strip() for whose in ("bank", "customer"))
    reference = next((one for one in named if one not in UNSAID), "")
    text = str(data.get("transaction_details") or "")
    fields: dict[str, str] = {}
    if mark := MARKED.match(text):
        text, fields = _sub_fields(text.replace("\n", ""), mark[1])
    day = data.get("entry_date") or data["date"]
    payer = fields.get("32", "") + fields.get("33", "")
    amount = cents(data["amount"].amount)
    return entry(day.isoformat()[:10], amount, reference, payer, fields.get("31", ""), text)


def _sub_fields(text: str, mark: str) -> tuple[str, dict[str, str]]:
    """The remittance text of fields 20–29 and 60–63, then all fields by their numbers."""
    _, *pieces = re.split(rf"{re.escape(mark)}(\d\d)", text)
    fields, told = dict(zip(pieces[::2], pieces[1::2], strict=True)), ""
    for number, piece in sorted(fields.items()):
        if number[0] == "2" or "60" <= number <= "63":
            told += piece if len(piece) >= FULL else f"{piece} "
    return told, fields


def statements_in(content: bytes, most: int) -> dict[str, Any]:
    """All statements of a file, or why it is none."""
    is_xml = content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    found, number = [], 0
    for one in camt(content) if is_xml else mt940(content):
        number += len(one["lines"])
        if number > most:
            return {"refused": "lines"}
        found.append(one)
    return {"kind": "camt" if is_xml else "mt940", "statements": found}


def main() -> None:
    """Answer one request. An end without an answer is one, too: it was more than is allowed."""
    asked = json.loads(sys.argv[1])
    limit(asked["memory"], asked["seconds"])
    sys.path.append(asked["library"])
    told: dict[str, Any]
    try:
        told = statements_in(sys.stdin.buffer.read(), asked["lines"])
    except Exception:  # noqa: BLE001  whatever a parser trips over is no statement
        told = {"refused": "statement"}
    sys.stdout.buffer.write(json.dumps(told).encode() + b"\n")


if __name__ == "__main__":
    main()
