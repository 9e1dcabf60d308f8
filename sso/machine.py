"""What the identity provider itself calls: somebody signed out of it.

On the region's own host, the one name that resolves everywhere, also where the provider and the
house are neighbours on one machine.
"""

from __future__ import annotations

from flask import Blueprint, Response, current_app, g, request

from obshto.platform.web.access import from_machine
from obshto.sso.oidc import ProviderUnavailable, Refused, current_provider
from obshto.tenants.api import end_sessions, end_sessions_of_subject

machine = Blueprint("sso_machine", __name__)


def _is_from_the_provider() -> bool:
    """A token with the provider's own signature (OpenID Connect Back-Channel Logout 1.0, §2.6)."""
    try:
        g.logout = current_provider().read_logout_token(request.form.get("logout_token", ""))
    except (Refused, ProviderUnavailable) as refusal:
        current_app.logger.warning("back-channel logout refused: %s", refusal)
        return False
    return True


@machine.post("/back-channel-logout")
@from_machine(_is_from_the_provider)
def back_channel_logout() -> Response:
    """The provider's session, or all of a person's, has ended: ours do too."""
    if session := g.logout.get("sid"):
        end_sessions(session)
    else:
        end_sessions_of_subject(current_provider().config.name, g.logout["sub"])
    return Response(headers={"Cache-Control": "no-store"})
