"""Staff pages of assembly: the list, one assembly's desk, the evening, petitions, what followed."""

from obshto.modules.assembly.console.assemblies import console
from obshto.modules.assembly.console.petitions import DESK
from obshto.modules.assembly.console.proceedings import add_proceedings

add_proceedings(console)

__all__ = ["DESK", "console"]
