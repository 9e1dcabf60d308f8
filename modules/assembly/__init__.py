"""General assembly of a village or quarter: called, held in a hall, followed to the end.

For the mayor and staff who call it and write down what was decided, for everybody who comes or
asks later. It promises that each day, number and refusal says why, by article. It refuses to be
the assembly: people come, raise hands and sign on paper, and no name of anybody present is kept.
"""
