"""Our own stylesheet and scripts: a few files, known by name, read from disk, never from a CDN."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from aiohttp import web

FOLDER = Path(__file__).parent / "static"


@cache
def fingerprint(name: str) -> str:
    """The address of a file, with the hash of its content: a new version is a new address."""
    digest = hashlib.sha256((FOLDER / name).read_bytes()).hexdigest()
    return f"/static/{name}?v={digest[:12]}"


async def serve(request: web.Request) -> web.StreamResponse:
    """A file by its name: no folders, nothing outside."""
    name = request.match_info["name"]
    if name not in {file.name for file in FOLDER.iterdir() if file.is_file()}:
        raise web.HTTPNotFound()
    lasting = "public, max-age=31536000, immutable" if "v" in request.query else "no-cache"
    return web.FileResponse(FOLDER / name, headers={"Cache-Control": lasting})
