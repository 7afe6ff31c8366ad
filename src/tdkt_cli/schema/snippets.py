"""What editors offer where a value is to stand, as `defaultSnippets` of the JSON Schemas (VS Code's; others pass them over).

An offer is a label and the text that is typed, in which the parts to fill in stand as `${1:...}`, a choice as `${1|a,b|}`. What is
offered alone is typed together with its key. Some types of values have offers of their own (scalars.py); those of a key go before them.
"""

from typing import Any

Offers = dict[str, Any]


def _offers(*choices: tuple[str, str | bool]) -> Offers:
    return {"defaultSnippets": [{"label": label, "body": body} for label, body in choices]}


_PERIODS = (
    ("tháng", "${1:năm-tháng}"),
    ("quý", "${1:năm}-Q${2|1,2,3,4|}"),
    ("nửa năm", "${1:năm}-H${2|1,2|}"),
    ("cả năm", "${1:năm}"),
    ("từ ngày đến ngày", "${1:năm-tháng-ngày}/${2:năm-tháng-ngày}"),
)

DATE = _offers(("năm-tháng-ngày", "${1:năm-tháng-ngày}"))
YEAR = _offers(("năm", "${1:năm}"))
TRUE = _offers(("true", True))
FALSE = _offers(("false", False))
PERIOD = _offers(*_PERIODS)
ONGOING = _offers(*_PERIODS, ("từ tháng, chưa rõ ngày cuối", "${1:năm-tháng}/.."))
RULE = _offers(
    ("ngày 25 hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=${1:25}"),
    ("ngày cuối hằng tháng", "FREQ=MONTHLY;BYMONTHDAY=-1"),
    ("ngày 20 tháng cuối quý", "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYMONTHDAY=${1:20}"),
    ("ngày 15/6 hằng năm", "FREQ=YEARLY;BYMONTH=${1:6};BYMONTHDAY=${2:15}"),
    ("thứ Sáu hằng tuần", "FREQ=WEEKLY;BYDAY=${1|FR,MO,TU,WE,TH,SA,SU|}"),
)
