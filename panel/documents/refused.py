"""The refusal of a file, and the sentences that several kinds of file share."""

MEGABYTE = 1024 * 1024
TAKEN = "We accept PDF, JPEG, PNG and Word (DOCX) files."


class UploadRefused(ValueError):
    """A file that is not taken; `sentence` tells the person what to do about it."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def unreadable(kind: str) -> str:
    """The sentence for a file that is broken, or is not what it says."""
    return f"This file says it is a {kind} but cannot be read as one. Save it again and upload the new file."
