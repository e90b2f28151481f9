"""The built site, copied into the stack's bucket with the same caching rules as in AWS."""

import json
import mimetypes
from collections.abc import Mapping
from fnmatch import fnmatch
from pathlib import Path

from infra.settings import Laptop
from infra.site_config import site_config
from infra.upload_rules import ALWAYS_ASK, HASHED, IMMUTABLE
from local import aws, choices
from local.cast import ADA
from local.places import Places

_TYPES = {".js": "text/javascript", ".webmanifest": "application/manifest+json", ".woff2": "font/woff2"}


def upload(places: Places, site: Path, outputs: Mapping[str, str]) -> None:
    """Make the bucket hold exactly the files in `site` and a `config.json`."""
    s3 = aws.client(places, "s3")
    bucket = outputs["SiteBucket"]
    config = json.dumps(site_config(choices.settings(), laptop=Laptop(places.site_address, ADA.email, places.emulator)))
    wanted = {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}
    wanted["config.json"] = config.encode()
    for name, content in wanted.items():
        kind = _TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        s3.put_object(
            Bucket=bucket,
            Key=name,
            Body=content,
            ContentType=f"{kind}; charset=utf-8" if kind.startswith("text/") else kind,
            CacheControl=IMMUTABLE if fnmatch(name, HASHED) else ALWAYS_ASK,
        )
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for there in page.get("Contents", []):
            if there["Key"] not in wanted:
                s3.delete_object(Bucket=bucket, Key=there["Key"])
