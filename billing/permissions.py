"""The words of money."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class BillingPermission(Permission):
    CASH = (
        "billing:counter.take",
        _("Приема плащания на каса и приключва деня"),
        (Role.REGISTRY_CLERK, Role.FINANCE_OFFICER),
    )
    CHARGE = (
        "billing:charge.make",
        _("Въвежда какво има да се плаща"),
        (Role.REGISTRY_CLERK, Role.FINANCE_OFFICER),
    )
    SEE = (
        "billing:payment.see",
        _("Вижда плащанията и счетоводната книга"),
        (Role.FINANCE_OFFICER, Role.MAYOR, Role.SECRETARY),
    )
    BOOK = (
        "billing:payment.book",
        _("Вписва банкови преводи и иска връщане на пари"),
        (Role.FINANCE_OFFICER,),
    )
    APPROVE = (
        "billing:refund.approve",
        _("Одобрява връщане на пари, поискано от друг"),
        (Role.FINANCE_OFFICER, Role.MAYOR, Role.SECRETARY),
    )
    SET = (
        "billing:account.set",
        _("Определя сметката на общината и видовете приход"),
        (Role.FINANCE_OFFICER, Role.MAYOR),
    )
    COSTS = (
        "billing:cost.see",
        _("Вижда какво плаща общината за портала"),
        (Role.ADMIN, Role.MAYOR, Role.SECRETARY, Role.FINANCE_OFFICER),
    )


class CostPermission(Permission):
    """Of the region's team, on the operations host alone."""

    SEE = (
        "region:cost.see",
        _("Вижда как общините си поделят разходите за портала"),
        (Role.OPERATOR,),
    )
    RUN = (
        "region:cost.run",
        _("Променя формулата, издава фактури и вписва плащания"),
        (Role.OPERATOR,),
    )
