"""Settings that every test shares."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# Seeded, so that a failure is the same for everybody; `nox -s endure` draws anew.
settings.register_profile(
    "docgen", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.load_profile("docgen")
