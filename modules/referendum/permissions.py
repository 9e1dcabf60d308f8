"""Permissions of referenda."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class ReferendumPermission(Permission):
    PROPOSE = (
        "referendum:proposal.propose",
        _("Предлага местен референдум и въвежда предложения"),
        (Role.MAYOR, Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    LEAD = (
        "referendum:proposal.lead",
        _("Води местните референдуми за председателя на съвета"),
        (Role.MAYOR, Role.SECRETARY),
    )
    ENTER = (
        "referendum:petition.enter",
        _("Въвежда подписки за местен референдум"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    ADVISE = (
        "referendum:question.advise",
        _("Решава като юрист дали въпросът може да се зададе"),
        (Role.SECRETARY,),
    )
    CAMPAIGN = (
        "referendum:campaign.keep",
        _("Води кампанията на местен референдум: страните, текстовете, проявите"),
        (Role.SECRETARY, Role.REGISTRY_CLERK),
    )
