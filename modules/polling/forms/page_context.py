"""Values that all pages of polling share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from obshto.modules.polling.forms.sections import NUMBERS
from obshto.modules.polling.services.address_search import LAST
from obshto.modules.polling.services.commissions import OFFICES
from obshto.platform.unit_of_work import UnitOfWork
from obshto.platform.web.language import SOURCE, current_language
from obshto.tenants.api import settlements_here as names_here


def settlements_here(uow: UnitOfWork) -> Mapping[str, str]:
    """Settlements by EKATTE code, in the language in force; none where there are none."""
    language = current_language()
    return {code: name.get(language) or name[SOURCE] for code, name in names_here(uow).items()}


def common_words(uow: UnitOfWork) -> dict[str, Any]:
    """Names of settlements, offices, sides of a street."""
    return {
        "settlements": settlements_here(uow),
        "offices": OFFICES,
        "numbers": NUMBERS,
        "last_number": LAST,
    }
