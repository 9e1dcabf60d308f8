"""Staff pages of results: votes, one vote, its sections, what follows."""

from obshto.modules.results.console.acts import add_acts
from obshto.modules.results.console.nights import console
from obshto.modules.results.console.sections import add_sections

add_sections(console)
add_acts(console)

__all__ = ["console"]
