"""Forms of the acts upon a report: what staff say, decide, hand on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import BinaryIO
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, DateField, Field, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.reports.models import OwnReportKind, Report
from obshto.modules.reports.services.kinds import BODIES
from obshto.modules.reports.services.outside import AGAIN, NEIGHBOUR, OutsideBody
from obshto.modules.reports.services.own_kinds import choice_of, kinds_here
from obshto.modules.reports.services.report_actions import MOST_WORDS, Sorting
from obshto.modules.reports.services.states import (
    OUTCOMES,
    PASS_ON,
    PROVEN_BY_PHOTO,
    WAYS,
)
from obshto.platform.cases.forms import CaseWordsForm
from obshto.platform.clock import day_of
from obshto.platform.web.areas_field import AreasField
from obshto.platform.web.forms import (
    ChoiceField,
    ExpectedVersionField,
    FlaskForm,
    UuidField,
    at_most,
)
from obshto.platform.web.request_uow import current_uow


class ReportWordsForm(CaseWordsForm):
    """Words about a report, seen in one version."""

    most_words = MOST_WORDS


class OutsideForm(ReportWordsForm):
    """Words, and which body has the report from now on."""

    body = RadioField(
        _("На коя служба?"),
        choices=[SelectChoice(word, title) for word, title in BODIES.items()],
        validate_choice=False,
    )
    municipality = ChoiceField(_("На коя съседна община?"), default="")
    remind_on = DateField(_("Кога да Ви напомним да питате"), [Optional()])

    def offer(self, neighbours: Mapping[str, str]) -> None:
        """The neighbours to choose from, by slug."""
        self.body.flags.unmarked = self.municipality.flags.unmarked = True
        self.municipality.choices = [SelectChoice("", _("Изберете"))] + [
            SelectChoice(slug, name) for slug, name in neighbours.items()
        ]

    @property
    def is_outside(self) -> bool:
        """Whether a body is asked for."""
        return True

    def validate_body(self, field: Field) -> None:
        """Raises ValidationError."""
        if self.is_outside and field.data not in BODIES:
            raise ValidationError(gettext("Изберете на коя служба е"))

    def validate_municipality(self, field: ChoiceField) -> None:
        """Raises ValidationError."""
        if self.is_outside and self.body.data == NEIGHBOUR and not field.data:
            raise ValidationError(gettext("Изберете съседна община, която приема сигнали"))

    def outside(self) -> OutsideBody | None:
        """As typed. Only for a form that has passed its checks."""
        if not self.is_outside:
            return None
        municipality = self.municipality.data or ""
        remind_on = self.remind_on.data or day_of(current_uow().now) + AGAIN
        return OutsideBody(body=self.body.data, remind_on=remind_on, municipality=municipality)


class ReportOutcomeForm(OutsideForm):
    """How a report ends: mended, whole or in part, with a photograph; refused; not ours."""

    outcome = RadioField(
        _("Какъв е резултатът?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[
            SelectChoice("fixed", _("Решен"), render_kw={"hint": _("Трябва снимка след ремонта.")}),
            SelectChoice(
                "half",
                _("Решен отчасти"),
                render_kw={"hint": _("Трябва снимка. Кажете какво остава и до кога.")},
            ),
            SelectChoice(
                "refused", _("Приключен без действие"), render_kw={"hint": _("Кажете защо.")}
            ),
            SelectChoice(
                "passed-on",
                _("Не е на общината"),
                render_kw={"hint": _("Кажете на кого е: пращаме го там и питаме какво става.")},
            ),
        ],
        validate_choice=False,
    )
    photos = MultipleFileField(_("Снимка след ремонта"), [Optional()])

    @property
    def is_outside(self) -> bool:
        """A body is named for what is not ours."""
        return bool(self.outcome.data == PASS_ON.name)

    def validate_outcome(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in {way.name for way in OUTCOMES}:
            raise ValidationError(gettext("Изберете отговор"))

    def streams(self) -> Sequence[BinaryIO]:
        """The photographs that came."""
        return [file.stream for file in self.photos.data or () if file and file.filename]

    def proof(self) -> Sequence[BinaryIO]:
        """The photographs, where the outcome is shown by them."""
        return self.streams() if WAYS[self.outcome.data] in PROVEN_BY_PHOTO else ()


class ReportHandOverForm(OutsideForm):
    """To which body, what was written to it, when somebody is reminded to ask."""


class BodyAnswerForm(ReportWordsForm):
    """What another body said, and when it is asked again."""

    next_on = DateField(_("Кога да Ви напомним пак"), [Optional()])


class MergeForm(FlaskForm):
    """The number of the report that was there first."""

    expected_version = ExpectedVersionField()
    number = StringField(
        _("Номер на първия сигнал"), [DataRequired(_("Напишете номера")), at_most(20)]
    )


class SortForm(FlaskForm):
    """Kind, term, what everybody reads and sees."""

    own: Mapping[str, OwnReportKind] = {}
    expected_version = ExpectedVersionField()
    kind = ChoiceField(_("Вид"), [DataRequired(_("Изберете вид"))])
    due_on = DateField(_("Срок"), [DataRequired(_("Въведете ден"))])
    public_words = StringField(
        _("Какво да пише на публичната страница"), [Optional(), at_most(200)]
    )
    is_verified = BooleanField(_("Проверено е: може да се вижда публично"))
    shows_photos = BooleanField(_("На снимките няма лица и номера: може да се показват"))

    def offer(self, own: Sequence[OwnReportKind], report: Report) -> None:
        """The common kinds, own ones that are taken, and the kind that it has."""
        self.own = {str(row.id): row for row in own}
        taken = [row for row in own if not row.retired_at or row.id == report.own_kind_id]
        kinds = kinds_here(taken)
        self.kind.choices = [SelectChoice(word, kind.title) for word, kind in kinds.items()]
        if not self.is_submitted():
            self.kind.data = choice_of(report)

    def sorting(self) -> Sorting:
        """As typed. Only for a form that has passed its checks."""
        own = self.own.get(self.kind.data)
        return Sorting(
            kind=own.kind if own else self.kind.data,
            own_kind_id=own.id if own else None,
            due_on=self.due_on.data,
            public_words=(self.public_words.data or "").strip(),
            is_verified=self.is_verified.data,
            shows_photos=self.shows_photos.data,
        )


class CoverForm(FlaskForm):
    """Rectangles of a photograph that nobody is to see any more."""

    request_id = UuidField(default=uuid4)
    expected_version = ExpectedVersionField()
    areas = AreasField(
        _("Места на снимката"),
        [DataRequired(_("Посочете поне едно място на снимката")), at_most(900)],
    )

    def validate_areas(self, field: AreasField) -> None:
        """Raises ValidationError."""
        if field.areas is None:
            raise ValidationError(
                gettext("Напишете на всеки ред по четири числа от 0 до 100, например 40 20 15 10")
            )


class AssignForm(FlaskForm):
    """To whom a report goes."""

    expected_version = ExpectedVersionField()
    to = ChoiceField(_("На кого?"), [DataRequired(_("Изберете отговор"))])

    def offer(self, people: Mapping[str, str]) -> None:
        """The colleagues to choose from, by id."""
        self.to.choices = [SelectChoice("", _("Изберете колега"))] + [
            SelectChoice(key, name) for key, name in people.items()
        ]
