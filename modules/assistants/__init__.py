"""Digital assistants: somebody comes home and shows how; the person stays in charge.

For people who will not come to a counter or a centre. It promises that they are told who comes,
that their address opens on the day of the visit and to that visitor alone, and that a visit of
which no word comes is noticed. It refuses to put an address into any message, to plan two visits at
once, and to act in the person's place: the assistant shows, the person presses.
"""
