"""The Python API: everything that the command line does, as functions and as methods of ``Tables``.

``broadsheet`` exports all public names; each module here is imported when one of its names is first used.
"""
