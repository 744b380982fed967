"""Mutation testing of the tests: `python3 dev.py run python tools/mutation_testing.py [--sample N] MODULE_OR_PACKAGE…`.

Makes small changes to function bodies with the operators of mutmut, plus one that drops a call, and runs the related
tests on each. A mutant that no test notices survives, and is printed as a diff.

The related tests of `src/broadsheet/quality/validation/links.py` are those in `tests/quality/validation`. They are
collected once. A recording run notes which functions each test calls; it is kept in a temporary file until a file of
the source or the tests changes. Each mutant then gets a fork of this process, where the code of the mutated function is
replaced and only the tests that call it run, the fastest first, until one fails. A fork that uses more than four times
the processor time of the recording run is stopped and counts as killed.

Not mutated: constants of a module, default arguments, annotations, docstrings and strings of several words.
Known equivalent mutants are listed, with reasons, in `tools/equivalent_mutants.csv`.
"""

from __future__ import annotations

import argparse
import ast
import contextlib
import csv
import difflib
import gc
import hashlib
import importlib
import json
import os
import random
import re
import resource
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections import defaultdict
from dataclasses import dataclass
from functools import _lru_cache_wrapper
from inspect import isgeneratorfunction
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

import libcst as cst
import pytest
from _pytest.fixtures import pytest_fixture_setup
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "broadsheet"
OURS = str(SOURCE)
EQUIVALENT = Path(__file__).with_name("equivalent_mutants.csv")
CATEGORIES = {
    "operator_number": "number",
    "operator_string": "string",
    "operator_name": "true and false",
    "operator_assignment": "assigned value",
    "operator_augmented_assignment": "assigned value",
    "operator_remove_unary_ops": "negation",
    "operator_dict_arguments": "argument",
    "operator_arg_removal": "argument",
    "operator_symmetric_string_methods_swap": "string method",
    "operator_unsymmetrical_string_methods_swap": "string method",
    "operator_lambda": "lambda",
    "operator_keywords": "keyword",
    "operator_swap_op": "operator",
    "operator_match": "dropped case",
    "operator_if_exp": "forced branch",
    "dropped_call": "dropped call",
}
BY_HAND = "made by hand"
FACTOR, GRACE = 4, 5
"""Limit on the processor time of a mutant: ``FACTOR`` times that of the recording run, plus ``GRACE`` seconds."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed module.

    Attributes:
        module: Path of the module below `src/broadsheet`.
        function: The qualified name of the outermost changed function.
        line: Line number.
        category: Kind of the change.
        source: The changed module.
        before: The lines that change, without indentation.
        after: The changed lines.
    """

    module: str
    function: str
    line: int
    category: str
    source: str
    before: str
    after: str

    def __str__(self) -> str:
        """The change, with its location."""
        where = f"{self.module}:{self.line} {self.function} ({self.category})"
        return f"{where}\n    - {self.before}\n    + {self.after}"

    @property
    def key(self) -> tuple[str, str, str, str]:
        """The key of the mutant in the list of equivalent mutants."""
        return self.module, self.function, self.before, self.after


def dropped_call(node: cst.Expr) -> Iterator[cst.Expr]:
    """Replaces a call whose value is not used with an ellipsis."""
    if isinstance(node.value, cst.Call):
        yield node.with_changes(value=cst.Ellipsis())


OPERATORS: list[tuple[type, Callable[[Any], Any]]] = [*mutation_operators, (cst.Expr, dropped_call)]


class Bodies(cst.CSTVisitor):
    """Finds every possible change in the bodies of functions."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.scope: list[str] = []
        self.functions = 0
        self.found: list[tuple[str, int, str, cst.CSTNode, cst.CSTNode]] = []

    def visit_ClassDef(self, node: cst.ClassDef) -> None:  # noqa: N802, D102 - libcst's name
        self.scope.append(node.name.value)

    def leave_ClassDef(self, original_node: cst.ClassDef) -> None:  # noqa: N802, D102
        self.scope.pop()

    def visit_FunctionDef(self, node: cst.FunctionDef) -> bool:  # noqa: N802, D102
        if not self.functions:
            self.scope.append(node.name.value)
        self.functions += 1
        node.body.visit(self)
        self.functions -= 1
        if not self.functions:
            self.scope.pop()
        return False

    def visit_Annotation(self, node: cst.Annotation) -> bool:  # noqa: N802, D102
        return False

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Records the changes of a node."""
        if isinstance(node, cst.Expr) and isinstance(node.value, cst.SimpleString | cst.ConcatenatedString):
            return False
        if isinstance(node, cst.Call) and isinstance(node.func, cst.Name) and node.func.value == "cast":
            return False
        if self.functions and not (isinstance(node, cst.SimpleString) and " " in node.raw_value.strip()):
            for kind, operator in OPERATORS:
                if isinstance(node, kind):
                    position: Any = self.get_metadata(PositionProvider, node, None)
                    line = position.start.line if position else 0
                    category = CATEGORIES[operator.__name__]
                    self.found += [(".".join(self.scope), line, category, node, new) for new in operator(node)]
        return bool(super().on_visit(node))


def mutants_of(path: Path, most: int, seed: int, only: str = "") -> list[Mutant]:
    """Mutants of a module that compile and differ from it: ``most`` of them (0: all), from lines with ``only``."""
    source = path.read_text(encoding="utf-8")
    wrapper = MetadataWrapper(cst.parse_module(source))
    bodies = Bodies()
    wrapper.visit(bodies)
    module = path.relative_to(SOURCE).as_posix()
    out, seen = [], {ast.dump(ast.parse(source))}
    # A sample, not a secret.
    random.Random(f"{seed} {module}").shuffle(bodies.found)  # noqa: S311
    for function, line, category, node, new in bodies.found:
        if most and len(out) == most:
            break
        changed = wrapper.module.deep_replace(node, new).code
        try:
            shape = ast.dump(ast.parse(changed))
        except SyntaxError:
            continue
        if shape in seen:
            continue
        seen.add(shape)
        lines = list(difflib.ndiff(source.splitlines(), changed.splitlines()))
        before, after = (" ".join(at[2:].strip() for at in lines if at.startswith(sign)) for sign in ("- ", "+ "))
        if not re.search(only, before):
            continue
        out.append(Mutant(module, function, line, category, changed, before, after))
    return sorted(out, key=lambda mutant: mutant.line)


def changes(path: Path) -> list[Mutant]:
    """The mutants of a table of changes: text that occurs once in a module, and its replacement."""
    found = []
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            source = (SOURCE / row["module"]).read_text(encoding="utf-8")
            if source.count(row["before"]) != 1:
                raise SystemExit(f"{row['module']} does not have {row['before']!r} once")
            line = source[: source.index(row["before"])].count("\n") + 1
            code = compile(source, row["module"], "exec")
            inside = [(one.co_firstlineno, name) for name, one in functions_of(code) if one.co_flags & 0x02]
            name = max(place for place in inside if place[0] <= line)[1]
            changed = source.replace(row["before"], row["after"])
            found.append(Mutant(row["module"], name, line, BY_HAND, changed, row["before"], row["after"]))
    return found


def functions_of(code: CodeType, prefix: str = "") -> Iterator[tuple[str, CodeType]]:
    """The functions of a compiled module or class, and the methods of its classes."""
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            name = f"{prefix}{constant.co_name}"
            yield name, constant
            if not constant.co_flags & 0x02:  # CO_NEWLOCALS: functions have it, class bodies do not
                yield from functions_of(constant, f"{name}.")


class Campaign:
    """A pytest plugin that runs the collected tests once for each mutant."""

    def __init__(self, mutants: list[Mutant], slowest: float) -> None:
        self.mutants = mutants
        self.slowest = slowest
        self.packages = {f"broadsheet.{mutant.module.split('/')[0]}" for mutant in mutants}
        self.survivors: list[Mutant] = []
        self.killed: dict[str, int] = defaultdict(int)
        self.fixtures: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.lasting: set[str] = set()
        self.constant: set[str] = set()
        self.warm: dict[str, object] = {}
        self.stop_at_failure = False
        self.failed = False
        self.calls: set[tuple[str, str]] = set()

    # Hooks that pytest calls in this process and in its forks.

    @pytest.hookimpl(tryfirst=True)
    def pytest_fixture_setup(self, fixturedef: Any, request: Any) -> object:
        """Returns a fixture that no mutant can change from memory, and records the functions that another one calls."""
        name = f"{fixturedef.baseid} {fixturedef.argname}"
        if name in self.warm:
            fixturedef.cached_result = (self.warm[name], fixturedef.cache_key(request), None)
            return self.warm[name]
        before, self.calls = self.calls, set()
        value = pytest_fixture_setup(fixturedef, request)
        self.fixtures[name] |= self.calls
        self.calls |= before
        if name in self.constant:
            self.warm[name] = value
        elif fixturedef.scope in ("session", "module") and not isgeneratorfunction(fixturedef.func):
            self.lasting.add(name)
        return value

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Ends a fork at the first failure."""
        self.failed |= report.failed
        if report.failed and self.stop_at_failure:
            os._exit(1)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Records, then runs the mutants."""
        recorded = self.record(session)
        for name in recorded["modules"]:
            with contextlib.suppress(Exception):
                importlib.import_module(name)
        from broadsheet.analysis.pipeline import load_model

        load_model()
        self.warm_up(session, recorded)
        tests: dict[tuple[str, str], list[tuple[float, int]]] = defaultdict(list)
        for number, (seconds, called) in enumerate(recorded["tests"]):
            if seconds <= self.slowest:
                for function in called:
                    tests[tuple(recorded["functions"][function])].append((seconds, number))
        gc.unfreeze()  # Frozen objects are not listed.
        live: dict[tuple[str, str], list[FunctionType]] = defaultdict(list)
        for item in gc.get_objects():
            if isinstance(item, FunctionType) and item.__code__.co_filename.startswith(str(SOURCE)):
                live[item.__code__.co_filename, item.__code__.co_qualname].append(item)
        # Results cached while warming up may come from the mutated function.
        self.caches = self.cached()
        gc.freeze()
        for count, mutant in enumerate(self.mutants, 1):
            at = str(SOURCE / mutant.module), mutant.function
            chosen = sorted(tests[at])
            if chosen and not self.survives(session, mutant, live[at], chosen):
                self.killed[mutant.module] += 1
            else:
                self.survivors.append(mutant)
                print(f"{'survives' if chosen else 'is called by no test'}: {mutant}", flush=True)
            if count % 10 == 0:
                print(f"{count} of {len(self.mutants)} mutants", file=sys.stderr)
        return True

    def warm_up(self, session: pytest.Session, recorded: dict[str, Any]) -> None:
        """Creates the fixtures that call nothing in the mutated modules, by running a test of each in this process."""
        mutated = {str(SOURCE / mutant.module) for mutant in self.mutants}
        self.constant = {name for name, paths in recorded["lasting"].items() if mutated.isdisjoint(paths)}
        times = [seconds for seconds, _ in recorded["tests"]]
        for number in sorted(range(len(times)), key=times.__getitem__):
            if times[number] > self.slowest:
                break
            item = session.items[number]
            if recorded["tests"][number][1] and (set(names_of_fixtures(item)) & self.constant) - set(self.warm):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        self.constant = set()

    # Forks.

    def record(self, session: pytest.Session) -> dict[str, Any]:
        """Runs all tests once in a fork: which functions each calls, how long it takes, which modules are loaded."""
        place = kept_record([*sorted(self.packages), *(item.nodeid for item in session.items)])
        if place.exists():
            return dict(json.loads(place.read_text(encoding="utf-8")))

        def job() -> None:
            tests, caches, loaded = [], [], 0
            threading.settrace(self._called)
            for item, following in pairs(session.items):
                if loaded != len(sys.modules):
                    caches, loaded = self.cached(), len(sys.modules)
                for (
                    one
                ) in caches:  # Otherwise a test would not call what an earlier one called with the same arguments.
                    if one.__name__ != "load_model":
                        one.cache_clear()
                begin = time.process_time()
                self.calls, self.failed = set(), False
                # Set again for each test: Python removes a tracer that hits the recursion limit.
                sys.settrace(self._called)
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
                seconds = time.process_time() - begin
                own = set() if self.failed else self.calls
                if self.failed:
                    print(f"fails without a mutant, is left out: {item.nodeid}", file=sys.stderr)
                tests.append((seconds, own, [] if self.failed else names_of_fixtures(item)))
            sys.settrace(None)
            threading.settrace(None)
            called = [own.union(*(self.fixtures[name] for name in names)) for _, own, names in tests]
            numbers = {function: number for number, function in enumerate(sorted(set().union(*called)))}
            found = {
                "functions": list(numbers),
                "tests": [
                    (seconds, sorted(numbers[f] for f in of)) for (seconds, *_), of in zip(tests, called, strict=True)
                ],
                "modules": sorted(sys.modules),
                "lasting": {name: sorted({path for path, _ in self.fixtures[name]}) for name in sorted(self.lasting)},
            }
            place.with_suffix(".part").write_text(json.dumps(found), encoding="utf-8")
            place.with_suffix(".part").replace(place)

        if code := forked(job, None):
            raise SystemExit(f"the recording run ended with {code}")
        return dict(json.loads(place.read_text(encoding="utf-8")))

    def cached(self) -> list[Any]:
        """The functions of the mutated packages that cache their results."""
        found = [one for one in gc.get_objects() if isinstance(one, _lru_cache_wrapper)]
        return [one for one in found if ".".join(str(one.__module__).split(".")[:2]) in self.packages]

    def survives(
        self, session: pytest.Session, mutant: Mutant, live: list[FunctionType], chosen: list[tuple[float, int]]
    ) -> bool:
        """Runs the chosen tests on a mutant."""
        if not live:
            raise SystemExit(f"{mutant.module}: the function {mutant.function} is not found in memory")
        code = dict(functions_of(compile(mutant.source, str(SOURCE / mutant.module), "exec")))[mutant.function]

        def job() -> None:
            self.stop_at_failure = True
            for cached in self.caches:
                cached.cache_clear()
            for function in live:
                function.__code__ = code
            for item, following in pairs([session.items[number] for _, number in chosen]):
                item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

        return forked(job, GRACE + FACTOR * sum(seconds for seconds, _ in chosen)) == 0

    def _called(self, frame: Any, event: str, argument: Any) -> None:
        if frame.f_code.co_filename.startswith(OURS):
            self.calls.add((frame.f_code.co_filename, frame.f_code.co_qualname))


def names_of_fixtures(item: Any) -> list[str]:
    """The fixtures of a test, each with the place of its definition."""
    found = item._fixtureinfo.name2fixturedefs
    return [f"{one.baseid} {name}" for name, all_of_name in found.items() for one in all_of_name]


def kept_record(names: list[str]) -> Path:
    """The path of a recording run, by packages and tests; it changes with every file of source and tests."""
    files = [
        path for folder in (SOURCE, ROOT / "tests") for path in folder.rglob("*") if "__pycache__" not in path.parts
    ]
    states = [
        (str(path), (status := path.stat()).st_mtime_ns, status.st_size) for path in sorted(files) if path.is_file()
    ]
    digest = hashlib.sha256(repr((names, states)).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"mutation-testing-{digest}.json"


def pairs(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    """Each test and the one after it."""
    return zip(items, [*items[1:], None], strict=True)


def forked(job: Callable[[], None], seconds: float | None) -> int:
    """Runs a job in a fork with its own temporary folder; returns its exit code, or minus the signal."""
    folder = tempfile.mkdtemp()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.environ["PYTEST_DEBUG_TEMPROOT"] = folder
            if seconds is not None:
                limit = int(seconds)
                resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 5))
                silence = os.open(os.devnull, os.O_WRONLY)
                os.dup2(silence, 1)
                os.dup2(silence, 2)
                signal.alarm(30 * limit)
            job()
            code = 0
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    shutil.rmtree(folder, ignore_errors=True)
    return os.waitstatus_to_exitcode(status)


def main(words: list[str]) -> int:
    """Runs a campaign for each package and prints its figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("targets", nargs="*", help="a module or a package, such as publishing/formats.py")
    parser.add_argument("--sample", type=int, default=20, help="mutants of each module (0: all)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="a pattern that a changed line must have, such as 'fsync|flock'")
    parser.add_argument("--changes", type=Path, help="changes made by hand, such as tools/small_changes.csv")
    parser.add_argument("--tests", nargs="*", help="tests to run instead of the folder of the package")
    parser.add_argument("--slowest", type=float, default=float("inf"), help="leave out tests that take more seconds")
    given = parser.parse_args(words)
    with EQUIVALENT.open(encoding="utf-8", newline="") as file:
        known = {(row["module"], row["function"], row["before"], row["after"]) for row in csv.DictReader(file)}
    chosen: dict[str, list[Mutant]] = defaultdict(list)
    for target in given.targets:
        place = SOURCE / target
        for path in sorted(place.rglob("*.py")) if place.is_dir() else [place]:
            chosen[package_of(path)] += mutants_of(path, given.sample, given.seed, given.only)
    for mutant in changes(given.changes) if given.changes else ():
        package = package_of(SOURCE / mutant.module)
        if package in chosen or not given.targets:
            chosen[package].append(mutant)
    return max(run(package, mutants, known, given.tests, given.slowest) for package, mutants in chosen.items())


def package_of(path: Path) -> str:
    """The package of a module: the deepest folder above it that has its own tests."""
    folders = [path.relative_to(SOURCE).parent, *path.relative_to(SOURCE).parents]
    return next(str(folder) for folder in folders if (ROOT / "tests" / folder).is_dir())


def run(
    package: str,
    mutants: list[Mutant],
    known: set[tuple[str, str, str, str]],
    tests: list[str] | None,
    slowest: float,
) -> int:
    """Runs the mutants of a package and prints the survivors; returns 1 if they are more than a fifth."""
    from hypothesis import settings

    settings.register_profile("mutants", deadline=None, derandomize=True, database=None, max_examples=20)
    settings.load_profile("mutants")
    campaign = Campaign([mutant for mutant in mutants if mutant.key not in known], slowest)
    where = tests or [str(ROOT / "tests" / package)]
    pytest.main(["-p", "no:cacheprovider", "-p", "no:terminal", "-p", "no:xdist", *where], plugins=[campaign])
    print(f"\n| module of {package} | mutants | killed |\n|---|---:|---:|")
    for module in dict.fromkeys(mutant.module for mutant in campaign.mutants):
        left = sum(mutant.module == module for mutant in campaign.survivors)
        print(f"| {module} | {campaign.killed[module] + left} | {campaign.killed[module]} |")
    killed, count = sum(campaign.killed.values()), len(campaign.mutants)
    print(f"| **{package}** | **{count}** | **{killed}** ({killed / max(count, 1):.0%}) |")
    print(f"{len(mutants) - count} equivalent mutants left out")
    if own := [mutant for mutant in campaign.mutants if mutant.category == BY_HAND]:
        print(f"made by hand: {len(own)}, killed: {len([one for one in own if one not in campaign.survivors])}")
    return int(killed < 0.8 * count)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
