"""One line of a list, tidied so that two of them can be held against each other."""

import re
from dataclasses import dataclass, replace

from config.nicknames import groups_of
from panel.linkage.dates import digits, whole
from workflows.likeness import plain

COLUMNS = ("id", "given_name", "surname", "date_of_birth", "sex", "address", "postcode")
POSTCODE = re.compile(r"\b([a-z]{1,2}\d[a-z\d]?)\s*(\d[a-z]{2})\b", re.IGNORECASE)
SEXES = {
    **dict.fromkeys(("f", "female", "girl", "woman", "2"), "f"),
    **dict.fromkeys(("m", "male", "boy", "man", "1"), "m"),
}
# What people write when they do not know: it says nothing, and must not look like something that fits.
UNKNOWN = frozenset(
    (
        "unknown",
        "not known",
        "none",
        "null",
        "nan",
        "na",
        "n a",
        "nk",
        "nil",
        "not given",
        "not stated",
        "tbc",
        "x",
    )
)
NO_HOME = frozenset(("no fixed abode", "nfa", "no fixed address", "homeless", "of no fixed abode"))
WRITTEN_SHORT = """
rd:road st:street str:street ave:avenue av:avenue cl:close cres:crescent cr:crescent dr:drive ln:lane pl:place
ct:court sq:square gdns:gardens gdn:gardens tce:terrace terr:terrace gr:grove apt:flat apartment:flat pk:park
hse:house mt:mount
"""
SHORT = dict(pair.split(":") for pair in WRITTEN_SHORT.split())
TITLES = frozenset(("mr", "mrs", "ms", "miss", "master", "mstr", "dr"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """A line as it came, and what of it is compared."""

    id: str
    given_name: str = ""
    surname: str = ""
    date_of_birth: str = ""
    sex: str = ""
    address: str = ""
    postcode: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A record tidied: plain names, a birthday of eight digits, a home in words."""

    id: str
    given: tuple[str, ...]
    family: tuple[str, ...]
    born: str
    sex: str
    home: tuple[str, ...]
    postcode: str
    number: str

    @property
    def given_name(self) -> str:
        """The first names in one word."""
        return "".join(self.given)

    @property
    def surname(self) -> str:
        """The last names in one word."""
        return "".join(self.family)

    @property
    def address(self) -> str:
        """The address in plain words."""
        return " ".join(self.home)


def tidy(record: Record) -> Person:
    """What is compared of a record; what stands in a wrong column is put into its own first."""
    record = _sorted_out(_known(record))
    given, family = _names(record.given_name, record.surname)
    home = tuple(SHORT.get(word, word) for word in plain(record.address).split())
    if not home or " ".join(home) in NO_HOME:
        home = ()
    return Person(
        id=record.id,
        given=given,
        family=family,
        born=digits(record.date_of_birth),
        sex=SEXES.get(record.sex.strip().casefold(), ""),
        home=home,
        postcode=plain(record.postcode).replace(" ", ""),
        number=_number(home),
    )


def _number(home: tuple[str, ...]) -> str:
    """The number of the house: the last number before the name of a street, otherwise the first."""
    numbers = [place for place, word in enumerate(home) if word[0].isdigit()]
    named = [place for place in numbers if place + 1 < len(home) and place + 1 not in numbers]
    return home[named[-1]] if named else home[numbers[0]] if numbers else ""


def _known(record: Record) -> Record:
    return replace(record, **{name: _said(getattr(record, name)) for name in COLUMNS[1:]})


def _said(value: str) -> str:
    """The value, or nothing where it only says that nobody knows."""
    bare = value.strip()
    unsaid = len(bare) < 12 and bare.casefold().strip("-./?* ").replace("/", " ") in UNKNOWN
    return "" if unsaid or not any(map(str.isalnum, bare)) else bare


def _sorted_out(record: Record) -> Record:
    """A date, a sex or a postcode in another column goes to its own, when that one is empty."""
    for name in COLUMNS[1:]:
        said = getattr(record, name)
        if name != "date_of_birth" and not digits(record.date_of_birth) and whole(digits(said)):
            record = replace(record, **{name: record.date_of_birth, "date_of_birth": said})
    if record.sex and record.sex.casefold() not in SEXES:
        for name in ("given_name", "surname", "date_of_birth"):
            if getattr(record, name).casefold() in SEXES:
                record = replace(record, **{name: record.sex, "sex": getattr(record, name)})
    if _is_address(record.postcode) and not _is_address(record.address):
        record = replace(record, address=record.postcode, postcode=record.address)
    found = POSTCODE.search(record.address)
    if found and (not record.postcode or plain(record.postcode) == plain(found[0])):
        left_over = record.address[: found.start()] + record.address[found.end() :]
        record = replace(record, address=left_over, postcode=found[0])
    return record


def _is_address(text: str) -> bool:
    """Whether it is more than a postcode: two words of letters, or one long one."""
    bare = POSTCODE.sub("", text)
    return len([word for word in plain(bare).split() if word.isalpha() and len(word) > 2]) >= 1


def _names(given: str, surname: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """First and last names in words; a whole name in one column is taken apart."""
    if not given and "," in surname:
        surname, _, given = surname.partition(",")
    elif not surname and "," in given:
        surname, _, given = given.partition(",")
    first, last = _words(given), _words(surname)
    if not last and len(first) > 1:
        first, last = first[:-1], first[-1:]
    elif not first and len(last) > 1 and "-" not in surname:
        first, last = last[:-1], last[-1:]
    return first, last


def _words(name: str) -> tuple[str, ...]:
    words = plain(name.replace(".", " ")).split()
    return tuple(word for word in words if word not in TITLES or len(words) == 1)


def forms(words: tuple[str, ...]) -> frozenset[str]:
    """The groups of names that are written in several ways to which these words belong."""
    return frozenset(f"form {group}" for word in (*words, "".join(words)) for group in groups_of(word))
