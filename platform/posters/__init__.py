"""What was published as a poster for the door and a leaflet for the hand, with a short address.

When not to use it: for documents that somebody signs, or forms to be filled in on paper.
"""
