"""The pages of the reference, written from the sources: ``make docs``.

A module a subject; each has ``pages()``, which answers the pages' texts by their paths.
"""
