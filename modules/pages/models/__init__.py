"""The tables of pages, and the words that a page is sorted by."""

from obshto.modules.pages.models.kinds import KINDS, SECTIONS, Detail, Kind, Section
from obshto.modules.pages.models.tables import Answer, Attachment, Link, Page, Version

__all__ = [
    "KINDS",
    "SECTIONS",
    "Answer",
    "Attachment",
    "Detail",
    "Kind",
    "Link",
    "Page",
    "Section",
    "Version",
]
