"""Public addresses of votes: pages for people, files and the booth for programs."""

from obshto.modules.voting.citizen import machine, pages

citizen = pages.citizen
__all__ = ["citizen", "machine"]  # each brings its addresses
