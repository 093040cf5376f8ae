"""A mapping document under edit, without widgets: values in, values out.

The document is the tree that the engine reads and writes; nothing in it that can't be shown
is lost. Standard library only, no Qt.
"""
