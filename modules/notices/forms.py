"""What editors fill in about a notice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import BooleanField, Field, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from obshto.modules.notices.models import Notice
from obshto.modules.notices.services.edits import PLAIN, TOLD, Draft, Note, Words
from obshto.modules.notices.services.kinds import KINDS
from obshto.modules.notices.services.settlements import Names
from obshto.platform.web.forms import (
    ChoiceField,
    ChoicesField,
    ExpectedVersionField,
    FlaskForm,
    MomentField,
    UuidField,
    at_most,
)
from obshto.platform.web.language import OTHERS, SOURCE

TITLE, ADDRESS, TEXT, WHY = 120, 200, 4_000, 300
EVERYWHERE = "all"


def _line(label: Any, limit: int, *, of: type[Field] = StringField) -> Field:
    return of(label, [Optional(), at_most(limit)])


class NoticeForm(FlaskForm):
    """The words of a notice, where and when it holds."""

    kind = ChoiceField(
        _("Вид"),
        [InputRequired(_("Изберете вид"))],
        choices=[SelectChoice("", _("Изберете"))]
        + [SelectChoice(kind, label) for kind, label in KINDS.items()],
    )
    title = StringField(_("Заглавие"), [DataRequired(_("Въведете заглавие")), at_most(TITLE)])
    settlements = ChoicesField(_("Къде"), [InputRequired(_("Изберете къде важи"))])
    address = _line(_("По-точно къде"), ADDRESS)
    starts_at = MomentField(_("От кога"), [InputRequired(_("Въведете ден и час на началото"))])
    ends_at = MomentField(_("До кога"), [InputRequired(_("Въведете ден и час на края"))])
    text = TextAreaField(
        _("Текст"), [DataRequired(_("Въведете какво да знаят хората")), at_most(TEXT)]
    )
    is_urgent = BooleanField(_("Спешно: изпратете веднага на всички, които са го поискали"))
    title_en = _line(_("Заглавие на английски"), TITLE)
    address_en = _line(_("По-точно къде, на английски"), ADDRESS)
    text_en = _line(_("Текст на английски"), TEXT, of=TextAreaField)
    title_ro = _line(_("Заглавие на румънски"), TITLE)
    address_ro = _line(_("По-точно къде, на румънски"), ADDRESS)
    text_ro = _line(_("Текст на румънски"), TEXT, of=TextAreaField)

    def __init__(self, *args: Any, names: Names, **more: Any) -> None:
        super().__init__(*args, **more)
        self.settlements.choices = [SelectChoice(EVERYWHERE, _("Цялата община"))] + [
            SelectChoice(code, name[SOURCE]) for code, name in names.items()
        ]

    def validate_ends_at(self, field: Field) -> None:
        """After the beginning."""
        start, end = self.starts_at.moment, field.moment
        if start and end and end <= start:
            raise ValidationError(gettext("Изберете край, който е след началото"))

    def draft(self) -> Draft:
        """The notice as typed. Only for a form that has passed its checks."""
        chosen: Sequence[str] = self.settlements.data
        plain: dict[str, Any] = {
            name: said(self[name]) if name in TOLD else self[name].data
            for name in ("kind", "is_urgent", *TOLD)
        }
        plain |= {"starts_at": self.starts_at.moment, "ends_at": self.ends_at.moment}
        places = () if EVERYWHERE in chosen else tuple(chosen)
        return Draft(settlements=places, words=words_of(self, *TOLD), **plain)


class NewNoticeForm(NoticeForm):
    """`request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)


class EditNoticeForm(NoticeForm):
    """`expected_version` is the version of the notice that the author had before their eyes."""

    expected_version = ExpectedVersionField()
    correction = _line(_("Какво поправихте"), WHY)
    correction_en = _line(_("Какво поправихте, на английски"), WHY)
    correction_ro = _line(_("Какво поправихте, на румънски"), WHY)


class WithdrawForm(FlaskForm):
    """Why it does not hold any more."""

    expected_version = ExpectedVersionField()
    reason = StringField(
        _("Защо отменяте"), [DataRequired(_("Въведете защо отменяте")), at_most(WHY)]
    )
    reason_en = _line(_("Защо, на английски"), WHY)
    reason_ro = _line(_("Защо, на румънски"), WHY)


def shown(notice: Notice) -> dict[str, Any]:
    """What the form of a notice shows at first."""
    told = {
        f"{part}_{language}": text
        for language, words in notice.words.items()
        for part, text in words.items()
        if part in TOLD
    }
    plain = {name: getattr(notice, name) for name in PLAIN}
    places = notice.settlements or [EVERYWHERE]
    return {**plain, **told, "settlements": places, "expected_version": notice.version}


def typed(form: NoticeForm) -> dict[str, Any]:
    """What stands in a form, to be shown in another one."""
    plain = {name: form[name].data for name in (*PLAIN, "settlements")}
    told = {f"{part}_{code}": said(form[f"{part}_{code}"]) for part in TOLD for code in OTHERS}
    return {**plain, **told, "starts_at": form.starts_at.moment, "ends_at": form.ends_at.moment}


def note_of(form: FlaskForm, part: str) -> Note:
    """A correction or a reason as typed."""
    return Note(text=said(form[part]), words=words_of(form, part))


def words_of(form: FlaskForm, *parts: str) -> Words:
    """The texts of these parts in the other languages."""
    return {
        language: {part: said(form[f"{part}_{language}"]) for part in parts} for language in OTHERS
    }


def said(field: Field) -> str:
    """What was typed, without the blanks around it."""
    typed: str = field.data or ""
    return typed.strip()
