"""A sender of short messages for municipalities that are shown to others."""

from __future__ import annotations

import re
from dataclasses import replace

from obshto.platform.notify.settings import letters_settings
from obshto.platform.settings.services import save_settings, version_of
from obshto.platform.work import Work

LONGEST = 11  # letters of a sender


def seed(work: Work) -> None:
    """Named as the address of the municipality is."""
    assert work.scope
    sender = re.sub(r"[^a-z0-9]", "", work.scope.slug).upper()[:LONGEST]
    settings = replace(letters_settings(work), sms_sender=sender)
    save_settings(work, "notify", settings, seen=version_of(work, "notify"))
