"""The flows that are measured, and their budgets."""
from server import NAMESPACE

CORE = "io.kestra.plugin.core."
LOG = f"type: {CORE}log.Log, message: hello"
RETURN = f"type: {CORE}debug.Return, format: x"


class Case:
    """A flow (after others that it calls), how many times it does its thing, and budgets; None for none."""

    LEAF = f"{CORE}debug.Return"

    def __init__(self, title, *sources, count, seconds=None, commits=None, megabytes=None):
        self.title, self.sources, self.count = title, sources, count
        self.seconds, self.commits, self.megabytes = seconds, commits, megabytes


def flow(name, *lines):
    return f"id: {name}\nnamespace: {NAMESPACE}\ntasks:\n" + "".join(f"  {line}\n" for line in lines)


def over(name, kind, count, leaf, limit=None):
    """A flow that runs `leaf` for each number up to `count`."""
    lines = ["- id: each", f"  type: {CORE}flow.{kind}", f"  values: \"{{{{ range(1, {count}) }}}}\""]
    if limit is not None:
        lines.append(f"  concurrencyLimit: {limit}")
    return flow(name, *lines, "  tasks:", f"    - {{id: one, {leaf}}}")


def nested(name, depth):
    lines = []
    for level in range(depth):
        margin = "    " * level
        lines += [f"{margin}- id: s{level}", f"{margin}  type: {CORE}flow.Sequential", f"{margin}  tasks:"]
    return flow(name, *lines, "    " * depth + f"- {{id: last, {LOG}}}")


def parallel(name, count):
    return flow(
        name, "- id: all", f"  type: {CORE}flow.Parallel", "  tasks:",
        *(f"    - {{id: t{i}, {LOG}}}" for i in range(count)))


def chain(name, count):
    return flow(name, *(f"- {{id: t{i}, {LOG}}}" for i in range(count)))


CHILD = flow("child", f"- {{id: t, {LOG}}}")
CALL = f"type: {CORE}flow.Subflow, namespace: {NAMESPACE}, flowId: child"

FLOWS = {
    "foreach-100": Case("ForEach of 100", over("foreach-100", "ForEach", 100, RETURN), count=100, seconds=0.1),
    "foreach-10k": Case(
        "ForEach of 10,000", over("foreach-10k", "ForEach", 10_000, RETURN), count=10_000, seconds=2, megabytes=100),
    "foreach-100k": Case(
        "ForEach of 100,000", over("foreach-100k", "ForEach", 100_000, RETURN), count=100_000, seconds=20),
    "foreach-1m": Case(
        "ForEach of 1,000,000", over("foreach-1m", "ForEach", 1_000_000, RETURN), count=1_000_000, seconds=200,
        megabytes=400),
    "loop-100": Case("Loop of 100", over("loop-100", "Loop", 100, RETURN), count=100, seconds=0.2),
    "loop-10k": Case(
        "Loop of 10,000", over("loop-10k", "Loop", 10_000, RETURN, limit=10), count=10_000, seconds=4, megabytes=100),
    "loop-100k": Case(
        "Loop of 100,000", over("loop-100k", "Loop", 100_000, RETURN, limit=10), count=100_000, seconds=40),
    "loop-1m": Case(
        "Loop of 1,000,000", over("loop-1m", "Loop", 1_000_000, RETURN, limit=10), count=1_000_000, seconds=400,
        megabytes=400),
    "parallel-5k": Case("Parallel of 5,000", parallel("parallel-5k", 5000), count=5000, seconds=1),
    "nested-50": Case("nesting of depth 50", nested("nested-50", 50), count=50, seconds=0.1),
    "chain-1k": Case("chain of 1,000", chain("chain-1k", 1000), count=1000, seconds=0.3, commits=4),
    "subflow-1k": Case(
        "Subflow fan-out of 1,000", CHILD, over("subflow-1k", "ForEach", 1000, CALL, limit=0), count=1000, seconds=3),
    "pages-100k": Case(
        "100,000 task runs",
        flow(
            "pages-100k", "- id: each", f"  type: {CORE}flow.ForEach", "  values: \"{{ range(1, 10000) }}\"",
            "  concurrencyLimit: 0", "  tasks:", *(f"    - {{id: t{i}, {LOG}}}" for i in range(10))),
        count=100_000, seconds=20),
}

# A million iterations of a loop, and the smaller loop they are compared with.
MILLION = {"foreach-1m": "foreach-10k", "loop-1m": "loop-10k"}
PAGED = "pages-100k"
