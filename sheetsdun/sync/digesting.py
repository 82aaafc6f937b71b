"""Digests -> drafts in our own mailbox, addressed to our own people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sheetsdun.domain.digest import Digest, News
from sheetsdun.domain.history import History, LetterHistory, State
from sheetsdun.domain.plan import Plan
from sheetsdun.domain.policy import Kind
from sheetsdun.domain.reminder import Task
from sheetsdun.letters import DigestMatter, Entry, Letter, LetterRefused, Sender, digest, reference
from sheetsdun.rows.project import whom
from sheetsdun.sync.matters import Matters
from sheetsdun.sync.run import Run
from sheetsdun.sync.scripts import scripts
from sheetsdun.sync.settings import Desk
from sheetsdun.sync.writing import Composed


@dataclass(frozen=True, slots=True)
class WrittenDigest:
    """A digest that is written but not yet in the mailbox."""

    digest: Digest
    mail: Composed

    @property
    def record(self) -> LetterHistory:
        """What the log will say of it."""
        return self.mail.record


def write_digests(
    run: Run, desk: Desk, plan: Plan, digests: Sequence[Digest], history: History, spreadsheet: str
) -> tuple[list[WrittenDigest], list[LetterRefused]]:
    """Write every digest of a plan.

    Returns:
        The digests, and why others could not be written: an address is none.

    Raises:
        TemplateMistake: A template is missing or wrong; nothing has been done yet.
    """
    if not digests:
        return [], []
    settings = desk.settings
    matters = Matters(history, settings)
    said = scripts(plan, history, settings, run.today)
    written: list[WrittenDigest] = []
    refused: list[LetterRefused] = []
    taken = set(history.digests)
    for each in digests:
        name = reference.new(desk.source, taken, reference.DIGEST)
        taken.add(name)
        letter = digest(
            _matter(each, matters, said, run, desk),
            letter=name,
            spreadsheet=spreadsheet,
            sender=Sender(name=settings.senders.usual.name, address=settings.mailbox),
            templates=settings.templates,
            today=run.today,
        )
        try:
            written.append(WrittenDigest(each, Composed(_record(run, each, letter), letter, *letter.bare())))
        except LetterRefused as refusal:
            refused.append(refusal)
    return written, refused


def _matter(each: Digest, matters: Matters, said: Mapping[str, str], run: Run, desk: Desk) -> DigestMatter:
    settings = desk.settings
    words = settings.words(run.today)

    def task(task: Task) -> Entry:
        invoice, level = task.decision.invoice, task.rung.level
        return Entry(
            line=matters.line(invoice),
            currency=invoice.currency,
            customer=invoice.customer,
            what=words.task(level.channel),
            whom=whom(invoice),
            level=level.name,
            script=said.get(invoice.id, ""),
        )

    def told(news: News) -> Entry:
        invoice = news.decision.invoice
        return Entry(
            line=matters.line(invoice),
            currency=invoice.currency,
            customer=invoice.customer,
            level=news.part.level,
        )

    return DigestMatter(
        to=each.to,
        language=settings.ui_language,
        tasks=tuple(map(task, each.tasks)),
        more=each.more,
        exhausted=tuple(told(news) for news in each.news if news.exhausted),
        uncertain=tuple(told(news) for news in each.news if not news.exhausted),
        columns=settings.columns.headers,
    )


def _record(run: Run, each: Digest, letter: Letter) -> LetterHistory:
    return LetterHistory(
        id=letter.id,
        state=State.OPENED,
        kind=Kind.UPCOMING,
        debtor="",
        currency="",
        parts=each.parts,
        recipients=letter.recipients,
        subject=letter.subject,
        draft_id="",
        message_id="",
        thread_id="",
        facts=each.facts,
        content=letter.content,
        template=letter.template,
        since=run.now(),
        day=run.today,
    )
