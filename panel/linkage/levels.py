"""How two tidied records are compared, level by level, the best first; each level is a condition in SQL."""

import json
from dataclasses import dataclass
from typing import Any

from panel.linkage.dates import swapped
from panel.linkage.people import Person, forms
from workflows.likeness import sound


@dataclass(frozen=True)
class Level:
    """One step of a comparison: its name in `config/linkage.toml`, and when two records stand on it."""

    name: str
    when: str


# The level of a comparison that says nothing, neither for nor against.
UNKNOWN = "unknown"
# The level of what another comparison counts already: as likely of one child as of two.
COUNTED = "counted"


def _letters_off(one: str, two: str, most: int) -> str:
    """The lengths are looked at first, because that costs next to nothing."""
    return f"(abs(length({one}) - length({two})) <= {most} AND damerau_levenshtein({one}, {two}) <= {most})"


def _a_letter_off(one: str, two: str) -> str:
    return f"(least(length({one}), length({two})) >= 3 AND {_letters_off(one, two, 1)})"


def _names(mine: str, other: str) -> tuple[Level, ...]:
    """The levels of a first or last name; `other` is the name that it may have been swapped with."""
    a, b = f"{mine}_l", f"{mine}_r"
    across = ((f"{mine}_l", f"{other}_r"), (f"{other}_l", f"{mine}_r"))
    turned = " AND ".join(f"jaro_winkler_similarity({one}, {two}) >= 0.88" for one, two in across)
    either = " OR ".join(_a_letter_off(one, two) for one, two in across)
    # One name in the column of the other is one name that fits, whichever of the two it is.
    crossed = f"({either}) AND NOT {_a_letter_off(a, b)} AND NOT {_a_letter_off(f'{other}_l', f'{other}_r')}"
    return (
        Level(UNKNOWN, f"{a} = '' OR {b} = ''"),
        Level("same", f"{a} = {b}"),
        Level("part", f"list_has_any({mine}_words_l, {mine}_words_r)"),
        Level("form", f"list_has_any({mine}_forms_l, {mine}_forms_r)"),
        Level("swapped", turned),
        Level("letter", _a_letter_off(a, b)),
        Level("crossed" if mine == "given" else COUNTED, crossed),
        Level("sound", f"{mine}_sound_l = {mine}_sound_r"),
        Level("alike", f"jaro_winkler_similarity({a}, {b}) >= 0.85"),
        Level("first_letter", f"least(length({a}), length({b})) = 1 AND left({a}, 1) = left({b}, 1)"),
        Level("other", "ELSE"),
    )


SHARED_WORD = "list_has_any(home_words_l, home_words_r)"
NUMBER_AND_WORD = f"number_l <> '' AND number_l = number_r AND {SHARED_WORD}"
# Who moved has another address and another postcode: that is one difference and not two.
NEAR_HOME = f"home_l = home_r OR jaccard(home_l, home_r) >= 0.75 OR {NUMBER_AND_WORD}"

LEVELS: dict[str, tuple[Level, ...]] = {
    "given": _names("given", "family"),
    "family": _names("family", "given"),
    "born": (
        Level(UNKNOWN, "born_l = '' OR born_r = ''"),
        Level("same", "born_l = born_r"),
        Level("swapped", "born_l = turned_r OR born_r = turned_l"),
        Level("digit", "damerau_levenshtein(born_l, born_r) <= 1"),
        Level(
            "year",
            "right(born_l, 4) = right(born_r, 4) "
            "AND abs(cast(left(born_l, 4) AS int) - cast(left(born_r, 4) AS int)) = 1",
        ),
        Level("two_digits", "damerau_levenshtein(born_l, born_r) <= 2"),
        Level("other", "ELSE"),
    ),
    "sex": (
        Level(UNKNOWN, "sex_l = '' OR sex_r = ''"),
        Level("same", "sex_l = sex_r"),
        Level("other", "ELSE"),
    ),
    "home": (
        Level(UNKNOWN, "home_l = '' OR home_r = ''"),
        Level("same", "home_l = home_r"),
        Level("letters", _letters_off("home_l", "home_r", 2)),
        Level("alike", "jaccard(home_l, home_r) >= 0.75"),
        Level("number_and_word", NUMBER_AND_WORD),
        Level("word", SHARED_WORD),
        Level("other", "ELSE"),
    ),
    "postcode": (
        Level(UNKNOWN, "postcode_l = '' OR postcode_r = ''"),
        Level("same", "postcode_l = postcode_r"),
        Level("letter", "damerau_levenshtein(postcode_l, postcode_r) <= 1"),
        Level(COUNTED, f"home_l <> '' AND home_r <> '' AND NOT ({NEAR_HOME})"),
        Level(
            "district", "left(postcode_l, length(postcode_l) - 3) = left(postcode_r, length(postcode_r) - 3)"
        ),
        Level("other", "ELSE"),
    ),
}
# Words of an address that very many share.
EVERYWHERE = frozenset(
    ("road", "street", "avenue", "close", "crescent", "drive", "lane", "place", "court", "flat")
)


LISTS = ("keys", "home_words", "given_words", "given_forms", "family_words", "family_forms")
PLAIN = (
    "born",
    "turned",
    "sex",
    "home",
    "number",
    "postcode",
    "given",
    "given_sound",
    "family",
    "family_sound",
)
SHAPE = json.dumps([{"row": "INTEGER"} | dict.fromkeys(PLAIN, "VARCHAR") | {n: ["VARCHAR"] for n in LISTS}])


def rows(people: list[Person], keys: list[frozenset[str]]) -> str:
    """The columns that the conditions name, one object for each person; `row` is the place in the list."""
    return json.dumps([_row(place, *one) for place, one in enumerate(zip(people, keys, strict=True))])


def _row(place: int, person: Person, keys: frozenset[str]) -> dict[str, Any]:
    row: dict[str, Any] = {
        "row": place,
        "keys": sorted(keys),
        "born": person.born,
        "turned": swapped(person.born),
        "sex": person.sex,
        "home": person.address,
        "home_words": [w for w in person.home if w.isalpha() and len(w) > 2 and w not in EVERYWHERE],
        "number": person.number,
        "postcode": person.postcode,
    }
    for name, words in (("given", person.given), ("family", person.family)):
        whole = "".join(words)
        row[name], row[f"{name}_sound"] = whole, sound(whole)
        row[f"{name}_words"] = [word for word in words if len(word) > 2]
        row[f"{name}_forms"] = sorted(forms(words))
    return row
