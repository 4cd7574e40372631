"""A gaze that rests near what it means, as noisy as measured ones. Start at `Gaze`."""

import random
from dataclasses import dataclass, field

from tests.participant.test_in_browser import Box

NOISE_PX = 34
"""0.9 cm, as far as samples lie from the target they mean."""
SHORTEST_MS, LONGEST_MS = 600, 1_000
GUARD_MS = 700


@dataclass
class Gaze:
    """Dwells on what it means until something is pressed; counts what became of it."""

    chance: random.Random
    n_answers: int = 0
    n_wrong: int = 0
    n_dwells: int = 0
    n_too_soon: int = 0
    pressed: list[str] = field(default_factory=list)

    def near(self, box: Box) -> tuple[float, float]:
        """Where a dwell on this box ends."""
        across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
        return self.chance.gauss(across, NOISE_PX), self.chance.gauss(down, NOISE_PX)

    def answer(self, boxes: list[Box]) -> None:
        """Give one answer on a page with these boxes, dwelling anew while none is given."""
        meant = self.chance.choice([box for box in boxes if box.is_answer])
        while True:
            self.n_dwells += 1
            x, y = self.near(meant)
            if self.chance.randint(SHORTEST_MS, LONGEST_MS) < GUARD_MS:
                self.n_too_soon += 1
                continue
            hit = next((box for box in boxes if box.holds(x, y)), None)
            if hit and hit.is_answer:
                self.n_answers += 1
                self.n_wrong += hit is not meant
                self.pressed.append(hit.name)
                return
