"""Documents: papers under a number and a code, sealed, that anybody can check without an account.

A part issues, revokes and forgets them; number, typesetting, seal and the page of the check are
here. When not to use it: for lists and figures (`platform.content.pdf`), for what nobody checks.
"""
