"""The sheet beside an extract: what each field means, in which codes and version, and what has no answer."""

from collections.abc import Iterator, Mapping, Sequence

from config.extract_fields import Field, edition, not_supplied
from workflows.extracts import CODE_SETS

SHEET = "fields"
NAMES = ("item", "field", "means", "codeSet", "codeSetVersion", "codes", "nameSeenInPublicTexts")
GUIDE = tuple(Field(SHEET, name, name, name) for name in NAMES)


def guide(
    columns: Mapping[str, Sequence[Field]], lists: Mapping[str, Sequence[Mapping[str, str]]]
) -> Iterator[list[str]]:
    """A row for each field, then one for each question of the national data that ours do not answer."""
    for item, fields in columns.items():
        for field in fields:
            seen = "yes" if field.seen else "no, ours"
            yield [item, field.name, field.title, *_codes(field, lists), seen]
    for name, why in not_supplied():
        yield ["not supplied", name, why, "", "", "", ""]


def _codes(field: Field, lists: Mapping[str, Sequence[Mapping[str, str]]]) -> tuple[str, str, str]:
    if field.coded:
        versions = [
            f"{one['name']}, in force from {one['in_force_from']}" for one in lists.get(field.coded, ())
        ]
        return field.coded, "; ".join(versions), "As in the list of that name and version"
    if field.codes:
        codes = "; ".join(f"{code} = {said}" for code, said in CODE_SETS[field.codes])
        return f"{field.codes} (ours)", edition().isoformat(), codes
    return "", "", ""
