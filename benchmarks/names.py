"""Names of themes beside BERTopic's: three words of c-TF-IDF. Start at `measure`.

Both sides name the same themes, made of the same vectors. A name stands for its theme if its
vector lies nearest to that theme's centre. On banking77 and clinc150 it also must be nearest to
the label that most of the theme's texts have from people (underscores as spaces).
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from analysis.embeddings import Embedder, load_embedder
from analysis.theme_names import name_themes
from analysis.themes import find_themes
from benchmarks._labelled import from_csv, labelled_sets, meetings, real_data
from benchmarks.frame import Claim, at_least, at_most, main

Vectors = NDArray[np.float32]
Labels = NDArray[np.intp]

PEER = "c-TF-IDF, three words"
N_MEETINGS = 6
FEWEST_WORDS = 4
SECONDS_A_WORD = 0.4
FEWEST, MOST = 2, 5
LEAST_OWN = 0.9
LEAST_LABEL = 0.75


@dataclass(frozen=True, eq=False)
class Named:
    """Texts in themes, and what people called them where they did."""

    name: str
    texts: list[str]
    vectors: Vectors
    themes: Labels
    labels: list[str] | None = None


def measure(options: argparse.Namespace) -> Sequence[Claim]:
    """What names stand for, how long they are, and whether two are alike."""
    model = load_embedder(None)
    claims = []
    for named in _sets(model, options.csv):
        ours = [
            theme.name
            for theme in name_themes(
                named.texts, named.themes, vectors=named.vectors, embed=model.embed
            )
        ]
        claims += _claims(named, ours, _peer(named), model)
    return claims


def _sets(model: Embedder, csv: Path | None) -> Iterator[Named]:
    folder = real_data()
    if csv is None and folder is None:
        raise SystemExit("Set ROUNDTABLE_REAL_DATA to the folder of real data, or give --csv.")
    for labelled in [from_csv(csv)] if csv else labelled_sets(folder or Path()):
        vectors = model.embed(labelled.texts)
        themes = find_themes(vectors).fine
        yield Named(labelled.name, labelled.texts, vectors, themes, labelled.labels)
    if csv is None and folder is not None:
        for n, meeting in enumerate(meetings(folder, "qmsum_val.jsonl", N_MEETINGS), 1):
            yield from _of_meeting(f"QMSum val, meeting {n}", meeting.turns, model)


def _of_meeting(name: str, turns: Sequence[str], model: Embedder) -> Iterator[Named]:
    n_words = np.array([len(turn.split()) for turn in turns])
    long = np.flatnonzero(n_words >= FEWEST_WORDS)
    texts = [turns[n] for n in long.tolist()]
    vectors = model.embed(texts)
    found = find_themes(vectors, times_s=(np.cumsum(n_words) * SECONDS_A_WORD)[long])
    for level, themes in (("broad", found.broad), ("fine", found.fine)):
        yield Named(f"{name}, {level}", texts, vectors, themes)


def _peer(named: Named) -> list[str]:
    """What BERTopic calls these themes: its own classes, three words joined."""
    from bertopic.vectorizers import ClassTfidfTransformer
    from sklearn.feature_extraction.text import CountVectorizer

    joined = [
        " ".join(t for t, theme in zip(named.texts, named.themes, strict=True) if theme == n)
        for n in range(int(named.themes.max()) + 1)
    ]
    words = CountVectorizer(stop_words="english")
    worth = ClassTfidfTransformer().fit_transform(words.fit_transform(joined)).toarray()
    spelled = words.get_feature_names_out()
    return [" ".join(spelled[row.argsort()[::-1][:3]]) for row in worth]


def _claims(named: Named, ours: list[str], peer: list[str], model: Embedder) -> list[Claim]:
    told = f"{named.name} ({len(ours)} themes)"
    own = [_share_own(named, names, model) for names in (ours, peer)]
    claims = [
        at_least(f"{told}: own centre nearest", own[0], LEAST_OWN, peers={PEER: own[1]}),
    ]
    if named.labels is not None:
        right = [_share_label(named, model.embed(names), model) for names in (ours, peer)]
        centre = round(_share_label(named, _centres(named, len(ours)), model), 3)
        claims += [
            at_least(f"{told}: own label nearest", right[0], LEAST_LABEL, peers={PEER: right[1]}),
            Claim(
                "— the same for the themes' own centres, without any name", centre, "", "told", True
            ),
        ]
    n_words = [len(name.split()) for name in ours]
    outside = sum(not FEWEST <= n <= MOST for n in n_words)
    alike = sum(n - 1 for n in Counter(name.lower() for name in ours).values())
    return [
        *claims,
        at_most(f"{told}: names outside two to five words", float(outside), 0, "names"),
        at_most(f"{told}: names that another theme has too", float(alike), 0, "names"),
    ]


def _centres(named: Named, n_themes: int) -> Vectors:
    centres = np.stack([named.vectors[named.themes == n].mean(axis=0) for n in range(n_themes)])
    return np.asarray(centres / np.linalg.norm(centres, axis=1, keepdims=True))


def _share_own(named: Named, names: Sequence[str], model: Embedder) -> float:
    nearest = (model.embed(names) @ _centres(named, len(names)).T).argmax(axis=1)
    return float(np.mean(nearest == np.arange(len(names))))


def _share_label(named: Named, directions: Vectors, model: Embedder) -> float:
    labels = sorted(set(named.labels or []))
    spoken = model.embed([label.replace("_", " ") for label in labels])
    nearest = (directions @ spoken.T).argmax(axis=1)
    of_theme = np.array(named.labels)
    right = 0
    for n, place in enumerate(nearest):
        counts = Counter(of_theme[named.themes == n].tolist())
        # Of two labels as frequent either is right.
        right += counts[labels[place]] == max(counts.values())
    return right / len(directions)


if __name__ == "__main__":
    main("names", measure)
