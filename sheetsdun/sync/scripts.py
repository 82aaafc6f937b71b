"""What a person is to say, or to send by other means than e-mail, where a level is a task."""

from __future__ import annotations

import datetime as dt

from sheetsdun.domain.history import History
from sheetsdun.domain.plan import Plan
from sheetsdun.letters import script
from sheetsdun.sync.matters import Matters
from sheetsdun.sync.settings import Settings


def scripts(plan: Plan, history: History, settings: Settings, today: dt.date) -> dict[str, str]:
    """The script of every task, by the invoice's identity.

    Raises:
        TemplateMistake: A template is missing or wrong.
    """
    if not plan.tasks:
        return {}
    matters = Matters(history, settings)
    return {
        task.decision.invoice.id: script(
            matters.of_task(task),
            sender=settings.senders.of(task.rung),
            templates=settings.templates,
            today=today,
        )
        for task in plan.tasks
    }
