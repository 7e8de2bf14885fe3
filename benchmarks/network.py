"""How much faster the measures on arrays are than networkx's own pure Python, side by side, and how far they agree.

    python benchmarks/network.py [--nodes 10000] [--rounds 3]

One generated network of officials (preferential attachment with triangles, most pairs met once, some often). In each
round every measure runs both ways, one after the other; figures are medians of processor time of this process. The
arrays are made once for all measures, as `centralities` does: their cost is a line of its own. Answers are arrays here
too, in the order of the nodes. Betweenness is exact at
1,000 nodes; above, both sides count the paths from the same 500 nodes, of which networkx is given the first 20 (its
time is in proportion to their number), and the agreement is that of these.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Mapping
from typing import Any

import networkx as nx
import numpy as np
from networkx.algorithms.link_analysis.pagerank_alg import _pagerank_python

from diplograph import arrays, communities, measures
from diplograph.betweenness import betweenness

#: So many of the sources are left to networkx above 1,000 nodes.
NETWORKX_SOURCES = 20


def officials(nodes: int, *, seed: int = 1) -> nx.Graph[str]:
    """A network as `diplograph.network` gives it: meetings and distance on every tie."""
    drawn = random.Random(seed)
    plain = nx.powerlaw_cluster_graph(nodes, 3, 0.3, seed=seed)
    made: nx.Graph[str] = nx.Graph()
    made.add_nodes_from(f"official/{node:06}" for node in plain)
    for a, b in plain.edges:
        meetings = 1
        while drawn.random() < 0.35:
            meetings += 1
        made.add_edge(f"official/{a:06}", f"official/{b:06}", meetings=meetings, distance=1 / meetings)
    return made


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Processor time of a piece of work, and its result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def compare(name: str, slow: Callable[[], Any], fast: Callable[[], Any], rounds: int, share: float = 1.0) -> Any:
    """Print a line of medians and their ratio; give both results. `share` of its work is what the slow side does."""
    slow_times, fast_times = [], []
    for _ in range(rounds):
        slow_time, slow_result = seconds(slow)
        fast_time, fast_result = seconds(fast)
        slow_times.append(slow_time / share)
        fast_times.append(fast_time)
    slow_time, fast_time = statistics.median(slow_times), statistics.median(fast_times)
    print(f"{name:34} {slow_time * 1e3:12.1f} ms {fast_time * 1e3:10.2f} ms {slow_time / fast_time:8.1f} times")
    return slow_result, fast_result, slow_time, fast_time


def furthest(slow: Mapping[str, float], fast: Mapping[str, float]) -> float:
    """The greatest difference of two scores of one node."""
    return max(abs(slow[node] - fast[node]) for node in slow)


def main() -> None:
    """Print the table, then the agreement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    agreed: list[str] = []
    for nodes in sorted({1000, options.nodes}):
        network = officials(nodes)
        print(f"\n{nodes} nodes, {network.number_of_edges()} ties: networkx, arrays, ratio of the medians")
        made = statistics.median(seconds(lambda: arrays.ties(network))[0] for _ in range(options.rounds))  # noqa: B023
        ties = arrays.ties(network)
        totals = [0.0, made]
        for name, slow, fast, share in pairs_of(network, ties):
            left, right, slow_time, fast_time = compare(name, slow, fast, options.rounds, share)
            totals = [totals[0] + slow_time, totals[1] + fast_time]
            if isinstance(left, dict):
                right = dict(zip(ties.nodes, right.tolist(), strict=True))
                agreed.append(f"{nodes} {name}: scores differ by at most {furthest(left, right):.1e}")
        if nodes > measures.EXACT_UP_TO:
            agreed.append(agreement_of_sampled(network, ties))
        agreed.append(modularities(network, ties))
        print(f"{'arrays made once':34} {'':15} {made * 1e3:10.2f} ms")
        print(f"{'all, arrays included':34} {totals[0] * 1e3:12.1f} ms {totals[1] * 1e3:10.2f} ms "
              f"{totals[0] / totals[1]:8.1f} times")  # fmt: skip
    print("\n" + "\n".join(agreed))


def pairs_of(
    network: nx.Graph[str], ties: arrays.Ties
) -> list[tuple[str, Callable[[], Any], Callable[[], Any], float]]:
    """Each measure: its name, networkx's way, our way, the share of the work that networkx is given."""

    def ours(measure: measures.Measure) -> Callable[[], Any]:
        return lambda: measures.values(ties, measure, seed=1)

    def sampled() -> None:
        nx.betweenness_centrality(network, k=NETWORKX_SOURCES, weight="distance", seed=1)

    def exact() -> Any:
        return nx.betweenness_centrality(network, weight="distance")

    def louvain() -> Any:
        return nx.community.louvain_communities(network, weight="meetings", seed=1)

    large = len(network) > measures.EXACT_UP_TO
    between = ("betweenness, 500 sources", sampled, ours("betweenness"), NETWORKX_SOURCES / measures.SAMPLE)
    return [
        (
            "PageRank",
            lambda: _pagerank_python(network, alpha=measures.DAMPING, weight="meetings", tol=1e-14, max_iter=1000),
            ours("pagerank"),
            1.0,
        ),
        ("degree", lambda: nx.degree_centrality(network), ours("degree"), 1.0),
        ("strength", lambda: dict(network.degree(weight="meetings")), ours("strength"), 1.0),
        between if large else ("betweenness, exact", exact, ours("betweenness"), 1.0),
        ("communities", louvain, lambda: communities.partition(ties, seed=1), 1.0),
    ]


def agreement_of_sampled(network: nx.Graph[str], ties: arrays.Ties) -> str:
    """Both sides with the same few sources."""
    ordered: nx.Graph[str] = nx.Graph()
    ordered.add_nodes_from(ties.nodes)
    ordered.add_edges_from(network.edges(data=True))
    slow = nx.betweenness_centrality(ordered, k=NETWORKX_SOURCES, weight="distance", seed=1)
    sources = random.Random(1).sample(range(len(ties)), NETWORKX_SOURCES)
    fast = dict(zip(ties.nodes, betweenness(ties, sources).tolist(), strict=True))
    return f"{len(ties)} betweenness, the same {NETWORKX_SOURCES} sources: differ by at most {furthest(slow, fast):.1e}"


def modularities(network: nx.Graph[str], ties: arrays.Ties) -> str:
    """The modularity that each side reaches, mean over five seeds."""
    reached = []
    for engine in ("networkx", "arrays"):
        found = [communities.partition(ties, seed=seed, engine=engine) for seed in range(1, 6)]  # type: ignore[arg-type]
        reached.append(float(np.mean([communities.modularity(ties, member) for member in found])))
    share = 100 * (reached[1] / reached[0] - 1)
    return (
        f"{len(ties)} communities: modularity {reached[0]:.4f} by networkx, {reached[1]:.4f} on arrays ({share:+.2f} %)"
    )


if __name__ == "__main__":
    main()
