"""An identity provider of our own for development: it lists people and asks for no password."""
