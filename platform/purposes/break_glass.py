"""Break-glass: data of a person are opened for a typed reason, where no ready-made purpose fits.

Who does so gets in at once; the data protection officer is told and the person reads that it was
urgent. The typed words are kept encrypted and read by the officer alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

URGENT = "urgent"
# Each part whose staff say a purpose has it among its own.
BREAK_GLASS: Mapping[str, LazyString] = {URGENT: _("Спешно, по друга посочена причина")}
