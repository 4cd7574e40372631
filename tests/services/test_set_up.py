"""One-time links: the first account, further ones, and what happens to a link that is lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from domain.access import EVERY_ROLE, Grant, StaffRole
from domain.errors import AddressRefused, LinkUnknown, NotAllowedNow, PasswordRefused
from services import account_list, accounts, set_up
from services.accounts import actor_of, has_accounts
from services.binding import refuse_open_address
from services.runtime import Runtime, use_runtime
from services.set_up import first_link, open_link, use_link
from services.settings import read_settings
from store.tables import account, declaration
from tests.made_accounts import (
    PASSWORD,
    cheap_passwords,
    make_account,
    make_first,
    sign_in,
    token_in,
)

LEADER = Grant(StaffRole.LEADER)


@pytest.fixture(autouse=True)
def quick():
    with cheap_passwords():
        yield


@pytest.fixture
def june(app_runtime):
    return make_first("June")


@pytest.fixture
def under_https(app_runtime):
    """The same store, reached through TLS."""
    told = {
        "ROUNDTABLE_FOLDER": str(app_runtime.settings.folder),
        "ROUNDTABLE_PUBLIC_URL": "https://table.example",
        "ROUNDTABLE_WORKER": "0",
    }
    made = Runtime(read_settings(told))
    use_runtime(made)
    yield made
    made.store.close()
    use_runtime(app_runtime)


def test_a_link_that_never_was_opens_nothing(app_runtime):
    first_link()

    for token in ("", "x" * 43):
        with pytest.raises(LinkUnknown):
            open_link(token)


def test_the_first_link_makes_one_account_with_every_role_and_works_once(app_runtime):
    link = first_link()
    session = use_link(token_in(link), PASSWORD, name="June", sign_in_name="june@als.example")

    assert actor_of(session).grants == EVERY_ROLE
    with pytest.raises(LinkUnknown):
        use_link(token_in(link), PASSWORD, name="Eve", sign_in_name="eve")
    assert [person.name for person in account_list.people()] == ["June"]


def test_two_people_with_the_first_link_make_one_account(app_runtime):
    token = token_in(first_link())

    def use(name):
        try:
            return use_link(token, PASSWORD, name=name, sign_in_name=name)
        except LinkUnknown:
            return None

    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(use, [f"person {n}" for n in range(8)]))

    assert len([token for token in made if token]) == 1
    assert len(account_list.people()) == 1


def test_there_is_no_first_link_once_there_is_an_account(june):
    assert first_link() is None


def test_the_first_link_of_an_earlier_start_stops_working(app_runtime):
    old, new = first_link(), first_link()

    with pytest.raises(LinkUnknown):
        open_link(token_in(old))
    assert open_link(token_in(new)).is_first


def test_the_store_keeps_of_a_first_link_what_opens_nothing(app_runtime, store):
    token = token_in(first_link())

    with store.read() as tx:
        kept = dict(tx.execute(select(declaration.c.name, declaration.c.value)).all())
    assert token not in str(kept)
    with pytest.raises(LinkUnknown):
        open_link(kept["first_set_up"])


def test_looking_at_a_link_does_not_use_it_up(june):
    token = token_in(account_list.add_account("Ann", "ann", (LEADER,)))

    assert [open_link(token).name for _ in range(3)] == ["Ann"] * 3
    assert actor_of(use_link(token, PASSWORD))


def test_a_further_link_works_once(june):
    token = token_in(account_list.add_account("Ann", "ann", (LEADER,)))
    use_link(token, PASSWORD)

    with pytest.raises(LinkUnknown):
        use_link(token, "quite other words now")
    assert actor_of(sign_in("Ann"))


def test_whoever_uses_a_further_link_cannot_choose_who_they_are(june):
    token = token_in(account_list.add_account("Ann", "ann", (LEADER,)))

    session = use_link(token, PASSWORD, name="June", sign_in_name="june")

    assert actor_of(session).name == "Ann"
    assert actor_of(sign_in("June")).name == "June"


def test_a_further_link_works_for_seven_days(june, store):
    token = token_in(account_list.add_account("Ann", "ann", (LEADER,)))
    with store.write() as tx:
        until = tx.execute(
            select(account.c.set_up_until).where(account.c.sign_in_name == "ann")
        ).scalar_one()
        late = until - timedelta(days=7, seconds=1)
        tx.execute(update(account).where(account.c.sign_in_name == "ann").values(set_up_until=late))

    with pytest.raises(LinkUnknown):
        open_link(token)


def test_a_new_link_replaces_a_lost_one(june):
    lost = token_in(account_list.add_account("Ann", "ann", (LEADER,)))

    new = token_in(account_list.renew_link(account_list.account_called("ann")))

    with pytest.raises(LinkUnknown):
        open_link(lost)
    assert open_link(new).name == "Ann"


def test_a_new_password_by_link_signs_out_everywhere_and_ends_a_lock(june):
    before = make_account("Ann", LEADER)
    for _ in range(5):
        with pytest.raises(accounts.SignInRefused):
            sign_in("Ann", "not the password")

    link = account_list.renew_link(account_list.account_called("ann"))
    use_link(token_in(link), "quite other words now")

    assert actor_of(before) is None
    assert actor_of(sign_in("Ann", "quite other words now"))


def test_the_link_of_a_disabled_account_does_not_work(june):
    make_account("Ann", LEADER)
    id = account_list.account_called("ann")
    token = token_in(account_list.renew_link(id))

    account_list.disable(id)

    with pytest.raises(LinkUnknown):
        open_link(token)
    with pytest.raises(NotAllowedNow):
        account_list.renew_link(id)


def test_a_weak_password_leaves_the_link_usable(june):
    token = token_in(account_list.add_account("Ann", "ann", (LEADER,)))

    with pytest.raises(PasswordRefused):
        use_link(token, "ann")

    assert actor_of(use_link(token, PASSWORD))


@pytest.mark.parametrize(
    ("name", "sign_in_name"),
    [
        ("", "ann"),
        ("  ", "ann"),
        ("Ann", ""),
        ("Ann", "x" * 121),
        ("June", "ann"),
        ("JUNE", "ann"),
        ("Ann", " June "),
        ("command line", "ann"),
        ("Worker", "ann"),
        ("sign-in", "ann"),
    ],
)
def test_a_name_that_is_missing_taken_or_means_something_else_is_refused(june, name, sign_in_name):
    with pytest.raises(NotAllowedNow):
        account_list.add_account(name, sign_in_name, (LEADER,))

    assert len(account_list.people()) == 1


@pytest.mark.parametrize("address", ["0.0.0.0", "::", "", None, "192.168.1.4", "table.example"])
def test_without_an_account_only_this_computer_is_served(app_runtime, address):
    """S7: Others would get in without a sign-in."""
    with pytest.raises(AddressRefused, match="no account yet"):
        refuse_open_address(address)


@pytest.mark.parametrize("address", ["127.0.0.1", "127.3.2.1", "::1", "[::1]", "localhost"])
def test_this_computer_is_always_served(app_runtime, address):
    refuse_open_address(address)

    assert not has_accounts()


def test_with_accounts_but_without_https_only_this_computer_is_served(june):
    """S3: A password would be sent where others can listen."""
    with pytest.raises(AddressRefused, match="listen"):
        refuse_open_address("0.0.0.0")


def test_with_accounts_and_https_any_address_is_served(june, under_https):
    refuse_open_address("0.0.0.0")

    assert under_https.settings.is_https


def test_https_alone_opens_no_address(under_https):
    with pytest.raises(AddressRefused, match="no account yet"):
        refuse_open_address("0.0.0.0")


def test_a_link_begins_with_the_address_that_people_know(under_https):
    assert set_up.first_link().startswith("https://table.example/set-up/")
