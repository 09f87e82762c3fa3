"""A bare docxtpl script, as people write them: the yardstick of the cold build. `python plain_docxtpl.py JOB.json`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import SimpleNamespace

from docxtpl import DocxTemplate
from jinja2 import Environment


def main(path: str) -> None:
    """Render every document of the job."""
    job = json.loads(Path(path).read_text(encoding="utf-8"), object_hook=lambda fields: SimpleNamespace(**fields))
    environment = Environment(autoescape=True)
    for name in job.filters:
        environment.filters.setdefault(name, str)
    for document in job.documents:
        context = vars(document.context)
        context["no"] = lambda sample, name=None: sample
        context["ref"] = lambda name, full=False: name
        context["annex"] = lambda name, number=None: name
        context["table"] = lambda name: next(table for table in job.tables if table.id == name)
        template = DocxTemplate(document.template)
        template.render(context, environment)
        template.save(document.output)


main(sys.argv[1])
