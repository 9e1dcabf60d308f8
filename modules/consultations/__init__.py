"""Public consultations: no outcome is published while one opinion lacks an answer.

For everybody, with or without an account, on paper and by phone on the same rails. It promises that
an opinion gets a number, a reasoned answer and a place in a record that strangers can check. It
refuses to publish an outcome while a counted opinion is unanswered, and the name of who wrote in
their own name unless they want it.
"""
