"""The menu: five doors for citizens, the same and the settings for staff."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import current_app, request, url_for
from flask_babel import LazyString, get_locale
from flask_babel import lazy_gettext as _

from obshto.platform.modularity.manifest import Component, Door, NavEntry
from obshto.platform.unit_of_work import Principal

MOST_USED = 3  # lines that a door's page shows large
DRAWN = "obshto.menu"


@dataclass(frozen=True, slots=True)
class Words:
    """What a door is called, the one sentence below it, a name of `ui/icon.html`."""

    title: LazyString
    gist: LazyString
    icon: str


WORDS: Mapping[Door, Words] = {
    Door.SERVICES: Words(
        _("Услуги"), _("Документи, данъци и плащания, през портала или на гише."), "file-text"
    ),
    Door.PARTICIPATION: Words(
        _("Участие"), _("Кажете мнението си и вижте какво последва от него."), "vote"
    ),
    Door.LIFE: Words(_("Живот"), _("Какво става в общината и какво къде има."), "leaf"),
    Door.MUNICIPALITY: Words(
        _("Общината"), _("Кой за какво отговаря и къде да го намерите."), "landmark"
    ),
    Door.HELP: Words(
        _("Помощ"), _("Когато нещо не става или предпочитате да говорите с човек."), "help"
    ),
    Door.SETTINGS: Words(
        _("Настройки"), _("Как изглежда порталът, кой работи в него, какво е включено."), "cog"
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuLine:
    """A line of the menu as it is drawn; `is_current` where the page at hand lies within it."""

    text: str
    href: str
    hint: str
    is_task: bool
    is_current: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A door with what is behind it here. There is none without lines."""

    door: Door
    title: str
    gist: str
    icon: str
    href: str  # of its page; the console has none
    lines: tuple[MenuLine, ...]
    is_current: bool

    @property
    def tasks(self) -> list[MenuLine]:
        """What is used most."""
        return [line for line in self.lines if line.is_task][:MOST_USED]

    @property
    def rest(self) -> list[MenuLine]:
        tasks = self.tasks
        return [line for line in self.lines if line not in tasks]


def doors_of(parts: Iterable[Component], *, who: Principal, console: bool) -> list[Group]:
    """The doors with their lines, light ones first; nothing is asked of the database."""
    found: dict[Door, list[tuple[NavEntry, MenuLine]]] = {door: [] for door in Door}
    draw = _drawing()
    for part in parts:
        for entry in part.nav:
            if _is_shown(entry, who, console=console):
                lines, line = found[door_of(part, entry)], draw(entry)
                if all(line.href != other.href for _entry, other in lines):
                    lines.append((entry, line))  # of several parts: once
    here = _innermost(line.href for lines in found.values() for _entry, line in lines)
    return [_group(door, lines, here, console) for door, lines in found.items() if lines]


def addresses_of(groups: Sequence[Group]) -> str:
    """A line for each address of the menu; a mark before those of the doors' own pages."""
    doors = [f"={group.href}" for group in groups]
    return "\n".join([*doors, *(line.href for group in groups for line in group.lines)])


def section_of(addresses: str) -> str:
    """The one that the page at hand is or lies within; all that a drawn menu depends on."""
    known = addresses.splitlines()
    at_door = next((it for it in known if it[0] == "=" and _is_at(it[1:])), "")
    return at_door or _innermost(it for it in known if it[0] != "=") or ""


def door_of(part: Component, entry: NavEntry) -> Door:
    """The group of a line: its own, else its part's; the contract suite finds one that has none."""
    door = entry.door or part.door
    assert door, f"{part.slug}: {entry.endpoint} has no door"
    return door


def _is_shown(entry: NavEntry, who: Principal, *, console: bool) -> bool:
    if entry.permission is None:
        return not console
    return console and who.may(entry.permission)


def _group(
    door: Door, found: list[tuple[NavEntry, MenuLine]], here: str | None, console: bool
) -> Group:
    words = WORDS[door]
    href = "" if console else url_for("tenants_portal.door", door=door.value)
    lines = tuple(
        replace(line, is_current=True) if line.href == here else line
        for _entry, line in sorted(found, key=lambda pair: pair[0].weight)
    )
    return Group(
        door=door,
        title=str(words.title),
        gist=str(words.gist),
        icon=words.icon,
        href=href,
        lines=lines,
        is_current=_is_at(href) or any(line.is_current for line in lines),
    )


def _drawing() -> Callable[[NavEntry], MenuLine]:
    """Draws lines where one is not, each made once in each language: none depends on who asks."""
    # The entries live as long as the app.
    known: dict[tuple[int, str, str], MenuLine] = current_app.extensions.setdefault(DRAWN, {})
    language, root = str(get_locale()), request.script_root

    def draw(entry: NavEntry) -> MenuLine:
        key = (id(entry), language, root)
        if key not in known:
            known[key] = MenuLine(
                text=str(entry.label),
                href=url_for(entry.endpoint),
                hint=str(entry.hint or ""),
                is_task=entry.is_task,
                is_current=False,
            )
        return known[key]

    return draw


def _innermost(addresses: Iterable[str]) -> str | None:
    """One section may lie within another: only the innermost is where one is."""
    path = request.script_root + request.path
    return max((it for it in addresses if _is_within(it, path)), key=len, default=None)


def _is_at(address: str) -> bool:
    return request.script_root + request.path == address


def _is_within(address: str, path: str) -> bool:
    return path == address or (address.endswith("/") and path.startswith(address))
