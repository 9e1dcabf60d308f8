"""What subscriptions refuse."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, DomainError, NotFound


class NoSuchSubscription(NotFound):
    """Of another municipality, stopped, or never asked for: the page says the same."""

    sentence = _("Няма такъв абонамент. Може вече да сте го спрели.")


class NoSmsToday(DomainError):
    """The budget of the day is spent, or the municipality sends none."""

    sentence = _("Днес не можем да пратим повече SMS. Опитайте утре или се абонирайте по имейл.")


class WrongCode(DomainError):
    """Another code, an old one, or the fifth guess: the page says the same."""

    sentence = _("Кодът не съвпада или е изтекъл. Вижте последния SMS или поискайте нов код.")


class StaleSettlement(Conflict):
    """A colleague settled the letter since the form was drawn."""

    sentence = _("Колега вече записа какво е направено за това писмо. Вижте го отново.")
