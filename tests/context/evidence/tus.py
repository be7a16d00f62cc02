"""A sender that speaks the protocol of resumable files, one request at a time."""

import base64
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from django.test import Client


@dataclass
class Sender:
    """Sends to `begin`: a case's page or an upload link."""

    client: Client
    begin: str
    at: str = ""

    def announce(self, name: str, size: int, *, fingerprint: str = "") -> Any:
        pairs = {"filename": name, "fingerprint": fingerprint}
        told = ",".join(f"{key} {base64.b64encode(value.encode()).decode()}" for key, value in pairs.items() if value)
        answer = self.client.post(self.begin, headers={"Upload-Length": str(size), "Upload-Metadata": told})
        self.at = answer.headers.get("Location", "")
        return answer

    def push(self, data: bytes, offset: int) -> Any:
        return self.client.generic(
            "PATCH", self.at, data, "application/offset+octet-stream", headers={"Upload-Offset": str(offset)}
        )

    def push_broken(self, data: bytes, offset: int, arrives: int) -> Any:
        """The connection ends after so many bytes of the data."""
        cut: dict[str, Any] = {"wsgi.input": BytesIO(data[:arrives]), "CONTENT_LENGTH": str(len(data))}
        headers = {"Upload-Offset": str(offset)}
        return self.client.generic("PATCH", self.at, data, "application/offset+octet-stream", headers=headers, **cut)

    def offset(self) -> int:
        return int(self.client.head(self.at).headers["Upload-Offset"])

    def whole(self, name: str, data: bytes) -> Any:
        self.announce(name, len(data))
        return self.push(data, 0)
