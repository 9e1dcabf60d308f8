"""Open data: for journalists, researchers, developers and anybody who wants to check.

It promises a catalogue of tables under stable addresses, made each night out of what the modules
declare or by hand out of a file, and that whoever asks for information gets a public answer within
the law's term. It refuses to publish what names a person, and small numbers of people.
"""
