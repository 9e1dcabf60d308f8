"""Entries of menus and of the home page, as a component gives them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask_babel import LazyString

from obshto.platform.permissions import Permission


class Door(StrEnum):
    """A group of the menu, the same for all municipalities; the last is the console's alone.

    The members stand in the order of the menu. Their words are the portal's.
    """

    SERVICES = "services"
    PARTICIPATION = "participation"
    LIFE = "life"
    MUNICIPALITY = "municipality"
    HELP = "help"
    SETTINGS = "settings"


@dataclass(frozen=True, slots=True, kw_only=True)
class NavEntry:
    """A line of a menu: for citizens (no permission) or of the console (with one).

    `door` is its group where that is not its part's. `hint` says on the page of the group what one
    finds there; `is_task` puts the line among the few that are used most.
    """

    label: LazyString
    endpoint: str
    permission: Permission | None = None
    weight: int = 50
    door: Door | None = None
    hint: LazyString | None = None
    is_task: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """Something people come to the portal to do, said as they would say it: „Платете данък“.

    A large button at the top of the home page that leads to `endpoint`, which takes no values and
    is open to everybody. `icon` is a name of `ui/icon.html`. Heavy ones sink.
    """

    label: LazyString
    endpoint: str
    icon: str
    weight: int = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedForm:
    """A form that the phone keeps empty, to be filled in without a network (`assets/js/worker.js`).

    `endpoint` is the copy: open to everybody, of nobody, with no id and no token in it. It stands
    in for the pages of `stands_for` while the house is not reached. None of them takes values.
    """

    label: LazyString
    endpoint: str
    stands_for: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternate:
    """A feed that the head of each public page names for programs that read feeds."""

    label: LazyString
    endpoint: str
    mime: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeBlock:
    """A block of the home page: a template of the part and what it shows. Heavy ones sink.

    `is_aside` puts it into the narrow column of a wide page.
    """

    template: str
    context: Mapping[str, Any]
    weight: int = 50
    is_aside: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """One thing of today's line at the top of the home page: plain words, a path, no rows.

    `tone` colours a dot beside words that say the same: „good“, „warn“ or none.
    """

    title: str
    text: str
    path: str
    tone: str = ""
    language: str = ""  # of `text`, where that is not the page's
    weight: int = 50
