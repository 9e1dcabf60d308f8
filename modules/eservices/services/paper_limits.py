"""Limits of a paper that is attached: which kind of file, how large, how many files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import SEEK_END
from typing import Any, BinaryIO

from flask_babel import LazyString, gettext, lazy_gettext, ngettext

from obshto.modules.eservices.errors import FileTooLarge, NotThatKind
from obshto.platform.questionnaires.questions import Words
from obshto.platform.storage.services import MB, is_pdf

PHOTO, PDF = "photo", "pdf"
MOST, LARGEST = 20, 25  # files of a draft or case; megabytes of one
ACCEPTED: Mapping[str, LazyString] = {
    "": lazy_gettext("снимка или PDF"),
    PHOTO: lazy_gettext("само снимка"),
    PDF: lazy_gettext("само PDF"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperAsked:
    """A paper to be shown or attached: `accepts` a word of ACCEPTED, at most so many files."""

    text: Words
    accepts: str = ""
    most: int = MOST
    megabytes: int = LARGEST

    def said_limits(self) -> str:
        """What is accepted, in the language in force; empty where everything is that any is."""
        told = [str(ACCEPTED[self.accepts])] if self.accepts else []
        if self.megabytes < LARGEST:
            told.append(gettext("до %(n)s MB", n=self.megabytes))
        if self.most < MOST:
            told.append(ngettext("най-много %(num)s файл", "най-много %(num)s файла", self.most))
        return ", ".join(told)

    def check(self, stream: BinaryIO) -> None:
        """Kind and size of a file as it came. Raises FileRefused."""
        if self.accepts and is_pdf(stream) != (self.accepts == PDF):
            raise NotThatKind(accepted=str(ACCEPTED[self.accepts]))
        size = stream.seek(0, SEEK_END)
        stream.seek(0)
        if size > self.megabytes * MB:
            raise FileTooLarge(most=self.megabytes)


def paper_in(told: Mapping[str, Any]) -> PaperAsked:
    """A paper out of a definition or a design."""
    return PaperAsked(**{name: value for name, value in told.items() if name != "when"})
