"""Kubernetes objects as `kubectl get -o yaml` prints them: the same objects as the JSON has, each with its lines."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sevline.core.finding import Given
from sevline.core.readers.documents.kubernetes import object_from
from sevline.core.readers.kubernetes import KubeList, KubeObject, text_at
from sevline.core.readers.plainyaml import BadYamlError, Document, Path, document_from
from sevline.core.readers.reader import Form, Source, reader

START = re.compile(r"^apiVersion: \S{1,120}\s*$")
MAX_DOCUMENTS = 200


@reader("kubernetes-yaml", Form.LINES)
def kubernetes_yaml(source: Source, lines: list[str]) -> Iterator[Given]:
    """Kubernetes objects in YAML"""
    starts = [number for number, line in enumerate(lines) if line.startswith("apiVersion:") and START.match(line)]
    objects: list[KubeObject] = []
    for at, start in enumerate(starts[:MAX_DOCUMENTS]):
        end = starts[at + 1] if at + 1 < len(starts) else len(lines)
        try:
            document = document_from(lines[start:end], start)
        except BadYamlError:
            continue
        objects += _objects(source.artifact, document, start + 1)
    if objects:
        yield KubeList(source.artifact, tuple(objects))


def _objects(artifact: str, document: Document, first: int) -> Iterator[KubeObject]:
    """The object of a document, or the items of its list."""
    value = document.value if isinstance(document.value, dict) else {}
    items = value.get("items")
    if not isinstance(items, list):
        yield from _placed(artifact, value, document.lines | {(): first}, "")
        return
    below: list[dict[Path, int]] = [{} for _ in items]
    for path, line in document.lines.items():
        if len(path) > 1 and path[0] == "items" and isinstance(path[1], int):
            below[path[1]][path[2:]] = line
    for item, lines in zip(items, below, strict=True):
        yield from _placed(artifact, item, lines, text_at(value, "kind").removesuffix("List"))


def _placed(artifact: str, body: Any, lines: dict[Path, int], told: str) -> Iterator[KubeObject]:
    """`told` is the kind that the list as a whole tells."""
    one = object_from(artifact, "", body, told)
    if one is not None:
        yield replace(one, lines=lines)
