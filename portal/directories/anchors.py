"""Source anchors in their three spellings: GUID text in AD, base64 in the cloud, hexadecimal in the connector's DN."""

from __future__ import annotations

import base64
import binascii
import uuid


def anchor_of(guid: str) -> str:
    """The immutable ID (base64 of the 16 raw bytes) of a GUID as AD shows it."""
    return base64.b64encode(uuid.UUID(guid).bytes_le).decode()


def guid_of(anchor: str) -> str:
    """The GUID text of an immutable ID, empty for a custom anchor (not base64 of 16 bytes)."""
    try:
        raw = base64.b64decode(anchor, validate=True)
    except (binascii.Error, ValueError):
        return ""
    return str(uuid.UUID(bytes_le=raw)) if len(raw) == 16 else ""


def connector_dn(anchor: str) -> str:
    """The DN of an object in the cloud connector's space: the ASCII of its anchor in hexadecimal."""
    return f"CN={{{anchor.encode().hex().upper()}}}"


def anchor_in(dn: str) -> str:
    """The anchor that a connector-space DN carries, empty where the DN is of another kind."""
    if not (dn.upper().startswith("CN={") and dn.endswith("}")):
        return ""
    try:
        return bytes.fromhex(dn[4:-1]).decode("ascii")
    except ValueError:
        return ""
