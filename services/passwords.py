"""Passwords: what a new one must be, and how they are kept. Start at `fits`.

Argon2id with the parameters that its library recommends; a hash names its own, so that an older
one is made anew when its owner signs in next.
"""

import secrets
import unicodedata
from functools import lru_cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from domain.errors import PasswordRefused

SHORTEST, LONGEST = 12, 1000
_LISTED = """
123123123123 1234567890123 123456789012 0123456789012
123456789abc 1q2w3e4r5t6y 1qaz2wsx3edc 987654321098 abcabcabcabc abcd12345678 abcdefghijkl
abcdefghijklm administrator adminadminadmin alsroundtable asdfasdfasdf asdfghjkl123
changemechangeme changeme1234 correcthorsebatterystaple football1234 helloworld123
iloveyou1234 iloveyouiloveyou letmein12345 letmeinletmein letmeinplease liverpool123
minecraft123 mypassword123 passw0rd1234 password1234 password12345 password123456
passwordpassword passwordpassword1 princess1234 q1w2e3r4t5y6 qazwsxedcrfv qwerty123456
qwerty1234567 qwertyqwerty qwertyuiop12 qwertyuiop123 qwertyuiopas roundtable123
starwars1234 sunshine1234 superman1234 thisisapassword trustno1trustno1 unknown12345
welcome12345 welcome123456 zaq12wsxcde3 zxcvbnm12345 zxcvbnmasdfg
"""
COMMON = frozenset(_LISTED.split())
"""What people choose who are told to use twelve characters."""

_hasher = PasswordHasher()


def use_hasher(hasher: PasswordHasher) -> PasswordHasher:
    """Keep passwords from now on with other parameters; gives the ones before."""
    global _hasher
    before, _hasher = _hasher, hasher
    return before


def refuse_weak(password: str, *, names: tuple[str, ...]) -> None:
    """Refuse a new password that is short, known to everybody, or a name of its owner.

    Raises
    ------
    PasswordRefused
        With what was found and what to do.
    """
    plain = _normal(password)
    folded = plain.casefold()
    if len(plain) < SHORTEST:
        found = f"This password has {len(plain)} characters; it needs at least {SHORTEST}."
        raise PasswordRefused(found=found, todo="Four words in a row are easy to remember.")
    if len(plain) > LONGEST:
        found = f"This password has more than {LONGEST} characters."
        raise PasswordRefused(found=found, todo="Choose a shorter one.")
    is_common = folded in COMMON or len(set(folded)) < 3
    if is_common or folded in {_normal(name).casefold() for name in names}:
        found = "This password is among the first that somebody would try."
        raise PasswordRefused(found=found, todo="Choose another one, such as four words in a row.")


def hashed(password: str) -> str:
    """What the store keeps of a password."""
    return _hasher.hash(_normal(password))


def fits(password_hash: str, password: str) -> bool:
    """Whether a password is the one that was kept; without one it takes just as long."""
    told = _normal(password) if len(password) <= LONGEST else ""
    # Made beforehand in any case: else the first unknown name would take twice as long.
    nobodys = _nobodys(_hasher)
    try:
        return _hasher.verify(password_hash or nobodys, told) and bool(password_hash)
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Whether a hash was made with other parameters than those of now."""
    return _hasher.check_needs_rehash(password_hash)


@lru_cache(maxsize=1)
def _nobodys(hasher: PasswordHasher) -> str:
    return hasher.hash(secrets.token_urlsafe(16))


def _normal(password: str) -> str:
    """The same characters, whichever keyboard composed them."""
    return unicodedata.normalize("NFKC", password)
