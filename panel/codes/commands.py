"""What an administrator says of a code list that is loaded."""

from panel.commands import Command, Day, Text, asked, chosen


class LoadDetails(Command):
    """The name of a version and the day from which it is in force."""

    name: Text = asked("Name of this version", "Enter a name, such as NPCC 2023", longest=80)
    in_force_from: Day = chosen("In force from", "Enter the day from which it is in force")
