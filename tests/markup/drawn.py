"""Small drawings to test with."""

from portal.markup.drawing_rules import NAMESPACE

SVG = f"{{{NAMESPACE}}}"


def small(body: str = "", attributes: str = "") -> str:
    return (
        f'<svg xmlns="{NAMESPACE}" viewBox="0 0 100 100" fill="none" font-size="10" {attributes}>'
        f'<title id="title">A title</title><desc id="desc">A description</desc>{body}</svg>'
    )
