"""Forms of the accounts."""

from panel.accounts import commands as c
from panel.forms import PanelForm, day, one_of, password, pick, short
from workflows.roles import Role

HELD = tuple(role for role in Role if role is not Role.CHAIR)


class SignInForm(PanelForm):
    """Sign in."""

    email = short(c.SignInDetails, "email", autocomplete="username")
    password = password(c.SignInDetails, "password", autocomplete="current-password")


class PasswordForm(PanelForm):
    """Change one's own password."""

    current = password(c.PasswordChange, "current", autocomplete="current-password")
    new = password(c.PasswordChange, "new", autocomplete="new-password")


class AreaForm(PanelForm):
    """Whom an area tells."""

    duty_mailbox = short(
        c.AreaDetails, "duty_mailbox", "It hears of every disposal that is given.", autocomplete="off"
    )
    social_care_mailbox = short(
        c.AreaDetails,
        "social_care_mailbox",
        "It hears of every disposal of a looked-after child: only our reference and the number to call.",
    )
    phone = short(c.AreaDetails, "phone", width="20")
    head_id = pick(c.AreaDetails, "head_id", "Hears of what the managers were told and nobody acknowledged.")


class MailForm(PanelForm):
    """How one's mails come."""

    how = one_of(c.MailWishDetails, "how", c.Comes, "What is urgent always comes at once.")


class AccountForm(PanelForm):
    """A person and one role."""

    name = short(c.AccountDetails, "name")
    email = short(c.AccountDetails, "email")
    collar_number = short(c.AccountDetails, "collar_number", width="10")
    area_id = pick(c.AccountDetails, "area_id")
    role = one_of(c.AccountDetails, "role", HELD)
    ends_on = day(
        c.AccountDetails, "ends_on", "A secondment always has a last day. Leave it empty to use 12 months."
    )
