"""Phones on duty: where it rings when a visitor gives no word."""

from __future__ import annotations

from collections.abc import Sequence

from obshto.modules.assistants.settings import AssistantsSettings
from obshto.platform.notify.settings import letters_settings
from obshto.platform.notify.sms.phones import read_number
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork


def duty_phones(uow: UnitOfWork) -> Sequence[str]:
    """In their full form, each once; none where the municipality sends no SMS."""
    if not letters_settings(uow).sms_sender:
        return ()
    typed = settings_of(uow, "assistants", AssistantsSettings).duty_phones.split(",")
    return list(dict.fromkeys(filter(None, map(read_number, typed))))
