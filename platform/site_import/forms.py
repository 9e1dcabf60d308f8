"""What staff fill in to bring an old site along."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from obshto.platform.modularity.manifest import Component
from obshto.platform.modularity.registry import components_here
from obshto.platform.web.forms import ChoiceField, ExpectedVersionField, FlaskForm, UuidField

DRAFTS, PUBLISHED = "drafts", "published"


class ExportForm(FlaskForm):
    """The file; `request_id` makes a repeated click find the first result."""

    request_id = UuidField(default=uuid4)
    file = FileField(_("Файл от стария сайт"), [FileRequired(_("Изберете файл"))])


class MakeForm(FlaskForm):
    """How the texts are to be made. `shelf` is asked for where a part has several."""

    expected_version = ExpectedVersionField()
    state = RadioField(
        _("Как да се пренесат"),
        [InputRequired(_("Изберете как да се пренесат"))],
        choices=[
            SelectChoice(DRAFTS, _("Като чернови, за да ги прегледате")),
            SelectChoice(PUBLISHED, _("Публикувани, с датата от стария сайт")),
        ],
    )
    shelf = ChoiceField(_("В коя тема да стоят страниците"), validate_choice=True)

    def offer(self) -> None:
        """The shelves of the part that has some here; without one the question goes."""
        part = _with_shelves()
        if part is None or part.old_site is None:
            del self.shelf
            return
        self.shelf.choices = [
            SelectChoice(word, label) for word, label in part.old_site.shelves.items()
        ]

    def shelves(self) -> Mapping[str, str]:
        """What was chosen, by part."""
        part = _with_shelves()
        return {part.slug: self.shelf.data} if part and "shelf" in self else {}


def _with_shelves() -> Component | None:
    return next((p for p in components_here() if p.old_site and p.old_site.shelves), None)
