"""Accounts from the command line, and on which address the app is served."""

import os
from dataclasses import replace

import pytest

from domain.access import Grant, StaffRole
from services import account_list, set_up
from services.accounts import actor_of
from services.runtime import Runtime
from tests.made_accounts import PASSWORD, cheap_passwords, make_account, make_first, token_in
from tests.test_manage import refusal, run

LEADER = Grant(StaffRole.LEADER)


@pytest.fixture(autouse=True)
def quick():
    with cheap_passwords():
        yield


class Started(Exception):
    """The command went as far as starting the server."""


@pytest.fixture
def started(app_runtime: Runtime, monkeypatch):
    """With what the server would be started; a new process would end this one."""
    told = []

    def start(_, arguments):
        told.extend(arguments)
        raise Started

    monkeypatch.setattr(os, "execv", start)
    monkeypatch.chdir(os.getcwd())
    monkeypatch.setenv("ROUNDTABLE_FOLDER", str(app_runtime.settings.folder))
    app_runtime.settings.prepared_stamp.touch()
    return told


def serve(*arguments):
    result = run("serve", *arguments)
    return result.output


def test_an_account_is_made_with_a_role_and_a_link(app_runtime):
    told = run("accounts", "add", "Ann Lee", "ann@als.example", "--role", "leader").output

    link = next(word for word in told.split() if "/set-up/" in word)
    assert actor_of(set_up.use_link(token_in(link), PASSWORD)).grants == (LEADER,)


def test_the_list_tells_roles_and_what_is_missing(app_runtime):
    make_first("June")
    account_list.add_account("Ann", "ann", (LEADER,))

    told = run("accounts", "list").output.splitlines()

    assert told == [
        "ann: Ann; leader; not set up",
        "june: June; admin, facilitator, reviewer, leader, analyst",
    ]


def test_a_role_is_given_and_taken(app_runtime):
    make_first("June")
    make_account("Ann", LEADER)

    assert run("accounts", "grant", "ann", "--role", "analyst").output == "analyst: given.\n"
    assert run("accounts", "grant", "ann", "--role", "leader", "--take").output == (
        "leader: taken.\n"
    )
    assert account_list.people()[0].grants == (Grant(StaffRole.ANALYST),)


def test_a_role_for_a_meeting_that_is_not_there_is_refused(app_runtime):
    make_account("Ann", LEADER)

    said = refusal("accounts", "grant", "ann", "--role", "reviewer", "--meeting", "nowhere")

    assert said == "Error: There is no meeting with id 'nowhere'."


def test_an_account_is_disabled_and_opened_again(app_runtime):
    make_first("June")
    token = make_account("Ann", LEADER)

    run("accounts", "disable", "ann")
    assert actor_of(token) is None
    assert account_list.people()[0].is_disabled
    run("accounts", "disable", "ann", "--undo")

    assert not account_list.people()[0].is_disabled


def test_a_lost_link_is_made_anew(app_runtime):
    make_account("Ann", LEADER)

    told = run("accounts", "link", "ann").output

    assert set_up.open_link(token_in(told.strip())).name == "Ann"


def test_a_name_that_nobody_has_is_told(app_runtime):
    assert "Nobody has the sign-in name eve" in refusal("accounts", "disable", "eve")


def test_serving_without_accounts_prints_the_link_for_the_first_one(started):
    told = serve()

    link = next(word for word in told.split() if "/set-up/" in word)
    assert set_up.open_link(token_in(link)).is_first
    assert "only this computer can open the app" in told
    assert started[-2:] == ["--server.address", "127.0.0.1"]


def test_serving_with_accounts_prints_no_link(started):
    make_first("June")

    assert "set-up" not in serve()
    assert started


def test_serving_others_without_accounts_is_refused(started):
    """S7: Others would get in without a sign-in."""
    assert "no account yet" in refusal("serve", "--address", "0.0.0.0")
    assert started == []


def test_serving_others_without_https_is_refused(started):
    """S3: Somebody could listen to a password."""
    make_first("June")

    assert "others can listen" in refusal("serve", "--address", "0.0.0.0")
    assert started == []


def test_serving_others_with_accounts_and_https_begins(started, app_runtime):
    make_first("June")
    app_runtime.settings = replace(app_runtime.settings, public_url="https://table.example")

    serve("--address", "0.0.0.0")

    assert started[-2:] == ["--server.address", "0.0.0.0"]
