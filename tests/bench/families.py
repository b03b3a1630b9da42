"""Invented lists of children for measuring: families with twins, and a second list with slips."""

import random
from dataclasses import dataclass, replace
from datetime import date, timedelta

from config.nicknames import alike
from panel.linkage.people import Record

ORIGINS = {
    "english": (
        "Oliver Jack Harry George Charlie Thomas William James "
        "Joshua Daniel Samuel Joseph Callum Ryan Connor Liam",
        "Olivia Amelia Emily Jessica Sophie Grace Lily Ella "
        "Chloe Megan Katie Rebecca Charlotte Lucy Hannah Beth",
        "Smith Jones Taylor Brown Williams Wilson Johnson "
        "Davies Robinson Wright Thompson Evans Walker White Green",
    ),
    "south asian": (
        "Mohammed Ahmed Ali Hassan Yusuf Ibrahim Bilal Hamza "
        "Zain Imran Arjun Rohan Harpreet Gurpreet Aman Usman",
        "Aisha Fatima Zainab Mariam Amina Khadija Priya Anjali "
        "Simran Jaspreet Noor Sana Hafsa Sumaiya Kiran Nadia",
        "Khan Ahmed Hussain Ali Begum Patel Singh Kaur "
        "Rahman Iqbal Malik Akhtar Mahmood Chaudhry Sharma Miah",
    ),
    "eastern european": (
        "Jakub Mateusz Kacper Filip Aleksander Andrei Stefan "
        "Mihai Ionut Tomasz Dawid Krzysztof Igor Lukasz Marek",
        "Zuzanna Julia Maja Aleksandra Katarzyna Ioana Elena "
        "Andreea Natalia Oliwia Magdalena Wiktoria Daria Alina",
        "Nowak Kowalski Wiśniewska Wójcik Popescu Ionescu "
        "Radu Kovács Horváth Dimitrov Petrov Żukowski Szymańska",
    ),
    "african": (
        "Kwame Kofi Chukwuemeka Oluwaseun Tunde Emeka Abdi "
        "Abdirahman Yonas Tariq Samuel Emmanuel Daniel Kelechi",
        "Adaeze Chidinma Oluwatobi Ayomide Abena Akosua Hodan "
        "Halima Ifrah Selam Blessing Grace Precious Ngozi",
        "Okafor Adeyemi Mensah Osei Boateng Okonkwo Balogun "
        "Hassan Mohamed Ali Abdi Warsame Tesfaye Nwosu Eze",
    ),
    "traveller": (
        "John Patrick Michael Martin James Thomas Miley Paddy "
        "Francis Bernard Hughie Jimmy Simon Levi Elijah Tom",
        "Margaret Mary Bridget Kathleen Winifred Ann Nora "
        "Shania Chantelle Barbara Helen Rosie Philomena Kizzy",
        "Ward McDonagh O'Neil Connors O'Driscoll Maughan Doran "
        "Joyce Cash Price Lee Smith Delaney O'Brien Cassidy",
    ),
}
ENDINGS = ("Road", "Street", "Avenue", "Close", "Crescent", "Drive", "Lane", "Place", "Gardens", "Terrace")
STREETS = (
    "High Church Station Victoria Green Mill Park Chapel Queens Manor Albert Elm Oak Cedar Bramley Holly Ash"
)
SHORT = {"Road": "Rd", "Street": "St", "Avenue": "Ave", "Close": "Cl", "Crescent": "Cres", "Drive": "Dr"}
TOWNS = ("Northwick", "Easthampton", "Westbury Cross", "Millbrook", "Ashdown", "Stanley Green")


@dataclass(frozen=True)
class Lists:
    """Two lists, and which lines of them are of one child."""

    left: list[Record]
    right: list[Record]
    truth: frozenset[tuple[str, str]]


def lists(size: int, *, seed: int, held: float = 0.7) -> Lists:
    """Two lists of `size` children; `held` of the first stand in the second too, written by somebody else."""
    chance = random.Random(seed)
    children: list[Record] = []
    while len(children) < 2 * size:
        children += family(chance, f"{len(children)}")
    left = children[:size]
    chosen = sorted(chance.sample(range(size), round(size * held)))
    right = [replace(written_again(children[at], chance), id=f"r{at}") for at in chosen]
    # Brothers, sisters and strangers of the children, who stand in the second list alone.
    missing = sorted(set(range(size)) - set(chosen))
    right += [replace(stranger, id=f"s{stranger.id}") for stranger in _others(left, missing, chance)]
    right += [replace(other, id=f"s{other.id}") for other in children[size : size + size - len(right)]]
    chance.shuffle(left)
    chance.shuffle(right)
    truth = frozenset((child.id, f"r{at}") for at, child in enumerate(children[:size]) if at in set(chosen))
    return Lists(left, right, truth)


def _others(left: list[Record], places: list[int], chance: random.Random) -> list[Record]:
    """A twin or a sibling of every third child that is in the first list only."""
    found = []
    for place in places[::3]:
        child = left[place]
        names = [
            n
            for n in _given(child, chance)
            if n != child.given_name and n.lower() not in alike(child.given_name.lower())
        ]
        born = date.fromisoformat(child.date_of_birth)
        born = born if chance.random() < 0.3 else born + timedelta(days=chance.randint(400, 1500))
        found.append(replace(child, id=f"{child.id}-sib", given_name=names[0], date_of_birth=f"{born}"))
    return found


def _given(child: Record, chance: random.Random) -> list[str]:
    for boys, girls, _ in ORIGINS.values():
        for names in (boys.split(), girls.split()):
            if child.given_name in names:
                return chance.sample(names, len(names))
    raise ValueError(child.given_name)


def family(chance: random.Random, number: str) -> list[Record]:
    """One to four children at one address, now and then twins."""
    boys, girls, surnames = (words.split() for words in ORIGINS[chance.choice(list(ORIGINS))])
    surname = chance.choice(surnames)
    if chance.random() < 0.04:
        surname += "-" + chance.choice(surnames)
    street = f"{chance.choice(STREETS.split())} {chance.choice(ENDINGS)}"
    address = f"{chance.randint(1, 150)} {street}, {chance.choice(TOWNS)}"
    unit = "".join(chance.choices("ABDEFGHJLN", k=2))
    postcode = f"ZZ{chance.randint(1, 40)} {chance.randint(1, 9)}{unit}"
    born = date(2008, 1, 1) + timedelta(days=chance.randint(0, 2900))
    made: list[Record] = []
    while len(made) < 4 and (not made or chance.random() < 0.3):
        girl = chance.random() < 0.4
        left_over = sorted({*(girls if girl else boys)} - {record.given_name for record in made})
        child = Record(
            id=f"{number}.{len(made)}",
            given_name=chance.choice(left_over),
            surname=surname,
            date_of_birth=f"{born}",
            sex="F" if girl else "M",
            address=address,
            postcode=postcode,
        )
        made.append(child)
        if chance.random() > 0.06:
            born += timedelta(days=chance.randint(330, 1500))
    return made


def written_again(child: Record, chance: random.Random) -> Record:
    """The same child as another service wrote it down."""
    given, surname = _name_again(child.given_name, chance), _surname_again(child.surname, chance)
    if chance.random() < 0.015:
        given, surname = surname, given
    address, postcode = _home_again(child, chance)
    sex = child.sex if chance.random() > 0.06 else chance.choice(["", "", "", "Unknown", "M", "F"])
    again = replace(child, given_name=given, surname=surname, sex=sex, address=address, postcode=postcode)
    again = replace(again, date_of_birth=_born_again(child.date_of_birth, chance))
    if chance.random() < 0.005:
        return replace(again, address=again.postcode, postcode=again.address)
    return again


def _name_again(name: str, chance: random.Random) -> str:
    luck = chance.random()
    others = sorted(alike(name.lower()))
    if luck < 0.14 and others:
        return chance.choice(others).title()
    if luck < 0.19:
        return slip(name, chance)
    if luck < 0.22:
        return f"{name} {chance.choice(['James', 'Marie', 'Ali', 'Lee'])}"
    return "" if luck < 0.23 else name.upper() if luck < 0.4 else name


def _surname_again(name: str, chance: random.Random) -> str:
    luck = chance.random()
    if luck < 0.05:
        return slip(name, chance)
    if luck < 0.3:
        return name.replace("'", "").replace("-", " ").translate(str.maketrans("śńŻźóćął", "snZzocal"))
    if luck < 0.4:
        return name.split("-")[0].upper()
    if luck < 0.42:
        return chance.choice(["Baker", "Hughes", "Novak", "Farah", "Byrne"])
    return "" if luck < 0.425 else name


def _born_again(born: str, chance: random.Random) -> str:
    day = date.fromisoformat(born)
    luck = chance.random()
    if luck < 0.01 and day.day <= 12:
        return f"{day:%Y-%d-%m}"
    if luck < 0.02:
        return f"{day.year + chance.choice([-1, 1])}{born[4:]}" if born[5:] != "02-29" else born
    if luck < 0.04:
        place = chance.choice([3, 6, 9])
        return born[:place] + chance.choice("0123456789") + born[place + 1 :]
    if luck < 0.07:
        return ""
    return f"{day:%d/%m/%Y}" if luck < 0.5 else born


def _home_again(child: Record, chance: random.Random) -> tuple[str, str]:
    address, postcode, luck = child.address, child.postcode, chance.random()
    if luck < 0.1:
        moved = family(chance, "0")[0]
        return moved.address, moved.postcode
    if luck < 0.17:
        address = ""
    elif luck < 0.3:
        address = slip(address, chance)
    elif luck < 0.5:
        number, street, ending, *_ = address.replace(",", "").split()
        address = f"{number} {street} {SHORT.get(ending, ending)}"
    luck = chance.random()
    if luck < 0.07:
        return address, ""
    return address, slip(postcode, chance) if luck < 0.1 else postcode.replace(
        " ", ""
    ) if luck < 0.3 else postcode


def slip(text: str, chance: random.Random) -> str:
    """One letter missed, doubled, changed, or two neighbours swapped."""
    if len(text) < 3:
        return text
    at = chance.randrange(1, len(text) - 1)
    what = chance.randrange(4)
    if what == 0:
        return text[:at] + text[at + 1 :]
    if what == 1:
        return text[:at] + text[at] + text[at:]
    if what == 2:
        return text[:at] + chance.choice("aeinorst") + text[at + 1 :]
    return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
