"""Where the vote lives: its folder, its process, and what is known of it. Start at `House`."""

import shutil
import tempfile
from copy import deepcopy
from pathlib import Path

from hypothesis.stateful import RuleBasedStateMachine

from services import tombstones
from services.page_marks import make_mark, purpose_of
from services.runtime import Runtime, use_runtime
from services.settings import read_settings
from store import audit
from store import ballots as kept
from tests.fakes import WordEmbedder
from tests.invariants import looking
from tests.invariants.expected import Expected
from tests.made_vote import MadeVote
from tests.quick_stores import do_not_wait


class House(RuleBasedStateMachine):
    """A copy of a folder with a vote, a process that works in it, and what to expect."""

    def __init__(self, template: Path, made: MadeVote, expected: Expected) -> None:
        super().__init__()
        self.made, self.ballot_id = made, made.ballot_id
        self.expected = deepcopy(expected)
        self.kept_at: Expected | None = None
        self.frozen: object = None
        self.folder = Path(tempfile.mkdtemp(dir=template.parent))
        self.house = self.folder / "0"
        self.n_moves = 0
        shutil.copytree(template, self.house)
        self._start()

    def teardown(self) -> None:
        try:
            self._check_log()
            self._check_sources()
        finally:
            use_runtime(None)
            self.runtime.store.close()
            shutil.rmtree(self.folder)

    def _start(self) -> None:
        """A process that knows only what lies in its folder."""
        told = {"ROUNDTABLE_FOLDER": str(self.house), "ROUNDTABLE_WORKER": "0"}
        self.runtime = Runtime(read_settings({**told, "ROUNDTABLE_DWELL_GUARD_MS": "0"}))
        do_not_wait(self.runtime.store)  # processes end here, power does not
        self.runtime.__dict__["_embedder"] = WordEmbedder()
        use_runtime(self.runtime)
        tombstones.replay()

    def _move_house(self) -> None:
        """Go on with the files as they lie there now, as after a kill."""
        left = self.house
        self.house = left.with_name(str(int(left.name) + 1))
        shutil.copytree(left, self.house)

    def _keys(self) -> list[Path]:
        return sorted((self.house / "keys").glob("*.key"))

    def _may_act(self, who: int) -> bool:
        return who not in self.expected.gone and self.expected.is_open

    def _items(self) -> looking.Items:
        with self.runtime.store.read() as tx:
            return kept.ballot_by_id(tx, self.ballot_id).items

    def _mark(self, action: str, who: int, place: int) -> str:
        item = self._items()[place - 1]
        secret = self.expected.voters[who].secret
        return make_mark(secret, purpose_of(action, self.ballot_id, item))

    def _check_sources(self) -> None:
        """I8."""
        assert looking.loose_ends(self.runtime.store, self.made) == []

    def _check_log(self) -> None:
        """I6."""
        with self.runtime.store.read() as tx:
            assert audit.first_broken(tx) is None
