"""Google's own discovery documents: which methods there are, where they are found, and what a valid call is.

The documents ship with google-api-python-client; they are read as data, without importing a line of its code.
"""

from __future__ import annotations

import functools
import importlib.util
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sheetsdun.sandbox.methods import LENIENT, Method, Parameter
from sheetsdun.sandbox.routes import Routes
from sheetsdun.sandbox.schema import Schemas, anything

DOCUMENTS = {
    "sheets": ("sheets.v4.json", "google.apps.sheets.v4"),
    "gmail": ("gmail.v1.json", "caribou.api.proto"),
    "drive": ("drive.v3.json", "google.apps.drive.v3"),
}
"""By API: the document's file name, and the protobuf package that Google's error messages name."""

_OLDER_UPLOADS = (("PUT", "/upload/drive/v2/files/{fileId}", "drive.files.update"),)
"""Drive v2's way to replace a file's content, in which gspread still imports CSV."""


class Discovery:
    """The methods of all three APIs.

    Attributes:
        methods: Every method by its id.
        schemas: Each API's published schemas by name.
        scopes: What each OAuth scope allows, in Google's words.
    """

    def __init__(self) -> None:
        self.methods: dict[str, Method] = {}
        self.schemas: dict[str, Mapping[str, Any]] = {}
        self.scopes: dict[str, str] = {}
        self._routes = Routes()
        self._uploads = Routes()
        for api, (file, package) in DOCUMENTS.items():
            document = _read(file)
            self.schemas[api] = document["schemas"]
            for scope, about in document["auth"]["oauth2"]["scopes"].items():
                self.scopes[scope] = about["description"]
            compiled = Schemas(document["schemas"], package, lenient=api in LENIENT)
            system = _parameters(document["parameters"], compiled)
            for raw in _methods(document):
                self._add(api, document["servicePath"], raw, system, compiled)
        for http_method, template, method_id in _OLDER_UPLOADS:
            self._uploads.add(http_method, template, method_id)

    def route(self, http_method: str, path: str) -> tuple[Method, dict[str, str]] | None:
        """The method that a request calls, and its path parameters decoded; None where nothing is."""
        return self._find(self._routes, http_method, path)

    def route_upload(self, http_method: str, path: str) -> tuple[Method, dict[str, str]] | None:
        """The same for the upload paths."""
        return self._find(self._uploads, http_method, path)

    def _find(self, routes: Routes, http_method: str, path: str) -> tuple[Method, dict[str, str]] | None:
        found = routes.find(http_method, path)
        return (self.methods[found[0]], found[1]) if found else None

    def _add(
        self,
        api: str,
        service_path: str,
        raw: Mapping[str, Any],
        system: Mapping[str, Parameter],
        compiled: Schemas,
    ) -> None:
        upload = raw.get("mediaUpload", {})
        method = Method(
            id=raw["id"],
            api=api,
            http_method=raw["httpMethod"],
            scopes=frozenset(raw["scopes"]),
            parameters={**system, **_parameters(raw.get("parameters", {}), compiled)},
            request=raw.get("request", {}).get("$ref", ""),
            response=raw.get("response", {}).get("$ref", ""),
            max_upload=int(upload.get("maxSize", 0)),
            _schemas=compiled,
        )
        self.methods[method.id] = method
        self._routes.add(raw["httpMethod"], "/" + service_path + raw["path"], method.id)
        for protocol in upload.get("protocols", {}).values():
            self._uploads.add(raw["httpMethod"], protocol["path"], method.id)


@functools.cache
def discovery() -> Discovery:
    """The discovery documents, read once."""
    return Discovery()


def document(path: str, version: str, host: str) -> dict[str, Any] | None:
    """The document that a client asks for, its addresses leading to host.

    Its address is ``/discovery/v1/apis/gmail/v1/rest``, or the newer ``/$discovery/rest?version=v1`` that Google has
    at each API's own host; here, where all share one, the version tells which is meant. A client that is built from
    it sends its batches and uploads to the right place too.
    """
    match = re.fullmatch("/discovery/v1/apis/([a-z]+)/(v[0-9])/rest", path)
    if match is None and path != "/$discovery/rest":
        return None
    wanted = f"{match[1]}.{match[2]}.json" if match else f".{version}.json"
    file = next(
        (name for name, _ in DOCUMENTS.values() if name == wanted or (not match and name.endswith(wanted))),
        "",
    )
    if not file:
        return None
    found = _read(file)
    found.pop("mtlsRootUrl", None)
    return found | {"rootUrl": f"http://{host}/", "baseUrl": f"http://{host}/{found['servicePath']}"}


def _read(file: str) -> dict[str, Any]:
    content: dict[str, Any] = json.loads((_folder() / file).read_bytes())
    return content


def _folder() -> Path:
    spec = importlib.util.find_spec("googleapiclient")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError(
            "google-api-python-client is not installed: the sandbox reads its documents"
        )
    return Path(spec.submodule_search_locations[0], "discovery_cache", "documents")


def _methods(resource: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    yield from resource.get("methods", {}).values()
    for inner in resource.get("resources", {}).values():
        yield from _methods(inner)


def _parameters(raw: Mapping[str, Mapping[str, Any]], compiled: Schemas) -> dict[str, Parameter]:
    return {
        name: Parameter(
            name=name,
            location=schema["location"],
            required=bool(schema.get("required")),
            check=anything if schema["type"] == "boolean" else compiled.check(schema, name),
            kind=schema["type"],
        )
        for name, schema in raw.items()
    }
