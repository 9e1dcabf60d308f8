"""Staff pages of voters."""

from obshto.modules.voters.console.registrations import console
from obshto.modules.voters.console.rolls import add_rolls

__all__ = ["console"]

add_rolls(console)
