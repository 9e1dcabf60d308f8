"""What editors write, in whichever module: earlier versions, files and pictures beside a text.

A module keeps its own tables, made of `models.py`, and says in a `TextKind` what they are.
"""
