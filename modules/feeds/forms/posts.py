"""What editors fill in about a post."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.feeds.models import Post
from obshto.modules.feeds.services.posts import PLAIN, Draft, Picture
from obshto.modules.feeds.services.targets import Target
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    MomentField,
    UuidField,
    at_most,
)

TITLE, SUMMARY, ALT = 120, 600, 300


class PostForm(FlaskForm):
    """The words of a post, where it goes, from when until when."""

    title = StringField(_("Заглавие"), [DataRequired(_("Въведете заглавие")), at_most(TITLE)])
    summary = TextAreaField(_("Накратко"), [Optional(), at_most(SUMMARY)])
    place = ChoiceField(_("За кое населено място е"), [Optional()])
    until = MomentField(_("До кога важи"), [Optional()])
    picture = FileField(_("Снимка"), [Optional()])
    picture_alt = StringField(_("Какво се вижда на снимката"), [at_most(ALT)])
    targets = ChoicesField(_("Къде да излезе"), [Optional()])
    send_at = MomentField(_("Кога да излезе"), [Optional()])
    is_urgent = BooleanField(_("Спешно: да излезе и през нощта"))

    def __init__(
        self, *args: Any, places: Iterable[str], targets: Iterable[Target], **more: Any
    ) -> None:
        super().__init__(*args, **more)
        self.place.choices = [SelectChoice("", _("Цялата община"))] + [
            SelectChoice(name, name) for name in places
        ]
        self.targets.choices = [SelectChoice(target.word, target.title) for target in targets]
        if self.place.data and self.place.data not in [
            choice.value for choice in self.place.choices
        ]:
            # What a part says of its place is kept, though no town or village is called so.
            self.place.choices.append(SelectChoice(self.place.data, self.place.data))

    def validate_picture_alt(self, field: Field) -> None:
        """Who does not see a picture hears what is on it."""
        if self.picture.data and not (field.data or "").strip():
            raise ValidationError(gettext("Въведете какво се вижда на снимката"))

    def draft(self) -> Draft:
        """The post as typed. Only for a form that has passed its checks."""
        return Draft(
            title=self.title.data.strip(),
            summary=(self.summary.data or "").replace("\r\n", "\n").strip(),
            place=self.place.data or "",
            until=self.until.moment,
            is_urgent=self.is_urgent.data,
            picture_alt=(self.picture_alt.data or "").strip(),
            targets=tuple(self.targets.data or ()),
            send_at=self.send_at.moment,
        )

    def chosen(self) -> Picture | None:
        """The picture that came along."""
        file = self.picture.data
        return Picture(stream=file.stream, name=file.filename) if file else None


class NewPostForm(PostForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditPostForm(PostForm):
    """`expected_version` is the version of the post that the editor had before their eyes."""

    expected_version = ExpectedVersionField()


def shown(post: Post) -> dict[str, Any]:
    """What stands in the form of a post that is there."""
    plain = {name: getattr(post, name) for name in PLAIN}
    return {**plain, "targets": post.targets, "expected_version": post.version}


def begun(draft: Draft) -> dict[str, Any]:
    """What stands in the form of a post that is being begun."""
    return {**{name: getattr(draft, name) for name in PLAIN}, "targets": list(draft.targets)}
