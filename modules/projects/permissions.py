"""Permissions of projects."""

from flask_babel import lazy_gettext as _

from obshto.platform.permissions import Permission, Role


class ProjectsPermission(Permission):
    WRITE = (
        "projects:project.write",
        _("Пише проекти и отбелязва етапите им"),
        (Role.EDITOR, Role.SECRETARY, Role.FINANCE_OFFICER, Role.ADMIN),
    )
    PUBLISH = (
        "projects:project.publish",
        _("Публикува, спира и изтрива проекти"),
        (Role.EDITOR, Role.SECRETARY, Role.ADMIN),
    )
    FUND = (
        "projects:funding.write",
        _("Въвежда програми, дялове и платени суми по проекти"),
        (Role.FINANCE_OFFICER, Role.SECRETARY, Role.ADMIN),
    )
    ANSWER = (
        "projects:question.answer",
        _("Отговаря на въпроси за проекти"),
        (Role.EDITOR, Role.SECRETARY),
    )
    ENTER = (
        "projects:question.enter",
        _("Записва въпроси за проекти от гише и по телефона"),
        (Role.REGISTRY_CLERK, Role.EDITOR, Role.SECRETARY),
    )
    WATCH = (
        "projects:project.watch",
        _("Получава всяко тримесечие въпроса дали проектите са верни"),
        (Role.EDITOR,),
    )
    FOLLOW = (
        "projects:stage.follow",
        _("Получава имейл, когато срок на етап мине"),
        (Role.MAYOR,),
    )
