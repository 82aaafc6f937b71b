"""The doubles of the ports: ``from doubles.memory import Hooks, MemoryMailbox, MemorySheet`` and so on."""

from doubles.files import MemoryFiles
from doubles.hooks import Hooks
from doubles.mailbox import MemoryMailbox
from doubles.sheet import MemorySheet

__all__ = ["Hooks", "MemoryFiles", "MemoryMailbox", "MemorySheet"]
