"""The doubles of both ports: ``from doubles.memory import Hooks, MemoryMailbox, MemorySheet``."""

from doubles.hooks import Hooks
from doubles.mailbox import MemoryMailbox
from doubles.sheet import MemorySheet

__all__ = ["Hooks", "MemoryMailbox", "MemorySheet"]
