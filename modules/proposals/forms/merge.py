"""Forms of a merge: with which proposal, which one stays, what an author says to it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID, uuid4

from flask_babel import gettext
from flask_babel import lazy_gettext as _
from wtforms import Field, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from obshto.modules.proposals.models import CitizenProposal
from obshto.modules.proposals.services.queries import public_number
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.forms import ExpectedVersionField, FlaskForm, UuidField, at_most

THIS, OTHER = "this", "other"


class ProposalMergeForm(FlaskForm):
    """Which alike proposal, ticked or by its number, and which of the two stays."""

    request_id = UuidField(default=uuid4)
    alike = RadioField(_("С кое предложение?"), validate_choice=False)
    number = StringField(_("Номер на другото предложение"), [at_most(20)])
    stays = RadioField(
        _("Кое остава?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[
            SelectChoice(OTHER, _("Другото: това се присъединява към него")),
            SelectChoice(THIS, _("Това: другото се присъединява към него")),
        ],
        default=OTHER,
        validate_choice=False,
    )

    def offer(self, alike: Sequence[CitizenProposal]) -> None:
        """Those to choose from."""
        self.alike.choices = [
            SelectChoice(str(one.id), f"{one.number} · {one.title}") for one in alike
        ]

    def validate_alike(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data and field.data not in [one.value for one in field.choices]:
            raise ValidationError(gettext("Изберете отговор"))

    def validate_number(self, field: Field) -> None:
        """Raises ValidationError."""
        if not field.data and not self.alike.data:
            raise ValidationError(gettext("Изберете предложение или въведете номера му"))

    def validate_stays(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in (THIS, OTHER):
            raise ValidationError(gettext("Изберете отговор"))

    def pair(self, uow: UnitOfWork, proposal: CitizenProposal) -> tuple[UUID, UUID]:
        """What goes and what stays. A typed number goes before a tick. Raises NoSuchProposal."""
        typed = self.number.data
        other = public_number(uow, typed).id if typed else UUID(self.alike.data)
        return (other, proposal.id) if self.stays.data == THIS else (proposal.id, other)


class MergeAnswerForm(FlaskForm):
    """Whether the author agrees."""

    expected_version = ExpectedVersionField()
    answer = RadioField(
        _("Съгласни ли сте?"),
        [DataRequired(_("Изберете отговор"))],
        choices=[
            SelectChoice("yes", _("Да, нека станат едно")),
            SelectChoice("no", _("Не, нека останат отделно")),
        ],
        validate_choice=False,
    )

    def validate_answer(self, field: Field) -> None:
        """Raises ValidationError."""
        if field.data not in ("yes", "no"):
            raise ValidationError(gettext("Изберете отговор"))
