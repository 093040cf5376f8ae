"""What a rule is. Each family of rules stands in a file of its own, its rules as data
beside the code that checks them.
"""

from __future__ import annotations

from dataclasses import dataclass

from commonplace.report import Finding, Severity

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its stable id, how severe a breach is, where it comes from, how to mend it.

    ``clause`` names the source: a law (IR: Regulation 1089/2010), a standard, or the test
    of the official validator's suites (ETS) that checks the same.
    """

    code: str
    severity: Severity
    title: str
    clause: str
    fix: str

    def finding(
        self,
        file: str,
        message: str = "",
        *,
        feature: str | None = None,
        attribute: str | None = None,
        value: str | None = None,
        line: int | None = None,
        offset: int | None = None,
        count: int = 1,
        place: tuple[float, float] | None = None,
        fix: str | None = None,
        severity: Severity | None = None,
    ) -> Finding:
        """A breach of the rule in ``file``."""
        return Finding(
            code=self.code,
            severity=severity or self.severity,
            message=message or self.title,
            layer=file,
            feature=feature,
            attribute=attribute,
            value=shortened(value),
            fix=fix or self.fix,
            place=place,
            count=count,
            line=line,
            offset=offset,
        )


def shortened(value: str | None, longest: int = 120) -> str | None:
    """A value short enough to show."""
    if value is None or len(value) <= longest:
        return value
    return value[: longest - 1] + "…"
