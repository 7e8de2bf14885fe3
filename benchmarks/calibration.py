"""How often encounters of each confidence are right; --fit makes new weights of the signs.

    python benchmarks/calibration.py GOLD_DIR [GOLD_DIR ...] [--fit]

An encounter is right when one of the annotated text has its status and all its participants; without a participant,
when the sentences are the same. The table comes from five folds over the documents: each is judged with weights that
were fitted on the other four, so the figures are those of texts that the weights have not seen.
"""

from __future__ import annotations

import argparse
import itertools
import json
from pathlib import Path
from typing import Any

import numpy as np

from diplograph.extract import read
from diplograph.extract.confidence import SIGNS, signs
from diplograph.likeness import same_words
from diplograph.model import Article, PartialDate
from diplograph.read import normalise

FOLDS = 5
RIDGE = 1.0  # of the squared weights, the bias left out: a rare sign is not trusted with a large weight
EDGES = (0.0, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1.0)


def examples(path: Path) -> list[tuple[tuple[str, ...], bool]]:
    """The signs of each encounter read in one annotated text, and whether it is right; optional ones are left out."""
    gold = json.loads(path.read_text("utf-8"))
    published = PartialDate.parse(gold["published"]) if gold.get("published") else None
    reading = read(Article(id=gold["id"], text=normalise(gold["text"]), language="ru", published=published))
    found = []
    for draft in reading.drafts:
        names = [reading.cast.people[person].name for person in draft.participants]
        sentence = reading.document.quote(reading.parts[draft.sentence].sentence.span)
        matches = [meeting for meeting in gold["meetings"] if _matches(meeting, draft.status, names, sentence)]
        if not (matches and all(meeting.get("optional") for meeting in matches)):
            found.append((signs(draft), bool(matches)))
    return found


def _matches(meeting: dict[str, Any], status: str, names: list[str], sentence: str) -> bool:
    if meeting["status"] != status:
        return False
    if not names:
        return sentence[:40] in meeting["evidence"] or meeting["evidence"][:40] in sentence
    return all(any(same_words(name, known) for known in meeting["participants"]) for name in names)


def matrix(rows: list[tuple[tuple[str, ...], bool]]) -> tuple[np.ndarray, np.ndarray]:
    """A row an encounter: the bias, then a column a sign; and 1.0 for each that is right."""
    x = np.array([[1.0, *(float(sign in held) for sign in SIGNS)] for held, _ in rows])
    return x, np.array([float(right) for _, right in rows])


def fit(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The weights of a logistic regression with a ridge, by Newton's method (Hastie et al. 2009, 4.4.1)."""
    weights = np.zeros(x.shape[1])
    ridge = np.diag([1e-3, *[RIDGE] * len(SIGNS)])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        step = np.linalg.solve(x.T * (p * (1 - p)) @ x + ridge, x.T @ (y - p) - ridge @ weights)
        weights += step
        if np.abs(step).max() < 1e-8:
            break
    return weights


def main() -> None:
    """Print the table, and with --fit the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--fit", action="store_true", help="print data/confidence.toml with fitted weights")
    arguments = parser.parse_args()
    documents = [examples(path) for folder in arguments.gold for path in sorted(folder.glob("*.json"))]
    predicted, right = [], []
    for fold in range(FOLDS):
        known = [row for n, rows in enumerate(documents) if n % FOLDS != fold for row in rows]
        unseen = [row for n, rows in enumerate(documents) if n % FOLDS == fold for row in rows]
        weights = fit(*matrix(known))
        x, y = matrix(unseen)
        predicted += list(np.clip(1 / (1 + np.exp(-x @ weights)), 0.05, 0.99))
        right += list(y)
    p, y = np.array(predicted), np.array(right)
    print(f"{len(documents)} texts, {len(y)} encounters, {y.mean():.3f} of them right")
    print("confidence      encounters  said   right")
    for low, high in itertools.pairwise(EDGES):
        inside = (p >= low) & (p < high)
        if inside.any():
            print(f"{low:.2f} to {high:.2f} {inside.sum():14d}  {p[inside].mean():.2f}    {y[inside].mean():.2f}")
    print(f"Brier score {np.mean((p - y) ** 2):.3f}; always saying the share: {y.mean() * (1 - y.mean()):.3f}")
    if arguments.fit:
        weights = fit(*matrix([row for rows in documents for row in rows]))
        print("\n[weight]")
        for name, weight in zip(("bias", *SIGNS), weights, strict=True):
            print(f"{name} = {weight:.2f}")


if __name__ == "__main__":
    main()
