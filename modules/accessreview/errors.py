"""Refusals of the review of access."""

from flask_babel import lazy_gettext

from obshto.platform.errors import Conflict, DomainError


class ReviewClosed(Conflict):
    sentence = lazy_gettext("Прегледът е приключен и вече не се променя.")


class RoleAlreadyTaken(Conflict):
    """A role that was taken is given again on the page of people, as any other."""

    sentence = lazy_gettext(
        "Ролята вече е отнета. Ако трябва да се върне, администраторът я дава отново от „Хора“."
    )


class LinesWaiting(DomainError):
    """`number` lines are undecided."""

    sentence = lazy_gettext("Има роли без решение: %(number)s. Решете за всяка, после приключете.")
