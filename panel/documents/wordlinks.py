"""Where a link in a Word document may lead."""

import re

from panel.documents.wordzips import INSTEAD

LINKS = "This Word document links to files on a computer or network. Print it to a PDF and upload that."
OUTSIDE = f"This Word document fetches parts of itself from other places, which we do not accept. {INSTEAD}"
SAFE_LINK = re.compile(r"(https?://[^\s\\]+|mailto:[^\s\\]+|#[^\s\\]*)?", re.IGNORECASE)


def safe_link(target: str) -> bool:
    """Whether a link leads to the web, to a mailbox or to a place in the document itself."""
    return SAFE_LINK.fullmatch(target) is not None
