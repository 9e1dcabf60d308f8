"""Refusals of mandates."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.errors import (
    Conflict,
    DomainError,
    NotAllowed,
    NotFound,
    SignInNeeded,
    StaleRow,
)


class NoSuchMandate(NotFound):
    """Not here: another municipality's, another person's, or never prepared."""

    sentence = _("Няма такова съгласие. Проверете номера и кода.")


class WhoseMandate(SignInNeeded):
    """What lies in a profile is opened by who is signed in, whether it is there or not."""


class StaleMandate(StaleRow):
    sentence = _(
        "Съгласието беше променено, след като отворихте страницата. Вижте как е сега и решете"
        " отново."
    )


class MandateNotFromHere(Conflict):
    """The state does not lead there."""

    sentence = _("Съгласието вече е „%(state)s“. Това действие не е възможно.")


class MandateTooLong(DomainError):
    sentence = _("Изберете ден от днес до %(day)s. По-дълго съгласие не се дава.")


class MandateLapsed(DomainError):
    sentence = _("Срокът на съгласието вече мина. Подгответе ново.")


class ForThemselves(DomainError):
    sentence = _("Помощникът не може да действа от името на самия себе си")


class ProfileOfAnother(DomainError):
    """The e-mail belongs to a profile with another name."""

    sentence = _("С този имейл има профил на друго име. Проверете имейла и името.")


class SignedByAssistant(NotAllowed):
    sentence = _("Подписването вписва друг служител, а не помощникът, на когото е съгласието.")


class BadWitness(DomainError):
    sentence = _(
        "Свидетелите са двама различни хора. Помощникът и човекът не могат да са свидетели."
    )


class SignedTooSoon(DomainError):
    sentence = _("Въведете ден от %(first)s до днес")


class NotYourMandate(NotAllowed):
    sentence = _("Това съгласие е на друг помощник или вече не важи.")
