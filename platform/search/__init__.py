"""What is published, found however it is asked for: in a municipality, and in the region.

Words become tokens here and not in the database, which has no dictionary of Bulgarian. When not to
use it: for lists of staff, whose rows are not public.
"""
