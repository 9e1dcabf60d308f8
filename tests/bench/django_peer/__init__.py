"""A peer made as a good Django engineer would: Django, django-tenants, no code of ours.

Cached template loaders, persistent connections, `select_related`, deferred texts, its own fragment
cache; the same pages with as much in them. In Django's templates and in Jinja.
"""
