"""Events of a municipality: what is on today, this weekend, in my village.

For who lives there or visits: one calendar on a page, on paper and in any calendar program. It
promises that what was called off or moved says so wherever it stands. It refuses to publish what
nobody of the municipality has looked at: what citizens suggest waits for an editor.
"""
