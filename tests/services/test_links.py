import stat
from dataclasses import replace

import pytest

from domain.errors import KeyMissing, LinkUnknown
from domain.people import StakeholderGroup as Group
from domain.votes import Answer
from services import ballots, links, meetings, voters, voting
from services.runtime import Runtime, use_runtime
from tests.made_vote import make_vote


@pytest.fixture
def vote(app_runtime):
    return make_vote()


@pytest.fixture
def reachable(app_runtime):
    settings = replace(app_runtime.settings, public_url="https://roundtable.example.org")
    made = Runtime(settings)
    use_runtime(made)
    yield made
    use_runtime(app_runtime)
    made.store.close()


def test_a_link_can_be_printed_again(vote):
    assert links.links_for(vote.meeting_id) == links.links_for(vote.meeting_id)


def test_a_link_holds_256_bits_and_starts_with_the_public_address(vote):
    (_, url), *_ = links.links_for(vote.meeting_id)

    assert url.startswith("http://localhost:8501/p/j/")
    assert len(url.rpartition("/")[2]) == 43


def test_the_store_holds_no_secret(vote, tmp_path):
    kept_bytes = b"".join(p.read_bytes() for p in tmp_path.glob("roundtable.db*"))

    assert vote.maria.encode() not in kept_bytes


def test_only_the_owner_may_read_a_key(vote, app_runtime):
    modes = {stat.S_IMODE(p.stat().st_mode) for p in app_runtime.settings.key_folder.iterdir()}

    assert modes == {0o600}


def test_somebody_new_on_the_roster_gets_a_link_and_the_others_keep_theirs(vote):
    meetings.add_person(vote.meeting_id, "Sam Whitehorse", Group.PERSON_LIVING_WITH_ALS)

    now = {attendance.name: secret for attendance, secret in links.secrets_for(vote.meeting_id)}

    assert {name: now[name] for name in vote.secrets} == vote.secrets
    assert voters.enter(now["Sam Whitehorse"]).attendance.name == "Sam Whitehorse"


def test_a_replaced_link_works_and_the_old_one_does_not(vote):
    url = links.replace_link(vote.people["Maria Delgado"].attendance_id)

    assert voters.enter(url.rpartition("/")[2]).attendance.name == "Maria Delgado"
    with pytest.raises(LinkUnknown):
        voters.enter(vote.maria)


def test_a_replaced_link_carries_open_answers_along(vote):
    lay_first(vote, vote.maria, Answer.DISAGREE)

    url = links.replace_link(vote.people["Maria Delgado"].attendance_id)

    new = url.rpartition("/")[2]
    assert voting.ballot_page(new, vote.ballot_id, 1).answer is Answer.DISAGREE
    assert ballots.progress(vote.ballot_id).n_answered == 1


def test_without_their_key_links_are_not_printed_wrong(vote, app_runtime):
    lose_link_key(app_runtime)

    with pytest.raises(KeyMissing, match="go on working"):
        links.links_for(vote.meeting_id)


def test_without_their_key_nobody_gets_a_second_ballot(vote, app_runtime):
    lay_first(vote, vote.maria, Answer.AGREE)
    lose_link_key(app_runtime)

    with pytest.raises(KeyMissing, match="vote twice"):
        links.replace_link(vote.people["Maria Delgado"].attendance_id)


def test_without_their_key_a_person_who_has_not_voted_gets_a_new_link(vote, app_runtime):
    lose_link_key(app_runtime)

    url = links.replace_link(vote.people["Maria Delgado"].attendance_id)

    assert voters.enter(url.rpartition("/")[2]).attendance.name == "Maria Delgado"


def test_a_qr_code_is_withheld_where_no_other_device_could_follow_it(vote):
    code = links.qr_svg("http://localhost:8501/p/j/x")

    assert code.svg is None
    assert "only this computer" in code.reason


def test_a_qr_code_is_drawn_where_other_devices_reach_us(reachable):
    code = links.qr_svg("https://roundtable.example.org/p/j/x")

    assert code.svg.startswith("<svg")
    assert code.reason == ""


def lay_first(vote, secret, given):
    item = voting.ballot_page(secret, vote.ballot_id, 1).item
    voting.lay_answer(secret, vote.ballot_id, item.recommendation_id, given)


def lose_link_key(app_runtime):
    for path in app_runtime.settings.key_folder.glob("links-*"):
        path.unlink()
