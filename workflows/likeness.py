"""How alike two names or two addresses are: points, and the words that say why. Both ways the same."""

import re
import unicodedata
from functools import lru_cache

from rapidfuzz.distance import OSA, Indel

from config.nicknames import groups_of

UNFOLDED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe", "ı": "i", "’": "", "'": "", "`": ""}
)
SAME, FORM, PART, SLIP, SOUND, NEAR = 25, 22, 21, 19, 14, 10
NEARLY = 0.8
# Letters that are heard alike; the order matters.
HEARD = (
    ("ph", "f"),
    ("gh", "g"),
    ("kh", "k"),
    ("ck", "k"),
    ("wr", "r"),
    ("kn", "n"),
    ("sch", "s"),
    ("sh", "s"),
    ("th", "t"),
    ("dh", "d"),
    ("x", "ks"),
    ("q", "k"),
    ("c", "k"),
    ("z", "s"),
    ("j", "g"),
    ("v", "f"),
    ("w", "u"),
)

Likeness = tuple[int, str]


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Small letters without accents and marks, words apart by one space."""
    folded = unicodedata.normalize("NFKD", text.casefold().translate(UNFOLDED))
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    return " ".join(re.findall(r"[^\W_]+", bare))


def names_of(*texts: str) -> list[str]:
    """Every single name in these texts, each once."""
    return list(dict.fromkeys(word for text in texts for word in plain(text).split()))


@lru_cache(maxsize=20_000)
def sound(name: str) -> str:
    """How a plain name is heard: without vowels after the first letter, alike letters as one."""
    for written, heard in HEARD:
        name = name.replace(written, heard)
    kept = name[:1] + re.sub(r"[aeiouyh]", "", name[1:])
    return re.sub(r"(.)\1+", r"\1", re.sub(r"^[aeiouy]", "a", kept))


def ratio(a: str, b: str) -> float:
    """How alike two texts are, 0 to 1."""
    return Indel.normalized_similarity(a, b)


def one_slip(a: str, b: str) -> bool:
    """Whether one letter was missed, added, changed, or two neighbours swapped."""
    return max(len(a), len(b)) >= 4 and OSA.distance(a, b, score_cutoff=1) == 1


def given_names(a: str, b: str, also_a: str = "", also_b: str = "") -> Likeness:
    """How alike two first names are; other names that a child is known by count too."""
    found = (SAME, "same first name") if a == b else _names(plain(a), plain(b), "first name")
    if found[0] < PART and _known_as(a, also_a, b, also_b):
        return PART, "known by the same first name"
    return found


def surnames(a: str, b: str, also_a: str = "", also_b: str = "") -> Likeness:
    """How alike two last names are; earlier and double surnames count too."""
    found = (SAME, "same last name") if a == b else _names(plain(a), plain(b), "last name")
    if found[0] < PART and _known_as(a, also_a, b, also_b):
        return PART, "last name the same as an earlier or other one"
    return found


def _known_as(a: str, also_a: str, b: str, also_b: str) -> bool:
    mine, theirs = set(names_of(a)), set(names_of(b))
    return bool(mine & set(names_of(also_b)) or theirs & set(names_of(also_a)))


@lru_cache(maxsize=50_000)
def _names(a: str, b: str, what: str) -> Likeness:
    if not a or not b:
        return 0, ""
    mine, theirs, joined = a.split(), b.split(), (a.replace(" ", ""), b.replace(" ", ""))
    if a == b or joined[0] == joined[1]:
        return SAME, f"same {what}"
    if groups_of(mine[0]) & groups_of(theirs[0]):
        return FORM, f"{what} another form of the same name"
    if any(len(word) > 2 for word in {*mine} & {*theirs}):
        return PART, f"part of the {what} the same"
    if one_slip(*joined):
        return SLIP, f"{what} one letter off"
    if 1 in (len(a), len(b)) and a[0] == b[0]:
        return NEAR, f"{what} with the same first letter"
    if sound(joined[0]) == sound(joined[1]):
        return SOUND, f"{what} sounds alike"
    if ratio(*joined) >= NEARLY:
        return NEAR, f"{what} alike"
    return 0, ""


def whole_name(given_a: str, surname_a: str, given_b: str, surname_b: str) -> int:
    """Points for a first and a last name that stand the other way round; 0 when they do not."""
    first, _ = _names(plain(given_a), plain(surname_b), "first name")
    last, _ = _names(plain(surname_a), plain(given_b), "last name")
    return first + last - (first + last) % 2 if first >= SLIP and last >= SLIP else 0


def home(a: tuple[str, str], b: tuple[str, str]) -> Likeness:
    """How near two addresses (address, postcode) are."""
    (mine, code_a), (theirs, code_b) = ((plain(t), plain(c).replace(" ", "")) for t, c in (a, b))
    number_a, number_b = (re.match(r"\d+\w*", text) for text in (mine, theirs))
    same_number = number_a and number_b and number_a.group() == number_b.group()
    if mine and (mine == theirs or (code_a == code_b != "" and same_number)):
        return 10, "same address"
    if code_a and code_a == code_b:
        return 5, "same postcode"
    street_a, street_b = (re.sub(r"^\d+\w*\s*", "", text) for text in (mine, theirs))
    return (5, "same street") if len(street_a) > 4 and street_a == street_b else (0, "")
