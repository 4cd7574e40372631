"""What every benchmark prints: one object with the machine and its claims. Start at `main`."""

import argparse
import json
import platform
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType

NONE: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True)
class Claim:
    """One measured number beside its target, and beside a peer where there is one.

    ``ratio`` is ours to the peer's, turned so that above 1 is better for us.
    """

    name: str
    value: float
    unit: str
    target: str
    holds: bool
    peer: str | None = None
    peer_value: float | None = None
    ratio: float | None = None


def at_most(name: str, value: float, limit: float, unit: str) -> Claim:
    """A claim that holds when the value is no more than the limit."""
    return Claim(name, round(value, 3), unit, f"≤ {limit:g}", value <= limit)


def faster(name: str, value_s: float, peer: str, peer_s: float, times: float) -> Claim:
    """A claim that holds when we are at least so many times faster than the peer."""
    ratio = peer_s / value_s
    return Claim(
        name,
        round(value_s, 3),
        "s",
        f"≥ {times:g} x faster",
        ratio >= times,
        peer,
        round(peer_s, 3),
        round(ratio, 2),
    )


def at_least(
    name: str, value: float, limit: float, unit: str = "", *, peers: Mapping[str, float] = NONE
) -> Claim:
    """A claim that holds when the value is no less than the limit, and than every peer's."""
    best = max(peers, key=lambda peer: peers[peer]) if peers else None
    told = f"≥ {limit:g}" + (" and every peer" if peers else "")
    is_ahead = best is None or value >= peers[best]
    return Claim(
        name,
        round(value, 3),
        unit,
        told,
        value >= limit and is_ahead,
        ", ".join(f"{peer} {peers[peer]:.3f}" for peer in peers) or None,
        None,
        round(value / peers[best], 2) if best and peers[best] > 0 else None,
    )


def machine() -> dict[str, object]:
    """What this ran on; timings hold for it alone, ratios travel better."""
    return {
        "processor": _processor(),
        "cores": len(_usable_cores()),
        "memory_gb": _memory_gb(),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
    }


def main(name: str, measure: Callable[[argparse.Namespace], Sequence[Claim]]) -> None:
    """Run one benchmark from the command line: ``--json`` prints the one object."""
    parser = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}")
    parser.add_argument("--json", action="store_true", help="one JSON object and nothing else")
    parser.add_argument("--file", type=Path, help="measure on this file instead")
    parser.add_argument("--csv", type=Path, help="columns text and label: measure on these too")
    options = parser.parse_args()
    claims = measure(options)
    result = {"benchmark": name, "machine": machine(), "claims": [asdict(c) for c in claims]}
    if options.json:
        print(json.dumps(result, ensure_ascii=False))
        return
    for claim in claims:
        beside = (
            f" ({told_of_peer(claim.peer, claim.peer_value, claim.unit)})" if claim.peer else ""
        )
        verdict = "holds" if claim.holds else "DOES NOT HOLD"
        print(f"{claim.name}: {claim.value} {claim.unit}, {claim.target}{beside}: {verdict}")


def told_of_peer(peer: str, value: float | None, unit: str) -> str:
    """A peer with its number; several peers carry theirs in their names."""
    return peer if value is None else f"{peer}: {value} {unit}"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").split("\n")
    except OSError:
        return platform.processor()
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def _usable_cores() -> set[int]:
    import os

    return os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else set(range(1))


def _memory_gb() -> int | None:
    try:
        first = Path("/proc/meminfo").read_text(encoding="utf-8").split("\n", 1)[0]
    except OSError:
        return None
    return round(int(first.split()[1]) / 1024**2)
