"""The words of events."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role

EDITORS = (Role.EDITOR, Role.SECRETARY, Role.ADMIN)


class EventsPermission(Permission):
    WRITE = "events:event.write", _("Пише и поправя събития"), EDITORS
    PUBLISH = "events:event.publish", _("Публикува, отменя и премества събития"), EDITORS
    ANSWER = "events:suggestion.answer", _("Отговаря на предложени събития"), EDITORS
