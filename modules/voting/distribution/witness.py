#!/usr/bin/env python3
"""Witness of a board: remembers what it has seen and raises an alarm when that changes.

    python3 witness.py ADDRESS HEADS [--alarm COMMAND]
    python3 witness.py --compare HEADS HEADS...

Run it every hour on a computer that the municipality does not keep. ADDRESS is the page of the
vote. HEADS is a file of its own: "height hash time" for each event, added to and never changed;
`audit.py --heads` reads it. Each time the whole chain is followed: every event names the one
before it by SHA-256, so a new head extends the old one or the old one is gone; an old ballot put
again, to count instead of a newer one, is seen. The second form finds a board that was shown
differently to two witnesses. COMMAND gets the alarm on its input.

Exit status: 0 all is right, 1 alarm, 2 nothing could be seen this time. Needs Python 3.11 alone.
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from urllib.error import HTTPError
from urllib.request import Request, urlopen

BLOCK, LARGEST = 512, 64 * 1024 * 1024  # of the form of tar; bytes of one record
PATIENCE = 120  # seconds without an answer


class Alarm(Exception):
    """What is wrong, in words for people."""


def records(file: BinaryIO) -> Iterator[tuple[str, str, bytes]]:
    """Name, hash and content of each record of a board, one in memory at a time."""
    while header := file.read(BLOCK):
        size = int(header[124:135], 8)
        if len(header) < BLOCK or not 0 <= size <= LARGEST:
            raise ValueError("прекъснато или твърде голямо")
        body = file.read(size + -size % BLOCK)
        if len(body) < size + -size % BLOCK:
            raise ValueError("прекъснато")
        name = header[:100].rstrip(b"\0").decode("ascii")
        yield name, sha256(body[:size]).hexdigest(), body[:size]


def heads_of(file: BinaryIO) -> Iterator[str]:
    """Hashes of the events; each follows from the one before, no ballot stands there twice."""
    height, parent, payload, ballots = 0, "", "", set()
    for name, found, body in records(file):
        kind = name.partition(".")[2]
        if kind in ("data.json", "event.json") and name != f"{found}.{kind}":
            raise Alarm(f"Запис на таблото не е това, което името му казва: {name}")
        payload = found if kind == "data.json" else payload
        if kind != "event.json":
            continue
        told = json.loads(body)
        named = (told.get("parent") or "", told.get("height"), told.get("payload") or "")
        if named != (parent, height, payload):
            raise Alarm(f"Веригата на таблото е прекъсната на запис {height}")
        if told.get("type") == "Ballot":
            if payload in ballots:
                raise Alarm(f"Бюлетина от таблото стои там втори път, на запис {height}")
            ballots.add(payload)
        yield found
        height, parent, payload = height + 1, found, ""


def read_heads(path: Path) -> list[str]:
    """Hashes in a file of heads, by height."""
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    rows = [line.split() for line in lines if line.strip()]
    if [row[0] for row in rows] != [str(height) for height in range(len(rows))]:
        raise ValueError(f"{path} не е файл на свидетел")
    return [row[1] for row in rows]


def compare(known: list[str], seen: list[str]) -> None:
    """What was seen first must begin what is seen now. Raises Alarm."""
    for height, (before, now) in enumerate(zip(known, seen, strict=False)):
        if before != now:
            raise Alarm(f"Таблото е пренаписано от запис {height}: беше {before}, сега е {now}")
    if len(seen) < len(known):
        raise Alarm(f"Таблото е скъсено: имаше {len(known)} записа, сега са {len(seen)}")


def look(address: str, path: Path) -> str:
    """Follow the board once and keep what is new. Raises Alarm, OSError, ValueError."""
    known = read_heads(path)
    request = Request(f"{address.rstrip('/')}/board.bel")
    if known:  # the house names a board by its head
        request.add_header("If-None-Match", f'"{known[-1][:32]}"')
    try:
        with urlopen(request, timeout=PATIENCE) as answer:
            seen = list(heads_of(answer))
    except HTTPError as error:
        if error.code != 304:
            raise
        seen = known
    compare(known, seen)
    if not seen:
        raise ValueError("таблото е празно")
    now = datetime.now(UTC).isoformat(timespec="minutes")
    with path.open("a", encoding="utf-8") as file:
        file.writelines(
            f"{height} {seen[height]} {now}\n" for height in range(len(known), len(seen))
        )
        file.flush()
        os.fsync(file.fileno())
    return f"Наред. Записи: {len(seen)}, нови: {len(seen) - len(known)}. Последен: {seen[-1]}"


def compare_witnesses(paths: list[Path]) -> str:
    """Two witnesses saw one board. Raises Alarm, OSError, ValueError."""
    first, *others = (read_heads(path) for path in paths)
    for path, heads in zip(paths[1:], others, strict=True):
        shared = min(len(first), len(heads))
        try:
            compare(first[:shared], heads[:shared])
        except Alarm as alarm:
            raise Alarm(
                f"Двама свидетели са видели различно ({paths[0]}, {path}). {alarm}"
            ) from None
    return "Свидетелите са видели едно и също."


def main() -> int:
    parser = argparse.ArgumentParser(description="Свидетел на таблото на едно допитване")
    parser.add_argument("--compare", action="store_true", help="сравни файлове на свидетели")
    parser.add_argument("--alarm", help="команда, която получава тревогата на входа си")
    parser.add_argument("what", help="адресът на допитването, или файл при --compare")
    parser.add_argument("heads", nargs="+", type=Path, help="файлът на свидетеля")
    asked = parser.parse_args()
    try:
        paths = [Path(asked.what), *asked.heads]
        print(compare_witnesses(paths) if asked.compare else look(asked.what, asked.heads[0]))
    except Alarm as alarm:
        print(f"ТРЕВОГА: {alarm}", file=sys.stderr)
        if asked.alarm:
            words = f"{asked.what}\n{alarm}\n".encode()
            subprocess.run(shlex.split(asked.alarm), input=words, check=False)
        return 1
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        print(f"Този път не видях таблото: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
