"""Attaching a paper as a file, for who applies and for who scans it for them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import Field, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError

from obshto.modules.eservices.forms.acts import WordsForm
from obshto.modules.eservices.models import Case, Draft
from obshto.modules.eservices.services.answers import papers_asked
from obshto.modules.eservices.services.attachments import Brought
from obshto.modules.eservices.services.own_services import definition_behind
from obshto.modules.eservices.services.paper_limits import PaperAsked
from obshto.platform.questionnaires.questions import Words
from obshto.platform.rate_limit.forms import RateLimitedForm
from obshto.platform.rate_limit.services import RateLimit
from obshto.platform.web.forms import UuidField, at_most
from obshto.platform.web.language import SOURCE

NAME = 60  # characters of what somebody calls a paper that nobody asked for
OTHER: Words = {"bg": "Друг документ", "en": "Another document", "ro": "Alt document"}


class PaperForm(RateLimitedForm):
    """Which paper it is, and the file. Without a profile it is braked."""

    rate_limit = RateLimit(thing="eservices:paper.attach", most=60)
    request_id = UuidField(default=uuid4)
    paper = RadioField(_("Кой документ е това?"), [DataRequired(_("Изберете отговор"))])
    title = StringField(_("Ако е друг: как се казва?"), [Optional(), at_most(NAME)])
    file = FileField(_("Снимка или PDF"), [FileRequired(_("Изберете файл"))])
    asked: Sequence[PaperAsked] = ()

    def offer(self, asked: Sequence[PaperAsked], language: str) -> None:
        """The papers to choose from; what else somebody has comes last."""
        self.asked = [*asked, PaperAsked(text=OTHER)]
        self.paper.choices = [
            SelectChoice(str(number), _with_limits(paper, language))
            for number, paper in enumerate(self.asked)
        ]

    def validate_paper(self, field: Field) -> None:
        """Several other documents under one name would be told apart by nobody."""
        if self._is_other() and not self._own_title():
            raise ValidationError(gettext("Напишете как се казва документът"))

    def brought(self, *, by_staff: bool = False) -> Brought:
        """The file as it came. Only for a form that has passed its checks."""
        chosen = self.asked[int(self.paper.data)]
        return Brought(
            stream=self.file.data.stream,
            paper=self._own_title() if self._is_other() else chosen.text[SOURCE],
            request_id=self.request_id.data,
            by_staff=by_staff,
            asked=chosen,
        )

    def _is_other(self) -> bool:
        return bool(self.paper.data == str(len(self.asked) - 1))

    def _own_title(self) -> str:
        return " ".join((self.title.data or "").split())


def _with_limits(paper: PaperAsked, language: str) -> str:
    """The paper as one chooses it: „Скица на имота (само PDF, до 5 MB)“."""
    limits = paper.said_limits()
    return f"{paper.text[language]} ({limits})" if limits else paper.text[language]


class AnswerForm(WordsForm):
    """What was asked for, in words, and files where they help."""

    file = MultipleFileField(_("Снимки или PDF, ако са нужни"))


def papers_form(row: Draft | Case, language: str) -> PaperForm:
    """A form of the papers that the answers of this draft or case make necessary."""
    form = PaperForm()
    definition = definition_behind(row)
    form.offer(papers_asked(definition, row.read()), language)
    return form
