"""The accessibility statement of each municipality, with a way to say what stands in one's way.

The statement follows the model of Commission Implementing Decision (EU) 2018/1523. Whoever cannot
read or use something says so without an account; staff see it in a queue until it is answered.
"""
