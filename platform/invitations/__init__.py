"""Invitations of groups by name: once each, by a letter whose link says who was invited.

The tables are those of the modules: each says when the letter leaves and what answers it.
"""
