"""An invented district to try the service with. Every person, place and number here is made up."""

from panel.demo.load import load
from panel.demo.people import PASSWORD, SIGN_INS

__all__ = ["PASSWORD", "SIGN_INS", "load"]
