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
