"""What may be told of a vote, in the language of the page. Start at `vote_in_words`."""

from domain.votes import Wording
from participant.languages import say as _
from services.what_happened import VoteTold


def vote_in_words(told: VoteTold) -> str:
    """The same as the staff read, of what may be shown and no more."""
    part, wording = told.released, told.wording
    if part.counts:
        c = part.counts
        sides = [_count(c.n_disagree, wording.low)]
        if wording.middle:
            sides.append(_count(c.n_pass, wording.middle))
        return ", ".join([_of(c.n_agree, c.n, wording.high), *sides])
    if part.n_agree is not None:
        return _of(part.n_agree, part.n, wording.high)
    if part.phrase:
        phrase = _phrase(part.phrase.name, part.phrase.value, wording)
        return _("%(phrase)s (%(n)s answered)") % {"phrase": phrase, "n": part.n}
    return _("%(n)s answered; counts would tell what single people said") % {"n": part.n}


def _of(n: int, n_all: int, standing: str) -> str:
    return _("%(n)s of %(all)s %(standing)s") % {"n": n, "all": n_all, "standing": _(standing)}


def _count(n: int, standing: str) -> str:
    return _("%(n)s %(standing)s") % {"n": n, "standing": _(standing)}


def _phrase(name: str, value: str, wording: Wording) -> str:
    standing = {"AGREE": wording.high, "DISAGREE": wording.low}.get(name)
    if standing is None:
        return _(value)
    return _("two thirds or more %(standing)s") % {"standing": _(standing)}
