"""Voters: who takes part in votes by phone, registered by themselves or in the office.

For citizens who want a letter with a code, and for the commission that must know to whom to send
one. It promises that a person registers once, that personal numbers are never kept in clear, and
that a frozen roll does not change. It knows no code, no letter and no ballot.
"""
