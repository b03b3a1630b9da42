"""Small files that a person could have."""

from pathlib import Path


def small_pdf(path: Path) -> Path:
    """A PDF of one empty page."""
    import pikepdf

    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(path)
    return path
