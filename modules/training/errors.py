"""What training refuse."""

from flask_babel import lazy_gettext as _

from obshto.platform.errors import NotFound


class NoSuchLesson(NotFound):
    """Not here: another municipality's, closed for citizens, or never written."""

    sentence = _("Няма такъв запис")
