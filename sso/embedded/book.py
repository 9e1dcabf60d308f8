"""The embedded provider's book: accounts and organizations in one file of the data folder."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from uuid import uuid4

from obshto.platform.clock import now

CODES, PASSKEY = "codes", "passkey"
TRIES_KEPT = 200
EVERYWHERE = "*"  # belongs to every municipality, those to come included


@dataclass(frozen=True, slots=True)
class Kept:
    """A second factor that somebody has shown: codes of a phone, or a passkey."""

    kind: str
    way_id: str
    made_at: str


@dataclass(frozen=True, slots=True)
class Try:
    """Somebody was not let in, and why: a word of `tenants.ports.Trouble`."""

    try_id: str
    at: str
    why: str
    subject: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Somebody who can sign in. `note` says to a newcomer who they are."""

    subject: str
    name: str
    email: str
    note: str = ""
    language: str = "bg"
    belongs_to: tuple[str, ...] = ()
    has_answered: bool = True  # False: invited, and never here yet
    identifier: str = ""  # as the state calls who comes by its sign-in
    moved_at: str = ""  # when the address of now was given, after the first one
    ways: tuple[Kept, ...] = ()  # beside the press on the name, which everybody has

    @property
    def has_second_factor(self) -> bool:
        return bool(self.ways)


@dataclass(slots=True)
class Contents:
    """What the file says: accounts by subject, ids of organizations by alias, the last tries."""

    accounts: dict[str, Account] = field(default_factory=dict)
    organizations: dict[str, str] = field(default_factory=dict)
    tries: list[Try] = field(default_factory=list)

    def refuse(self, why: str, subject: str | None) -> None:
        """Somebody was not let in."""
        self.tries.append(Try(str(uuid4()), now().isoformat(), why, subject))
        del self.tries[:-TRIES_KEPT]

    def organizations_of(self, account: Account, region: str) -> dict[str, dict[str, str]]:
        """The claim: alias → id, of everything that the account belongs to.

        Whoever belongs everywhere belongs to all municipalities, not to the region's own team.
        """
        everywhere = EVERYWHERE in account.belongs_to
        return {
            alias: {"id": organization_id}
            for alias, organization_id in self.organizations.items()
            if alias in account.belongs_to or (everywhere and alias != region)
        }


class Book:
    """Read by the provider at each request, changed by the house; both may do it at once."""

    def __init__(self, path: Path, founders: Iterable[Account] = ()) -> None:
        self._path = path
        self._founders = tuple(founders)  # who stands in a new book

    def read(self) -> Contents:
        """As it is now."""
        try:
            written = json.loads(self._path.read_text("utf-8"))
        except FileNotFoundError:
            return Contents({account.subject: account for account in self._founders})
        accounts = [_account(row) for row in written["accounts"]]
        tries = [Try(**one) for one in written.get("tries", ())]
        return Contents({a.subject: a for a in accounts}, written["organizations"], tries)

    @contextmanager
    def changing(self) -> Iterator[Contents]:
        """Change the contents; others wait. What the block leaves is written as one."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with self._path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            contents = self.read()
            yield contents
            self._write(contents)

    def _write(self, contents: Contents) -> None:
        written = {
            "accounts": [asdict(account) for account in contents.accounts.values()],
            "organizations": contents.organizations,
            "tries": [asdict(one) for one in contents.tries],
        }
        new = self._path.with_suffix(".new")
        new.write_text(json.dumps(written, ensure_ascii=False, indent=1), "utf-8")
        os.replace(new, self._path)


def _account(row: dict[str, Any]) -> Account:
    """A book of an earlier day may say more, or less."""
    known = {field.name: row[field.name] for field in fields(Account) if field.name in row}
    ways = tuple(Kept(**way) for way in row.get("ways", ()))
    return Account(**{**known, "belongs_to": tuple(row["belongs_to"]), "ways": ways})


def joined(account: Account, alias: str) -> Account:
    """The same account, belonging to one more."""
    return replace(account, belongs_to=tuple(dict.fromkeys((*account.belongs_to, alias))))


def expected_version(account: Account, *, level: int) -> Account:
    """The same account after a sign-in at this level."""
    known = replace(account, has_answered=True)
    return gained(known, CODES) if level > 1 and not account.ways else known


def gained(account: Account, kind: str) -> Account:
    """The same account with one more way to sign in."""
    made = Kept(kind, str(uuid4()), now().isoformat())
    return replace(account, ways=(*account.ways, made))


def lost(account: Account, way_id: str) -> Account:
    """The same account with one way less."""
    return replace(account, ways=tuple(way for way in account.ways if way.way_id != way_id))


def moved(account: Account, email: str) -> Account:
    """The same account with another address."""
    if email == account.email:
        return account
    return replace(account, email=email, moved_at=now().isoformat())


def parted(account: Account, alias: str, municipalities: Iterable[str]) -> Account:
    """The same account, belonging to one less; `municipalities` spell out what everywhere meant."""
    meant = set(account.belongs_to)
    if EVERYWHERE in meant:
        meant = meant - {EVERYWHERE} | set(municipalities)
    return replace(account, belongs_to=tuple(sorted(meant - {alias})))
