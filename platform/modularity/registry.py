"""What is installed, and what stands behind every view: its part and its access."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from flask import Flask, current_app, g
from flask_babel import gettext

from obshto.platform.domain_events import DomainEvent
from obshto.platform.modularity.delegation import DelegableAct
from obshto.platform.modularity.manifest import Component, ModuleManifest
from obshto.platform.permissions import Permission
from obshto.platform.web.access import Access, Open, access_of


class UnownedView(RuntimeError):
    """A view hangs on the app and belongs to no part."""


class UnknownWord(RuntimeError):
    """A menu or a notification names a permission that its part does not declare."""


class NotDelegable(RuntimeError):
    """An act of a mandate names a view that its part does not have, or that is not for citizens."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the door knows about one view."""

    part: Component
    access: Access


@dataclass(slots=True)
class Registry:
    """Filled at boot, read at the door."""

    parts: dict[str, Component] = field(default_factory=dict)
    behind: dict[str, Component] = field(default_factory=dict)  # by the name of a root blueprint
    entries: dict[str, Entry] = field(default_factory=dict)  # by endpoint
    low_priority: set[str] = field(default_factory=set)  # names of jobs
    acts_behind: dict[str, frozenset[str]] = field(default_factory=dict)  # acts by endpoint

    def add(self, part: Component) -> None:
        if part.slug in self.parts:
            raise ValueError(f"two parts claim the slug {part.slug!r}")
        self.parts[part.slug] = part
        self.low_priority |= {job.name for job in part.jobs if job.is_low_priority}

    def note_every_view(self, app: Flask) -> None:
        """Stop the boot when a view has no owner or has not said who may enter."""
        for endpoint, view in app.view_functions.items():
            root = endpoint.split(".")[0]
            if root not in self.behind:
                raise UnownedView(endpoint)
            self.entries[endpoint] = Entry(self.behind[root], access_of(view))

    def check_words(self) -> None:
        """Stop the boot when a part speaks of a permission that nobody can hold."""
        for part in self.parts.values():
            asked = [line.permission for line in (*part.nav, *part.shortcuts)]
            asked += [one.permission for one in part.todo]
            asked += [one.permission for one in part.answers]
            asked += [one.permission for one in part.due]
            asked += [n.to for n in part.notifications if isinstance(n.to, Permission)]
            unknown = {word for word in asked if word} - set(part.permissions)
            if unknown:
                raise UnknownWord(f"{part.slug}: {sorted(unknown)}")

    def note_delegable_acts(self) -> None:
        """Stop the boot when an act of a mandate reaches what nobody may do for another."""
        for part in self.parts.values():
            for act in part.delegable:
                for endpoint in act.endpoints:
                    entry = self.entries.get(endpoint)
                    if entry is None or entry.part is not part or not _is_delegable(entry.access):
                        raise NotDelegable(f"{act.word}: {endpoint}")
                    known = self.acts_behind.get(endpoint, frozenset())
                    self.acts_behind[endpoint] = known | {act.word}

    def modules(self) -> tuple[ModuleManifest, ...]:
        """The parts with a switch, by slug."""
        found = (part for part in self.parts.values() if isinstance(part, ModuleManifest))
        return tuple(sorted(found, key=lambda module: module.slug))

    def switched_on(self, modules: Collection[str]) -> Iterator[Component]:
        """Every part that is there for a municipality with these modules."""
        return (part for part in self.parts.values() if is_on(part, modules))

    def facts(self) -> list[type[DomainEvent]]:
        """All facts, part by part."""
        return [fact for part in self.parts.values() for fact in part.events]

    def words(self) -> list[Permission]:
        """All permissions, part by part."""
        return [word for part in self.parts.values() for word in part.permissions]

    def words_of(self, roles: Collection[str]) -> frozenset[Permission]:
        """The permissions that ready-made roles carry, over all parts."""
        held = frozenset(roles)
        return frozenset(word for word in self.words() if not held.isdisjoint(word.roles))

    def words_named(self, names: Collection[str]) -> frozenset[Permission]:
        """These permissions; a word whose part is gone means nothing."""
        return frozenset(word for word in self.words() if word.value in names)


def _is_delegable(access: Access) -> bool:
    """Open to citizens who have signed in in the plain way."""
    is_plain = access.assurance <= 1 and access.max_age is None
    return is_plain and access.who in (Open.TO_ALL, Open.TO_THE_SIGNED_IN)


def delegable_here() -> dict[str, DelegableAct]:
    """Acts by their word that a mandate of the municipality of this request may name."""
    acts = (act for part in components_here() for act in part.delegable)
    return {act.word: act for act in sorted(acts, key=lambda act: act.word)}


def components_here() -> tuple[Component, ...]:
    """The parts that are there for the municipality of this request, as the door saw it."""
    return tuple(current_registry().switched_on(g.get("modules", ())))


def title_of(part: Component) -> str:
    """The title of a module; of another part the one line of its menu, else the portal itself."""
    if isinstance(part, ModuleManifest):
        return str(part.title)
    labels = {str(line.label) for line in part.nav}
    return labels.pop() if len(labels) == 1 else gettext("Порталът")


def is_on(part: Component, modules: Collection[str]) -> bool:
    """A part without a switch is always on."""
    return not isinstance(part, ModuleManifest) or part.slug in modules


def current_registry() -> Registry:
    registry: Registry = current_app.extensions["obshto"]
    return registry
