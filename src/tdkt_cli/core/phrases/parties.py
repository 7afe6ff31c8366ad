"""Whom a milestone binds and what is to be done: the words beside its date.

    words = [party] [act]                          Sở Y tế | trình hồ sơ
          | party ":" [act] | act ":"              Cấp huyện: gửi danh sách

A party begins with a word such as Sở, Ban, UBND, các đơn vị; the act with the first verb of office work behind it that is not
part of the party's name ("Ban tổ chức", "Đoàn kiểm tra"). Words without a party are the act.
"""

from typing import NamedTuple

from tdkt_cli.core.phrases.lexicon import key

Keys = tuple[str, ...]


def _keys(words: str) -> Keys:
    return tuple(map(key, words.split()))


def _phrases(text: str) -> frozenset[Keys]:
    """The phrases between commas."""
    return frozenset(map(_keys, text.split(",")))


_HEADS = _phrases("""
    ban, ban giám, ban giám hiệu, ban qlda, bch, bcđ, bhxh, bql, bv, báo hà, bên, bí thư, bảo hiểm xã, bảo tàng,
    bệnh viện, bộ, bộ chỉ, bộ phận, bộ tư lệnh, bộ đội, cda, chi bộ, chi cục, chi đoàn, chuyên viên, chánh, chính
    phủ, chủ tịch, chủ đầu tư, cá nhân, các, các đồng, cán bộ, công an, công chức, công ty, công đoàn, cơ quan, cấp,
    cấp ủy, cục, cục thuế, cụm, doanh nghiệp, gia đình, giám thị, giám đốc, giáo viên, gv, hiệu trưởng, hs, huyện,
    huyện     ủy, huyện đoàn, hđ, hđnd, hđtđkt, học sinh, học viện, hộ, hội, hội chữ, hội cựu, hội liên hiệp, hội
    nông dân, hội phụ, hội đồng, hợp tác xã, kbnn, kho bạc, khoa, khối, kế toán, lhpn, liên đoàn, lãnh đạo, lđlđ,
    lực lượng, mttq, mặt trận, mỗi, ngành, ngân hàng, người     đứng, nhà thầu, nhà trường, nhóm, những, pgd, phòng,
    phó, phường, quân, quận, quận ủy, quốc hội, sgdđt, sinh viên, sở, tand, thanh tra, thcs, thpt, thành phố, thành
    đoàn, thành ủy, thôn, thư viện, thường trực, thường vụ, thị trấn, thị xã, thị ủy, thủ     trưởng, tiểu ban, toàn
    thể, trung tâm, trường, trưởng, trạm, trạm y tế, ttcn, ttyt, tòa soạn, tòa án, tư lệnh, tạp chí, tập     đoàn,
    tập thể, tỉnh, tỉnh đoàn, tỉnh ủy, tổ, tổ chức đảng, tổ công tác, tổ dân, tổ trưởng, tổng công ty, tổng cục,
    tổng giám, từng, ubkt, ubmttq, ubnd, ubtvqh, viên chức, viện, viện     kiểm, viện ksnd, vp, văn phòng, vụ, xã,
    xí nghiệp, đoàn, đtn, đài, đơn vị, đại học, đảng bộ, đảng viên, đảng đoàn, đảng ủy, địa phương, đồn, đồng chí
    bí, đội, ủy ban
""")
_ACTS = _phrases("""
    ban hành, biên soạn, biên tập, bàn giao, báo cáo, bình chọn, bình xét, bảo trì, bảo đảm, bế giảng, bố trí, bồi
    dưỡng, chi trả, cho ý kiến, chuyển, chuẩn bị, chấm, chỉ đạo, chịu, chọn, chốt, chủ trì, cung cấp, có văn bản,
    công bố, công khai, công nhận, cấp     phát, cấp phát, cập nhật, diễn tập, giao, giám sát, giải ngân, giải
    quyết, giải trình, giới thiệu, góp ý, gửi, gửi về, hoàn thiện, hoàn thành, hoạch toán, hướng dẫn, họp, hội ý,
    khai báo, khai giảng, khám, khảo sát, khắc phục, kiểm kê, kiểm tra, kiểm điểm, kiện toàn, kê khai, ký, ký kết,
    kết nối, lưu trữ, lấy ý, lập, lắp đặt, lựa chọn, mở, nghiệm thu, nghỉ, nhận, nhập, niêm phong, niêm yết,
    nâng cấp, nộp, nộp lại, phun, phát hành, phát động, phân bổ, phân công, phân loại, phê duyệt, phối hợp, phổ
    biến, phủ sóng, quay, quyết toán, quán triệt, sử dụng, ra quân, rà, rà soát, rút kinh, sinh hoạt, sơ kết, số hóa, sửa
    chữa, tham gia, tham mưu, thanh toán, thanh tra, theo dõi, thoái vốn, thu hoạch, thu hồi, thu thập, thành lập,
    thông báo, thẩm định, thống kê, thống nhất, thực hiện, tiêm, tiêm chủng, tiến hành, tiếp công, tiếp nhận, tiếp
    xúc, trao, triển khai, trình, trả, trả lời, trồng, tu sửa, tuyên truyền, tuần tra, tích hợp, tư vấn, tập huấn,
    tập hợp, tặng, tổ chức, tổ giám, tổng hợp, tổng kết, tự, tựu     trường, viết, vận hành, xuất bản, xuống giống,
    xây dựng, xét, xét duyệt, xếp loại, xử lý, đánh giá, đón, đôn     đốc, đăng, đăng ký, đăng tải, đưa vào, đại
    hội, đạt, đảm bảo, đề cử, đề nghị, đề xuất, đối chiếu
""")
_NO_PARTY = _phrases("hội nghị, hội thảo, hội thi, hội diễn, hội chợ, hội khỏe, hội đàm, hội trại")
_BEFORE_NAME = frozenset(_keys("ban đoàn tổ phòng vụ cục tiểu"))  # "Ban tổ chức", "Đoàn kiểm tra" are names
_LEADING = _phrases("""
    đối với, riêng đối với, riêng, giao, yêu cầu, đề nghị, thời gian, và, hoàn thành việc, hoàn thành, hoặc, phải, cần, thời điểm,
    thời gian thực hiện, xong, thời hạn, phấn đấu, cơ bản, việc, để, dự kiến, là
""")
_TRAILING = _phrases("""
    hoàn thành, xong, thời gian, thực hiện xong, và, hoặc, phải, hoàn thành xong, thời hạn, phải hoàn thành, là, cần,
    thời gian thực hiện, thời gian hoàn thành, ít nhất, dự kiến, trong đó, nhưng, muộn, phấn đấu, phấn đấu hoàn thành,
    cơ bản hoàn thành, và hoàn thành, được thực hiện, thời điểm, yêu cầu, nhất, riêng, định kỳ, thời hạn gửi, bắt đầu,
    đã, đã được, chưa, chưa được, không, không được, trừ, ngoại trừ, thay vì, thay cho
""")
_LONGEST_LINK = max(map(len, _LEADING | _TRAILING))
_TAKES_A_NOUN = frozenset(_keys("theo có khi"))
_FILLERS = _phrases(
    "thực hiện, thực, hiện, triển khai, thời gian thực hiện, tổ chức thực hiện, kết thúc, nay, các, những"
)
_ANY = frozenset(_keys("các những mỗi từng toàn"))
_TIMES = frozenset(_keys("năm tháng ngày quý tuần kỳ đợt"))
_AT = key("tại")  # a place
_GROUNDS = _phrases("căn cứ, thực hiện, theo, để, nhằm, trên cơ sở, triển khai, tiếp tục thực hiện")
_LONGEST = 600  # characters; what is longer is no party with its act
_ENDS = " \t\n,;:.-–—+*•"
_SIGNS = f'{_ENDS}()\u201c\u201d"'


class Bound(NamedTuple):
    """A party and what it is to do; either may be missing."""

    who: str | None
    what: str | None


def bound(words: str) -> list[Bound]:
    """Return the parties and acts in the words beside a date: one for each party that has its own act."""
    if len(words) > _LONGEST:
        return [Bound(None, words)]
    if _in_brackets(words) and not _party_words(words[1:-1].split()):
        return []  # a document, an anniversary
    words = words[1:-1] if _in_brackets(words) else words
    head, colon, rest = words.partition(": ")
    head = _stripped(head)
    if colon and _party_words(head.split()) and _act_at(head.split()) is None:
        return [Bound(head, _stripped(rest) or None)]
    words = _stripped(words)
    if not words or _keys(words) in _FILLERS or key(words.partition(" ")[0]) == _AT:
        return []
    found: list[str] = []
    segments = words.split(", ")
    if _keys(words)[:2] in _GROUNDS or _keys(words)[:1] in _GROUNDS:  # Căn cứ Nghị quyết ..., các huyện ủy xây dựng ...
        whole = [place for place, segment in enumerate(segments) if _is_whole(segment)]
        segments = segments[whole[0] :] if whole else segments
    for segment in segments:
        if found and _is_whole(found[-1]) and _is_whole(segment):
            found.append(segment)
        else:
            found[-1:] = [", ".join((*found[-1:], segment))]
    return [_split(_stripped(each)) for each in found]


def _in_brackets(words: str) -> bool:
    return words[:1] == "(" and words[-1:] == ")" and words.count("(") == 1


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
    if keys[:1] and keys[0] in _ANY and len(keys) > 1 and keys[1] in _TIMES:
        return False  # các năm tiếp theo
    if tuple(keys[:2]) in _ACTS or tuple(keys[:2]) in _NO_PARTY:
        return False
    return any(tuple(keys[:count]) in _HEADS for count in (1, 2, 3))


def _act_at(words: list[str]) -> int | None:
    """Where the act begins behind a party."""
    keys = [key(word.strip(_SIGNS)) for word in words]
    for at in range(1, len(words)):
        first = words[at].lstrip("(")[:1]
        names = keys[at - 1] in _BEFORE_NAME and words[at - 1][:1].isupper()
        if first.islower() and not names and any(tuple(keys[at : at + count]) in _ACTS for count in (3, 2, 1)):
            return at
    return None


def has_act(words: str) -> bool:
    """Return whether an act of office work stands behind the first word: "Kế hoạch và gửi báo cáo"."""
    return _act_at(words.split()) is not None


def _stripped(words: str) -> str:
    """Without signs at the ends, brackets that do not close, and words that only lead over to the date."""
    words = words.strip(_ENDS).lstrip(")").rstrip("(").strip(_ENDS)
    if words.count("(") != words.count(")"):
        words = words.strip("() ")
    split = words.split()
    keys = [key(word.strip(_SIGNS)) for word in split]
    first, after = 0, len(split)
    while size := next((size for size in _sizes(after - first) if tuple(keys[first : first + size]) in _LEADING), 0):
        first += size
    while size := next((size for size in _sizes(after - first) if _trails(keys[first:after], size)), 0):
        after -= size
    return " ".join(split[first:after]).strip(_ENDS)


def _sizes(most: int) -> range:
    """The numbers of words that a phrase leading over to the date may have, the largest first."""
    return range(min(most, _LONGEST_LINK), 0, -1)


def _trails(keys: list[str], size: int) -> bool:
    """Whether so many words at the end only lead over to the date; "khi có yêu cầu" stays whole."""
    return tuple(keys[-size:]) in _TRAILING and not (size < len(keys) and keys[-size - 1] in _TAKES_A_NOUN)
