"""Training: staff learn by doing in the practice municipality, and it is known who learned what.

It promises that a mission is done when its data says so, not when somebody clicked; that a record
tells until when it holds and reminds in time. It refuses to show one colleague another's records
without a recorded look, and to let anything of practice reach the world.
"""
