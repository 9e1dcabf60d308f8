"""Forms of a campaign and of leaflets that were handed out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import IntegerField, StringField
from wtforms.validators import DataRequired, InputRequired, Optional

from obshto.modules.guides.services.campaigns import CampaignPlan, Given
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    DayField,
    ExpectedVersionField,
    FlaskForm,
    NumberRange,
    UuidField,
    at_most,
)

TITLE, PLACE = 120, 120
MOST_PEOPLE, MOST_LEAFLETS = 100_000, 10_000


class WholeNumber(IntegerField):
    """Says in the person's language that no number was typed."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Sets `data`; raises ValueError with a sentence."""
        try:
            super().process_formdata([value.strip() for value in valuelist])
        except ValueError:
            self.data = None
            raise ValueError(gettext("Напишете число с цифри")) from None


class CampaignForm(FlaskForm):
    """How many people, of which places, from when, by when."""

    title = StringField(
        _("За какво е кампанията"), [DataRequired(_("Въведете за какво е")), at_most(TITLE)]
    )
    goal = WholeNumber(
        _("Колко души да научат"),
        [
            InputRequired(_("Въведете колко души да научат")),
            NumberRange(1, MOST_PEOPLE, _("Въведете число от 1 до 100 000")),
        ],
    )
    starts_on = DayField(_("Начало"), [InputRequired(_("Въведете начало"))])
    ends_on = DayField(_("Последен ден"), [InputRequired(_("Въведете последния ден"))])
    settlements = ChoicesField(_("Населени места"), [Optional()])

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.settlements.choices = list(names.items())

    def plan(self) -> CampaignPlan:
        """What was typed, without the blanks around it."""
        assert self.goal.data and self.starts_on.data and self.ends_on.data
        return CampaignPlan(
            title=self.title.data.strip(),
            goal=self.goal.data,
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            settlements=tuple(sorted(self.settlements.data or ())),
        )


class NewCampaignForm(CampaignForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditCampaignForm(CampaignForm):
    """`expected_version` is the version that was seen."""

    expected_version = ExpectedVersionField()


class HandoutForm(FlaskForm):
    """Leaflets of one day at one place."""

    request_id = UuidField(default=uuid4)
    number = WholeNumber(
        _("Колко листовки"),
        [
            InputRequired(_("Въведете колко листовки")),
            NumberRange(1, MOST_LEAFLETS, _("Въведете число от 1 до 10 000")),
        ],
    )
    given_on = DayField(_("Кога"), [InputRequired(_("Въведете деня"))])
    place = StringField(_("Къде"), [DataRequired(_("Въведете къде")), at_most(PLACE)])
    settlement = ChoiceField(_("Населено място"), [Optional()])

    def __init__(self, *args: Any, names: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.settlement.choices = [("", gettext("Не се знае")), *names.items()]

    def given(self) -> Given:
        """What was typed, without the blanks around it."""
        assert self.number.data and self.given_on.data
        return Given(
            given_on=self.given_on.data,
            number=self.number.data,
            place=self.place.data.strip(),
            settlement=self.settlement.data or "",
        )
