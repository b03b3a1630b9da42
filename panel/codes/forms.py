"""The pages on which code lists are loaded."""

from panel.codes.commands import LoadDetails
from panel.forms import PanelForm, day, file, short


class LoadForm(PanelForm):
    """A file with its name and first day."""

    name = short(LoadDetails, "name", "For example: NPCC 2023", width="20")
    in_force_from = day(
        LoadDetails,
        "in_force_from",
        "Events on this day and later use this version, until another one starts. For example, 1 9 2023",
    )
    list = file("File", "CSV, as a spreadsheet saves it")


class PressForm(PanelForm):
    """A button: nothing to type."""
