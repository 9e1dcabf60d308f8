"""Courses: from the first click to a certificate that anybody can check.

A group of a course is booked as a whole; who finds it full waits in order. Attendance decides who
may have a certificate. It tells nobody who attends, and no official what a teacher noted.
"""
