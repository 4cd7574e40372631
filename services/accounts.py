"""Who is signed in. Start at `sign_in`, then `actor_of`.

A session is a row in the store; the browser's cookie holds a random token and the store its
SHA-256. Account, roles and session are read anew each time that somebody asks who is here.
docs/adr/0004-accounts.md says why.
"""

import secrets
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta

from domain.access import Actor
from domain.errors import NotSignedIn, SignInRefused, StoreNotReady
from domain.ids import AccountId
from services import passwords, tries
from services.keys import link_hash
from services.runtime import runtime
from services.tries import Tries
from store import accounts, audit
from store.accounts import Account, Session
from store.engine import Connection
from store.outages import told_plainly

IDLE = timedelta(hours=12)
LONGEST = timedelta(days=7)
SEEN_EVERY = timedelta(minutes=1)
NOBODY = "sign-in"
"""Who acts in the audit log before it is known who does."""
UNKNOWN = "unknown"


def has_accounts() -> bool:
    """Whether anybody has an account here; then every door of the staff asks for a sign-in."""
    with _reading() as tx:
        return accounts.has_any(tx)


def cookie_name() -> str:
    """The staff's cookie; under https the browser itself keeps it to this host and to TLS."""
    is_https = runtime().settings.is_https
    return "__Host-roundtable" if is_https else "roundtable-staff"


def sign_in(sign_in_name: str, password: str, *, instead_of: str = "") -> str:
    """Begin a session and give its token; the one that this browser had before ends.

    Whether the name is known shows neither in the words nor in the time that a refusal takes.

    Raises
    ------
    SignInRefused
        If no open account has this name and password.
    TooManyTries
        If too many passwords were wrong just before; then no password is looked at.
    """
    found = _proved(plain_name(sign_in_name), password)
    with _writing() as tx:
        _refuse_changed(tx, found)
        accounts.remove_session(tx, link_hash(instead_of))
        return begin_session(tx, found.account_id, found.name)


def sign_out(token: str) -> None:
    """End a session; one that has ended already is fine."""
    token_hash = link_hash(token)
    with _writing() as tx:
        for session in accounts.sessions(tx, [token_hash]):
            accounts.remove_session(tx, token_hash)
            audit.record(tx, session.name, "signed out", "account", session.account_id)


def actor_of(token: str) -> Actor | None:
    """Whoever holds a token; None when it was never given, has ended, or its account is shut."""
    now = datetime.now(UTC)
    with _reading() as tx:
        alive = _alive(tx, [link_hash(token)], now)
        found = _actors(tx, alive)
    for session in alive:
        if now - session.seen_at >= SEEN_EVERY:
            _see(session, now)
    return found[0] if found else None


def actors_of(tokens: Collection[str]) -> dict[str, Actor]:
    """The same for many at once, those who are signed in; it does not count as use."""
    by_hash = {link_hash(token): token for token in tokens}
    with _reading() as tx:
        alive = _alive(tx, by_hash, datetime.now(UTC))
        found = _actors(tx, alive)
    return {by_hash[s.token_hash]: actor for s, actor in zip(alive, found, strict=True)}


def change_password(token: str, password: str, new: str) -> str:
    """Put another password in place, end every session of its owner, and begin one for them.

    Raises
    ------
    NotSignedIn
        If the session has ended.
    SignInRefused
        If `password` is not the present one.
    PasswordRefused
        If the new one would be guessed.
    TooManyTries
        If too many passwords were wrong just before.
    """
    actor = actor_of(token)
    if actor is None or actor.account_id is None:
        raise NotSignedIn
    with _reading() as tx:
        owner = accounts.account_by_id(tx, actor.account_id)
    passwords.refuse_weak(new, names=(owner.sign_in_name, owner.name))
    # Counted like a sign-in: whoever finds a browser open must not try without end here.
    found = _proved(owner.sign_in_name, password)
    made = passwords.hashed(new)
    with _writing() as tx:
        _refuse_changed(tx, found)
        accounts.set_password(tx, found.account_id, made)
        accounts.remove_sessions_of(tx, found.account_id)
        audit.record(tx, found.name, "password changed", "account", found.account_id)
        return begin_session(tx, found.account_id, found.name)


def begin_session(tx: Connection, account_id: AccountId, name: str) -> str:
    """Sign somebody in within a transaction; the token is new each time."""
    now, token = datetime.now(UTC), secrets.token_urlsafe(32)
    accounts.remove_old_sessions(tx, now, now - IDLE)
    accounts.add_session(tx, link_hash(token), account_id, now, now + LONGEST)
    audit.record(tx, name, "signed in", "account", account_id)
    return token


def plain_name(sign_in_name: str) -> str:
    """A sign-in name as it is kept: in small letters, without blanks around it."""
    return unicodedata.normalize("NFKC", sign_in_name).strip().casefold()


def _proved(name: str, password: str) -> Account:
    """The account that a name and a password open; a wrong try is counted and written down."""
    with tries.one_at_a_time(name):
        with _reading() as tx:
            found = accounts.account_named(tx, name)
        before = Tries(found.n_failed, found.locked_until) if found else tries.of_unknown(name)
        now = datetime.now(UTC)
        before.refuse_locked(now)
        is_right = passwords.fits(found.password_hash if found else "", password)
        if found is None or not is_right or found.is_disabled:
            _count(name, found, before.after_another(now))
            raise SignInRefused
        if before.n_failed or passwords.is_outdated(found.password_hash):
            found = _settle(found, password)
        return found


def _count(name: str, found: Account | None, after: Tries) -> None:
    """Write a refused try down: the same work whether or not somebody has the name."""
    subject = found.account_id if found else UNKNOWN
    with _writing() as tx:
        if found:
            accounts.note_tries(tx, found.account_id, after.n_failed, after.locked_until)
        else:
            tries.note_unknown(name, after)
        is_shut = found is not None and found.is_disabled
        told = "disabled account tried" if is_shut else "wrong password"
        audit.record(tx, NOBODY, told, "account", subject)
        if after.is_lock_new:
            audit.record(tx, NOBODY, "locked", "account", subject)


def _settle(found: Account, password: str) -> Account:
    """Forget wrong tries, and keep the password under the parameters of now."""
    is_outdated = passwords.is_outdated(found.password_hash)
    newer = passwords.hashed(password) if is_outdated else found.password_hash
    with _writing() as tx:
        _refuse_changed(tx, found)
        accounts.note_tries(tx, found.account_id, 0, None)
        accounts.set_password_hash(tx, found.account_id, newer)
        return accounts.account_by_id(tx, found.account_id)


def _refuse_changed(tx: Connection, found: Account) -> None:
    """A password may have been changed, or its account shut, while it was being checked."""
    now = accounts.account_by_id(tx, found.account_id)
    if now.is_disabled or now.password_hash != found.password_hash:
        raise SignInRefused


def _alive(tx: Connection, token_hashes: Collection[str], now: datetime) -> list[Session]:
    return [
        session
        for session in accounts.sessions(tx, token_hashes)
        if now < session.expires_at and now < session.seen_at + IDLE and not session.is_disabled
    ]


def _actors(tx: Connection, held: Sequence[Session]) -> list[Actor]:
    grants = accounts.grants_of(tx, {session.account_id for session in held})
    return [Actor(s.name, grants[s.account_id], s.account_id) for s in held]


def _see(session: Session, now: datetime) -> None:
    # Whoever may be here may stay while the store takes nothing new.
    with suppress(StoreNotReady), _writing(is_alone=False) as tx:
        accounts.see_session(tx, session.token_hash, now)


@contextmanager
def _reading() -> Iterator[Connection]:
    with told_plainly(), runtime().store.read() as tx:
        yield tx


@contextmanager
def _writing(*, is_alone: bool = True) -> Iterator[Connection]:
    with told_plainly(), runtime().store.write(is_alone=is_alone) as tx:
        yield tx
