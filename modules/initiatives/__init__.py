"""Civic initiative by law: from the meeting of fifty to the answer that everybody reads.

For a committee of citizens, for the council or mayor who must answer, for everybody. It promises
that each date and number says why, by article. It refuses to take a signature by a click: people
sign on paper, and what the law does not let happen here is said on the first page.
"""
