"""A flow as a picture, with the way taken marked."""

from portal.flows.drawings.svg import drawing

__all__ = ["drawing"]
