"""What the front-end is told: `/config.json`, which every page asks for anew."""

import tomllib
from pathlib import Path

from infra.channels import channels_of
from infra.settings import Laptop, Settings, usual_provider
from infra.turn import has_relay

_PYPROJECT = Path(__file__).parent.parent / "pyproject.toml"


def site_config(settings: Settings, *, laptop: Laptop | None) -> dict[str, object]:
    """Public facts about the organisation and this deployment; nothing here is a secret."""
    return {
        "organisation": settings.organisation,
        "contact_email": settings.contact_email,
        "countries": list(settings.countries),
        "languages": list(settings.languages),
        "default_zone": settings.default_zone,
        "video_provider": settings.video_provider or usual_provider(local=laptop is not None),
        "circle_provider": settings.circle_provider or usual_provider(local=laptop is not None),
        "relay": has_relay(settings.turn, local=laptop is not None),
        "phone": {"number": settings.phone.number} if settings.phone and laptop is None else None,
        "channels": channels_of(settings, laptop),
        "local": laptop is not None,
        "version": tomllib.loads(_PYPROJECT.read_text())["project"]["version"],
    }
