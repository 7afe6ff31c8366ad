"""Whom a milestone binds and what is to be done: the words beside its date.

    words = [party] [act]                          Sở Y tế | trình hồ sơ
          | party ":" [act] | act ":"              Cấp huyện: gửi danh sách

A party begins with a word such as Sở, Ban, UBND, các đơn vị; the act with the first verb of office work behind it that is not
part of the party's name ("Ban tổ chức", "Đoàn kiểm tra"). Words without a party are the act.
"""

from typing import NamedTuple

from tdkt_cli.core.phrases.lexicon import key

_HEADS = [
    "sở",
    "ban",
    "bộ",
    "ủy|ban",
    "ubnd",
    "hđnd",
    "mttq",
    "ubmttq",
    "các",
    "cụm",
    "khối",
    "phòng",
    "đơn|vị",
    "quận",
    "huyện",
    "thị|xã",
    "thị|trấn",
    "xã",
    "phường",
    "trường",
    "hội|đồng",
    "hội|liên|hiệp",
    "hội|nông|dân",
    "hội|cựu",
    "hội|phụ",
    "hội|chữ",
    "đoàn",
    "liên|đoàn",
    "công|đoàn",
    "công|an",
    "văn|phòng",
    "tổ",
    "cơ|quan",
    "tỉnh",
    "thành|phố",
    "cấp",
    "trung|tâm",
    "chi|cục",
    "cục",
    "vụ",
    "tổng|cục",
    "viện",
    "bệnh|viện",
    "công|ty",
    "tập|đoàn",
    "ngân|hàng",
    "chi|bộ",
    "đảng|bộ",
    "đảng|ủy",
    "đảng|đoàn",
    "huyện|ủy",
    "thành|ủy",
    "tỉnh|ủy",
    "quận|ủy",
    "thị|ủy",
    "kho|bạc",
    "bảo|hiểm|xã",
    "thanh|tra",
    "tòa|án",
    "viện|kiểm",
    "quân",
    "bộ|chỉ",
    "học|viện",
    "đại|học",
    "nhà|trường",
    "giáo|viên",
    "hiệu|trưởng",
    "giám|đốc",
    "chủ|tịch",
    "trưởng",
    "thủ|trưởng",
    "người|đứng",
    "cán|bộ",
    "địa|phương",
    "ubkt",
    "hđtđkt",
    "bch",
    "bcđ",
    "hội",
    "ngành",
    "doanh|nghiệp",
    "thường|trực",
    "thường|vụ",
    "bảo|tàng",
    "thư|viện",
    "đài",
    "báo|hà",
    "tạp|chí",
    "bí|thư",
    "mỗi",
    "từng",
    "toàn|thể",
    "khoa",
    "bộ|phận",
    "thôn",
    "tổ|dân",
    "xí|nghiệp",
    "hợp|tác|xã",
    "ttyt",
    "bv",
    "thpt",
    "thcs",
    "mặt|trận",
    "tổng|công|ty",
    "học|sinh",
    "sinh|viên",
    "đảng|viên",
    "cá|nhân",
    "tập|thể",
    "lãnh|đạo",
    "kế|toán",
    "cục|thuế",
    "sở,|lhpn",
    "lđlđ",
    "đtn",
    "cda",
    "sgdđt",
    "gv",
    "hs",
    "pgd",
    "viện|ksnd",
    "tand",
    "ttcn",
    "bql",
    "ban|qlda",
    "nhóm",
    "đội",
    "tiểu|ban",
    "ban|giám",
    "hđ",
    "ubtvqh",
    "chính|phủ",
    "quốc|hội",
    "trạm",
    "đồn",
    "tư|lệnh",
    "bộ|đội",
    "các|đồng",
    "đồng|chí|bí",
    "tổng|giám",
    "chuyên|viên",
]
_ACTS = [
    "trình",
    "gửi",
    "nộp",
    "báo|cáo",
    "họp",
    "tổ|chức",
    "ban|hành",
    "hoàn|thành",
    "hoàn|thiện",
    "xây|dựng",
    "chuẩn|bị",
    "đăng|ký",
    "thực|hiện",
    "triển|khai",
    "tổng|hợp",
    "rà|soát",
    "thẩm|định",
    "xét",
    "đề|nghị",
    "đề|xuất",
    "phê|duyệt",
    "công|bố",
    "công|khai",
    "lập",
    "phối|hợp",
    "chủ|trì",
    "tham|mưu",
    "cung|cấp",
    "cập|nhật",
    "kiểm|tra",
    "giám|sát",
    "tuyên|truyền",
    "phát|động",
    "ký|kết",
    "hướng|dẫn",
    "tiếp|nhận",
    "bình|xét",
    "xét|duyệt",
    "chấm",
    "tổng|kết",
    "sơ|kết",
    "góp|ý",
    "lấy|ý",
    "khảo|sát",
    "quyết|toán",
    "giải|ngân",
    "khắc|phục",
    "phát|hành",
    "xuất|bản",
    "đạt",
    "đảm|bảo",
    "bảo|đảm",
    "rút|kinh",
    "chỉ|đạo",
    "thông|báo",
    "đánh|giá",
    "thành|lập",
    "kiện|toàn",
    "bố|trí",
    "phân|bổ",
    "giao",
    "niêm|yết",
    "nghiệm|thu",
    "bàn|giao",
    "chốt",
    "nhập",
    "tập|huấn",
    "bồi|dưỡng",
    "thống|nhất",
    "thống|kê",
    "tiến|hành",
    "đôn|đốc",
    "theo|dõi",
    "giải|trình",
    "giải|quyết",
    "xử|lý",
    "trả",
    "tham|gia",
    "phân|công",
    "mở",
    "khai|giảng",
    "đưa",
    "lựa|chọn",
    "thu",
    "chi",
    "kê|khai",
    "bầu",
    "đón",
    "tặng",
    "ra",
    "trao",
    "rà",
    "xin",
    "cho",
    "quán|triệt",
    "học|tập",
    "tự",
    "ký",
    "in",
    "có|văn|bản",
    "chịu",
    "phân|loại",
    "làm",
    "thu|thập",
    "cử",
    "kiểm|kê",
    "kiểm|điểm",
    "đại|hội",
    "biên|soạn",
    "biên|tập",
    "công|nhận",
    "xếp|loại",
    "nghỉ",
    "tựu|trường",
    "bế|giảng",
    "viết",
    "quay",
    "đăng|tải",
    "dự",
    "đăng",
    "gửi|về",
    "hội|ý",
    "sinh|hoạt",
    "tổ|giám",
    "diễn|tập",
    "tiêm",
    "tuần|tra",
    "khám",
    "cấp|phát",
    "thanh|toán",
    "hoạch|toán",
    "lưu|trữ",
    "số|hóa",
    "nâng|cấp",
    "vận|hành",
    "phủ|sóng",
    "trồng",
    "thu|hoạch",
    "xuống|giống",
    "phun",
    "tu|sửa",
    "duy|tu",
    "sửa|chữa",
    "bảo|trì",
    "nhận",
    "giới|thiệu",
    "tiếp|xúc",
    "tiếp|công",
    "trả|lời",
]
_HEAD_KEYS = frozenset(tuple(map(key, head.split("|"))) for head in _HEADS)
_ACT_KEYS = frozenset(tuple(map(key, act.split("|"))) for act in _ACTS)
_NO_PARTY = frozenset(
    tuple(map(key, words.split()))
    for words in ("hội nghị", "hội thảo", "hội thi", "hội diễn", "hội chợ", "hội khỏe", "hội đàm", "hội trại")
)
_BEFORE_NAME = frozenset(
    map(key, ["Ban", "Đoàn", "Tổ", "Phòng", "Vụ", "Cục", "Tiểu"])
)  # "Ban tổ chức", "Đoàn kiểm tra" are names
_LEADING = tuple(
    tuple(map(key, words.split()))
    for words in (
        "đối với", "riêng đối với", "riêng", "giao", "yêu cầu", "đề nghị", "thời gian", "và", "hoàn thành việc", "hoàn thành", "hoặc", "phải", "cần",
        "thời điểm", "thời gian thực hiện", "xong", "thời hạn", "phấn đấu", "cơ bản", "việc", "để", "dự kiến", "là",
    )
)  # fmt: skip
_TRAILING = tuple(
    tuple(map(key, words.split()))
    for words in (
        "hoàn thành", "xong", "thời gian", "thực hiện xong", "và", "hoặc", "phải", "hoàn thành xong", "thời hạn", "phải hoàn thành", "là", "cần", "thời gian thực hiện",
        "thời gian hoàn thành", "ít nhất", "dự kiến", "trong đó", "nhưng", "muộn", "phấn đấu", "phấn đấu hoàn thành", "cơ bản hoàn thành",
        "và hoàn thành", "được thực hiện", "thời điểm", "yêu cầu", "nhất", "riêng", "định kỳ", "thời hạn gửi", "bắt đầu",
    )
)  # fmt: skip
_FILLERS = frozenset(
    map(key, ("thực hiện", "thực", "hiện", "triển khai", "thời gian thực hiện", "tổ chức thực hiện", "kết thúc", "nay"))
)
_LONGEST = 600  # characters; what is longer is no party with its act
_ENDS = " \t\n,;:.-–—+*•"
_SIGNS = ' \t\n,;:.-–—+*•()\u201c\u201d"'


class Bound(NamedTuple):
    """A party and what it is to do; either may be missing."""

    who: str | None
    what: str | None


def bound(words: str) -> list[Bound]:
    """The parties and acts in the words beside a date: one for each party that has its own act."""
    if len(words) > _LONGEST:
        return [Bound(None, words)]
    head, colon, rest = words.partition(": ")
    head = _stripped(head)
    if colon and _party_words(head.split()) and _act_at(head.split()) is None:
        return [Bound(head, _stripped(rest) or None)]
    words = _stripped(words)
    if not words or key(words) in _FILLERS:
        return []
    found: list[str] = []
    for segment in words.split(", "):
        if found and _is_whole(found[-1]) and _is_whole(segment):
            found.append(segment)
        else:
            found[-1:] = [", ".join((*found[-1:], segment))]
    return [_split(_stripped(each)) for each in found]


def _is_whole(words: str) -> bool:
    """Whether a party stands here with its own act."""
    split = words.split()
    return bool(_party_words(split)) and _act_at(split) is not None


def _split(words: str) -> Bound:
    split = words.split()
    if not _party_words(split):
        return Bound(None, words or None)
    at = _act_at(split)
    if at is None:
        return Bound(words, None)
    who = " ".join(split[:at]).strip(_SIGNS)
    return Bound(who or None, _stripped(" ".join(split[at:])) or None)


def _party_words(words: list[str]) -> bool:
    """Whether these words begin with a party."""
    keys = [key(word.strip(_SIGNS)) for word in words[:3]]
    if tuple(keys[:2]) in _ACT_KEYS or tuple(keys[:2]) in _NO_PARTY:
        return False
    return any(tuple(keys[:count]) in _HEAD_KEYS for count in (1, 2, 3))


def _act_at(words: list[str]) -> int | None:
    """Where the act begins behind a party."""
    keys = [key(word.strip(_SIGNS)) for word in words]
    for at in range(1, len(words)):
        first = words[at].lstrip("(")[:1]
        names = keys[at - 1] in _BEFORE_NAME and words[at - 1][:1].isupper()
        if first.islower() and not names and any(tuple(keys[at : at + count]) in _ACT_KEYS for count in (3, 2, 1)):
            return at
    return None


def _stripped(words: str) -> str:
    """Without signs at the ends, brackets that do not close, and words that only lead over to the date."""
    words = words.strip(_ENDS)
    if words.count("(") != words.count(")"):
        words = words.strip("() ")
    split = words.split()
    keys = [key(word.strip(_SIGNS)) for word in split]
    first, after = 0, len(split)
    while size := next((len(lead) for lead in _LEADING if tuple(keys[first : first + len(lead)]) == lead), 0):
        first += size
    while size := next(
        (
            len(trail)
            for trail in _TRAILING
            if first < after and tuple(keys[max(first, after - len(trail)) : after]) == trail
        ),
        0,
    ):
        after -= size
    return " ".join(split[first:after]).strip(_ENDS)
