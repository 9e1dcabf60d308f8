"""The register of dogs."""
