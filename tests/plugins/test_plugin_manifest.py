from __future__ import annotations

import pytest
from plugin_world import manifest_problems

from ospec_guard.plugins.manifest import read_manifest
from ospec_guard.plugins.types import TYPES, plugin_type
from ospec_guard.plugins.types.base import Head
cases=1
