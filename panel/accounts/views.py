"""Signing in and out, and the administrator's pages."""

from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, flash, redirect, request, session, url_for
from flask_login import current_user, login_user, logout_user

from config.policy import number
from panel.accounts import actions, queries
from panel.accounts import commands as c
from panel.accounts import forms as f
from panel.accounts.sessions import Locked, SignedIn, who
from panel.accounts.sessions import sign_in as open_session
from panel.accounts.sessions import sign_out as close_session
from panel.errors import expect_version
from panel.forms import offer
from panel.pages import page
from panel.request import actor, at, db, today
from workflows.roles import ROLE_WORDS

blueprint = Blueprint("accounts", __name__)
WRONG = "The email address or the password is wrong"


@blueprint.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Any:
    """Sign in."""
    form = f.SignInForm()
    if command := form.read(c.SignInDetails):
        try:
            token = open_session(db(), command.email, command.password, at=at())
        except Locked as locked:
            form.complain("email", f"Too many wrong tries. Wait {locked.minutes} minutes, then try again")
        else:
            if token is not None:
                return _let_in(token)
            db().commit()  # the failed attempt counts even though the page is an error
            form.complain("password", WRONG)
    return page("accounts/sign_in.html", form=form)


def _let_in(token: str) -> Any:
    session.clear()
    person = who(db(), token, at=at())
    if person is not None:
        login_user(SignedIn(person, token))
    return redirect(_safe(request.args.get("next", "")) or url_for("home.index"), 303)


def _safe(target: str) -> str:
    parts = urlsplit(target)
    local = target.startswith("/") and not target.startswith(("//", "/\\"))
    return target if local and not parts.scheme and not parts.netloc else ""


@blueprint.post("/sign-out")
def sign_out() -> Any:
    """Sign out: the session ends on the server."""
    close_session(db(), current_user.get_id(), at=at())
    logout_user()
    session.clear()
    flash("You have signed out.", "success")
    return redirect(url_for("accounts.sign_in"), 303)


@blueprint.route("/password", methods=["GET", "POST"])
def password() -> Any:
    """Change one's own password; every session ends, this one too."""
    form = f.PasswordForm()
    if command := form.read(c.PasswordChange):
        wrong = actions.change_password(db(), queries.myself(db(), actor()), command, by=actor(), at=at())
        if wrong is None:
            flash("Your password has been changed. Sign in with the new one.", "success")
            return redirect(url_for("accounts.sign_in"), 303)
        form.complain("current" if "now" in wrong else "new", wrong)
    return page("accounts/password.html", form=form, shortest=number("password_min", today()))


@blueprint.get("/accounts")
def index() -> Any:
    """Everybody with an account in the administrator's areas."""
    return page("accounts/index.html", people=queries.people(db(), actor()), role_words=ROLE_WORDS)


@blueprint.route("/accounts/new", methods=["GET", "POST"])
def add() -> Any:
    """Add a person."""
    form = f.AccountForm()
    offer(form.area_id, [(area.id, area.name) for area in queries.areas_of(db(), actor())])
    if (command := form.read(c.AccountDetails)) and _in_my_areas(form, command):
        made = actions.add(db(), command, by=actor(), at=at())
        flash(f"{made.user.name} can sign in with this password, shown only once: {made.password}", "success")
        return redirect(url_for("accounts.index"), 303)
    return page("accounts/account.html", form=form, person=None)


@blueprint.route("/accounts/<int(max=2147483647):number>", methods=["GET", "POST"])
def change(number: int) -> Any:
    """Change a person's name, address or role."""
    user, held = queries.person(db(), actor(), number)
    form = f.AccountForm(obj=user, area_id=held.area_id, role=held.role.value, ends_on=held.ends_on)
    offer(form.area_id, [(area.id, area.name) for area in queries.areas_of(db(), actor())])
    if (command := form.read(c.AccountDetails)) and _in_my_areas(form, command):
        expect_version(user, form.seen, {"name": user.name, "email": user.email, "version": user.version})
        actions.change(db(), user, command, by=actor(), at=at())
        flash(f"The account of {user.name} has been changed. They have to sign in again.", "success")
        return redirect(url_for("accounts.index"), 303)
    return page("accounts/account.html", form=form, person=user)


@blueprint.post("/accounts/<int(max=2147483647):number>/end")
def end(number: int) -> Any:
    """End an account."""
    user, _ = queries.person(db(), actor(), number)
    actions.disable(db(), user, by=actor(), at=at())
    flash(f"The account of {user.name} has been ended.", "success")
    return redirect(url_for("accounts.index"), 303)


def _in_my_areas(form: f.AccountForm, command: c.AccountDetails) -> bool:
    if command.area_id in {area.id for area in queries.areas_of(db(), actor())}:
        return True
    form.complain("area_id", "Choose the area")
    return False
