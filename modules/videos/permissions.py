"""Permission of videos. A municipality may give it to a role of its own."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class VideosPermission(Permission):
    EDIT = (
        "videos:video.edit",
        _("Качва, описва, публикува и скрива видео"),
        (Role.EDITOR, Role.SECRETARY),
    )
