"""The municipality's list of people with the right to vote: read, reduced to digests, replaced.

A table with the headings „ЕГН“ and „Населено място“, CSV in UTF-8. Numbers are checked, hashed
under the key of the municipality and forgotten; the file is not kept.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from sqlalchemy import delete, insert, select
from stdnum.bg import egn

from obshto.modules.voters.errors import TwiceListed, UnreadableVoterList, WrongListLines
from obshto.modules.voters.events import VoterListPut
from obshto.modules.voters.models import ListedVoter, VoterListUpload
from obshto.modules.voters.services.queries import egn_index
from obshto.modules.voters.services.registrations import take_turn
from obshto.platform.unit_of_work import UnitOfWork

LARGEST = 4 * 1024 * 1024  # bytes: the largest municipality of the province has 50,000 voters
MOST_ROWS, LONGEST, MOST_TOLD = 60_000, 60, 20
NUMBER, SETTLEMENT = "егн", "населено място"
NUMBER_COLUMN, SETTLEMENT_COLUMN = "ЕГН", "Населено място"


def put_voter_list(uow: UnitOfWork, sent: bytes, *, request_id: UUID) -> VoterListUpload:
    """The newest list takes the place of the one before; the same request again finds the first.

    Raises UnreadableVoterList, WrongListLines, TwiceListed.
    """
    take_turn(uow)
    first = select(VoterListUpload).where(VoterListUpload.request_id == request_id)
    if found := uow.session.scalar(first):
        return found
    lines = read_list(sent)
    upload = VoterListUpload(
        request_id=request_id,
        size=len(lines),
        fingerprint=sha256(sent).hexdigest(),
        uploaded_at=uow.now,
        uploaded_by_id=uow.principal.person_id,
    )
    uow.session.add(upload)
    uow.session.execute(delete(ListedVoter))
    listed = [{"egn_index": egn_index(number), "settlement": place} for number, place in lines]
    uow.session.execute(insert(ListedVoter), listed)
    uow.session.flush()
    uow.defer("voters:accept-listed", once="list")
    uow.emit(VoterListPut(subject_id=upload.id, size=upload.size))
    return upload


def read_list(sent: bytes) -> Sequence[tuple[str, str]]:
    """Number and settlement of each line. Raises UnreadableVoterList, WrongListLines, TwiceListed.

    A spreadsheet drops the zeros before a number: nine digits and fewer get them back.
    """
    rows = _rows(sent)
    known: dict[str, str] = {}
    wrong, twice = [], []
    for line, number, place in rows:
        number = number.zfill(10)
        if not egn.is_valid(number):
            wrong.append(line)
        elif number in known:
            twice.append(line)
        known[number] = place
    if wrong:
        raise WrongListLines(lines=_told(wrong))
    if twice:
        raise TwiceListed(lines=_told(twice))
    return [*known.items()]


def _rows(sent: bytes) -> list[tuple[int, str, str]]:
    if len(sent) > LARGEST:
        raise UnreadableVoterList
    try:
        text = sent.decode("utf-8-sig")
        head = text.partition("\n")[0]
        delimiter = max(";,\t", key=head.count)
        read = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        names = [cell.strip().casefold() for cell in next(read, [])]
        at, where = names.index(NUMBER), names.index(SETTLEMENT)
        rows = [
            (read.line_num, "".join(cells[at].split()), " ".join(cells[where].split())[:LONGEST])
            for cells in read
            if any(cell.strip() for cell in cells)
        ]
    except (UnicodeDecodeError, csv.Error, ValueError, IndexError):
        raise UnreadableVoterList from None
    if not 1 <= len(rows) <= MOST_ROWS:
        raise UnreadableVoterList
    return rows


def _told(lines: Sequence[int]) -> str:
    more = "…" if len(lines) > MOST_TOLD else ""
    return ", ".join(str(line) for line in lines[:MOST_TOLD]) + more
