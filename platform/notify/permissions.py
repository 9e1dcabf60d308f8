"""The words of messages."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class NotifyPermission(Permission):
    SUBSCRIBE = (
        "notify:subscriber.ask",
        _("Записва абонамент за човек на гише или по телефона"),
        (Role.REGISTRY_CLERK, Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    SENDERS = (
        "notify:sender.see",
        _("Вижда от чие име излизат писмата и SMS и къде идват отговорите"),
        (Role.ADMIN,),
    )
    OUTBOX = (
        "notify:outbox.read",
        _("Вижда кое писмо или SMS е пристигнало и кое не"),
        (Role.ADMIN,),
    )
    SETTLE = (
        "notify:letter.settle",
        _("Вижда кои писма не са стигнали и казва на хората по друг начин"),
        (Role.REGISTRY_CLERK, Role.SECRETARY, Role.ADMIN),
    )
    HEAR = (
        "notify:budget.hear",
        _("Научава, когато писмата или SMS за деня са на привършване"),
        (Role.SECRETARY, Role.ADMIN),
    )
