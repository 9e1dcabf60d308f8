"""Whoever has proven a new address at the provider gets letters there, not at the next sign-in."""

from __future__ import annotations

from datetime import timedelta

from flask import current_app

from obshto.platform.unit_of_work import UnitOfWork
from obshto.sso.oidc import current_provider
from obshto.tenants.api import take_addresses
from obshto.tenants.ports import DirectoryUnavailable, directory

# Longer than any outage of ours that lasts unnoticed; what was taken already is taken again.
BACK = timedelta(days=3)


def take_new_addresses(region: UnitOfWork) -> None:
    """Duty: the addresses that were proven lately, as they are now."""
    try:
        proven = directory().new_addresses(region.now - BACK)
    except DirectoryUnavailable as error:
        current_app.logger.warning("new addresses could not be asked for: %s", error)
        return
    take_addresses(current_provider().config.name, proven)
