"""The words of services, and who may do what with a case."""

from __future__ import annotations

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class ServicesPermission(Permission):
    HANDLE = (
        "eservices:case.handle",
        _("Работи по заявления на граждани"),
        (Role.REGISTRY_CLERK, Role.FINANCE_OFFICER, Role.SECRETARY),
    )
    DECIDE = (
        "eservices:case.decide",
        _("Издава документи и отказва по заявления"),
        (Role.REGISTRY_CLERK, Role.FINANCE_OFFICER, Role.SECRETARY),
    )
    OVERSEE = (
        "eservices:work.oversee",
        _("Следи сроковете и натовареността, отговаря на жалби и оценки"),
        (Role.SECRETARY, Role.MAYOR),
    )
    APPROVE = (
        "eservices:decision.approve",
        _("Одобрява решения по заявления, преди да се издадат"),
        (Role.REGISTRY_CLERK, Role.FINANCE_OFFICER, Role.SECRETARY, Role.MAYOR),
    )
    REASSIGN = (
        "eservices:approval.reassign",
        _("Пренасочва одобрение към друг служител, когато няма кой да го даде"),
        (Role.SECRETARY, Role.MAYOR, Role.ADMIN),
    )
    DESIGN = (
        "eservices:service.design",
        _("Съставя собствени услуги на общината и ги публикува"),
        (Role.SECRETARY, Role.ADMIN),
    )
    AGREE = (
        "eservices:version.agree",
        _("Приема или отказва нови версии на услуги, взети от друга община"),
        (Role.MAYOR, Role.SECRETARY, Role.ADMIN),
    )
    DEPARTMENTS = (
        "eservices:department.arrange",
        _("Урежда отделите: кой по кои услуги работи"),
        (Role.SECRETARY, Role.ADMIN),
    )
    POWERS = (
        "eservices:power.check",
        _("Проверява пълномощни на хора, които подават вместо други"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    OFFER = (
        "eservices:offer.change",
        _("Определя кои услуги се приемат онлайн, таксите и кой подписва"),
        (Role.SECRETARY, Role.ADMIN),
    )
