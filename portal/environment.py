"""Reads settings from the environment and fails loudly, naming variable and cure, on a value that makes no sense."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE, FALSE = frozenset({"1", "true", "on"}), frozenset({"0", "false", "off", ""})


def text(name: str, *, default: str = "") -> str:
    return os.environ.get(name, default).strip()


def flag(name: str, *, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().casefold() in TRUE:
        return True
    if value.strip().casefold() in FALSE:
        return False
    raise ImproperlyConfigured(
        f'{name}="{value}" is neither 1 nor 0. Set it to 1, true or on; 0, false or off; or unset it.'
    )


def integer(name: str, *, default: int, least: int = 0, most: int = 2**31) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= most:
        raise ImproperlyConfigured(
            f'{name}="{value}" is not a whole number from {least} to {most}. Correct or unset it.'
        )
    return int(value)


def words(name: str, *, default: list[str]) -> list[str]:
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else default


def secret(name: str, *, file: Path, may_make: bool) -> str:
    """The secret from the environment; else, on a laptop only, from `file`, made once and readable by its owner alone."""
    if value := text(name):
        if len(value) < 32:
            raise ImproperlyConfigured(f"{name} is shorter than 32 characters. Set a longer random value.")
        return value
    if not may_make:
        raise ImproperlyConfigured(
            f"{name} is not set. Set it to at least 32 random characters, the same for every process."
        )
    try:
        return file.read_text()
    except FileNotFoundError:
        pass
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        with open(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as handle:
            handle.write(secrets.token_urlsafe(48))
    except FileExistsError:
        pass
    return file.read_text()
