"""What may stand in the way of a municipality that comes."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import DomainError


class Taken(DomainError):
    """Two municipalities never share an address."""

    sentence = _("Такъв адрес вече има. Изберете друг.")
