"""Letters of proposals and of the questions under them."""

from obshto.modules.proposals.notifications import proposals, questions

NOTIFICATIONS = (*proposals.NOTIFICATIONS, *questions.NOTIFICATIONS)
