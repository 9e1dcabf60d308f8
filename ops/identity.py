"""What gunicorn serves as the embedded identity provider. Production refuses to start it."""

from obshto.ops.compose import identity_book, provider_config
from obshto.ops.config import EMBEDDED_REALM, Config, ConfigError, read_config
from obshto.sso.embedded.grants import Client
from obshto.sso.embedded.provider import EmbeddedProvider, provider_app


def _provider(config: Config) -> EmbeddedProvider:
    if not config.has_embedded_identity:
        raise ConfigError("OIDC_ISSUER names another provider, or this is production.")
    us = provider_config(config)
    client = Client(
        client_id=us.client_id,
        secret=us.client_secret,
        redirect_uri=us.redirect_uri,
        after_sign_out_uri=us.after_sign_out_uri,
        # By address: not every machine knows the names below localhost.
        back_channel_uri=f"{config.base_url}/back-channel-logout",
    )
    return EmbeddedProvider(us.issuer, client, identity_book(config))


app = provider_app(_provider(read_config()), EMBEDDED_REALM)
