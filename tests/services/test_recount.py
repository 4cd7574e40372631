import io
import subprocess
import sys
import zipfile

import pytest
from sqlalchemy import delete, update

from domain.errors import NotAllowedNow
from domain.people import StakeholderGroup as Group
from domain.votes import Answer, Method
from services import ballots, links, meetings, recount, voting
from store.tables import box, roll
from tests.made_vote import make_vote


def closed_vote(method=Method.AGREEMENT, n_people=30):
    """Two groups of fifteen; to the first recommendation twelve of each say the same."""
    made = make_vote(3)
    ballots.close_ballot(made.ballot_id)
    for n in range(n_people):
        group = Group.CLINICIAN if n % 2 else Group.PERSON_LIVING_WITH_ALS
        meetings.add_person(made.meeting_id, f"Guest {n}", group)
    ballot_id = ballots.open_ballot(made.meeting_id, method=method)
    asked = voting.ballot_page(made.maria, ballot_id, 1).ballot.items
    guests = [s for a, s in links.secrets_for(made.meeting_id) if a.name.startswith("Guest")]
    for n, secret in enumerate(guests):
        for item in asked:
            given = [Answer.AGREE, Answer.DISAGREE][(n + item.position) % 2]
            value = int(given) if method is Method.AGREEMENT else (given > 0) * 1
            voting.lay_answer(secret, ballot_id, item.recommendation_id, value)
    ballots.close_ballot(ballot_id)
    return ballot_id


def unpacked(ballot_id, folder):
    _, data = recount.export_recount(ballot_id)
    zipfile.ZipFile(io.BytesIO(data)).extractall(folder)
    return folder


def run(folder):
    command = [sys.executable, "-I", "recount.py"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("method", [Method.AGREEMENT, Method.APPROVAL])
def test_the_script_alone_counts_what_was_told(app_runtime, tmp_path, method):
    """V16: In a process of its own, without our program."""
    done = run(unpacked(closed_vote(method), tmp_path))

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(("3 ", "6 ", "9 "))
    assert done.stdout.endswith("0 differ.\n")


def test_a_result_that_was_altered_is_found_by_the_script(app_runtime, tmp_path):
    """V16: One number in the results."""
    folder = unpacked(closed_vote(), tmp_path)
    told = (folder / "results.csv").read_text("utf-8-sig")
    number = next(cell for cell in told.splitlines()[1].split(",") if cell == "30")
    (folder / "results.csv").write_text(told.replace(f",{number},", ",31,", 1), "utf-8-sig")

    done = run(folder)

    assert done.returncode == 1
    assert "1, everyone" in done.stderr


def test_an_answer_that_was_taken_out_is_found_by_the_script(app_runtime, tmp_path):
    """V16: One line of the answers."""
    folder = unpacked(closed_vote(), tmp_path)
    lines = (folder / "answers.csv").read_text("utf-8-sig").splitlines()
    (folder / "answers.csv").write_text("\n".join(lines[:-1]), "utf-8-sig")

    assert run(folder).returncode == 1


def test_the_script_is_short_enough_to_read():
    """V16: At most forty lines."""
    assert len(recount.SCRIPT.read_text("utf-8").splitlines()) <= 40


def test_answers_leave_the_house_sorted_and_one_recommendation_at_a_time(app_runtime, tmp_path):
    """B-9: No whole ballot, no order."""
    lines = (unpacked(closed_vote(), tmp_path) / "answers.csv").read_text("utf-8-sig").splitlines()

    assert lines[0] == "number,group,answer"
    assert all(len(line.split(",")) == 3 for line in lines)
    by_part = {}
    for line in lines[1:]:
        number, group, answer = line.split(",")
        by_part.setdefault((number, group), []).append(answer)
    for answers in by_part.values():
        assert len(answers) >= 11
        assert answers == sorted(answers, key=answers.index)


def test_what_is_withheld_leaves_no_answers(app_runtime, tmp_path):
    """B-8: Six people, fewer than eleven."""
    made = make_vote()
    item = voting.ballot_page(made.maria, made.ballot_id, 1).item
    for secret in made.secrets.values():
        voting.lay_answer(secret, made.ballot_id, item.recommendation_id, Answer.AGREE)
    ballots.close_ballot(made.ballot_id)

    folder = unpacked(made.ballot_id, tmp_path)

    assert (folder / "answers.csv").read_text("utf-8-sig").splitlines() == ["number,group,answer"]
    assert run(folder).returncode == 0


def test_counting_again_finds_the_same(app_runtime):
    """I5, I7: Report, box and roll."""
    found = recount.count_again(closed_vote())

    assert found.is_right
    assert (found.n_on_roll, found.n_in_box, found.n_results) == (30, 30, 3)


def test_a_ballot_that_was_put_in_without_the_roll_is_found(app_runtime, store):
    """I7: The roll says less."""
    ballot_id = closed_vote()
    with store.write() as tx:
        one = tx.execute(roll.select().where(roll.c.ballot_id == ballot_id, roll.c.has_answered))
        who = one.first().attendance_id
        tx.execute(
            update(roll)
            .where(roll.c.ballot_id == ballot_id, roll.c.attendance_id == who)
            .values(has_answered=False)
        )

    assert not recount.count_again(ballot_id).is_right


def test_a_ballot_that_was_taken_out_is_found(app_runtime, store):
    """I7: The box holds less."""
    ballot_id = closed_vote()
    with store.write() as tx:
        key = tx.execute(box.select().where(box.c.ballot_id == ballot_id)).first().ballot_key
        tx.execute(delete(box).where(box.c.ballot_key == key))

    assert not recount.count_again(ballot_id).is_right


def test_an_open_vote_is_not_counted(app_runtime):
    with pytest.raises(NotAllowedNow):
        recount.count_again(make_vote().ballot_id)
