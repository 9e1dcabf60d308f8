"""Where data of development lie when nobody says."""

from __future__ import annotations

from pathlib import Path


def default_data_dir() -> Path:
    """`.data` of the checkout; of the current folder when installed from a wheel."""
    checkout = Path(__file__).resolve().parents[1]
    return (checkout if (checkout / "pyproject.toml").exists() else Path.cwd()) / ".data"
