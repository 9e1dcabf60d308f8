"""What is refused about collecting."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError


class NoCollector(DomainError):
    sentence = _("Порталът няма договор със Stripe за събиране на фактурите")


class NotSharing(DomainError):
    sentence = _("Общината още не участва в разходите. Първо ѝ изберете план.")


class NoRequisites(DomainError):
    sentence = _("Липсват данни за фактура на общината. Първо ги въведете.")
