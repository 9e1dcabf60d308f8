"""Permissions of courses."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class CoursesPermission(Permission):
    KEEP = (
        "courses:course.keep",
        _("Описва курсовете, групите и преподавателите"),
        (Role.EDITOR, Role.SECRETARY),
    )
    TEACH = (
        "courses:group.teach",
        _("Преподава на своите групи: списък, присъствие, материали, удостоверения"),
        (Role.EDITOR, Role.SECRETARY, Role.REGISTRY_CLERK),
    )
    HANDLE = (
        "courses:enrolment.handle",
        _("Записва хора във всички групи, не само в своите"),
        (Role.REGISTRY_CLERK, Role.SECRETARY),
    )
    OVERSEE = (
        "courses:numbers.read",
        _("Вижда колко хора идват на курсове и колко остават без място, без имена"),
        (Role.MAYOR, Role.EDITOR, Role.SECRETARY, Role.REGISTRY_CLERK),
    )
