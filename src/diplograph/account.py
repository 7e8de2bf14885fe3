"""An account of every input of a run: read = extracted + empty + skipped + failed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from diplograph.model import DiplographError

Outcome = Literal["extracted", "empty", "skipped", "failed"]

OUTCOMES: tuple[Outcome, ...] = ("extracted", "empty", "skipped", "failed")


@dataclass(frozen=True, slots=True)
class Input:
    """What became of one input; `article` is its id where it was extracted, `reason` why not where it was not.

    `remark` tells what was doubtful in reading it, such as a guessed encoding.
    """

    source: str
    outcome: Outcome
    article: str | None = None
    reason: str | None = None
    remark: str | None = None

    @property
    def place(self) -> tuple[str, int]:
        """Where it stands in the account: by file, then by line, the tenth after the ninth."""
        file, mark, line = self.source.rpartition("#")
        return (file, int(line)) if mark and line.isdecimal() else (self.source, 0)


class NothingToExtractError(DiplographError):
    """Not one of the inputs could be read; `inputs` says why of each."""

    def __init__(self, inputs: tuple[Input, ...]) -> None:
        if len(inputs) == 1:
            super().__init__(f"Nothing to extract: {inputs[0].source}: {inputs[0].reason}")
        else:
            super().__init__(f"Nothing to extract: none of {len(inputs)} inputs gave a text that is read")
        self.inputs = inputs
