"""A Keycloak of one's own, for development and for the tests."""
