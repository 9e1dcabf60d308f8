"""Letters of proposals, of their versions and of the questions under them."""

from obshto.modules.proposals.notifications import proposals, questions, versions

NOTIFICATIONS = (
    *proposals.NOTIFICATIONS,
    *questions.NOTIFICATIONS,
    *versions.NOTIFICATIONS,
)
