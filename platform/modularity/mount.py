"""Hang every part on the app. A part cannot mount itself, so it cannot dodge the door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import Blueprint, Flask
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PrefixLoader

from obshto.platform.modularity.manifest import Component
from obshto.platform.modularity.registry import Registry
from obshto.platform.web.hosts import Host


def mount(app: Flask, parts: Iterable[Component]) -> Registry:
    """Raises UnownedView or UndeclaredAccess: then there is no app."""
    registry = app.extensions["obshto"] = Registry()
    for part in parts:
        registry.add(part)
        for blueprint, host, path in _pages(part):
            app.register_blueprint(blueprint, subdomain=host.value, url_prefix=path)
            registry.behind[blueprint.name] = part
    registry.note_every_view(app)
    registry.check_words()
    registry.note_delegable_acts()
    of_parts: BaseLoader = PrefixLoader(
        {part.slug: FileSystemLoader(part.folder / "templates") for part in registry.parts.values()}
    )
    shells = (app.jinja_loader,) if app.jinja_loader else ()
    app.jinja_loader = ChoiceLoader([*shells, of_parts])
    return registry


def _pages(part: Component) -> Iterator[tuple[Blueprint, Host, str]]:
    if part.citizen:
        yield part.citizen, Host.MUNICIPALITY, f"/{part.slug}"
    if part.console:
        yield part.console, Host.MUNICIPALITY, f"/console/{part.slug}"
    if part.region:
        yield part.region, Host.REGION, f"/{part.slug}"
    for host, blueprint in part.front.items():
        yield blueprint, host, "/"
