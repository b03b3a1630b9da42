"""Sentences of data quality and of extracts."""

OF_QUALITY: dict[str, str] = {
    "case.equality": "Recorded what the figures need of the child: {what}",
    "data.review": "Looked at the data and found it right as it is ({check}): {reason}",
    "data.undo": "Took back that the data is right as it is ({check}): {reason}",
    "extract.make": "Made the extract {reference} with {count} cases: {reason}",
}
