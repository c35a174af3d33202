"""The one error that ends a capture with a plain message."""


class CaptureError(Exception):
    """Something that the person who runs the tool can read and act upon."""
