"""Permissions of meetings. A municipality may give them to a role of its own: council secretary."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role

ORGANISERS = (Role.EDITOR, Role.SECRETARY, Role.ADMIN)


class MeetingsPermission(Permission):
    PLAN = "meetings:meeting.plan", _("Планира срещи и заседания"), ORGANISERS
    PUBLISH = "meetings:meeting.publish", _("Обявява, отменя и премества срещи"), ORGANISERS
    REGISTER = (
        "meetings:guest.register",
        _("Вижда и записва кой идва на среща"),
        (Role.REGISTRY_CLERK, Role.SECRETARY, Role.EDITOR),
    )
    MODERATE = (
        "meetings:question.moderate",
        _("Преглежда въпросите преди среща"),
        (Role.SECRETARY, Role.EDITOR),
    )
    HOST = (
        "meetings:room.host",
        _("Води видео стаята на среща"),
        (Role.SECRETARY, Role.EDITOR),
    )
    RECORD = (
        "meetings:minutes.record",
        _("Води и публикува протоколи и решения"),
        (Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    OVERSEE = (
        "meetings:decision.oversee",
        _("Следи неизпълнените решения"),
        (Role.MAYOR, Role.SECRETARY),
    )
