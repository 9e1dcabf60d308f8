"""Settings of training in a municipality."""

from __future__ import annotations

from dataclasses import dataclass, field

from flask_babel import lazy_gettext as _


@dataclass(frozen=True, kw_only=True)
class TrainingSettings:
    """Whether certificates are in earnest."""

    is_live: bool = field(
        default=False,
        metadata={"label": _("Удостоверенията са истински: без „ПРОБЕН“ върху тях")},
    )
