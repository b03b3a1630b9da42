"""Identifiers of people and cases: one way to write each, and the check that finds a slip (law digest, 15).

Each function takes what a person typed, with any spaces and in any letter case, and gives back the one
form in which we keep it, or None when it is not valid. No identifier is ever required (ID-2).
"""

import re
from datetime import date

POLICE_LETTERS = "ZABCDEFGHJKLMNPQRTUVWXY"  # of PNC ID, CRO and arrest summons numbers: no I, O or S
SCHOOL_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"  # of the unique pupil number


def pnc_id(text: str, *, today: date) -> str | None:
    """'2019/0412345P' for any way of writing it; two digits of a year later than ours are of 19YY (ID-1)."""
    found = re.fullmatch(r"(\d{4}|\d{2})/?(\d{1,7})([A-Z])", _plain(text), re.ASCII)
    if found is None:
        return None
    year, serial, letter = found.groups()
    if len(year) == 2:
        century = today.year // 100
        year = f"{century if int(year) <= today.year % 100 else century - 1}{year}"
    serial = serial.zfill(7)
    return f"{year}/{serial}{letter}" if letter == _police_letter(year[2:] + serial) else None


def cro_number(text: str) -> str | None:
    """'265416/21G', or 'SF21/12345A' for a short file."""
    plain = _plain(text)
    if found := re.fullmatch(r"(\d{1,6})/(\d{2})([A-Z])", plain, re.ASCII):
        serial, year, letter = found.groups()
        serial = serial.zfill(6)
        return f"{serial}/{year}{letter}" if letter == _police_letter(year + serial) else None
    if found := re.fullmatch(r"SF(\d{2})/(\d{1,6})([A-Z])", plain, re.ASCII):
        year, serial, letter = found.groups()
        return plain if letter == _police_letter(year + serial) else None
    return None


def arrest_summons_number(text: str) -> str | None:
    """'1101ZD0100000448754K': year, force, unit, system, 11 digits, letter; the unit is unchecked."""
    found = re.fullmatch(
        r"(\d{2})/?([0-9A-Z]{2})([0-9A-Z]{2})/?(\d{2})/?(\d{1,11})([A-Z])", _plain(text), re.ASCII
    )
    if found is None:
        return None
    year, force, unit, system, serial, letter = found.groups()
    serial = serial.zfill(11)
    checked = (force if force.isdigit() else "") + system + year + serial
    return f"{year}{force}{unit}{system}{serial}{letter}" if letter == _police_letter(checked) else None


def pupil_number(text: str) -> str | None:
    """The unique pupil number: a letter and 12 digits, or with a letter at the end for a temporary one."""
    plain = _plain(text)
    if not re.fullmatch(r"[A-Z]\d{11}[0-9A-Z]", plain, re.ASCII):
        return None
    digits = [*map(int, plain[1:12])]
    last = plain[12]
    if not last.isdigit() and last not in SCHOOL_LETTERS:
        return None
    digits.append(int(last) if last.isdigit() else SCHOOL_LETTERS.index(last))
    total = sum(digit * weight for weight, digit in enumerate(digits, 2))
    return plain if plain[0] == SCHOOL_LETTERS[total % 23] else None


def nhs_number(text: str) -> str | None:
    """'943 476 5919': ten digits, the last of which checks the others."""
    plain = re.sub(r"[\s-]", "", text)
    if not re.fullmatch(r"\d{10}", plain, re.ASCII):
        return None
    check = 11 - sum(int(digit) * weight for digit, weight in zip(plain, range(10, 1, -1), strict=False)) % 11
    if check == 10 or check % 11 != int(plain[9]):
        return None
    return f"{plain[:3]} {plain[3:6]} {plain[6:]}"


def offence_code(text: str) -> str | None:
    """A CJS offence code such as 'MD71101', 'COML025' or 'TH68001A' for an attempt; it has no check."""
    plain = _plain(text)
    return plain if re.fullmatch(r"(?:[A-Z]{2}\d{5}|COML\d{3})[ABCI]?", plain, re.ASCII) else None


def crime_reference(text: str) -> str | None:
    """The force's crime reference: 11 digits; which part is the year differs by force and is not checked."""
    plain = re.sub(r"[\s/-]", "", text)
    return plain if re.fullmatch(r"\d{11}", plain, re.ASCII) else None


def postcode(text: str) -> str:
    """'KD1 2AB' for any way of writing it; what is no British postcode stays as it was typed."""
    plain = re.sub(r"[\s.-]", "", text).upper()
    if not re.fullmatch(r"[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}", plain, re.ASCII):
        return text
    return f"{plain[:-3]} {plain[-3:]}"


def outward(code: str) -> str:
    """The first half of a postcode: enough to tell two children apart, too little to find one."""
    return code.split(" ")[0] if " " in code else ""


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text).upper()


def _police_letter(digits: str) -> str:
    return POLICE_LETTERS[int(digits) % 23]
