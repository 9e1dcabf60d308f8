"""Municipal council: who sits in it, materials by point, votes by name, attendance, questions.

Sessions, agendas, minutes and decisions are those of `meetings`, met by the port `CouncilSessions`;
what is known here stands in the minutes by the port `CouncilRecords`. Votes are appended and never
changed: a correction is a further count with its reason. Secret ballots are not kept here.
"""
