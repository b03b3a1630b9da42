"""What is wrong with a setting."""


class SettingsError(Exception):
    """One line that names the variable that is wrong and says what to set. It never repeats a secret."""
