"""Where the shared corpus lies, and the mark for tests that need it: they skip, saying so, where it is absent."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus"

needs_shared = pytest.mark.skipif(not CORPUS.is_dir(), reason="needs ../shared beside the checkout, which is absent")
