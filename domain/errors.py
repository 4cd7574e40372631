"""Every error this product raises on purpose.

RoundtableError
├── FileRefused            an upload that cannot be read; carries what to do
├── BadRows                rows of a table that cannot be understood, all at once
├── TooFewPassages         the table has not said enough yet
├── VectorsUnusable        a vector that has no direction
├── ModelMissing           a language model is nowhere on this computer
├── ModelBroken            the embedding model's files are damaged or not the right ones
├── NameModelBroken        the files of the model that finds names are not the right ones
├── QuoteNotInSource       a quote that is not exactly at its place
├── StoreNotReady          the database is missing, older or of another make
├── BackupRefused          a file that cannot be restored; carries what to do
├── NotFound               an id that the store does not know
├── LinkUnknown            a personal link that never was, or was replaced
├── BallotClosed           an answer that comes after the vote closed
├── PageNotOurs            a form that we did not serve to this person for this purpose
├── FormRefused            a form that is too large, cut off or filled in by another hand
├── KeyMissing             a key that should lie beside the database is gone
├── NotSignedIn            nobody of the staff is here, or not any more
├── SignInRefused          a sign-in name and a password that do not belong together
├── PasswordRefused        a new password that is too easy to guess; carries what to do
├── AddressRefused         an address on which this program must not answer yet
├── NotPermitted           a step that none of the person's roles allows
├── TooManyTries           more attempts than a person makes; carries how long to wait
└── NotAllowedNow          a step that the present state does not allow
"""

from typing import ClassVar


class RoundtableError(Exception):
    """Base of all of them: the one class a page catches."""

    template: ClassVar[str] = "Something went wrong."

    def __init__(self, **params: object) -> None:
        super().__init__(self.template.format(**params))
        self.params = params

    def __reduce__(self) -> tuple[object, ...]:
        # Errors cross from the parse child and the worker: keep the parameters.
        return (_rebuild, (type(self), self.params))


def _rebuild(kind: type[RoundtableError], params: dict[str, object]) -> RoundtableError:
    return kind(**params)


class FileRefused(RoundtableError):
    """An upload that cannot be read as what it claims to be."""

    template = "{file_name}: {found} {todo}"


class BadRows(RoundtableError):
    """Rows of a table that cannot be understood."""

    template = "{n_rows} rows cannot be understood, so nothing was stored. {rows}"


class TooFewPassages(RoundtableError):
    """Fewer passages than an analysis needs."""

    template = "Themes need at least {needed} passages; this meeting has {found}."


class VectorsUnusable(RoundtableError):
    """Vectors that are empty of direction: not a number, infinite or zero."""

    template = (
        "{n_bad} of {n_all} vectors have no direction (the first is number {first}); "
        "embed these texts again."
    )


class ModelMissing(RoundtableError):
    """No folder and no cached model has this name."""

    template = (
        "The language model {model!r} is not on this computer; install the packages of "
        "requirements.txt, or name the folder of a model."
    )


class ModelBroken(RoundtableError):
    """The model's folder is there, but its files cannot be trusted."""

    template = "The embedding model in {folder} cannot be used: {found}. Install it again."


class NameModelBroken(RoundtableError):
    """The folder of the model that finds names is there, but its files cannot be trusted."""

    template = (
        "The model that finds names, in {folder}, cannot be used: {found}. Install the packages of "
        "requirements.txt again, or name another folder in ROUNDTABLE_NAME_MODEL."
    )


class QuoteNotInSource(RoundtableError):
    """The quote is not, character for character, at the place it claims."""

    template = "The words “{quote}” are not exactly at this place in what was said."


class StoreNotReady(RoundtableError):
    """The database cannot be used as it is."""

    template = "The database is not ready: {found}. {todo}"


class BackupRefused(RoundtableError):
    """A file that is no backup of ours, is damaged or comes from a newer program."""

    template = "{file_name}: {found}. {todo}"


class NotFound(RoundtableError):
    """No row has this id."""

    template = "There is no {kind} with id {id!r}."


class LinkUnknown(RoundtableError):
    """Nobody has this link, or it was replaced by another."""

    template = "This link does not work any more. Ask the person who sent it for a new one."


class BallotClosed(RoundtableError):
    """The vote takes no more answers."""

    template = "This vote closed at {closed_at}. Nothing was changed."


class PageNotOurs(RoundtableError):
    """What was sent does not come from a page that we served to this person for this."""

    template = "This page cannot be used here. Nothing was changed. Open your link again."


class FormRefused(RoundtableError):
    """What a browser sent cannot be what our page asked."""

    template = "{found} Nothing was changed. Open your link again."


class KeyMissing(RoundtableError):
    """A key that should lie beside the database is gone."""

    template = "The key of {what} is missing from {folder}. {todo}"


class NotAllowedNow(RoundtableError):
    """The present state forbids the step."""

    template = "{reason}"

    def __init__(self, *, reason: str, **told: object) -> None:
        # Only a reason with places for something is a template: another may hold braces of its own.
        super().__init__(reason=reason.format(**told) if told else reason)
        self.params = {"reason": reason, **told}


class NotSignedIn(RoundtableError):
    """Nobody is signed in, or the session ended."""

    template = "Nobody is signed in here any more. Sign in again; what was saved is safe."


class SignInRefused(RoundtableError):
    """No account that is open has this name and this password; which of the two is not told."""

    template = (
        "The sign-in name and the password do not belong together. Type both again; if you lost "
        "the password, ask whoever looks after the accounts for a new link."
    )


class PasswordRefused(RoundtableError):
    """A new password that somebody would guess."""

    template = "{found} {todo}"


class AddressRefused(RoundtableError):
    """Others could reach the staff's screens without a sign-in, or listen."""

    template = "The app must not answer on {address}: {found}. {todo}"


class NotPermitted(RoundtableError):
    """No role of the person allows this here."""

    template = "Your role does not let you {act} here; {who} can. Nothing was changed."


class TooManyTries(RoundtableError):
    """More attempts than a person makes."""

    template = "Too many tries. Wait {wait_s} seconds, then try again."
