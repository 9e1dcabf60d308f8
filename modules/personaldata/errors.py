"""Refusals of requests about personal data."""

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


class NoSuchRequest(NotFound):
    """Not here: another municipality's, another person's, or never sent."""

    sentence = _("Няма такова искане. Проверете номера и кода.")


class WhoseRequest(SignInNeeded):
    """What lies in a profile is opened by who is signed in, whether it is there or not."""


class StaleRequest(StaleRow):
    sentence = _(
        "Искането беше променено, след като отворихте страницата. Вижте как е сега и решете отново."
    )


class RequestNotFromHere(Conflict):
    """The state does not lead there."""

    sentence = _("Искането вече е „%(state)s“. Това действие не е възможно.")


class RequestNotYours(NotAllowed):
    sentence = _("Първо поемете искането")


class IdentityNeeded(DomainError):
    sentence = _("Първо отбележете как е проверено кой пита. Чужди данни не се дават на никого.")


class ExtendedBefore(Conflict):
    sentence = _("Срокът вече е удължен. Законът позволява това веднъж.")


class TooLateToExtend(Conflict):
    sentence = _("Удължаването се съобщава, докато тече първият месец. Той вече мина.")


class ReplyAddressNeeded(DomainError):
    sentence = _("Напишете имейла си, за да потвърдите искането от него")


class NoSuchLook(NotFound):
    """Not at this person, or forgotten."""

    sentence = _("Няма такъв запис за Вашите данни")


class NoAccountBehind(DomainError):
    sentence = _("Искането не е от профил. Съберете отговора ръчно от преписките на човека.")


class WhoseLimit(DomainError):
    """Nothing is known by which the person's data would be found."""

    sentence = _("Въведете ЕГН, имейл или телефон на човека, чиито данни се ограничават")


class NoSuchConsent(NotFound):
    """Withdrawn before, or never given by who asks."""

    sentence = _("Няма такова съгласие. Може вече да е оттеглено.")


class NobodyToCopy(DomainError):
    """No account by this e-mail and name, or one that did nothing here: both are told alike."""

    sentence = _(
        "В общината няма профил с това име и този имейл. Ако човекът е подавал без профил,"
        " въведете искането му за копие."
    )


class OwnAccountNeeded(DomainError):
    """Accounts are linked for oneself, out of one of them."""

    sentence = _("Влезте с единия от двата си профила и поискайте оттам, за себе си")


class NoSecondAccount(DomainError):
    """No other account by this e-mail."""

    sentence = _("Няма друг профил с този имейл. Проверете го с човека.")


class AnotherPerson(DomainError):
    """The state told two personal numbers."""

    sentence = _("Двата профила са на различни хора според държавата. Откажете искането.")


class NoSuchLink(NotFound):
    """Not of this account."""


class StaleLink(StaleRow):
    """It was confirmed or ended meanwhile."""


class HeirsOnlyRead(DomainError):
    """Heirs have access and a copy; the other rights ended with the person."""

    sentence = _(
        "За починал човек законът дава достъп и копие. Изберете „Копие и сведения“, „Защо са"
        " гледали“ или оплакване."
    )


class PapersNeeded(DomainError):
    """Who asks for somebody else showed no paper for that."""

    sentence = _(
        "Искането е за друг човек. Първо отбележете, че видяхте документ за представителство или"
        " удостоверение за наследници."
    )
