"""Tables out of a file, taken in two steps: looked at first, then all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext
from werkzeug.wrappers import Response

from obshto.modules.projects.forms.staff_work import AccountsForm, BudgetForm, ContractFileForm
from obshto.platform.errors import DomainError

Answer = str | tuple[str, int] | Response


def answer_to(
    form: AccountsForm | BudgetForm | ContractFileForm,
    *,
    preview: Callable[[], Answer],
    take: Callable[[], Answer],
) -> Answer | None:
    """The preview of a file that came, the redirect once its rows come back; None where the form
    is to be shown, with what is to be mended."""
    if form.validate_on_submit():
        try:
            return take() if form.rows.data else preview()
        except DomainError as refusal:
            form.file.errors = [str(refusal)]
        except (ValueError, TypeError, KeyError):
            form.form_errors.append(gettext("Страницата беше отворена твърде дълго"))
    return None
