"""Forms of chapters and captions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import Field, FieldList, Form, FormField, HiddenField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.videos.services.caption_file import LONGEST, Cue
from obshto.modules.videos.services.chapters import ChapterWords
from obshto.modules.videos.services.cuts import Span
from obshto.modules.videos.services.timecodes import SECOND, cue_time, read_time, spoken
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most

TITLE, TIME, SPARE, MOST = 200, 16, 3, 60  # lines of the form of chapters


class ChapterForm(Form):
    """A line: without a time it is no chapter yet."""

    item = HiddenField()
    time = StringField(_("Начало"), [Optional(), at_most(TIME)])
    title = StringField(_("Заглавие"), [Optional(), at_most(TITLE)])

    def validate_time(self, field: Field) -> None:
        """Raises ValidationError."""
        _check_time(field)

    def validate_title(self, field: Field) -> None:
        """Raises ValidationError."""
        if self.time.data and not (field.data or "").strip():
            raise ValidationError(gettext("Въведете заглавие"))


class ChaptersForm(FlaskForm):
    """Chapters of a video, a line each."""

    expected_version = ExpectedVersionField(default=0)
    lines = FieldList(FormField(ChapterForm), max_entries=MOST)

    def words(self) -> list[ChapterWords]:
        """As typed. Only for a form that has passed its checks."""
        told = (entry.form for entry in self.lines)
        return [_chapter(line) for line in told if (line.title.data or "").strip()]


class CutForm(FlaskForm):
    """The span of the short version: both times, or none."""

    expected_version = ExpectedVersionField(default=0)
    start = StringField(_("От"), [at_most(TIME)])
    end = StringField(_("До"), [at_most(TIME)])

    def validate_start(self, field: Field) -> None:
        """Raises ValidationError."""
        if not field.data and self.end.data:
            raise ValidationError(gettext("Въведете начало"))
        _check_time(field)

    def validate_end(self, field: Field) -> None:
        """Raises ValidationError."""
        if not field.data and self.start.data:
            raise ValidationError(gettext("Въведете край"))
        _check_time(field)
        span = self.span()
        if span and span[1] <= span[0]:
            raise ValidationError(gettext("Краят трябва да е след началото"))

    def span(self) -> Span | None:
        """As typed, in whole seconds; None without both."""
        start, end = read_time(self.start.data or ""), read_time(self.end.data or "")
        return None if start is None or end is None else (start // SECOND, end // SECOND)


class CaptionFileForm(FlaskForm):
    """A file in place of all captions."""

    expected_version = ExpectedVersionField(default=0)
    file = FileField(_("Файл с надписи"), [FileRequired(_("Изберете файл"))])


class CueForm(FlaskForm):
    """One cue."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField(default=0)
    start = StringField(_("От"), [DataRequired(_("Въведете начало")), at_most(TIME)])
    end = StringField(_("До"), [DataRequired(_("Въведете край")), at_most(TIME)])
    words = TextAreaField(
        _("Какво се казва"), [DataRequired(_("Въведете текст")), at_most(LONGEST)]
    )

    def validate_start(self, field: Field) -> None:
        """Raises ValidationError."""
        if read_time(field.data or "") is None:
            raise ValidationError(gettext("Напишете времето като 5:07 или 0:05:07.250"))

    def validate_end(self, field: Field) -> None:
        """Raises ValidationError."""
        start, end = read_time(self.start.data or ""), read_time(field.data or "")
        if end is None:
            raise ValidationError(gettext("Напишете времето като 5:07 или 0:05:07.250"))
        if start is not None and end <= start:
            raise ValidationError(gettext("Краят трябва да е след началото"))

    def cue(self) -> Cue:
        """As typed. Only for a form that has passed its checks."""
        start, end = read_time(self.start.data or ""), read_time(self.end.data or "")
        assert start is not None
        assert end is not None
        return Cue(start_ms=start, end_ms=end, text=self.words.data or "")


def shown_chapters(version: int, offered: Sequence[ChapterWords]) -> dict[str, Any]:
    """Initial data of the form, with lines to spare."""
    lines = [
        {
            "item": str(one.item_id or ""),
            "time": "" if one.seconds is None else spoken(one.seconds),
            "title": one.title,
        }
        for one in offered
    ]
    return {"expected_version": version, "lines": (lines + [{}] * SPARE)[:MOST]}


def shown_cue(cue: Any) -> dict[str, Any]:
    """Initial data of the form."""
    told = {"start": cue_time(cue.start_ms), "end": cue_time(cue.end_ms), "words": cue.text}
    return told | {"expected_version": cue.version}


def _check_time(field: Field) -> None:
    if field.data and read_time(field.data) is None:
        raise ValidationError(gettext("Напишете времето като 5:07 или 1:05:07"))


def shown_span(version: int, span: Span | None) -> dict[str, Any]:
    """Initial data of the form."""
    start, end = (spoken(moment) for moment in span) if span else ("", "")
    return {"expected_version": version, "start": start, "end": end}


def _chapter(line: Any) -> ChapterWords:
    moment, item = read_time(line.time.data or ""), line.item.data or ""
    return ChapterWords(
        title=line.title.data.strip(),
        seconds=None if moment is None else moment // SECOND,
        item_id=_known(item),
    )


def _known(typed: str) -> UUID | None:
    """The id of a point; what is broken is none."""
    try:
        return UUID(typed)
    except ValueError:
        return None
