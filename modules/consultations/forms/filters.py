"""Filter of opinions as staff type it: it comes in the address, so that a list can be shared."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _
from wtforms import DateField, HiddenField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from obshto.modules.consultations.forms import group_asked
from obshto.modules.consultations.services.filters import OpinionFilter
from obshto.modules.consultations.services.queries import LISTS
from obshto.platform.cases.channels import CHANNELS
from obshto.platform.moderation.forms import HideForm
from obshto.platform.web.forms import ChoiceField, FlaskForm, UuidField

DAYS = ["%Y-%m-%d", "%d.%m.%Y"]
NUMBER = re.compile(r"(\d{4})-(\d{1,9})", re.ASCII)


class OpinionFilterForm(FlaskForm):
    """It writes nothing, so it needs no token."""

    class Meta:
        csrf = False

    number = StringField(_("Номер"))
    channel = ChoiceField(
        _("Подадено"),
        choices=[SelectChoice("", _("Няма значение"))]
        + [SelectChoice(word, title) for word, title in CHANNELS.items()],
        default="",
    )
    since = DateField(_("Получени от"), [Optional()], format=DAYS)
    until = DateField(_("Получени до"), [Optional()], format=DAYS)
    chosen = HiddenField(name="list", default="all")
    group = HiddenField()

    def __init__(self, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        for field in (self.since, self.until):
            field.flags.unmarked = True  # of a filter everything is optional

    def wanted(self) -> OpinionFilter:
        """What was chosen; what is no choice counts as not chosen. Only after its checks."""
        return OpinionFilter(
            name=self.chosen.data if self.chosen.data in LISTS else "all",
            number=(self.number.data or "").strip()[:20],
            channel=self.channel.data if self.channel.data in CHANNELS else "",
            since=self.since.data,
            until=self.until.data,
            group_id=group_asked(self.group.data or ""),
        )

    def address(self) -> dict[str, str]:
        """What was typed, for the address of another page with the same filter."""
        return {field.name: field.raw_data[0] for field in self if any(field.raw_data or ())}


class HideWaveForm(HideForm):
    """Why a wave of opinions is not shown; `last` is the last of them that there was to see."""

    request_id = UuidField(default=uuid4)
    last = HiddenField()

    def seen(self) -> tuple[int, int] | None:
        """Year and sequence; None where no number came."""
        found = NUMBER.fullmatch(self.last.data or "")
        return (int(found[1]), int(found[2])) if found else None
