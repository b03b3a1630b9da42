"""The fields of a Word document: only those that count, date or point are let through."""

import re
from collections.abc import Callable

from panel.documents.refused import UploadRefused
from panel.documents.wordlinks import LINKS, safe_link
from panel.documents.wordzips import INSTEAD

FIELDS = f"This Word document holds fields that can fetch or start something. {INSTEAD}"
HARMLESS = frozenset(
    {
        "PAGE",
        "NUMPAGES",
        "PAGEREF",
        "REF",
        "NOTEREF",
        "HYPERLINK",
        "TOC",
        "TC",
        "TOA",
        "TA",
        "XE",
        "INDEX",
        "SEQ",
    }
    | {"STYLEREF", "DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "TITLE", "SUBJECT"}
    | {"AUTHOR", "LASTSAVEDBY", "KEYWORDS", "COMMENTS", "FILENAME", "FILESIZE", "TEMPLATE", "NUMWORDS"}
    | {
        "NUMCHARS",
        "DOCPROPERTY",
        "INFO",
        "USERNAME",
        "USERINITIALS",
        "USERADDRESS",
        "SECTION",
        "SECTIONPAGES",
    }
    | {"REVNUM", "LISTNUM", "AUTONUM", "AUTONUMLGL", "AUTONUMOUT", "SYMBOL", "EQ", "ADVANCE", "MERGEFIELD"}
    | {"FORMTEXT", "FORMCHECKBOX", "FORMDROPDOWN", "CITATION", "BIBLIOGRAPHY", "SHAPE", "="}
)
NAME = re.compile(r"\s*(=|[A-Za-z]+)")
WORDS = re.compile(r'"([^"]*)"|(\S+)')
SWITCH = re.compile(r"\\[A-Za-z*@#]")
WITH_A_WORD = frozenset({"\\l", "\\o", "\\t", "\\*"})  # the word behind these is no address


class Fields:
    """Follows the fields of one part: their words may be spread over many runs."""

    def __init__(self) -> None:
        self._open: list[list[str] | None] = []  # the words so far; None once they are read

    def begin(self, local: str, attributes: dict[str, str]) -> Callable[[str], None] | None:
        """Note an element; what is to be told of the words in it, if anything."""
        if local == "fldSimple":
            self._not_within_words()
            check_field(attributes.get("instr", ""))
        elif local == "fldChar":
            self._mark(attributes.get("fldCharType", ""))
        elif local in ("instrText", "delInstrText"):
            return self._say
        return None

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._not_within_words()
            self._open.append([])
        elif kind in ("separate", "end") and self._open:
            said = self._open.pop()
            if said is not None:
                check_field("".join(said))
            if kind == "separate":
                self._open.append(None)

    def _not_within_words(self) -> None:
        """A field inside the words of another writes them when the document opens: nobody can check those."""
        if self._open and self._open[-1] is not None:
            raise UploadRefused(FIELDS)

    def _say(self, words: str) -> None:
        if not self._open or self._open[-1] is None:
            raise UploadRefused(FIELDS)
        self._open[-1].append(words)

    def finish(self) -> None:
        """The part ends: fields that were never closed are read too."""
        for said in self._open:
            if said is not None:
                check_field("".join(said))


def check_field(words: str) -> None:
    """Raise `UploadRefused` unless the field is harmless and leads nowhere that a link may not lead."""
    if not words.strip():
        return
    name = NAME.match(words)
    if name is None or name[1].upper() not in HARMLESS:
        raise UploadRefused(FIELDS)
    if name[1].upper() == "HYPERLINK" and not all(map(safe_link, _addresses(words[name.end() :]))):
        raise UploadRefused(LINKS)


def _addresses(words: str) -> list[str]:
    found, skip = [], False
    for quoted, bare in WORDS.findall(words):
        if SWITCH.fullmatch(bare):
            skip = bare.lower() in WITH_A_WORD
        elif skip:
            skip = False
        else:
            found.append(quoted or bare)
    return found
