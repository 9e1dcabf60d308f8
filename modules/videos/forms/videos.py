"""Forms of a video: its words, its file, why it is hidden."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from flask import request
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, StringField, TextAreaField
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.videos.models import RECORDING, Video
from obshto.modules.videos.services.videos import KIND_WORDS, NAMES, VideoDetails, agendas
from obshto.platform.clock import today
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.formats import day
from obshto.platform.web.forms import (
    ChoiceField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
    lines_of,
)
from obshto.platform.web.language import SOURCE, speaking

TITLE, ABOUT, LINK, WHY, OLDEST, MOST_MEETINGS = 160, 3_000, 300, 300, 1990, 100


class VideoForm(FlaskForm):
    """`request_id` writes it once, `expected_version` guards a change."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField(default=0)
    kind = RadioField(_("Какво е видеото"), default=RECORDING)
    title = StringField(_("Заглавие"), [DataRequired(_("Въведете заглавие")), at_most(TITLE)])
    about = TextAreaField(_("За какво е"), [Optional(), at_most(ABOUT)])
    recorded_on = DayField(_("Кога е заснето"), [DataRequired(_("Въведете кога е заснето"))])
    meeting_id = ChoiceField(_("От коя среща е записът"), [Optional()])
    link = StringField(
        _("Страница в портала, за която е представянето"), [Optional(), at_most(LINK)]
    )

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.kind.choices = list(KIND_WORDS.items())

    def offer(self, uow: UnitOfWork, video: Video | None = None) -> None:
        """The latest meetings that have begun, and the one that is chosen already."""
        if (port := agendas()) is None:
            del self.meeting_id
            return
        found = {one.id: one for one in port.recorded(uow, most=MOST_MEETINGS)}
        if video and video.meeting_id and video.meeting_id not in found:
            found |= port.meetings_of(uow, [video.meeting_id])
        with speaking(SOURCE):  # as the titles are
            named = [
                (str(one.id), f"{one.title}, {day(one.starts_at)}", {"lang": SOURCE})
                for one in found.values()
            ]
        self.meeting_id.choices = [("", _("Не е от среща в портала")), *named]

    def validate_recorded_on(self, field: Any) -> None:
        """Raises ValidationError for a day to come, or a slip of the year."""
        if field.data and not field.data.year >= OLDEST:
            raise ValidationError(gettext("Проверете годината"))
        if field.data and field.data > today():
            raise ValidationError(gettext("Този ден още не е дошъл"))

    def validate_link(self, field: Any) -> None:
        """A path of this portal, or its whole address; raises ValidationError."""
        parts = urlsplit((field.data or "").strip())
        is_here = parts.netloc in ("", request.host) and parts.path.startswith("/")
        if parts.scheme not in ("", "http", "https") or not is_here or "\\" in parts.path:
            raise ValidationError(gettext("Копирайте адреса на страница от този портал"))

    def details(self) -> VideoDetails:
        """As typed. Only for a form that has passed its checks."""
        is_recording = self.kind.data == RECORDING
        meeting = self.meeting_id.data if "meeting_id" in self and is_recording else ""
        parts, day_made = urlsplit((self.link.data or "").strip()), self.recorded_on.data
        assert day_made
        return VideoDetails(
            kind=self.kind.data,
            title=self.title.data.strip(),
            about=lines_of(self.about.data or ""),
            recorded_on=day_made,
            meeting_id=UUID(meeting) if meeting else None,
            link="" if is_recording else parts.path,
        )


class VideoFileForm(FlaskForm):
    """A small file, without scripts."""

    expected_version = ExpectedVersionField(default=0)
    file = FileField(_("Видео"), [FileRequired(_("Изберете видео"))])


class HideVideoForm(FlaskForm):
    """Reason for which citizens no longer see it."""

    expected_version = ExpectedVersionField(default=0)
    because = StringField(
        _("Защо скривате видеото"), [DataRequired(_("Напишете защо")), at_most(WHY)]
    )


def shown_video(video: Video) -> dict[str, Any]:
    """Initial data of the form."""
    told = {name: getattr(video, name) for name in NAMES}
    told["meeting_id"] = str(video.meeting_id or "")
    return told | {"expected_version": video.version}
