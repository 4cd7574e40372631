"""What every service that may return text is asked for, or why it is not. Start at `SHARED`.

A new service fails `test_every_service_has_its_row` until it stands here: decide first whether
others may read what it returns.
"""

import secrets
from collections.abc import Callable
from datetime import date
from html import unescape
from itertools import chain

from domain.coding import CodedAs
from domain.guided import Round
from domain.ids import CheckId, GuidedSessionId, PanelId, ProgrammeId, StatementId
from domain.talk import Zone
from services import (
    agreements,
    audit_log,
    ballots,
    bulk_release,
    coding,
    coding_result,
    common_ground,
    echo_index,
    echoes,
    evidence,
    exports,
    family,
    glance,
    group_orders,
    guided_sessions,
    hide_suggestions,
    initiatives,
    jobs,
    links,
    live,
    meeting_report,
    meetings,
    merging,
    my_words,
    overview,
    panels,
    passages,
    programme_pack,
    programmes,
    proposals,
    recommendation_reading,
    recommendation_story,
    recommendations,
    review,
    room,
    search,
    small_groups,
    statement_desk,
    statements,
    story,
    theme_counts,
    theme_desk,
    theme_files,
    theme_kin,
    theme_reading,
    theme_speakers,
    theme_years,
    themes,
    transcripts,
    translations,
    upkeep,
    voters,
    voting,
    what_happened,
)
from services import chain as links_of_chain
from services.runtime import runtime
from services.themes import THEMES
from store.engine import Connection
from tests.zones.stage import Stage

Ask = Callable[[Stage], object]
TODAY = date(2026, 6, 1)


def reading(ask: Callable[[Connection, Stage], object]) -> Ask:
    """A service that works within somebody else's transaction."""

    def _ask(stage: Stage) -> object:
        with runtime().store.read() as tx:
            return ask(tx, stage)

    return _ask


def _of_every_theme(stage: Stage) -> object:
    report = themes.theme_report(stage.meeting_id, n_quotes=1000)
    found = report.themes if report else ()
    return [themes.theme_quotes(stage.meeting_id, t.theme_id, 1000) for t in found]


def _of_every_public_theme(stage: Stage) -> object:
    shown = themes.public_themes(stage.meeting_id, 3)
    return [themes.public_theme(stage.meeting_id, t.theme_id, 3) for t in shown]


def _speakers_of_run(tx: Connection, stage: Stage) -> object:
    read = theme_reading.read_run(tx, stage.meeting_id)
    return (
        theme_speakers.of_run(read, theme_speakers.way_of(tx, stage.programme_id)) if read else ()
    )


def _near_every_theme(stage: Stage) -> object:
    seen = theme_years.theme_years(stage.programme_id)
    return [theme_kin.near_themes(stage.programme_id, seen, t.theme_id) for t in seen.themes]


def _choices_of_every_theme(stage: Stage) -> object:
    seen = theme_years.theme_years(stage.programme_id)
    return [theme_kin.choices(stage.programme_id, seen, t.theme_id) for t in seen.themes]


def _of_every_year(ask: Callable[[ProgrammeId, theme_years.LastingTheme], object]) -> Ask:
    def _ask(stage: Stage) -> object:
        seen = theme_years.theme_years(stage.programme_id)
        return [ask(stage.programme_id, theme) for theme in seen.themes]

    return _ask


def _my_turns(stage: Stage) -> object:
    mine = my_words.my_words(stage.secret).turns
    return [my_words.my_turn(stage.secret, turn.utterance_id) for turn in mine]


def _my_statements(stage: Stage) -> object:
    mine = statements.my_statements(stage.secret).statements
    return [statements.my_statement(stage.secret, one.statement.statement_id) for one in mine]


def _check(stage: Stage) -> CheckId:
    """A check of the themes: the one that was drawn, or one now."""
    known = coding.checks(stage.meeting_id)
    return known[0].check.check_id if known else coding.draw_sample(stage.meeting_id, 100, seed=1)


def _every_turn(stage: Stage) -> object:
    opened = coding.open_check(_check(stage), secrets.token_hex(4))
    turns = []
    while turn := coding.next_turn(opened):
        turns.append(turn)
        coding.code(opened, turn.passage_id, CodedAs.NONE)
    return turns


def _guided(ask: Callable[[GuidedSessionId], object]) -> Ask:
    """Of a session over everything that may be ranked, begun before anybody took words back."""

    def _ask(stage: Stage) -> object:
        known = guided_sessions.sessions_of(stage.meeting_id)
        if not known:
            recommendations.write(stage.meeting_id, "Show the mask at home.", author="test")
            views = recommendations.recommendations(stage.meeting_id)
            options = [view.recommendation.recommendation_id for view in views]
            people = list(guided_sessions.who_may_sit(stage.meeting_id))
            guided_sessions.start(stage.meeting_id, options, people, group_size=5)
            known = guided_sessions.sessions_of(stage.meeting_id)
        return ask(known[0].session_id)

    return _ask


def _panel(ask: Callable[[PanelId], object]) -> Ask:
    """Of a panel over what was voted on already, whose wording therefore stays."""

    def _ask(stage: Stage) -> object:
        if not panels.panels_of(stage.meeting_id):
            asked = [i.recommendation_id for i in ballots.results(stage.ballot_id).ballot.items]
            members = list(guided_sessions.who_may_sit(stage.meeting_id))[:6]
            panels.close_round(panels.start(stage.meeting_id, asked, members))
        return ask(panels.panels_of(stage.meeting_id)[0].panel_id)

    return _ask


def _found(stage: Stage) -> object:
    words = [*sorted(stage.shared_markers), *sorted(stage.hidden_markers)]
    asked = [*words, "mask leaks at the mask straps", "plover nested", "lend machines"]
    return [search.search(stage.programme_id, word, n_most=200) for word in asked]


def _read(told: tuple[str, bytes]) -> tuple[str, str]:
    """A document as the words that stand in it."""
    name, data = told
    return name, unescape(data.decode())


SHARED: dict[str, Ask] = {
    "agreements.agreement_of": lambda s: agreements.agreement_of(s.meeting_id),
    "audit_log.export_log": lambda s: audit_log.export_log(),
    "audit_log.read_log": lambda s: audit_log.read_log(n=10_000),
    "ballots.ballots_of": lambda s: ballots.ballots_of(s.meeting_id),
    "ballots.export_results_csv": lambda s: ballots.export_results_csv(s.ballot_id),
    "ballots.results": lambda s: ballots.results(s.ballot_id),
    "ballots.results_in": reading(lambda tx, s: ballots.results_in(tx, s.ballot_id)),
    "coding.checks": lambda s: coding.checks(s.meeting_id),
    "coding.next_turn": _every_turn,
    "coding.open_check": lambda s: coding.open_check(_check(s), "Coder"),
    "coding_result.result": lambda s: coding_result.result(_check(s), "Somebody else"),
    "common_ground.main_view": lambda s: common_ground.main_view(s.ballot_id),
    "echo_index.index_of": lambda s: echo_index.index_of(s.programme_id).recommendation_ids,
    "echoes.echoes": lambda s: [
        echoes.echoes(s.meeting_id, view.recommendation.text, 1000)
        for view in recommendations.recommendations(s.meeting_id)
    ],
    "evidence.suggest_evidence": lambda s: evidence.suggest_evidence(s.recommendation_id, 1000),
    "chain.chain": lambda s: links_of_chain.chain(s.programme_id),
    "chain.chain_of_meeting": lambda s: links_of_chain.chain_of_meeting(
        meetings.the_meeting(s.meeting_id)
    ),
    "exports.export_meeting": lambda s: exports.export_meeting(s.meeting_id),
    "exports.groups_told": lambda s: exports.groups_told(s.meeting_id),
    "exports.quotes_behind": lambda s: exports.quotes_behind(s.meeting_id),
    "family.contacts_of": lambda s: family.contacts_of(s.meeting_id),
    "family.visitor": lambda s: family.visitor(s.secret),
    "glance.glance": lambda s: glance.glance(s.meeting_id),
    "initiatives.initiatives": lambda s: initiatives.initiatives(s.programme_id),
    "initiatives.the_initiative": lambda s: [
        initiatives.the_initiative(s.programme_id, view.initiative.initiative_id)
        for view in initiatives.initiatives(s.programme_id)
    ],
    "initiatives.views": reading(lambda tx, s: initiatives.views(tx, s.programme_id)),
    "jobs.newest": lambda s: jobs.newest(s.meeting_id, THEMES),
    "links.links_for": lambda s: links.links_for(s.meeting_id),
    "links.secrets_for": lambda s: links.secrets_for(s.meeting_id),
    "live.newest_lines": lambda s: live.newest_lines(s.meeting_id, 1000),
    "meeting_report.meeting_report": lambda s: _read(
        meeting_report.meeting_report(s.meeting_id, TODAY)
    ),
    "meetings.meetings_of": lambda s: meetings.meetings_of(s.programme_id),
    "group_orders.board": _guided(lambda s: group_orders.board(s, Round.FIRST)),
    "group_orders.export_result": _guided(group_orders.export_result),
    "group_orders.added_up": _guided(group_orders.added_up),
    "group_orders.result": _guided(group_orders.result),
    "guided_sessions.open_session": _guided(guided_sessions.open_session),
    "guided_sessions.who_may_sit": lambda s: guided_sessions.who_may_sit(s.meeting_id),
    "panels.export_panel": _panel(panels.export_panel),
    "panels.open_panel": _panel(panels.open_panel),
    "panels.result": _panel(panels.result),
    "small_groups.seating": _guided(lambda s: small_groups.seating(s, Round.FIRST)),
    "meetings.roster": lambda s: meetings.roster(s.meeting_id),
    "meetings.the_meeting": lambda s: meetings.the_meeting(s.meeting_id),
    "merging.kept_apart": lambda s: merging.kept_apart(s.meeting_id),
    "merging.alike": lambda s: merging.alike(s.meeting_id, 1000),
    "my_words.my_turn": _my_turns,
    "my_words.my_words": lambda s: my_words.my_words(s.secret),
    "overview.overview": lambda s: overview.overview(s.programme_id, date(2026, 6, 1)),
    "passages.passages_of_meeting": lambda s: passages.passages_of_meeting(
        s.meeting_id, Zone.SHARED
    ),
    "passages.vectors_of_meeting": lambda s: passages.vectors_of_meeting(s.meeting_id, Zone.SHARED)[
        0
    ],
    "programme_pack.programme_pack": lambda s: [
        _read(programme_pack.programme_pack(s.programme_id, TODAY, is_for_board=for_board))
        for for_board in (True, False)
    ],
    "programmes.programmes": lambda s: programmes.programmes(),
    "programmes.the_programme": lambda s: programmes.the_programme(s.programme_id),
    "proposals.proposed": lambda s: proposals.proposed(s.meeting_id),
    "recommendation_reading.shown_of": reading(
        lambda tx, s: recommendation_reading.shown_of(tx, s.meeting_id)
    ),
    "recommendation_reading.verified_evidence": reading(
        lambda tx, s: recommendation_reading.verified_evidence(tx, [s.recommendation_id])
    ),
    "recommendation_reading.waiting_evidence": reading(
        lambda tx, s: recommendation_reading.waiting_evidence(tx, [s.recommendation_id])
    ),
    "recommendation_story.story": lambda s: recommendation_story.story(s.recommendation_id),
    "recommendation_story.vote_told": lambda s: recommendation_story.vote_told(
        s.meeting_id, s.recommendation_id
    ),
    "recommendations.recommendations": lambda s: recommendations.recommendations(s.meeting_id),
    "recommendations.wordings": lambda s: recommendations.wordings(s.recommendation_id),
    "room.on_the_wall": lambda s: room.on_the_wall(s.meeting_id),
    "search.around": lambda s: [
        search.around(said.utterance_id) for said in transcripts.utterances(s.meeting_id)[::7]
    ],
    "search.filters": lambda s: search.filters(s.programme_id),
    "search.search": _found,
    "statement_desk.accepted": lambda s: statement_desk.accepted(s.meeting_id),
    "statements.my_statement": _my_statements,
    "statements.my_statements": lambda s: statements.my_statements(s.secret),
    "statements.writing_page": lambda s: statements.writing_page(s.secret, StatementId("A" * 12)),
    "story.chain_story": lambda s: story.chain_story(s.programme_id),
    "theme_reading.read_run": reading(
        lambda tx, s: [
            (t.name, t.key_words)
            for t in getattr(theme_reading.read_run(tx, s.meeting_id), "themes", ())
        ]
    ),
    "theme_counts.voices_at": reading(lambda tx, s: theme_counts.voices_at(tx, s.meeting_id)),
    "theme_files.theme_tables": lambda s: theme_files.theme_tables(s.meeting_id),
    "theme_kin.choices": _choices_of_every_theme,
    "theme_kin.near_themes": _near_every_theme,
    "theme_speakers.of_run": reading(_speakers_of_run),
    "theme_speakers.speakers_at": lambda s: [
        theme_speakers.speakers_at(s.meeting_id, breadth) for breadth in (None, 1, 99)
    ],
    "theme_years.came_of_theme": _of_every_year(theme_years.came_of_theme),
    "theme_years.quotes_over_years": _of_every_year(
        lambda programme_id, theme: theme_years.quotes_over_years(programme_id, theme, 1000)
    ),
    "theme_years.theme_years": lambda s: theme_years.theme_years(s.programme_id),
    "theme_desk.open_themes": lambda s: [
        theme_desk.open_themes(s.meeting_id, breadth) for breadth in (None, 1, 99)
    ],
    "theme_desk.what_changed": lambda s: theme_desk.what_changed(s.meeting_id),
    "themes.map_points": lambda s: themes.map_points(s.meeting_id),
    "themes.public_theme": _of_every_public_theme,
    "themes.public_themes": lambda s: themes.public_themes(s.meeting_id, 3),
    "themes.set_aside": lambda s: themes.set_aside(s.meeting_id),
    "themes.theme_quotes": _of_every_theme,
    "themes.theme_report": lambda s: themes.theme_report(s.meeting_id, n_quotes=1000),
    "transcripts.utterances": lambda s: transcripts.utterances(s.meeting_id),
    "translations.in_english": lambda s: translations.in_english(s.meeting_id),
    "translations.other_languages": lambda s: translations.other_languages(s.meeting_id),
    "upkeep.health": lambda s: upkeep.health(),
    "voting.asked_page": lambda s: voting.asked_page(s.secret, s.open_ballot_id, 1),
    "voting.ballot_page": lambda s: voting.ballot_page(s.secret, s.open_ballot_id, 1),
    "voters.enter": lambda s: voters.enter(s.secret),
    "voting.my_answers": lambda s: voting.my_answers(s.secret, s.open_ballot_id),
    "voting.votes_of": lambda s: voting.votes_of(s.secret),
    "what_happened.what_happened": lambda s: what_happened.what_happened(s.meeting_id),
}
"""What anybody of the staff without the reviewer's role, or a participant, can be given."""

RAW: dict[str, Ask] = {
    "statement_desk.settled": lambda s: statement_desk.settled(s.meeting_id),
    "statement_desk.waiting": lambda s: statement_desk.waiting(s.meeting_id),
    "bulk_release.preview": lambda s: bulk_release.preview(s.meeting_id),
    "bulk_release.release_rest": lambda s: bulk_release.release_rest(s.meeting_id),
    "bulk_release.releases": lambda s: bulk_release.releases(s.meeting_id),
    "hide_suggestions.suggest": lambda s: hide_suggestions.suggest(s.meeting_id),
    "review.queue": lambda s: review.queue(s.meeting_id, reason="curious"),
    "themes.restricted_report": lambda s: themes.restricted_report(s.meeting_id, reason="curious"),
}
"""What only a reviewer may be given: everybody else is refused."""

WITHIN = {
    "theme_counts.places_at": "offsets in texts that `came_of_theme` verified; walked",
    "theme_counts.voices_as_found": "what `voices_at` is made of; walked",
    "theme_shown.named_level": "themes of `read_run` and `voices_at`; walked",
    "theme_speakers.told_of": "tells `theme_years.theme_years`; walked",
    "theme_speakers.voices_in": "of a run that was read by `read_run`; walked",
    "theme_passages.standing_passages": "what `read_run` is made of; walked",
    "theme_passages.without_its_translation": "a passage of `read_run`; walked",
    "theme_shown.one_parent": "passages of `read_run`; walked",
    "theme_shown.shown_themes": "the themes of `read_run`; walked",
    "theme_reading.read_this_run": "what `read_run` and the check of themes are made of; walked",
    "coding.by_coder": "orders what its caller read",
    "coding.read_check": "read by the check, whose turns and result are walked",
    "erased_traces.find_copies": "looks for what an erasure must change too; no screen calls it",
    "family.owner_of": "who a link belongs to",
    "hide_suggestions.prompts_for": "rules about a text that its caller holds already",
    "hide_suggestions.suggestions_of": "offsets and kinds, for texts that the caller read",
    "recommendation_reading.joined_with": "picks from what its caller holds already",
    "review.look_around": "widens a page that `queue` gave to a reviewer",
    "review.neighbours": "of a page that `queue` gave to a reviewer",
    "review.turn": "of a page that `queue` gave to a reviewer",
    "review_order.in_order": "orders what the review has read",
    "review_turns.the_turn": "read by the review, which asks for READ_RAW first",
    "review_turns.turns_in": "read by the review, which asks for READ_RAW first",
    "search_index.index_of": "offsets, digests and hashes; `search` reads the words anew",
    "theme_corrections.correct": "corrects what `read_run` read, which is walked",
    "kept_readings.kept": "hands on what a walked service reads, until anything is committed",
    "theme_breadths.seen_at": "of a run that was read by `theme_desk`, which is walked",
    "theme_views.names_of": "of a run that was read by `theme_desk`, which is walked",
    "theme_views.quote_of": "of a run that was read by `theme_desk`, which is walked",
    "theme_views.quotes_of": "of a run that was read by `theme_desk`, which is walked",
    "theme_views.report_of": "of a run that was read by `theme_desk`, which is walked",
    "theme_views.theme_view": "of a run that was read by `theme_desk`, which is walked",
    "statement_desk.whole_quote": "of an utterance that its caller read",
    "themes.points_of": "of a run that was read by `theme_desk`, which is walked",
    "guided_sessions.options_in": "asked through `open_session`, which is walked",
    "translations.other_languages_in": "asked through `other_languages`, which is walked",
    "words_to_read.at_meeting": "goes along with quotes that walked services verified",
    "words_to_read.of_turns": "goes along with quotes that walked services verified",
    "words_to_read.translated_passages": "of turns that walked services may show",
    "words_to_read.of_whole_turns": "goes along with turns that walked services may show",
    "word_uses.uses_of": "asked through `my_words`, which is walked",
}
"""Steps inside a service; those that screens and routes call are walked or refuse."""

NO_WORDS = {
    "access": "who acts",
    "account_list": "accounts of the staff",
    "accounts": "sign-in",
    "backups": "counts of what a whole copy holds, for whoever runs the computer",
    "keys": "keys",
    "meaning_model": "the name of the language model",
    "log_lines": "takes words out of log lines; its own tests walk it",
    "owner_links": "links to an initiative",
    "page_marks": "seals of forms",
    "passwords": "hashes",
    "practice": "names and links of the invented people",
    "runtime": "the process itself",
    "self_test": "counts over an invented meeting",
    "self_test_rounds": "what an invented meeting in a store of its own gives",
    "set_up": "links to set a password",
    "settings": "where things are",
    "speaker_names": "names that the caller holds",
    "tombstones": "ids",
    "vote_parts": "counts that were released before",
}
"""Modules that read nothing that people said, with what they return instead."""

NO_WORDS_OF = {
    "coding.coder_of": "the name of whoever codes",
    "coding.given_reason": "the reason that it is given",
    "chain.by_meeting": "numbers of what its caller read",
    "report_parts.count": "a number",
    "report_parts.day": "a day",
    "report_parts.file_name": "a name of a file",
    "report_parts.note": "a watermark",
    "report_parts.quoted": "the words that it is given, from walked services",
    "exports.table_csv": "writes the table that it is given",
    "family.record_death": "a new link",
    "initiatives.check_link": "the link that it is given",
    "jobs.the_job": "a message of ours",
    "links.qr_svg": "the address that it is given",
    "links.replace_in": "a new link",
    "links.replace_link": "a new link",
    "links.url_of": "an address",
    "meetings.add_speakers": "ids",
    "meetings.person_name": "the name that it is given",
    "meetings.read_roster_file": "the file that it is given",
    "my_words.mark_of": "a seal",
    "ballot_times.extensions": "names of people with more time, and moments",
    "ballot_times.time_zone_of": "a name of a time zone",
    "show_of_hands.who_answered": "a ballot, walked as `ballots_of`, with names and numbers",
    "participation.consent_mark": "a seal",
    "participation.may_be_answered_for": "a name that staff wrote down",
    "participation.receipt": "a ballot, walked as `ballot_page`, and a code",
    "participation.who_mark": "a seal",
    "panels.in_few_words": "words for a released rating it is given",
    "panels.in_numbers": "words for a released rating it is given",
    "passages.embed_passing": "numbers",
    "passages.embed_texts": "numbers",
    "passages.sha256_of": "a hash",
    "priorities.choose_set": "a vote as released, walked as `results`",
    "priorities.priorities": "a vote as released, walked as `results`",
    "proxies.proxies_at": "names and notes that staff wrote down",
    "ballot_preview.preview_page": "a ballot, walked as `ballots_of`",
    "comparing.change": "words for two released votes that it is given",
    "comparing.comparable": "titles of votes, walked as `ballots_of`",
    "comparing.compare": "two votes as released, walked as `results`",
    "polis.export_polis": "a ballot, walked as `ballots_of`, with numbers of people",
    "polis.read_polis": "the files that it is given",
    "release_preview.preview": "names of groups",
    "recount.export_recount": "a vote as released, walked as `results`",
    "ranking.own_order": "the ballot that it is given",
    "ranking.ranking_page": "a ballot, walked as `ballot_page`",
    "reading_level.told": "a sentence about the text that it is given",
    "recommendations.read_list": "the file that it is given",
    "review.given": "the reason that it is given",
    "statements.change_mark": "a seal",
    "statements.delete_mark": "a seal",
    "statements.mark_of": "a seal",
    "theme_finding.find_themes_of_meeting": "two counts; what it stores is walked in a test",
    "words_to_read.language_of": "the text that it is given",
    "words_to_read.languages_told": "tags of the text that it is given",
    "words_to_read.parts_of": "places in the text that it is given",
    "themes.longer_of": "of a run that its caller read",
    "transcripts.compare_with_meeting": "the file that it is given",
    "transcripts.new_source": "the name that it is given",
    "transcripts.read_columns": "the file that it is given",
    "transcripts.understand": "the file that it is given",
    "transcripts.unrecorded_labels": "names of the file that the caller holds",
    "upkeep.bring_up_to_date": "a sentence of ours",
    "upkeep.make_ready": "a sentence of ours",
    "voters.attendance_of": "who a link belongs to",
    "voting.ballot_of": "a ballot, walked as `ballot_page`",
    "voting.given_press": "a press that it is told",
    "voting.item_at": "a recommendation of a ballot that it is given",
    "voting.box_key": "a hash",
    "voting.open_ballot_of": "a ballot, walked as `ballot_page`",
    "pressing.closed_at": "a moment",
    "pressing.keep": "what became of a press, by a press that it is given",
    "pressing.keep_together": "the same of several",
    "pressing.pressing": "a transaction",
    "voters.enter_as": "who a link belongs to",
    "voters.reading": "a transaction",
    "voters.writing": "a transaction",
}
"""Single functions of other modules that return text which nobody said at a meeting."""

ALL_NAMED = frozenset(chain(SHARED, RAW, WITHIN, NO_WORDS_OF))
