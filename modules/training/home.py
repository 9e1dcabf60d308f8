"""The newest of training on the home page."""

from __future__ import annotations

from obshto.modules.training.services import shown
from obshto.modules.training.settings import TrainingSettings
from obshto.platform.modularity.manifest import HomeBlock
from obshto.platform.settings.services import settings_of
from obshto.platform.unit_of_work import UnitOfWork


def newest(uow: UnitOfWork) -> HomeBlock | None:
    """Nothing at all where nothing is published yet. Two queries."""
    size = settings_of(uow, "training", TrainingSettings).on_home
    entries = list(uow.session.scalars(shown().limit(size)))
    context = {"entries": entries}
    return HomeBlock(template="training/home.html", context=context) if entries else None
