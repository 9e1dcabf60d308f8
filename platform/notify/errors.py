"""What subscriptions refuse."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import NotFound


class NoSuchSubscription(NotFound):
    """Of another municipality, stopped, or never asked for: the page says the same."""

    sentence = _("Няма такъв абонамент. Може вече да сте го спрели.")
