#!/usr/bin/env python3
"""Letters with codes for one vote, made on the commission's computer without a network.

    python3 letters.py make  vote.json voters.csv FOLDER [--spares N]
    python3 letters.py replace FOLDER NUMBER      a lost letter: its code is void, a spare is given
    python3 letters.py public FOLDER NUMBER       the public credential of a letter, to make it void
    python3 letters.py wipe  FOLDER               removes the printed letters

Only public_creds.json goes to the server, and lists.json to whoever asks. No code is kept anywhere
but on the letters: it can't be printed again, a lost one is replaced. guide.md says it all step by
step. Needs the libraries segno and typst.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import os
import random
import re
import secrets
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import segno
import typst

try:
    import resource
except ImportError:  # Windows has no limits of this kind
    resource = None  # type: ignore[assignment]

# The group BELENIOS-2048, as in audit.py.
P = 20694785691422546401013643657505008064922989295751104097100884787057374219242717401922237254497684338129066633138078958404960054389636289796393038773905722803605973749427671376777618898589872735865049081167099310535867780980030790491654063777173764198678527273474476341835600035698305193144284561701911000786737307333564123971732897913240474578834468260652327974647951137672658693582180046317922073668860052627186363386088796882120769432366149491002923444346373222145884100586421050242120365433561201320481118852408731077014151666200162313177169372189248078507711827842317498073276598828825169183103125680162072880719  # noqa: E501
G = 2402352677501852209227687703532399932712287657378364916510075318787663274146353219320285676155269678799694668298749389095083896573425601900601068477164491735474137283104610458681314511781646755400527402889846139864532661215055797097162016168270312886432456663834863635782106154918419982534315189740658186868651151358576410138882215396016043228843603930989333662772848406593138406010231675095763777982665103606822406635076697764025346253773085133173495194248967754052573659049492477631475991575198775177711481490920456600205478127054728238140972518639858334115700568353695553423781475582491896050296680037745308460627  # noqa: E501
Q = 78571733251071885079927659812671450121821421258408794611510081919805623223441

DAMM = (
    *("0317598642", "7092154863", "4206871359", "1750983426", "6123045978"),
    *("3674209581", "5869720134", "8945362017", "9438617205", "2581436790"),
)
BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"
GROUPS = range(1, 6)
ROUNDS = 600_000
LETTERS_A_FILE = 250
MOST_VOTERS = 20_000
#: Processes that begin anew: a copy of one that has threads may wait for ever.
ANEW = get_context("spawn")
TEMPLATE = Path(__file__).parent / "letters.typ"
#: What a process that sets letters may take: seconds of processor, megabytes.
LIMITS = (600, 4096)
#: What the description says, and how long it may be, so that a letter is one page.
WANTED = {
    **{"uuid": 30, "title": 160, "municipality": 80, "address": 120},
    **{"period": 100, "phone": 100, "counter": 250},
}
SPARED = ("phone",)  # a municipality may have none; the letter then says no more than the places
LONGEST_NAME, LONGEST_PLACE = 80, 160
#: Bulgarian where nothing else is asked for. The description may tell these in the others, too.
LANGUAGES = ("bg", "en", "ro")
TOLD_IN_EACH = ("municipality", "period")


class Refusal(Exception):
    """Why the commission can't go on, in its words."""


# --- The code ------------------------------------------------------------------------------------


def check_digit(digits: str) -> str:
    """Damm's: sees each wrong digit and each two neighbours in each other's place."""
    state = 0
    for digit in digits:
        state = int(DAMM[state][int(digit)])
    return str(state)


def new_code() -> list[str]:
    """Five groups of four random digits, each with the check digit of its place and digits."""
    groups = [f"{secrets.randbelow(10_000):04d}" for _ in GROUPS]
    pairs = zip(GROUPS, groups, strict=True)
    return [digits + check_digit(f"{place}{digits}") for place, digits in pairs]


def mistyped_groups(code: list[str]) -> list[int]:
    """Places of the groups that can't be right."""
    return [
        place
        for place, group in zip(GROUPS, code, strict=True)
        if not re.fullmatch(r"[0-9]{5}", group) or check_digit(f"{place}{group}") != "0"
    ]


def credential_of(uuid: str, code: list[str]) -> str:
    """The credential of Belenios that a code stands for: 22 characters, 600,000 rounds away."""
    digits = "".join(group[:4] for group in code)
    salt = f"obshto-code|{uuid}".encode()
    rest = int.from_bytes(hashlib.pbkdf2_hmac("sha256", digits.encode(), salt, ROUNDS), "big")
    text = ""
    for _ in range(22):
        rest, place = divmod(rest, 58)
        text += BASE58[place]
    return "-".join((text[:5], text[5:11], text[11:16], text[16:]))


def public_of(uuid: str, code: list[str]) -> str:
    """What the roll says of a code; nobody finds the way back."""
    credential = credential_of(uuid, code)
    halves = (f"derive_credential|{uuid}|{n}|{credential}" for n in (0, 1))
    secret = int("".join(hashlib.sha256(half.encode()).hexdigest() for half in halves), 16) % Q
    return str(pow(G, secret, P))


# --- What the commission gives -------------------------------------------------------------------


def read_vote(path: Path) -> dict[str, Any]:
    try:
        vote = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refusal(f"Описанието {path} не се чете: {error}") from error
    vote = {**dict.fromkeys(WANTED, ""), **vote}
    missing = [n for n in WANTED if n not in SPARED and not str(vote[n] or "").strip()]
    if missing:
        raise Refusal(f"В {path} липсва: {', '.join(missing)}")
    long = [name for name, most in WANTED.items() if len(str(vote[name])) > most]
    if long:
        raise Refusal(f"В {path} е твърде дълго: {', '.join(long)}")
    if not re.fullmatch(r"[1-9A-HJ-NP-Za-km-z]{10,30}", vote["uuid"]):
        raise Refusal("Номерът на допитването (uuid) не е такъв, какъвто го дава сайтът.")
    if not re.fullmatch(r"(https://|http://[\w.-]*localhost[:/])[^\s#?]+", vote["address"]):
        raise Refusal("Адресът започва с https:// и е без ? и #.")
    told = {name: {**vote, **_others(vote, name)} for name in LANGUAGES}
    said = {str(name): str(value or "") for name, value in vote.items()}
    return said | {
        "said": {name: {n: str(of[n]) for n in TOLD_IN_EACH} for name, of in told.items()}
    }


def _others(vote: dict[str, Any], language: str) -> dict[str, str]:
    """What the description says in another language, as far as it does."""
    others = vote.get("languages")
    told = others.get(language) if isinstance(others, dict) else None
    return {
        name: str(told[name])[: WANTED[name]]
        for name in TOLD_IN_EACH
        if isinstance(told, dict) and told.get(name)
    }


def read_voters(path: Path) -> list[dict[str, str]]:
    """Rows with a name, an address and a language, by the headings „име“, „адрес“, „език“."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise Refusal(f"Списъкът {path} не се чете като UTF-8: {error}") from error
    heading = text.split("\n", 1)[0]
    separator = max(";,\t", key=heading.count)
    rows = csv.DictReader(io.StringIO(text), delimiter=separator)
    if "име" not in [(name or "").strip().lower() for name in rows.fieldnames or ()]:
        raise Refusal("Първият ред на списъка са заглавията: име;адрес;език")
    voters = []
    for row in rows:
        told = {str(k or "").strip().lower(): str(v or "").strip() for k, v in row.items()}
        if any(told.values()):
            voters.append({"line": str(rows.line_num), **told})
    check_voters(voters)
    return voters


def check_voters(voters: list[dict[str, str]]) -> None:
    if not 1 <= len(voters) <= MOST_VOTERS:
        raise Refusal(f"В списъка има {len(voters)} души; може от 1 до {MOST_VOTERS}.")
    nameless = [voter["line"] for voter in voters if not voter["име"]]
    if nameless:
        raise Refusal(f"Без име, на ред: {', '.join(nameless[:20])}")
    long = [
        one["line"]
        for one in voters
        if len(one["име"]) > LONGEST_NAME or len(one.get("адрес", "")) > LONGEST_PLACE
    ]
    if long:
        raise Refusal(f"Твърде дълго име или адрес, на ред: {', '.join(long[:20])}")
    strange = [one["line"] for one in voters if language_of(one) not in LANGUAGES]
    if strange:
        raise Refusal(f"Езикът не е {', '.join(LANGUAGES)}, на ред: {', '.join(strange[:20])}")
    keys = [(one["име"].casefold(), one.get("адрес", "").casefold()) for one in voters]
    doubles = {key for key, n in Counter(keys).items() if n > 1}
    lines = [one["line"] for one, key in zip(voters, keys, strict=True) if key in doubles]
    if lines:
        raise Refusal(
            f"Едно име и адрес стоят повече от веднъж, на ред: {', '.join(lines[:20])}. "
            "Ако са двама души, добавете към името година на раждане."
        )


def language_of(voter: dict[str, str]) -> str:
    """That of the letter: Bulgarian where the table says none."""
    return voter.get("език", "").lower() or LANGUAGES[0]


def is_online() -> bool:
    """A computer with a way out has a default route (Linux); elsewhere this can't be told."""
    try:
        routes = Path("/proc/net/route").read_text().splitlines()[1:]
    except OSError:
        return False
    return any(line.split()[1] == "00000000" for line in routes if line.strip())


# --- Letters -------------------------------------------------------------------------------------


def letters_of(vote: dict[str, Any], people: list[dict[str, str]]) -> Iterator[dict[str, Any]]:
    """What each letter says; numbers tell nothing of the order of people."""
    numbers = random.SystemRandom().sample(range(10_000, 100_000), len(people))
    for person, number in zip(people, numbers, strict=True):
        code = new_code()
        square, language = io.BytesIO(), language_of(person)
        page = vote["address"] if language == LANGUAGES[0] else f"{vote['address']}?lang={language}"
        address = f"{page}#{''.join(code)}"
        segno.make(address, error="m", micro=False).save(square, kind="svg", border=2, scale=4)
        yield {
            "number": str(number),
            "name": person["име"],
            "place": person.get("адрес", ""),
            "language": language,
            "code": code,
            "square": square.getvalue().decode(),
        }


def derived(vote: dict[str, Any], letters: list[dict[str, Any]]) -> list[str]:
    """Public credentials of their codes, by all processors: the longest part of the work."""
    codes = [letter["code"] for letter in letters]
    with ProcessPoolExecutor(mp_context=ANEW) as pool:
        return list(pool.map(partial(public_of, vote["uuid"]), codes, chunksize=4))


def take_limits(seconds: int, megabytes: int) -> None:
    """No more time, memory, files, dumps than this, where the system can say so.

    As in the child in which the portal sets its documents: no descriptor is free, so that nothing
    more is opened and nobody asked.
    """
    if resource is None:
        return
    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, megabytes << 20),
        (resource.RLIMIT_NOFILE, 3),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):
            resource.setrlimit(what, (most, most))


def pdf_of(template: bytes, vote: dict[str, Any], letters: list[dict[str, Any]]) -> bytes:
    """Set in memory alone: no file with codes lies about but the PDF itself."""
    told = json.dumps({"vote": vote, "letters": letters})
    try:
        made: bytes = typst.compile(template, sys_inputs={"data": told}, ignore_system_fonts=True)
    except typst.TypstError as fault:
        raise Refusal(f"Писмата не може да се отпечатат: {fault.message[:300]}") from None
    return made


def printed(vote: dict[str, Any], letters: list[dict[str, Any]]) -> Iterator[bytes]:
    """PDFs of some letters each, every one by a process of its own: typst keeps what it has set.

    Each takes limits upon itself before it reads a word.
    """
    starts = range(0, len(letters), LETTERS_A_FILE)
    parts = [letters[start : start + LETTERS_A_FILE] for start in starts]
    setting = partial(pdf_of, TEMPLATE.read_bytes(), vote)
    with ProcessPoolExecutor(
        min(2, len(parts)),
        mp_context=ANEW,
        initializer=take_limits,
        initargs=LIMITS,
        max_tasks_per_child=1,
    ) as pool:
        try:
            yield from pool.map(setting, parts)
        except BrokenProcessPool:
            raise Refusal("Писмата не се побраха в паметта или времето за печат.") from None


def write(path: Path, content: bytes) -> None:
    """A file for its owner alone, on the disk before the next step."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_file(path: Path, value: object) -> None:
    new = path.with_suffix(".new")
    new.unlink(missing_ok=True)
    write(new, compact(value))
    new.replace(path)


def compact(value: object) -> bytes:
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def make(vote: dict[str, Any], voters: list[dict[str, str]], folder: Path, spares: int) -> str:
    """Codes, letters and roll; returns the fingerprint of the roll."""
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError as error:
        raise Refusal(
            f"Папката {folder} вече я има. Дайте нова: кодове не се правят два пъти."
        ) from error
    extra = [{"име": f"Резервно писмо {n}"} for n in range(1, spares + 1)]
    letters = list(letters_of(vote, [*voters, *extra]))
    public = derived(vote, letters)
    for n, pdf in enumerate(printed(vote, letters), 1):
        write(folder / f"letters-{n:03d}.pdf", pdf)
    roll = compact(sorted(public, key=int))
    write(folder / "public_creds.json", roll)
    hand_over = {one["number"]: key for one, key in zip(letters, public, strict=True)}
    write(folder / "hand-over.json", compact(hand_over))
    lists = {"voters": len(voters), "spares": public[len(voters) :], "given": [], "void": []}
    write(folder / "lists.json", compact(lists))
    return hashlib.sha256(roll).hexdigest()


def read_made(folder: Path, name: str) -> Any:
    try:
        return json.loads((folder / name).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refusal(f"Папката {folder} не се чете: {error}") from error


def read_public(folder: Path, number: str) -> str:
    """The public credential of a letter."""
    hand_over = read_made(folder, "hand-over.json")
    if number not in hand_over:
        raise Refusal(f"Няма писмо № {number}.")
    return str(hand_over[number])


def replace(folder: Path, number: str) -> str:
    """The code of a lost letter is void; the number of the spare letter that is given for it."""
    lost, lists = read_public(folder, number), read_made(folder, "lists.json")
    if lost in lists["void"]:
        raise Refusal(f"Писмо № {number} вече е анулирано.")
    if lost in lists["spares"] and lost not in lists["given"]:
        raise Refusal(f"Писмо № {number} е резервно и още не е дадено на никого.")
    left = [key for key in lists["spares"] if key not in lists["given"]]
    if not left:
        raise Refusal("Няма повече резервни писма. Човекът гласува на хартия.")
    lists["void"].append(lost)
    lists["given"].append(left[0])
    replace_file(folder / "lists.json", lists)
    hand_over = read_made(folder, "hand-over.json")
    return str(next(one for one, key in hand_over.items() if key == left[0]))


def wipe(folder: Path) -> int:
    """Letters overwritten, then removed. On a disk of flash memory only encryption is sure."""
    letters = sorted(folder.glob("letters-*.pdf"))
    for path in letters:
        with path.open("r+b") as file:
            file.write(secrets.token_bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
    return len(letters)


# --- The command ---------------------------------------------------------------------------------


def run(asked: argparse.Namespace) -> str:
    folder = Path(asked.folder)
    if asked.act == "replace":
        number = replace(folder, asked.number)
        return f"Качете новия lists.json на сайта. Щом го приеме, дайте писмо № {number}."
    if asked.act == "public":
        return read_public(folder, asked.number)
    if asked.act == "wipe":
        return f"Изтрити файлове с писма: {wipe(folder)}."
    if is_online() and not asked.trial:
        raise Refusal(
            "Компютърът е в мрежа. Изключете кабела и безжичната връзка и пуснете отново. "
            "За проба с измислени хора добавете --trial."
        )
    vote, voters = read_vote(Path(asked.vote)), read_voters(Path(asked.voters))
    spares = max(1, -(-len(voters) // 20)) if asked.spares is None else max(0, asked.spares)
    printed = make(vote, voters, folder, spares)
    return "\n".join(
        [
            f"Писма: {len(voters)}, резервни: {spares}. Отпечатайте letters-*.pdf и после: wipe.",
            f"Качете public_creds.json: {len(voters) + spares} кода.",
            f"Отпечатък на списъка (запишете го в протокола): {printed}",
        ]
    )


def parser() -> argparse.ArgumentParser:
    asked = argparse.ArgumentParser(description="Писма с кодове за едно допитване")
    acts = asked.add_subparsers(dest="act", required=True)
    made = acts.add_parser("make", help="кодове и писма")
    made.add_argument("vote", help="описанието на допитването, JSON")
    made.add_argument("voters", help="списъкът, CSV със заглавия име;адрес;език")
    made.add_argument("folder", help="нова папка")
    made.add_argument("--spares", type=int, help="резервни писма; без това едно на двайсет")
    made.add_argument("--trial", action="store_true", help="проба: и на компютър в мрежа")
    for act, told in (("replace", "изгубено писмо"), ("public", "публичният код на писмо")):
        of_letter = acts.add_parser(act, help=told)
        of_letter.add_argument("folder")
        of_letter.add_argument("number", help="номерът на писмото")
    acts.add_parser("wipe", help="изтрива писмата след печат").add_argument("folder")
    return asked


def main(arguments: list[str] | None = None) -> int:
    try:
        print(run(parser().parse_args(arguments)))
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
