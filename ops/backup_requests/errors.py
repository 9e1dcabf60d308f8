"""What may stand in the way of an order."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict


class Busy(Conflict):
    """One at a time: each may change what the other looks at."""

    sentence = _("За тази община вече се работи. Изчакайте да свърши и опитайте пак.")


class BesideAlready(Conflict):
    """Two copies beside would be mixed up."""

    sentence = _("Настрани вече чака копие. Сменете с него или го махнете, после вземете друго.")


class NotThere(Conflict):
    """Somebody else swapped, put back or threw it away meanwhile; or its days are over."""

    sentence = _("Копието вече не е там, където беше. Вижте как е сега и решете отново.")


class UnderWay(Conflict):
    """The keeper has begun: what it does is whole or not at all."""

    sentence = _("Работата вече тече и не може да се спре. Изчакайте да свърши.")
