"""Results are read anew: what may not be shown is none, whoever asks for it."""

from datetime import date

import pytest

from domain.errors import ModelMissing
from domain.people import StakeholderGroup
from domain.search import Kind
from domain.talk import ConsentUse, RevisionKind, Wish, WishMadeBy
from services import (
    agreements,
    erasure,
    live,
    meetings,
    programmes,
    recommendations,
    search,
    transcripts,
)
from services.agreements import Told
from services.runtime import runtime
from services.theme_finding import find_themes_of_meeting
from store import talk, wishes
from tests.pages.chain import make_chain
from tests.pages.staged import SAID, empty_meeting
from tests.zones.inventory import text_in


@pytest.fixture
def chain(app_runtime):
    made = make_chain()
    find_themes_of_meeting(made.meeting_id)
    return made


def said_in(found):
    return [hit.quote.text for hit in found.hits if hit.quote]


def test_what_was_said_stands_between_the_sentences_around_it(chain):
    (hit, *_) = search.search(chain.programme_id, "street ventilator manual").hits

    assert hit.quote.text == SAID[3][1]
    assert hit.before.text == SAID[2][1]
    assert hit.after.text == SAID[4][1]
    assert hit.stakeholder_group is StakeholderGroup.PERSON_LIVING_WITH_ALS
    assert hit.meeting.meeting_id == chain.meeting_id


def test_a_phrase_leads_to_its_very_words(chain):
    (hit, *others) = search.search(chain.programme_id, '"woke the street"').hits

    assert hit.is_exact
    assert "woke the street" in hit.quote.text
    assert not any(other.is_exact for other in others)


def test_recommendations_and_outcomes_are_told_by_their_kind(chain):
    found = search.search(chain.programme_id, "ventilator visit before the first night").hits

    assert {hit.kind for hit in found} == set(Kind)
    (asked,) = [hit for hit in found if hit.kind is Kind.RECOMMENDATION]
    assert asked.told == "number 1, chosen"
    (done,) = [hit for hit in found if hit.kind is Kind.OUTCOME]
    assert done.initiative_id == chain.initiative_id


@pytest.mark.parametrize("kind", list(Kind))
def test_a_kind_leaves_only_its_own(chain, kind):
    found = search.search(chain.programme_id, "ventilator first night", kinds=[kind])

    assert {hit.kind for hit in found.hits} == {kind}


def test_a_year_leaves_what_is_of_it(chain):
    later = meetings.create_meeting(
        chain.programme_id,
        season=meetings.the_meeting(chain.meeting_id).season,
        held_on=date(2025, 10, 1),
        challenge="Later",
        pillar=meetings.the_meeting(chain.meeting_id).pillar,
        format=meetings.the_meeting(chain.meeting_id).format,
    )
    recommendations.write(later, "Lend ventilators.", author="f")

    found = search.search(chain.programme_id, "ventilators", years=[2025])

    assert {hit.meeting.meeting_id for hit in found.hits if hit.meeting} == {later}
    assert 2024 in search.filters(chain.programme_id).years


def test_words_taken_back_are_no_result_and_no_context(chain):
    words = SAID[3][1]
    said = next(u for u in transcripts.utterances(chain.meeting_id) if u.text == words)
    assert words in said_in(search.search(chain.programme_id, "woke the street"))

    with runtime().store.write() as tx:
        wishes.add_wish(tx, said.utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)

    assert words not in text_in(search.search(chain.programme_id, "woke the street manual vendor"))


def test_words_released_otherwise_are_found_as_they_are_released(chain):
    said = transcripts.utterances(chain.meeting_id)[3]
    search.search(chain.programme_id, "street")
    with runtime().store.write() as tx:
        talk.add_revision(
            tx, said.utterance_id, RevisionKind.RELEASED, "The alarm woke [place].", author="r"
        )

    told = text_in(search.search(chain.programme_id, "alarm woke the street"))

    assert "The alarm woke [place]." in told
    assert "street" not in told


def test_words_that_came_in_just_now_are_found_by_their_words(chain):
    """Nobody found themes in them yet, so there is no vector."""
    search.search(chain.programme_id, "gadolinium")
    agreements.record_agreement(
        chain.meeting_id, Told.ANNOUNCED, may_quote=True, written_where="minute 2"
    )
    line = live.scribe(
        chain.meeting_id,
        "Gadolinium costs too much.",
        stakeholder_group=StakeholderGroup.CLINICIAN,
    )
    with runtime().store.write() as tx:
        talk.release_all(tx, [line], author="r")

    found = search.search(chain.programme_id, "gadolinium")

    assert said_in(found)[0] == "Gadolinium costs too much."
    assert found.n_words_only == 1


def test_an_erased_person_is_no_result(chain):
    ann = next(a for a in meetings.roster(chain.meeting_id) if a.name.startswith("Ann"))
    assert "eleven weeks" in text_in(search.search(chain.programme_id, "eleven weeks wheelchair"))

    erasure.erase_person(ann.attendance_id, reason="asked")

    assert "eleven weeks" not in text_in(
        search.search(chain.programme_id, "eleven weeks wheelchair")
    )


def test_without_the_model_the_words_still_find(chain, monkeypatch):
    def missing():
        raise ModelMissing(model="none")

    monkeypatch.setattr(runtime(), "embedder", missing)
    monkeypatch.setattr(type(runtime()), "model_name", property(lambda self: missing()))

    found = search.search(chain.programme_id, "vendor letter")

    assert not found.is_by_meaning
    assert said_in(found)[0] in (SAID[1][1], SAID[2][1])


def test_what_nobody_says_gives_the_nearest_and_says_so(chain):
    found = search.search(chain.programme_id, "qqzzkk")

    assert found.is_only_near or not found.hits
    assert len(found.hits) <= 3


def test_blank_words_give_nothing(chain):
    assert search.search(chain.programme_id, " “” ?!").hits == ()


def make_large(programme_id, sizes):
    meeting_id = empty_meeting(programme_id)
    lines = []
    for group, n in sizes.items():
        for k in range(n):
            name = f"{group.name.title()} {k}"
            meetings.add_person(meeting_id, name, group)
            lines.append(f"{name}: The mask of {group.value} number {k} leaks at night.")
    understood = transcripts.understand(meeting_id, "talk.txt", "\n".join(lines).encode())
    transcripts.store_transcript(
        meeting_id,
        understood,
        {m.label: m.attendance_id for m in understood.matches},
        transcripts.ConsentGiven(frozenset(ConsentUse), "forms"),
        is_released=True,
    )
    return meeting_id


def test_groups_of_fewer_than_five_people_are_joined(app_runtime):
    programme_id = programmes.start_ours()
    make_large(
        programme_id,
        {
            StakeholderGroup.PERSON_LIVING_WITH_ALS: 6,
            StakeholderGroup.CLINICIAN: 5,
            StakeholderGroup.INDUSTRY: 2,
        },
    )

    known = search.filters(programme_id).groups

    alone = [groups for _, groups in known if groups == (StakeholderGroup.INDUSTRY,)]
    assert alone == []
    assert (StakeholderGroup.PERSON_LIVING_WITH_ALS,) in [groups for _, groups in known]
    label = next(
        name for name, groups in known if groups == (StakeholderGroup.PERSON_LIVING_WITH_ALS,)
    )
    found = search.search(programme_id, "mask leaks", group=label)
    assert {hit.stakeholder_group for hit in found.hits} == {
        StakeholderGroup.PERSON_LIVING_WITH_ALS
    }


def test_a_group_that_is_too_small_finds_nothing(chain):
    assert search.search(chain.programme_id, "ventilator", group="clinician").hits == ()


def test_a_search_changes_nothing_in_the_store(chain):
    def everything():
        with runtime().store.read() as tx:
            return [
                tx.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
                for name in ("embedding", "passage", "audit_event", "text_revision")
            ]

    before = everything()

    search.search(chain.programme_id, "something entirely new that nobody asked before")

    assert everything() == before
