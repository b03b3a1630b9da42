"""The form of one step: proposed by the case manager, or made a condition by the panel."""

from panel.forms import PanelForm, day, one_of, short, tick
from panel.stepcommand import StepCommand
from workflows.vocabulary import Purpose


class StepForm(PanelForm):
    """What is to be done, by whom, where, when, and how we know that it is done."""

    what = short(StepCommand, "what", "For example: repair the fence with the park rangers")
    who = short(StepCommand, "who", "The name of the worker, or of the service")
    where_at = short(StepCommand, "where_at")
    when_at = short(StepCommand, "when_at", "For example: three Saturdays, 10:00 to 12:00")
    done_when = short(StepCommand, "done_when", "For example: six hours signed off by the rangers")
    due_on = day(StepCommand, "due_on")
    purpose = one_of(StepCommand, "purpose", Purpose)
    hours = short(StepCommand, "hours", "Whole hours; 0 if it is not about attending", width="3")
    at_childs_home = tick(StepCommand, "at_childs_home")
