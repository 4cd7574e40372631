import csv
import io
import zipfile
from collections import Counter

import pytest

from domain.ballots import BallotState, Secrecy
from domain.errors import FileRefused, NotAllowedNow
from domain.votes import Answer
from services import ballots, polis, recommendations, recount, voting
from tests.made_vote import make_meeting, make_vote

COMMENTS = b"""timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body
1,x,0,5,99,99,1,"Lend ramps, soon."
1,x,1,5,0,0,-1,Buy this now
1,x,2,5,0,0,0,=cmd()
"""
VOTES = b"""participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2
0,0,0,3,2,0,1,1,0
1,,0,1,0,1,-1,,
2,1,0,0,0,0,,,
"""
REAL = ("brexit-consensus", "scoop-hivemind.ubi", "football-concussions")


@pytest.fixture
def meeting_id(app_runtime):
    return make_meeting()[1]


def read(comments=COMMENTS, votes=VOTES):
    return polis.read_polis(("comments.csv", comments), ("participants-votes.csv", votes))


def test_statements_that_a_moderator_refused_stay_out(app_runtime):
    found = read()

    assert found.statements == {0: "Lend ramps, soon.", 2: "=cmd()"}
    assert found.n_left_out == 1


def test_one_is_agree_and_minus_one_disagree_and_empty_no_answer(app_runtime):
    found = read()

    assert found.people == ({0: Answer.AGREE, 2: Answer.PASS}, {0: Answer.DISAGREE})


def test_a_vote_that_was_brought_in_is_closed_marked_and_on_nobodys_page(app_runtime):
    vote = make_vote()

    made = polis.bring_in(vote.meeting_id, read(), "Wide talk")

    held = {one.ballot.ballot_id: one for one in ballots.ballots_of(vote.meeting_id)}
    assert held[made].ballot.state is BallotState.CLOSED
    assert held[made].ballot.imported_from == "Polis"
    assert held[made].ballot.title == "Wide talk (brought in from Polis)"
    assert held[made].progress == ballots.Progress(2, 2)
    assert made not in {line.ballot.ballot_id for line in voting.votes_of(vote.maria)}


def test_statements_become_drafts_and_a_known_one_is_not_doubled(meeting_id):
    recommendations.write(meeting_id, "Lend ramps, soon.", author="test")

    polis.bring_in(meeting_id, read(), "Wide talk")

    held = [v.recommendation.text for v in recommendations.recommendations(meeting_id)]
    assert held == ["Lend ramps, soon.", "=cmd()"]


def test_a_small_vote_shows_no_count(meeting_id):
    made = polis.bring_in(meeting_id, read(), "")

    whole = ballots.results(made).results[0].vote.whole

    assert (whole.n, whole.counts, whole.phrase) == (2, None, None)


@pytest.mark.parametrize(
    ("comments", "votes", "told"),
    [
        (b"a,b\n1,2\n", VOTES, "no column"),
        (COMMENTS, b"a,b\n1,2\n", "no column"),
        (COMMENTS, VOTES.replace(b",1,1,0\n", b",1,1,2\n"), "where a vote should be"),
        (COMMENTS, VOTES.replace(b",1,1,0\n", b",NaN,1,0\n"), "where a vote should be"),
        (COMMENTS, VOTES.replace(b"1,2\n0,0", b"1,7\n0,0"), "not in the other file"),
        (COMMENTS, VOTES.replace(b"1,2\n0,0", b"1,0\n0,0"), "twice"),
        (COMMENTS.replace(b"1,x,2,", b"1,x,0,"), VOTES, "twice"),
        (COMMENTS.replace(b"1,x,2,", b"1,x,2e9,"), VOTES, "comment's number"),
        (COMMENTS.replace(b"=cmd()", b"a" * 3000), VOTES, "3000 characters"),
        (COMMENTS.split(b"\n")[0] + b"\n", VOTES, None),
        (b"PK\x03\x04 no archive", VOTES, None),
        (COMMENTS, b"", None),
        (COMMENTS, b"\x00\xff" * 50, None),
    ],
    ids=map(str, range(13)),
)
def test_what_is_no_polis_export_is_refused_and_keeps_nothing(meeting_id, comments, votes, told):
    with pytest.raises(FileRefused, match=told):
        read(comments, votes)

    assert not recommendations.recommendations(meeting_id)


@pytest.mark.parametrize("name", REAL)
def test_a_real_export_comes_in_vote_for_vote(meeting_id, real_data, name, record_property):
    folder = real_data / "polis" / name
    files = [(n, (folder / n).read_bytes()) for n in ("comments.csv", "participants-votes.csv")]
    found = polis.read_polis(*files)

    made = polis.bring_in(meeting_id, found, name)

    wanted = truth(folder)
    shown = {r.item.text: r.vote.whole for r in ballots.results(made).results}
    counted = [part for part in shown.values() if part.counts]
    record_property("figure", f"{name}: {len(found.people)} people, {len(counted)} counted")
    assert recount.count_again(made).is_right
    assert len(counted) > 10
    assert {t: p.counts.cells for t, p in shown.items() if p.counts}.items() <= wanted.items()


def truth(folder):
    """Agree, pass and disagree of each comment, read with the standard library alone."""
    with (folder / "comments.csv").open(encoding="utf-8", newline="") as file:
        words = {
            row["comment-id"]: " ".join(row["comment-body"].split()) for row in csv.DictReader(file)
        }
    with (folder / "participants-votes.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    counts = {n: Counter(row.get(n) for row in rows) for n in words}
    return {text: tuple(counts[n][mark] for mark in ("1", "0", "-1")) for n, text in words.items()}


@pytest.fixture
def hands(app_runtime):
    vote = make_vote()
    ballot_id = ballots.open_ballot(vote.meeting_id, title="Hands", secrecy=Secrecy.NAMED)
    items = ballots.ballots_of(vote.meeting_id)[0].ballot.items
    for name, given in (("Maria Delgado", 1), ("Tom Okafor", -1), ("Wei Chen", 1)):
        voting.lay_answer(vote.secrets[name], ballot_id, items[0].recommendation_id, given)
    return vote, ballot_id


def unpacked(ballot_id):
    _, data = polis.export_polis(ballot_id)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_goes_out_comes_in_again_as_the_same_votes(hands):
    _, ballot_id = hands
    ballots.close_ballot(ballot_id)

    files = unpacked(ballot_id)

    again = read(files["comments.csv"], files["participants-votes.csv"])
    assert sorted(given[0] for given in again.people) == [-1, 1, 1]
    assert set(files) == {"comments.csv", "participants-votes.csv", "votes.csv", "summary.csv"}


def test_what_goes_out_names_nobody_and_has_polis_columns(hands):
    vote, ballot_id = hands
    ballots.close_ballot(ballot_id)

    files = {name: data.decode("utf-8-sig") for name, data in unpacked(ballot_id).items()}

    assert files["votes.csv"].startswith("timestamp,datetime,comment-id,voter-id,vote")
    assert files["participants-votes.csv"].splitlines()[0] == (
        "participant,group-id,n-comments,n-votes,n-agree,n-disagree,0,1,2"
    )
    assert not any(name in text for name in vote.people for text in files.values())


def test_a_confidential_vote_is_never_written_out_person_by_person(app_runtime):
    vote = make_vote()
    ballots.close_ballot(vote.ballot_id)

    with pytest.raises(NotAllowedNow, match="confidential"):
        polis.export_polis(vote.ballot_id)


def test_an_open_show_of_hands_is_not_written_out(hands):
    with pytest.raises(NotAllowedNow, match="has closed"):
        polis.export_polis(hands[1])
