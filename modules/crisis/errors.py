"""Refusals of warnings and of the call list."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import Conflict, NotAllowed, NotFound, StaleRow


class NoSuchCrisis(NotFound):
    """Another municipality's, a rehearsal on a public page, or never was."""

    sentence = _("Няма такова предупреждение")


class NoSuchContact(NotFound):
    sentence = _("Този човек вече не е в списъка")


class NoSuchCall(NotFound):
    sentence = _("Това обаждане вече не е Ваше")


class MessageChanged(StaleRow):
    """Somebody changed the text after the page was opened: `what` names the fields."""

    sentence = _("%(who)s промени в %(at)s: %(what)s. Вижте текста, какъвто е сега, и решете пак.")


class MessagePending(Conflict):
    """One text at a time waits to be confirmed."""

    sentence = _("Вече има нов текст, който чака потвърждение. Отворете него.")


class SentAlready(Conflict):
    sentence = _("Този текст вече тръгна. Напишете обновяване.")


class CrisisOver(Conflict):
    sentence = _("Това предупреждение вече приключи. Ако опасността се върне, напишете ново.")


class NeedsSecondPerson(NotAllowed):
    """Who wrote it last may not confirm it by day."""

    status = 409
    sentence = _(
        "През деня друг служител потвърждава Вашия текст. Обадете му се; писмото вече е при него."
    )


class WaitAlone(NotAllowed):
    """At night who wrote it may confirm it alone, but not at once."""

    status = 409
    sentence = _(
        "През нощта може да потвърдите и без втори човек, но след %(at)s."
        " Прочетете текста още веднъж."
    )


class PhoneKnown(Conflict):
    """A phone is called once."""

    status = 422
    sentence = _("Този телефон вече е в списъка")


class StaleContact(StaleRow):
    sentence = _("Междувременно друг промени този запис. Вижте го и решете отново.")


class StaleCall(StaleRow):
    sentence = _("Друг вече отбеляза това обаждане")


class CallInHand(Conflict):
    """Somebody else took this person and has not said yet what came of it."""

    sentence = _("Сега %(who)s се обажда на този човек. Изчакайте да отбележи как е минало.")
