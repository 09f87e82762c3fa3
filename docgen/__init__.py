"""docgen: contract sets from YAML data, with amounts that are proven to agree."""

__version__ = "0.1.0"
