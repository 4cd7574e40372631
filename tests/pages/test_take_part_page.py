from domain.ballots import BallotState
from services import ballots
from services.links import links_for
from store import meetings as kept
from tests.pages.chain import make_chain
from tests.pages.conftest import text_of
from ui import screens


def sample(store) -> str:
    with store.write() as tx:
        return kept.add_programme(tx, "Sample", is_sample=True)


def test_the_sample_leads_to_the_link_of_an_invented_person(open_page, store):
    chain = make_chain(sample(store))
    ballots.open_ballot(chain.meeting_id, [chain.recommendation_id])

    page = open_page(screens.TAKE_PART, **{"as": "participant"})

    path = links_for(chain.meeting_id)[0][1].split("/p/j/")[1]
    assert not page.exception
    assert page.get("link_button")[0].proto.url == f"/p/j/{path}"


def test_without_an_open_vote_a_practice_vote_can_be_opened(open_page, store):
    chain = make_chain(sample(store))
    page = open_page(screens.TAKE_PART, **{"as": "participant"})

    page.button(key="open_practice").click().run()

    held = ballots.ballots_of(chain.meeting_id)
    assert [b.ballot.state for b in held] == [BallotState.OPEN]


def test_nobodys_link_is_shown_outside_the_sample(open_page):
    chain = make_chain()
    ballots.open_ballot(chain.meeting_id, [chain.recommendation_id])

    page = open_page(screens.TAKE_PART, **{"as": "participant"})

    assert "Participants come by their own link" in text_of(page)
    assert not page.get("link_button")
    assert "Ann Ray" not in text_of(page)
