"""How municipalities are called on the page at hand."""

from __future__ import annotations

from obshto.platform.web.language import SOURCE, current_language
from obshto.tenants.api import municipalities


def names_here() -> dict[str, str]:
    """By slug, in the language in force; in Bulgarian where there is no other."""
    language = current_language()
    return {one.slug: one.names.get(language) or one.names[SOURCE] for one in municipalities()}
