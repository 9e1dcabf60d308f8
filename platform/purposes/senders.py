"""Purposes for which staff open who sent something, as the sender reads them; their form."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from obshto.platform.purposes.break_glass import BREAK_GLASS
from obshto.platform.purposes.forms import PurposeForm

PURPOSES: Mapping[str, LazyString] = {
    "contact": _("Свързва се с подателя"),
    "identity": _("Проверява кой е подателят по закон"),
    "question": _("Отговаря на въпрос на подателя"),
    **BREAK_GLASS,
}


class LookForm(PurposeForm):
    """For what somebody of the staff opens who sent it."""

    question = _("Защо отваряте данните на подателя?")
    purposes = PURPOSES
