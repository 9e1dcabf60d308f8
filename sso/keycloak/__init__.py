"""Keycloak as the identity provider: the realm, the directory of members, the look of its pages."""
