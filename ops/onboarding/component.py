"""What onboarding contributes: a checklist in each console; the team's pages are the board's."""

from pathlib import Path

from flask_babel import lazy_gettext as _

from obshto.ops.onboarding.console import console
from obshto.ops.onboarding.events import WelcomeAsked
from obshto.ops.onboarding.models import Welcome
from obshto.ops.onboarding.permissions import OnboardingPermission
from obshto.ops.onboarding.services import FINISH, finish
from obshto.platform.modularity.manifest import Component, Door, Job, NavEntry, NoPersonalData

COMPONENT = Component(
    slug="onboarding",
    folder=Path(__file__).parent,
    models=(Welcome,),
    permissions=tuple(OnboardingPermission),
    console=console,
    door=Door.SETTINGS,
    nav=(
        NavEntry(
            label=_("Преди откриването"),
            endpoint="onboarding_console.index",
            permission=OnboardingPermission.SEE,
            weight=94,
        ),
    ),
    jobs=(Job(name=FINISH, run=finish),),
    events=(WelcomeAsked,),
    notices={
        "onboarding.asked": _("Порталът се създава. Страницата показва докъде е стигнал."),
        "onboarding.again": _("Продължаваме оттам, докъдето стигна"),
    },
    privacy=NoPersonalData(
        because="it names an invited official, whose invitation is the municipality's own row"
    ),
)
