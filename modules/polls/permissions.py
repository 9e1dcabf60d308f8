"""The words of polls."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class PollsPermission(Permission):
    SEE = (
        "polls:poll.see",
        _("Вижда анкетите в служебната част, черновите също"),
        (Role.REGISTRY_CLERK, Role.MAYOR, Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    WRITE = "polls:poll.write", _("Пише анкети"), (Role.EDITOR, Role.SECRETARY, Role.ADMIN)
    PUBLISH = (
        "polls:poll.publish",
        _("Отваря, удължава, приключва и изтрива анкети"),
        (Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    ENTER = (
        "polls:sheet.enter",
        _("Въвежда отговори на хартия"),
        (Role.REGISTRY_CLERK, Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    READ = (
        "polls:result.read",
        _("Вижда резултатите по начин на отговаряне и ги изтегля"),
        (Role.MAYOR, Role.SECRETARY, Role.EDITOR, Role.ADMIN),
    )
    FOLLOW = "polls:poll.follow", _("Получава имейл, когато анкета приключи"), (Role.MAYOR,)
