"""How much work diplograph adds to the taggers it rests on: ratios of processor time, measured side by side.

    python benchmarks/cpu.py TEXT... [--published YYYY-MM-DD]

One process, models loaded, medians of 15 rounds. The measure is slovnet's names + morphology + syntax over the same
text, batched as its authors advise (diplograph itself does without syntax).
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from navec import Navec
from razdel import sentenize, tokenize
from slovnet import NER, Morph, Syntax

import diplograph
from diplograph import models
from diplograph.model import Article, PartialDate

ROUNDS = 15


def median(work: Callable[[], object]) -> float:
    """Seconds of processor time, after one round that is not counted."""
    work()
    rounds = []
    for _ in range(ROUNDS):
        start = time.process_time()
        work()
        rounds.append(time.process_time() - start)
    return statistics.median(rounds)


def main() -> None:
    """Print a line for each text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("text", type=Path, nargs="+")
    parser.add_argument("--published", type=PartialDate.parse)
    arguments = parser.parse_args()
    data = models.data_folder()
    embedding = Navec.load(data / "emb" / "navec_news_v1_1B_250K_300d_100q.tar")
    taggers = [
        kind.load(data / "model" / f"slovnet_{name}_news_v1.tar")
        for kind, name in ((NER, "ner"), (Morph, "morph"), (Syntax, "syntax"))
    ]
    for tagger in taggers:
        tagger.navec(embedding)
    for path in arguments.text:
        article = Article("one", path.read_text(encoding="utf-8"), published=arguments.published)
        paragraphs = [line for line in article.text.split("\n") if line.strip()]
        sentences = [[w.text for w in tokenize(s.text)] for line in paragraphs for s in sentenize(line)]
        diplograph.extract(article)  # also limits BLAS to one thread, for both sides

        def tag() -> None:
            list(taggers[0].map(paragraphs))  # noqa: B023
            list(taggers[1].map(sentences))  # noqa: B023
            list(taggers[2].map(sentences))  # noqa: B023

        with tempfile.TemporaryDirectory() as out:
            measure = median(tag)
            extraction = median(lambda: diplograph.extract(article)) / measure  # noqa: B023
            whole = median(lambda: diplograph.build(path, out=out, published=arguments.published)) / measure  # noqa: B023
        print(f"{path.name}: extract {extraction:.2f} times the taggers, build {whole:.2f} times")


if __name__ == "__main__":
    main()
