import pytest

from domain.access import Actor, Grant, StaffRole
from domain.errors import NotAllowedNow, NotFound, NotPermitted, TooFewPassages
from domain.people import StakeholderGroup
from domain.talk import ConsentUse, RevisionKind, Wish, WishMadeBy, Zone
from domain.themes import AsideReason
from services import live, meetings, themes, transcripts, worker
from services.access import acting_as
from services.jobs import cancel, newest
from services.theme_finding import find_themes_of_meeting
from services.transcripts import ConsentGiven
from store import audit, consent, talk, wishes
from store import themes as kept_themes
from store.jobs import JobState
from tests.pages.staged import empty_meeting
from tests.services.conftest import agree

TOPICS = {
    "mask": "The breathing mask leaks around the breathing mask straps {}.",
    "insurance": "Insurance denial letters and insurance appeals took months {}.",
    "ramp": "The wheelchair ramp and the wheelchair doorway were measured {}.",
}
PLACES = ["Monday", "upstairs", "outside", "twice", "slowly", "again", "downtown", "inside"]


@pytest.fixture
def long_meeting(meeting_id):
    names = ["Ann Lee", "Dr. Bo Diaz", "Cyrus Ode"]
    lines = ["Dr. Bo Diaz: Can you hear me?"] + [
        f"{names[(n + m) % 3]}: {text.format(PLACES[n])}"
        for n in range(8)
        for m, text in enumerate(TOPICS.values())
    ]
    understood = transcripts.understand(meeting_id, "t.txt", "\n".join(lines).encode())
    people = {m.label: m.attendance_id for m in understood.matches}
    agreed = ConsentGiven(frozenset(ConsentUse), "form")
    transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=True)
    return meeting_id


def test_what_was_said_falls_into_its_topics(long_meeting):
    find_themes_of_meeting(long_meeting)

    report = themes.theme_report(long_meeting)
    names = " / ".join(t.name.lower() for t in report.themes)
    assert len(report.themes) == 3
    assert all(word in names for word in ("mask", "insurance", "wheelchair"))


def test_a_theme_counts_utterances_people_and_groups(long_meeting):
    find_themes_of_meeting(long_meeting)

    first = themes.theme_report(long_meeting).themes[0]

    assert (first.n_utterances, first.n_people) == (8, 3)
    assert set(first.groups) == {
        StakeholderGroup.PERSON_LIVING_WITH_ALS,
        StakeholderGroup.CLINICIAN,
        StakeholderGroup.CURRENT_CAREGIVER,
    }


def test_talk_about_the_meeting_itself_is_set_aside_and_listed(long_meeting):
    find_themes_of_meeting(long_meeting)

    aside = [q.quote.text for q in themes.set_aside(long_meeting)]

    assert aside == ["Can you hear me?"]


def test_every_quote_of_a_theme_is_exactly_in_the_source(long_meeting):
    find_themes_of_meeting(long_meeting)
    texts = {u.revision_id: u.text for u in transcripts.utterances(long_meeting)}

    for theme in themes.theme_report(long_meeting).themes:
        for quote in themes.theme_quotes(long_meeting, theme.theme_id):
            q = quote.quote
            assert texts[q.revision_id][q.start : q.end] == q.text


def test_a_theme_keeps_its_id_when_themes_are_found_again(long_meeting):
    find_themes_of_meeting(long_meeting)
    before = {t.theme_id for t in themes.theme_report(long_meeting).themes}

    find_themes_of_meeting(long_meeting)

    assert {t.theme_id for t in themes.theme_report(long_meeting).themes} == before


def test_the_report_says_when_words_came_in_since(long_meeting):
    find_themes_of_meeting(long_meeting)

    agree(long_meeting)
    live.scribe(long_meeting, "Nobody mentioned the nights yet.", stakeholder_group=None)

    assert themes.theme_report(long_meeting).is_stale


def test_no_unreleased_word_reaches_the_shared_themes(meeting_id):
    understood = transcripts.understand(
        meeting_id, "t.txt", "\n".join(f"Ann Lee: secret words {n} here" for n in range(9)).encode()
    )
    agreed = ConsentGiven(frozenset(ConsentUse), "form")
    transcripts.store_transcript(meeting_id, understood, {}, agreed, is_released=False)

    with pytest.raises(TooFewPassages):
        find_themes_of_meeting(meeting_id, Zone.SHARED)


def test_the_worker_does_what_was_asked_and_says_so(long_meeting):
    themes.request_themes(long_meeting)

    assert worker.work_once()

    job = newest(long_meeting, themes.THEMES)
    assert (job.state, job.share_done) == (JobState.DONE, 1.0)
    assert themes.theme_report(long_meeting) is not None
    assert not worker.work_once()


def test_a_failure_tells_its_reason_and_leaves_the_last_themes(meeting_id):
    themes.request_themes(meeting_id)

    worker.work_once()

    job = newest(meeting_id, themes.THEMES)
    assert job.state is JobState.FAILED
    assert "at least 3 passages" in job.message


def test_a_cancelled_job_is_not_begun(long_meeting):
    job_id = themes.request_themes(long_meeting)

    cancel(job_id)

    assert not worker.work_once()
    assert themes.theme_report(long_meeting) is None


def test_the_same_work_asked_for_twice_waits_once(long_meeting):
    assert themes.request_themes(long_meeting) == themes.request_themes(long_meeting)


def person(meeting_id, name):
    return next(a.attendance_id for a in meetings.roster(meeting_id) if a.name == name)


def say(store, meeting_id, name, **given):
    """Somebody's own word on some uses."""
    uses = {ConsentUse[use.upper()]: is_given for use, is_given in given.items()}
    with store.write() as tx:
        consent.add_consent(
            tx,
            meeting_id,
            uses,
            written_where="",
            recorded_by=name,
            attendance_id=person(meeting_id, name),
        )


def everything_told(meeting_id):
    """Every word about themes that any screen can draw."""
    report = themes.theme_report(meeting_id)
    quotes = [themes.theme_quotes(meeting_id, t.theme_id, 500) for t in report.themes]
    parts = (
        report,
        quotes,
        themes.set_aside(meeting_id),
        themes.map_points(meeting_id),
        themes.public_themes(meeting_id, 3),
    )
    return repr(parts).lower()


@pytest.fixture
def own_phrase(meeting_id):
    """A meeting where Ann alone says "plover clamp", in every one of her lines on the mask."""
    lines = [
        f"{who}: {text.format(PLACES[n])}"
        for n in range(8)
        for who, text in (
            ("Ann Lee", "The plover clamp of the breathing mask leaks, the plover clamp {}."),
            ("Dr. Bo Diaz", "The breathing mask leaks around the breathing mask straps {}."),
            ("Cyrus Ode", "Insurance denial letters and insurance appeals took months {}."),
            ("Dr. Bo Diaz", "The wheelchair ramp and the wheelchair doorway were measured {}."),
        )
    ]
    understood = transcripts.understand(meeting_id, "t.txt", "\n".join(lines).encode())
    people = {m.label: m.attendance_id for m in understood.matches}
    agreed = ConsentGiven(frozenset(ConsentUse), "form")
    transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=True)
    return meeting_id


def test_a_phrase_of_one_person_may_name_a_theme(own_phrase):
    find_themes_of_meeting(own_phrase)

    assert "plover" in everything_told(own_phrase)


def test_no_name_is_made_of_words_that_may_not_be_quoted(own_phrase, store):
    """B-4: Grouped only: their words count in a theme, and stand in no name and no key word."""
    before = themes_of(own_phrase)
    say(store, own_phrase, "Ann Lee", quoted=False)

    find_themes_of_meeting(own_phrase)

    assert "plover" not in everything_told(own_phrase)
    with store.read() as tx:
        stored = kept_themes.themes_of_run(
            tx, kept_themes.current_run(tx, own_phrase, Zone.SHARED).run_id
        )
    assert not any("plover" in f"{t.name} {t.key_words}".lower() for t in stored)
    assert sum(t.n_utterances for t in themes_of(own_phrase)) == sum(t.n_utterances for t in before)


def themes_of(meeting_id):
    report = themes.theme_report(meeting_id)
    if report is None:
        find_themes_of_meeting(meeting_id)
        report = themes.theme_report(meeting_id)
    return report.themes


@pytest.mark.parametrize(
    "how", ["not quoted", "not grouped", "not recorded", "withdrawn", "withheld"]
)
def test_a_name_loses_the_words_of_whoever_takes_them_back(own_phrase, store, how):
    """B-4: The theme's name, key words, quotes and map follow on the next request."""
    find_themes_of_meeting(own_phrase)
    assert "plover" in everything_told(own_phrase)

    take_back(store, own_phrase, how)

    told = everything_told(own_phrase)
    assert "plover" not in told
    assert "breathing mask" in told
    assert themes.theme_report(own_phrase).is_stale is (how != "not quoted")


def take_back(store, meeting_id, how):
    """Take back every line of Ann in one of the ways there are."""
    consents = {"not quoted": "quoted", "not grouped": "grouped", "not recorded": "recorded"}
    if how in consents:
        say(store, meeting_id, "Ann Lee", **{consents[how]: False})
        return
    hers = [
        u.utterance_id
        for u in transcripts.utterances(meeting_id, Zone.RESTRICTED)
        if u.speaker == "Ann Lee"
    ]
    with store.write() as tx:
        for utterance_id in hers:
            if how == "withdrawn":
                wishes.add_wish(tx, utterance_id, Wish.WITHDRAWN, made_by=WishMadeBy.PERSON)
            else:
                talk.add_revision(tx, utterance_id, RevisionKind.WITHHELD, "", author="r")


def test_somebody_who_is_only_counted_is_a_point_without_words_group_or_time(own_phrase, store):
    say(store, own_phrase, "Ann Lee", quoted=False)
    find_themes_of_meeting(own_phrase)

    points = [p for p in themes.map_points(own_phrase) if not p.words]

    assert len(points) >= 8
    assert {(p.stakeholder_group, p.start_s) for p in points} == {(None, None)}


def test_counts_are_of_what_may_be_counted_now(own_phrase, store):
    find_themes_of_meeting(own_phrase)
    before = themes.theme_report(own_phrase)

    say(store, own_phrase, "Cyrus Ode", grouped=False)

    after = themes.theme_report(own_phrase)
    assert before.n_passages - after.n_passages == 8
    assert len(after.themes) == len(before.themes) - 1
    assert StakeholderGroup.CURRENT_CAREGIVER not in {g for t in after.themes for g in t.groups}


def test_a_theme_of_two_people_is_shown_to_staff_and_not_to_everybody(own_phrase):
    find_themes_of_meeting(own_phrase)
    shown = themes.theme_report(own_phrase).themes

    assert shown
    assert themes.public_themes(own_phrase) == ()
    with pytest.raises(NotFound):
        themes.public_theme(own_phrase, shown[0].theme_id)


def test_everybody_sees_few_short_words_of_each_and_no_small_number(long_meeting):
    find_themes_of_meeting(long_meeting)

    for theme in themes.public_themes(long_meeting):
        quotes = themes.public_theme(long_meeting, theme.theme_id).quotes
        assert len(quotes) == 6  # three people, two each
        assert (theme.n_people, theme.groups) == (None, ())


def test_themes_in_everything_that_was_heard_are_for_reviewers_who_say_why(meeting_id, store):
    """B-14: Reading themes over raw words is noted with who, when and why, and without a word."""
    lines = [f"{('Ann Lee', 'Bo Diaz')[n % 2]}: hidden mask {n}" for n in range(9)]
    understood = transcripts.understand(meeting_id, "t.txt", "\n".join(lines).encode())
    agreed = ConsentGiven(frozenset({ConsentUse.RECORDED}), "form")
    transcripts.store_transcript(meeting_id, understood, {}, agreed, is_released=False)
    reviewer = Actor("Rae", (Grant(StaffRole.REVIEWER),))
    with acting_as(reviewer):
        themes.request_themes(meeting_id, Zone.RESTRICTED)
    assert worker.work_once()

    with acting_as(reviewer):
        with pytest.raises(NotAllowedNow):
            themes.restricted_report(meeting_id, reason=" ")
        report = themes.restricted_report(meeting_id, reason="to find what to release first")

    assert report.n_passages == 9
    assert themes.theme_report(meeting_id) is None
    with store.read() as tx:
        noted = audit.events(tx, limit=1)[0]
    assert (noted.actor, noted.action) == ("Rae", "restricted themes read")
    assert "hidden" not in repr(noted)


@pytest.mark.parametrize("role", [r for r in StaffRole if r is not StaffRole.REVIEWER])
def test_nobody_else_reads_or_asks_for_themes_over_raw_words(meeting_id, role):
    """B-15: Raw words, and what is found in them, are for reviewers alone."""
    with acting_as(Actor("Ann", (Grant(role),))):
        with pytest.raises(NotPermitted):
            themes.restricted_report(meeting_id, reason="curious")
        with pytest.raises(NotPermitted):
            themes.request_themes(meeting_id, Zone.RESTRICTED)
        with pytest.raises(NotPermitted):
            find_themes_of_meeting(meeting_id, Zone.RESTRICTED)


def members_of(store, meeting_id):
    with store.read() as tx:
        run = kept_themes.current_run(tx, meeting_id, Zone.SHARED)
        return [m for m, *_ in kept_themes.memberships_of_run(tx, run.run_id)]


def test_why_a_passage_stands_in_no_theme_is_kept(long_meeting, store):
    find_themes_of_meeting(long_meeting)

    told = [m.aside for m in members_of(store, long_meeting) if m.theme_id is None]

    assert told == [AsideReason.MEETING_TALK]


def test_fine_themes_keep_their_ids_when_themes_are_found_again(long_meeting, store):
    find_themes_of_meeting(long_meeting)
    before = {m.fine_theme_id for m in members_of(store, long_meeting)}

    find_themes_of_meeting(long_meeting)

    assert {m.fine_theme_id for m in members_of(store, long_meeting)} == before


def test_how_fine_themes_join_is_stored_with_the_run(two_sided, store):
    find_themes_of_meeting(two_sided)

    with store.read() as tx:
        run = kept_themes.current_run(tx, two_sided, Zone.SHARED)
        merges = kept_themes.merges_of_run(tx, run.run_id)
    fine = {m.fine_theme_id for m in members_of(store, two_sided)} - {None}
    assert merges
    assert {one for m in merges for one in (m.theme_id, m.joined_id)} <= fine


def test_a_passage_that_speaks_of_two_themes_is_kept_with_both(two_sided, store):
    find_themes_of_meeting(two_sided)

    both = [m for m in members_of(store, two_sided) if m.also]

    assert both
    for m in both:
        assert all(other.theme_id != m.fine_theme_id for other in m.also)
        assert all(0.25 <= other.strength <= 1 for other in m.also)


@pytest.fixture
def two_sided(meeting_id):
    """Masks and insurance, and some lines that speak of both."""
    texts = [text.format(place) for text in TOPICS.values() for place in PLACES[:4]]
    mask, insurance = TOPICS["mask"].format("and"), TOPICS["insurance"]
    texts += [f"{mask} {insurance.format(place)}" for place in PLACES[:2]]
    bring_in(meeting_id, "two.txt", by_turns(texts, "Ann Lee", "Dr. Bo Diaz"))
    return meeting_id


def by_turns(texts, one, other):
    """Lines of two people in turn: one person's lines in a row would be one turn."""
    return [f"{(one, other)[n % 2]}: {text}" for n, text in enumerate(texts)]


def bring_in(meeting_id, name, lines):
    understood = transcripts.understand(meeting_id, name, "\n".join(lines).encode())
    people = {m.label: m.attendance_id for m in understood.matches}
    agreed = ConsentGiven(frozenset(ConsentUse), "form")
    transcripts.store_transcript(meeting_id, understood, people, agreed, is_released=True)


@pytest.fixture
def next_meeting(programme_id):
    """A later meeting of the same programme: masks again, and something new."""
    made = empty_meeting(programme_id)
    for name in ("Dana Ives", "Ed Moss"):
        meetings.add_person(made, name, StakeholderGroup.CURRENT_CAREGIVER)
    later = ["in spring", "in May", "at noon", "late", "early", "on Sunday", "at dawn", "there"]
    new = "Genetic testing counsellors explained genetic testing results {}."
    texts = [text.format(place) for place in later for text in (TOPICS["mask"], new)]
    bring_in(made, "later.txt", by_turns(texts, "Dana Ives", "Ed Moss"))
    return made


def named(meeting_id):
    """Ids of the themes by a word of their name."""
    words = ("mask", "insurance", "wheelchair", "genetic")
    return {
        word: t.theme_id
        for t in themes.theme_report(meeting_id).themes
        for word in words
        if word in t.name.lower()
    }


def test_a_theme_of_a_later_meeting_that_says_the_same_is_the_same_theme(
    long_meeting, next_meeting
):
    find_themes_of_meeting(long_meeting)

    find_themes_of_meeting(next_meeting)

    before, after = named(long_meeting), named(next_meeting)
    assert after["mask"] == before["mask"]
    assert after["genetic"] not in before.values()


def test_it_stays_so_when_the_later_meeting_is_read_again(long_meeting, next_meeting):
    find_themes_of_meeting(long_meeting)
    find_themes_of_meeting(next_meeting)
    before = named(next_meeting)

    find_themes_of_meeting(next_meeting)

    assert named(next_meeting) == before


def test_words_that_may_not_be_quoted_tie_no_meetings_together(long_meeting, next_meeting, store):
    find_themes_of_meeting(long_meeting)
    for name in ("Ann Lee", "Dr. Bo Diaz", "Cyrus Ode"):
        say(store, long_meeting, name, quoted=False)

    find_themes_of_meeting(next_meeting)

    assert named(next_meeting)["mask"] not in {
        t.theme_id for t in themes.theme_report(long_meeting).themes
    }


def test_what_nobody_released_is_compared_with_no_other_meeting(long_meeting, next_meeting, store):
    find_themes_of_meeting(long_meeting)
    find_themes_of_meeting(next_meeting, Zone.RESTRICTED)

    with store.read() as tx:
        run = kept_themes.current_run(tx, next_meeting, Zone.RESTRICTED)
        raw = {t.theme_id for t in kept_themes.themes_of_run(tx, run.run_id)}
    shared = {t.theme_id for t in themes.theme_report(long_meeting).themes}
    assert not raw & shared
