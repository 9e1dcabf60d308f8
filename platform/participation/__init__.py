"""Participation of a year: in which ways people were heard, and what came of it.

A component declares its ways in its manifest (`participation`); a report adds them up. Every number
of a group comes as that component tells it to everybody already, or is held back as one of ten at
least must be: nobody can take two tables from each other and find a person.
"""
