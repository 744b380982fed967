"""Finds the functions that can call themselves, directly or through others, from the syntax alone.

An edge leads from a function to each function whose name it uses. The class of a method's object is known from
``self``, annotations and constructors. If unknown, every method with that name counts, unless a built-in type has one.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from pathlib import Path

    Types = dict[str, str | None]
    Function = ast.FunctionDef | ast.AsyncFunctionDef

HOLDERS = frozenset(
    {"Collection", "Iterable", "Iterator", "Reversible", "Sequence", "deque", "frozenset", "list", "set", "tuple"}
)
COMMON = frozenset(name for kind in (str, bytes, list, dict, set, tuple, int, object) for name in dir(kind)) | {
    *("__enter__", "__exit__", "add", "all", "any", "close", "name", "read", "take", "validate", "write"),
}
"""Methods of built-in types, files and libraries; a call on an unknown object is most likely one of these."""


class _Module:
    """The functions, classes and imports of a file; names are qualified by module and scope."""

    def __init__(self, name: str, tree: ast.Module) -> None:
        self.name = name
        self.functions: dict[str, Function] = {}
        self.classes: dict[str, ast.ClassDef] = {}
        self.imported: dict[str, str] = {}
        self._visit(tree, name)

    def _visit(self, node: ast.AST, scope: str) -> None:
        for child in ast.iter_child_nodes(node):
            inner = scope
            if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                inner = f"{scope}.{child.name}"
                self.functions[inner] = child
            elif isinstance(child, ast.ClassDef):
                inner = f"{scope}.{child.name}"
                self.classes[inner] = child
            elif isinstance(child, ast.ImportFrom):
                self.imported |= {a.asname or a.name: f"{child.module}.{a.name}" for a in child.names}
            elif isinstance(child, ast.Import):
                self.imported |= {a.asname or a.name: a.name for a in child.names}
            self._visit(child, inner)


class Calls:
    """The calls between the functions of a package.

    Attributes:
        edges: Full name of a function to those of the functions that it uses.
    """

    def __init__(self, root: Path) -> None:
        """Reads all files of the package in the folder ``root``."""
        self._modules: dict[str, _Module] = {}
        for path in sorted(root.rglob("*.py")):
            parts = path.relative_to(root.parent).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            self._modules[name] = _Module(name, ast.parse(path.read_bytes()))
        self._functions = {name: node for module in self._modules.values() for name, node in module.functions.items()}
        self._classes = {name: node for module in self._modules.values() for name, node in module.classes.items()}
        self._methods: dict[str, set[str]] = defaultdict(set)
        self._children: dict[str, set[str]] = defaultdict(set)
        for module in self._modules.values():
            for name in module.functions:
                owner, _, own = name.rpartition(".")
                if owner in self._classes:
                    self._methods[own].add(name)
            for name, node in module.classes.items():
                for base in node.bases:
                    if (found := self._annotated(module, name, base)) is not None:
                        self._children[found].add(name)
        self.edges = {
            name: set(self._used(module, name, node))
            for module in self._modules.values()
            for name, node in module.functions.items()
        }

    def _used(self, module: _Module, name: str, node: Function) -> Iterator[str]:
        """The functions that a function uses, by name or as an attribute."""
        types = self._types_in(module, name, node)
        called = {id(part.func) for part in _own(node) if isinstance(part, ast.Call)}
        for part in _own(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Load) and part.id not in types:
                if (full := self._named(module, name, part.id)) is not None:
                    yield from self._targets(full)
            elif isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Load):
                found = self._attribute(module, name, types, part)
                yield from found if id(part) in called else filter(self._is_property, found)

    def _attribute(self, module: _Module, name: str, types: Types, part: ast.Attribute) -> Iterator[str]:
        if isinstance(part.value, ast.Name) and part.value.id not in types:
            full = self._named(module, name, part.value.id)
            if full in self._modules:
                yield from self._targets(f"{full}.{part.attr}")
                return
            if full in self._classes:
                yield from self._methods_of(full, part.attr)
                return
        kind = self._type_of(module, name, types, part.value)
        if kind is None:
            yield from self._methods[part.attr] if part.attr not in COMMON else ()
        else:
            yield from self._methods_of(kind, part.attr)

    def _methods_of(self, kind: str, attribute: str) -> Iterator[str]:
        """The methods that an attribute of a class can be: its own, an inherited one, or an overriding one."""
        if kind not in self._classes:
            return
        module = self._modules.get(kind.rpartition(".")[0])
        if f"{kind}.{attribute}" in self._functions:
            yield f"{kind}.{attribute}"
        elif module is not None:
            for base in self._classes[kind].bases:
                if (found := self._annotated(module, kind, base)) is not None:
                    yield from self._methods_of(found, attribute)
        for child in self._children[kind]:
            if f"{child}.{attribute}" in self._functions:
                yield f"{child}.{attribute}"

    def _named(self, module: _Module, scope: str, name: str) -> str | None:
        """The meaning of a name in a function: local, from its file, or imported; classes are not scopes."""
        while True:
            full = f"{scope}.{name}"
            if scope not in self._classes and (full in self._functions or full in self._classes):
                return full
            if scope == module.name:
                break
            scope = scope.rpartition(".")[0]
        return self._real(module.imported.get(name))

    def _real(self, full: str | None) -> str | None:
        """The definition of something that a package only re-exports."""
        while full is not None and full not in self._functions and full not in self._classes:
            if full in self._modules:
                return full
            owner, _, own = full.rpartition(".")
            if owner not in self._modules:
                return None
            full = self._modules[owner].imported.get(own)
        return full

    def _targets(self, full: str) -> Iterator[str]:
        """The functions that run if a name is called."""
        real = self._real(full) or full
        if real in self._functions:
            yield real
        elif real in self._classes:
            for own in ("__init__", "__post_init__"):
                yield from self._methods_of(real, own)

    def _types_in(self, module: _Module, name: str, node: Function) -> Types:
        """The classes of parameters and local names, if annotations and constructors give them."""
        found: dict[str, str | None] = {}
        assigned: list[tuple[str, ast.expr]] = []
        owner = name.rpartition(".")[0]
        while owner and owner not in self._classes:
            owner = owner.rpartition(".")[0]
        arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        if owner and name.rpartition(".")[0] == owner and arguments:
            found[arguments[0].arg] = owner
        elif owner:
            found["self"] = owner  # a function inside a method sees its `self`
        pairs = [(argument.arg, argument.annotation) for argument in arguments]
        pairs += [(p.target.id, p.annotation) for p in _own(node)
                  if isinstance(p, ast.AnnAssign) and isinstance(p.target, ast.Name)]  # fmt: skip
        for own, annotation in pairs:
            if annotation is not None:
                found[own] = self._annotated(module, name, annotation) or ""
            else:
                found.setdefault(own, None)
        for part in _own(node):
            if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store):
                found.setdefault(part.id, None)
            match part:
                case ast.Assign([ast.Name(own)], value) | ast.NamedExpr(ast.Name(own), value):
                    assigned.append((own, value))
                case ast.comprehension(ast.Name(own), each) | ast.For(ast.Name(own), each):
                    assigned.append((own, ast.Subscript(each, ast.Constant(0))))
        for own, value in assigned * 2:  # the type of one name may depend on another
            if not found[own]:
                found[own] = self._type_of(module, name, found, value)
        return found

    def _type_of(self, module: _Module, name: str, types: Types, value: ast.expr) -> str | None:
        """The class of an expression; ``""`` if it is not one of ours, ``None`` if unknown."""
        match value:
            case ast.Name(id=own) if own in types:
                return types[own]
            case ast.Call(func=ast.Name(id="super")):
                return ""
            case ast.Call(ast.Name("reversed" | "sorted" | "list" | "tuple" | "set" | "frozenset"), [inner, *_]):
                return self._type_of(module, name, types, inner)
            case ast.Call(
                ast.Name("min" | "max" | "next"), [ast.GeneratorExp() | ast.Name() | ast.Attribute() as inner, *_]
            ):
                kind = self._type_of(module, name, types, inner)
                return kind[1:] if kind else kind
            case ast.ListComp(ast.Name() as inner) | ast.GeneratorExp(ast.Name() as inner):
                kind = self._type_of(module, name, types, inner)
                return f"*{kind}" if kind is not None else None
            case ast.Subscript(inner, slice):
                kind = self._type_of(module, name, types, inner)
                many = kind is None or kind[:1] != "*" or isinstance(slice, ast.Slice)
                return kind if many or not kind else kind[1:]
            case ast.Call(func=ast.Name(id=own)) if own not in types:
                full = self._named(module, name, own)
                return full if full in self._classes else self._returned(full)
            case ast.Call(func=ast.Attribute() as function):
                found = set(self._attribute(module, name, types, function))
                kinds = {self._returned(each) for each in found}
                return kinds.pop() if len(kinds) == 1 else None
            case ast.Name(id=own) if own in module.imported:
                return ""
            case ast.Attribute(value=inner, attr=attribute):
                kind = self._type_of(module, name, types, inner)
                return self._field(kind, attribute) if kind in self._classes else kind and ""
            case ast.Constant() | ast.JoinedStr() | ast.List() | ast.Dict() | ast.Set() | ast.Tuple():
                return ""
        return None

    def _returned(self, full: str | None) -> str | None:
        """The class of a function's result."""
        node = self._functions.get(full or "")
        if full is None or node is None or node.returns is None:
            return None
        return self._annotated(self._modules[_file_of(full, self._modules)], full, node.returns)

    def _is_property(self, full: str) -> bool:
        return any(isinstance(d, ast.Name) and "property" in d.id for d in self._functions[full].decorator_list)

    def _field(self, kind: str, attribute: str) -> str | None:
        """The class of an annotated attribute."""
        owner = kind.rpartition(".")[0]
        if kind not in self._classes or owner not in self._modules:
            return None
        for part in self._classes[kind].body:
            if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name) and part.target.id == attribute:
                return self._annotated(self._modules[owner], kind, part.annotation) or ""
        if (init := self._functions.get(f"{kind}.__init__")) is not None:
            annotations = {argument.arg: argument.annotation for argument in init.args.args}
            for assigned in _own(init):
                match assigned:
                    case ast.Assign([ast.Attribute(ast.Name("self"), own)], ast.Name(given)) if own == attribute:
                        if (annotation := annotations.get(given)) is not None:
                            return self._annotated(self._modules[owner], kind, annotation) or ""
        kinds = {self._returned(found) for found in self._methods_of(kind, attribute) if self._is_property(found)}
        return kinds.pop() if len(kinds) == 1 else None

    def _annotated(self, module: _Module, scope: str, annotation: ast.expr) -> str | None:
        """The class of the package in an annotation; with ``*`` before it for a collection of them."""
        match annotation:
            case ast.Name(id=own):
                full = self._named(module, scope, own)
                return full if full in self._classes else None
            case ast.BinOp(left=left, right=right):
                return self._annotated(module, scope, left) or self._annotated(module, scope, right)
            case ast.Constant(value=str() as text):
                return self._annotated(module, scope, ast.parse(text, mode="eval").body)
            case ast.Subscript(ast.Name(own), ast.Tuple([inner, *_]) | inner) if own in HOLDERS:
                return f"*{self._annotated(module, scope, inner) or ''}"
        return None


def _file_of(full: str, modules: Container[str]) -> str:
    while full not in modules:
        full = full.rpartition(".")[0]
    return full


@cache
def _own(node: Function) -> tuple[ast.AST, ...]:
    """The nodes of a function without those of nested functions."""
    found: list[ast.AST] = []
    pending: list[ast.AST] = list(node.body)
    while pending:
        part = pending.pop()
        found.append(part)
        if not isinstance(part, ast.FunctionDef | ast.AsyncFunctionDef):
            pending += ast.iter_child_nodes(part)
    return tuple(found)


def circles(edges: Mapping[str, set[str]]) -> list[frozenset[str]]:
    """The largest sets of functions that can all reach themselves through each other."""
    core = {name: set(used) for name, used in edges.items()}
    while True:  # a function without callers or callees is in no cycle
        called = set().union(*core.values())
        kept = {name: used & core.keys() for name, used in core.items() if used & core.keys() and name in called}
        if kept == core:
            break
        core = kept
    reached = {name: _reached(core, name) for name in core}
    groups = {frozenset(other for other in reached[name] if name in reached[other]) for name in core}
    return sorted((group for group in groups if group), key=sorted)


def _reached(edges: Mapping[str, set[str]], start: str) -> set[str]:
    """The functions that a function can reach; itself only if it is recursive."""
    found: set[str] = set()
    pending = list(edges[start])
    while pending:
        name = pending.pop()
        if name not in found:
            found.add(name)
            pending += edges[name]
    return found
