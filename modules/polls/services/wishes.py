"""A poll to begin with, about a module that is not switched on yet."""

from __future__ import annotations

from flask_babel import gettext

from obshto.platform.modularity.manifest import ModuleManifest
from obshto.platform.modularity.registry import current_registry
from obshto.platform.web.language import LANGUAGES, SOURCE, speaking

READY = "module"  # of the library


def about_module(slug: str) -> dict[str, str]:
    """What the form of a new poll shows at first; nothing for what is no module."""
    module = next((m for m in current_registry().modules() if m.slug == slug), None)
    if module is None:
        return {}
    shown = {"ready": READY}
    for language in LANGUAGES:
        shown |= _texts(module, language)
    return shown


def _texts(module: ModuleManifest, language: str) -> dict[str, str]:
    ending = "" if language == SOURCE else f"_{language}"
    with speaking(language):
        title = gettext("Искате ли „%(module)s“ в портала?", module=str(module.title))
        return {f"title{ending}": title, f"intro{ending}": str(module.summary)}
