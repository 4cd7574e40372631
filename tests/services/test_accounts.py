"""Signing in: who gets in, who does not, what is written down and how long it takes."""

import os
import random
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from domain.access import EVERY_ROLE, Act, Grant, StaffRole
from domain.errors import NotSignedIn, PasswordRefused, SignInRefused, TooManyTries
from services import account_list, accounts, passwords, tries
from services.accounts import actor_of, actors_of, has_accounts
from services.keys import link_hash
from store import audit
from store.tables import account, staff_session
from tests.made_accounts import CHEAP, PASSWORD, cheap_passwords, make_account, make_first, sign_in

LEADER = Grant(StaffRole.LEADER)
N_TIMED = 2000 if os.environ.get("STRESS") == "1" else 30


@pytest.fixture(autouse=True)
def quick():
    with cheap_passwords():
        yield


@pytest.fixture
def june(app_runtime):
    """The first account: every role."""
    return make_first("June")


def id_of(name):
    return account_list.account_called(name)


def later(store, **gone_by):
    """Let time go by for everything that is kept about sessions and locks."""
    gone = timedelta(**gone_by)
    with store.write() as tx:
        for row in tx.execute(select(staff_session)).all():
            tx.execute(
                update(staff_session)
                .where(staff_session.c.token_hash == row.token_hash)
                .values(
                    created_at=row.created_at - gone,
                    seen_at=row.seen_at - gone,
                    expires_at=row.expires_at - gone,
                )
            )
        for row in tx.execute(select(account)).all():
            if row.locked_until:
                tx.execute(
                    update(account)
                    .where(account.c.account_id == row.account_id)
                    .values(locked_until=row.locked_until - gone)
                )


def try_wrong(name, times=1):
    for _ in range(times):
        with pytest.raises(SignInRefused):
            sign_in(name, "not the password")


def actions(store):
    with store.read() as tx:
        return [(e.actor, e.action, e.subject_id) for e in reversed(audit.events(tx))]


def test_a_wrong_password_opens_nothing(june):
    with pytest.raises(SignInRefused):
        sign_in("June", "four words in a raw")


def test_an_unknown_name_is_refused_in_the_same_words_as_a_wrong_password(june):
    told = []
    for name in ("June", "nobody"):
        with pytest.raises(SignInRefused) as refused:
            sign_in(name, "not the password")
        told.append(str(refused.value))

    assert told[0] == told[1]


def test_an_account_without_a_password_cannot_be_entered(june):
    account_list.add_account("Ann", "ann", (LEADER,))

    for password in ("", PASSWORD):
        with pytest.raises(SignInRefused):
            sign_in("Ann", password)


def test_a_disabled_account_is_refused_in_the_same_words(june):
    make_account("Ann", LEADER)
    account_list.disable(id_of("ann"))

    with pytest.raises(SignInRefused):
        sign_in("Ann")


def test_a_name_signs_in_however_its_letters_and_blanks_are_typed(june):
    assert actor_of(accounts.sign_in("  JuNe ", PASSWORD)).name == "June"


def test_a_password_is_the_same_whichever_keyboard_composed_its_letters(app_runtime):
    make_first("June", "cafe\u0301 au lait et rien")

    assert actor_of(sign_in("June", "caf\u00e9 au lait et rien"))


def test_a_session_knows_its_owner_and_their_roles(june):
    actor = actor_of(june)

    assert (actor.name, actor.grants) == ("June", EVERY_ROLE)
    assert actor.may(Act.MANAGE_ACCOUNTS)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "\xff" * 9, "0" * 64])
def test_a_token_that_was_never_given_is_nobodys(june, token):
    """S2: A cookie that was put there from elsewhere is not honoured."""
    assert actor_of(token) is None


def test_what_the_store_keeps_of_a_session_opens_nothing(june, store):
    with store.read() as tx:
        kept = tx.execute(select(staff_session.c.token_hash)).scalar_one()

    assert kept != june
    assert actor_of(kept) is None


def test_every_sign_in_has_a_new_token_and_ends_the_one_before_in_that_browser(june):
    """S2: The token changes at each sign-in."""
    after = accounts.sign_in("june", PASSWORD, instead_of=june)

    assert after != june
    assert actor_of(june) is None
    assert actor_of(after)


def test_a_token_says_256_bits_and_no_two_are_alike(june):
    tokens = {sign_in("June") for _ in range(20)}

    assert len(tokens) == 20
    assert {len(token) for token in tokens} == {43}


def test_a_role_that_is_given_or_taken_ends_the_sessions_of_its_owner(june):
    """S2: No old token carries a new role."""
    ann = make_account("Ann", LEADER)

    account_list.give_role(id_of("ann"), Grant(StaffRole.REVIEWER))
    after_giving = actor_of(ann)
    again = sign_in("Ann")
    account_list.take_role(id_of("ann"), LEADER)

    assert (after_giving, actor_of(again)) == (None, None)


def test_a_role_that_was_taken_is_gone_at_the_next_request(june):
    """S5: In what is asked next, without a restart."""
    ann = make_account("Ann", LEADER)
    assert actor_of(ann).has(StaffRole.LEADER)

    account_list.take_role(id_of("ann"), LEADER)

    assert actor_of(ann) is None
    assert actor_of(sign_in("Ann")).grants == ()


def test_signing_out_ends_one_session_and_leaves_the_others(june):
    """S5: A session that was signed out is over at once."""
    other = sign_in("June")

    accounts.sign_out(june)

    assert actor_of(june) is None
    assert actor_of(other)


def test_signing_out_everywhere_ends_every_session(june):
    other = sign_in("June")

    assert account_list.sign_out_everywhere(id_of("june")) == 2

    assert actors_of([june, other]) == {}


def test_disabling_an_account_ends_every_session_of_it(june):
    """S5: Whoever left is out at once."""
    ann = make_account("Ann", LEADER)

    account_list.disable(id_of("ann"))

    assert actor_of(ann) is None


def test_another_password_ends_every_session_but_the_new_one(june):
    other = sign_in("June")

    after = accounts.change_password(june, PASSWORD, "quite other words now")

    assert list(actors_of([june, other, after])) == [after]
    assert actor_of(sign_in("June", "quite other words now"))


def test_a_password_is_not_changed_without_the_present_one(june):
    with pytest.raises(SignInRefused):
        accounts.change_password(june, "not the password", "quite other words now")

    assert actor_of(sign_in("June"))


def test_a_password_is_not_changed_after_the_session_ended(june):
    accounts.sign_out(june)

    with pytest.raises(NotSignedIn):
        accounts.change_password(june, PASSWORD, "quite other words now")


def test_a_session_that_nobody_uses_ends_after_twelve_hours(june, store):
    later(store, hours=12, seconds=1)

    assert actor_of(june) is None


def test_a_session_in_use_goes_on_for_seven_days_and_no_longer(june, store):
    for _ in range(15):
        later(store, hours=11)
        assert actor_of(june)

    later(store, hours=3, seconds=1)

    assert actor_of(june) is None


def test_looking_after_open_sockets_does_not_keep_a_session_alive(june, store):
    for _ in range(12):
        later(store, hours=1)
        actors_of([june])

    assert actor_of(june) is None


def test_use_is_written_down_at_most_once_a_minute(june, store):
    def seen():
        with store.read() as tx:
            return tx.execute(select(staff_session.c.seen_at)).scalar_one()

    first = seen()
    actor_of(june)
    assert seen() == first
    later(store, minutes=1)

    actor_of(june)

    assert datetime.now(UTC) - seen() < timedelta(seconds=30)


def test_sessions_that_ended_by_themselves_are_cleared_away(june, store):
    later(store, days=8)

    sign_in("June")

    with store.read() as tx:
        assert len(tx.execute(select(staff_session)).all()) == 1


@pytest.mark.parametrize("name", ["June", "nobody here"])
def test_five_wrong_passwords_lock_for_thirty_seconds_whether_or_not_the_name_exists(june, name):
    """S9: Waiting does not tell whether somebody has an account."""
    try_wrong(name, 5)

    with pytest.raises(TooManyTries) as refused:
        sign_in(name, "not the password")

    assert 25 <= refused.value.params["wait_s"] <= 30


def test_the_right_password_is_refused_while_locked(june):
    try_wrong("June", 5)

    with pytest.raises(TooManyTries):
        sign_in("June")


def test_after_the_wait_the_right_password_opens_and_the_count_begins_anew(june, store):
    try_wrong("June", 5)
    later(store, seconds=31)

    assert actor_of(sign_in("June"))
    try_wrong("June", 4)
    assert actor_of(sign_in("June"))


def test_each_further_wrong_password_doubles_the_wait_up_to_fifteen_minutes(june, store):
    try_wrong("June", 4)
    waits = []
    for _ in range(8):
        try_wrong("June")
        with pytest.raises(TooManyTries) as refused:
            sign_in("June")
        waits.append(refused.value.params["wait_s"])
        later(store, seconds=901)

    expected = [30, 60, 120, 240, 480, 900, 900, 900]
    assert [wait - told for wait, told in zip(expected, waits, strict=True)] == pytest.approx(
        [0] * 8, abs=3
    )


def test_a_lock_holds_for_one_account_only(june):
    make_account("Ann", LEADER)
    try_wrong("June", 5)

    assert actor_of(sign_in("Ann"))


def test_many_tries_at_once_are_many_tries(june):
    """S9: Guessing in parallel gets no more guesses than one after the other."""

    def guess(_):
        try:
            sign_in("June", "not the password")
        except (SignInRefused, TooManyTries) as error:
            return type(error)

    with ThreadPoolExecutor(16) as pool:
        found = list(pool.map(guess, range(40)))

    assert found.count(SignInRefused) == 5
    assert found.count(TooManyTries) == 35


def test_names_that_nobody_has_cannot_fill_the_memory(june):
    for number in range(tries.MOST_NAMES + 50):
        tries.note_unknown(f"name {number}", tries.Tries(5))

    assert len(tries._unknown) == tries.MOST_NAMES


def test_time_does_not_tell_whether_a_name_exists(june, store, record_property):
    """S9: Medians of refusals for a known and an unknown name, each with its write."""
    # Full parameters where all is measured; cheap ones else, where a difference shows as well.
    before = passwords.use_hasher(CHEAP if N_TIMED < 2000 else passwords.PasswordHasher())
    sign_in("June")  # keeps the hash under these parameters
    took = {"June": [], "nobody": []}
    chance = random.Random(9)
    for number in range(N_TIMED):
        # In random order, and each after the same work: else what came before would be timed.
        for name in chance.sample(["June", "nobody"], 2):
            begun = time.perf_counter()
            with pytest.raises(SignInRefused):
                sign_in(name if name == "June" else f"nobody {number}", "not the password")
            took[name].append(time.perf_counter() - begun)
            unlock(store)
    passwords.use_hasher(before)

    apart_ms = median_ms(took["June"]) - median_ms(took["nobody"])
    noise_ms = median_ms(took["nobody"][::2]) - median_ms(took["nobody"][1::2])
    record_property(
        "figure",
        f"medians {abs(apart_ms):.2f} ms apart, {N_TIMED} tries each; two halves of the same "
        f"kind {abs(noise_ms):.2f} ms apart",
    )
    assert abs(apart_ms) < 5


def median_ms(seconds):
    return statistics.median(seconds) * 1000


def unlock(store):
    with store.write() as tx:
        tx.execute(update(account).values(n_failed=0, locked_until=None))


def test_an_unknown_name_costs_a_whole_hash(june):
    """S9: Without it the refusal would be there at once, and tell."""
    costly = passwords.PasswordHasher()
    passwords.use_hasher(costly)
    try_wrong("warms up")
    begun = time.perf_counter()
    costly.hash("x")
    one_hash_s = time.perf_counter() - begun

    begun = time.perf_counter()
    try_wrong("nobody")

    assert time.perf_counter() - begun > one_hash_s / 2


def test_a_password_is_kept_under_newer_parameters_at_the_next_sign_in(june, store):
    def kept():
        with store.read() as tx:
            return tx.execute(select(account.c.password_hash)).scalar_one()

    old = kept()
    passwords.use_hasher(passwords.PasswordHasher(time_cost=2, memory_cost=1024, parallelism=1))

    sign_in("June")

    assert (",t=1," in old, ",t=2," in kept()) == (True, True)
    assert actor_of(sign_in("June"))


def test_passwords_are_kept_with_argon2id_as_its_makers_recommend():
    kept = passwords.PasswordHasher().hash("x")

    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.parametrize(
    "password",
    ["short", "eleven char", "PasswordPassword", "1234567890123", "aaaaaaaaaaaaaaaa", "x" * 1001],
)
def test_a_password_that_somebody_would_guess_is_refused(app_runtime, password):
    with pytest.raises(PasswordRefused):
        make_first("June", password)

    assert not has_accounts()


def test_the_sign_in_name_is_no_password(app_runtime):
    with pytest.raises(PasswordRefused):
        make_first("June Abernathy", "June ABERNATHY")


@pytest.mark.parametrize("password", ["twelve chars", "ŝtrangaj literoj", "x y" * 333])
def test_any_other_password_of_twelve_characters_is_fine(app_runtime, password):
    assert actor_of(make_first("June", password))


def test_a_password_longer_than_any_is_refused_without_being_hashed(june):
    begun = time.perf_counter()

    with pytest.raises(SignInRefused):
        sign_in("June", "x" * 5_000_000)

    assert time.perf_counter() - begun < 2


def test_what_happened_at_the_door_is_written_down_without_names_that_nobody_has(june, store):
    id = id_of("june")
    accounts.sign_out(june)
    try_wrong("June", 5)
    try_wrong("my-secret-typed-as-a-name")

    told = actions(store)

    assert told == [
        ("June", "account made", id),
        ("June", "set-up link used", id),
        ("June", "signed in", id),
        ("June", "signed out", id),
        *[("sign-in", "wrong password", id)] * 5,
        ("sign-in", "locked", id),
        ("sign-in", "wrong password", "unknown"),
    ]


def test_no_password_token_or_typed_name_lies_in_the_database_files(june, app_runtime):
    try_wrong("typed by somebody unknown")
    app_runtime.store.compact()

    files = [p.read_bytes() for p in app_runtime.settings.folder.iterdir() if p.is_file()]

    for secret in (june, PASSWORD, "typed by somebody unknown", "not the password"):
        assert not any(secret.encode() in held for held in files)
    assert any(link_hash(june).encode() in held for held in files)
