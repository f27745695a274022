"""An Ocean integration whose objects are in files: `<kind>.json` in the folder that its setting dataFolder names."""

import json
from pathlib import Path
from typing import Any

from port_ocean.context.ocean import ocean


@ocean.on_resync()
async def on_resync(kind: str) -> list[dict[Any, Any]]:
    path = Path(ocean.integration_config["data_folder"]) / f"{kind}.json"
    return json.loads(path.read_text())
