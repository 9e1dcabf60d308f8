"""Slows down who sends one thing over and over, without knowing who it is.

When not to use it: for people who are signed in; a rule about them belongs to the service.
"""
