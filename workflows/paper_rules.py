"""The rules about what the panel has read when it decides (law digest, 6)."""

from workflows.case_facts import CaseGuard

PAPERS_PUBLISHED = CaseGuard(
    "papers_published",
    lambda f: f.papers_published,
    "The papers of this case have not been published to the panel: publish them, so that everyone reads the "
    "same.",
    "PAN-5",
    "Decision record minimum",
    where="pack",
)
PAPERS_CURRENT = CaseGuard(
    "papers_current",
    lambda f: f.papers_current,
    "The papers have changed since they were published: publish them again and read what is new.",
    "PAN-5",
    "Decision record minimum",
    where="pack",
)
