"""The words that say time in Vietnamese plans, and the terms that only look as if they did.

Each entry is a symbol of the grammar with its phrases; a phrase may carry a value after `=`. Of the phrases that fit at a place
the longest counts, so that "kèm theo" hides "theo" and "tháng tám" in "Cách mạng tháng Tám" is no month. Phrases are looked
up without regard to capitals, to NFC or NFD, and to old or new tone placement (`key`).
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from tdkt_cli.core.text import fold, name_key

WORD: Final = "word"  # a word that is in no phrase
NUMBER: Final = "number"
END: Final = "end"
ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

PHRASES = {
    "before": "trước | trứơc | truớc | trưóc",
    "until": "đến | tới | đến hết | tới hết | hết | cho đến | cho tới | đến thời điểm | cho đến hết",
    "latest": """chậm nhất | muộn nhất | trễ nhất | chậm nhất là | muộn nhất là | chậm nhất vào | không muộn hơn | không chậm hơn | không trễ hơn | không quá
        | hạn cuối | hạn chót | hạn cuối cùng | thời hạn | thời hạn cuối | thời hạn cuối cùng | thời hạn chót | thời hạn hoàn thành | thời hạn gửi
        | thời hạn nộp | thời hạn báo cáo | thời hạn thực hiện | hạn nộp | hạn gửi | hạn hoàn thành | hạn báo cáo | hạn | tối đa | thời hạn chậm nhất
        | hạn chậm nhất | chậm nhất trong""",
    "from": "từ | kể từ | tính từ | bắt đầu từ | bắt đầu | kể từ khi | từ khi | tính từ khi",
    "onward": "trở đi | trở về sau",
    "now": "nay | từ nay | từ giờ | bây giờ | từ bây giờ",
    "after": "sau | ngay sau",
    "when": "khi | ngay khi | sau khi | ngay sau khi",
    "have": "có",
    "on": "vào | vào các | vào lúc | lúc | vào hồi | hồi | trong ngày | vào thời điểm",
    "at": "tại",
    "within": "trong | trong vòng | trong thời hạn | trong thời gian | trong khoảng | trong các | trong cả | ngay trong | trong khoảng thời gian",
    "about": "khoảng | dự kiến | dự kiến vào | dự kiến trong | vào khoảng | ước | dự kiến khoảng",
    "occasion": "dịp | vào dịp | nhân dịp | đúng dịp | trong dịp | các dịp | vào các dịp",
    "done": """hoàn thành | xong | hoàn tất | hoàn thiện | hoàn thành xong | hoàn thành việc | thời gian hoàn thành | thời điểm hoàn thành | kết thúc | thời gian kết thúc
        | phải hoàn thành | hoàn thành dứt điểm | ngày hoàn thành | mốc hoàn thành""",
    "period": "thời gian | thời gian thực hiện | thời điểm | thời điểm thực hiện | thời gian tổ chức | thời gian triển khai | thực hiện | thời gian gửi | thời gian báo cáo",
    "is": "là",
    "of": "của | thuộc",
    "and": "và | & | cùng | cùng với",
    "or": "hoặc | hay | hoặc là",
    "day": "ngày | các ngày | ngầy",
    "workday": "ngày làm việc",
    "week": "tuần | tuần lễ",
    "month": "tháng | các tháng | thàng",
    "quarter": "quý | quí | các quý",
    "year": "năm | các năm",
    "hour": "giờ | h | g",
    "minute": "phút | ph | p",
    "daytime": "sáng | chiều | tối | buổi sáng | buổi chiều | buổi tối | trưa",
    "nth": "thứ",
    "part": """đầu=start | giữa=middle | cuối=end | thượng tuần=start | trung tuần=middle | hạ tuần=end | đầu tiên=start | cuối cùng=end | nửa đầu=first-half
        | nửa cuối=second-half | nửa sau=second-half | những ngày đầu=start | những ngày cuối=end | tuần đầu=first-week | tuần lễ đầu=first-week | tuần lễ cuối=last-week | tuần lễ đầu tiên=first-week | tuần đầu tiên=first-week
        | tuần cuối=last-week | tuần cuối cùng=last-week | ngày cuối=last-day | ngày cuối cùng=last-day | ngày đầu=first-day | ngày đầu tiên=first-day
        | khoảng đầu=start | khoảng giữa=middle | khoảng cuối=end | cuối ngày=day-end""",
    "last-workday": "ngày làm việc cuối cùng | ngày làm việc cuối",
    "relative-year": """năm sau=1 | năm tới=1 | năm tiếp theo=1 | năm kế tiếp=1 | năm liền kề=1 | năm sau liền kề=1 | năm nay=0 | năm này=0 | năm kế hoạch=0 | năm báo cáo=0
        | năm trước=-1 | năm trước liền kề=-1 | năm ngoái=-1 | cùng năm=0 | năm kế tiếp liền kề=1 | năm liền sau=1 | năm liền kề sau=1 | năm hiện tại=0""",
    "whole-year": "cả năm | trong năm | trong cả năm | toàn năm",
    "every": "hằng | hàng | mỗi | từng | định kỳ hằng | định kỳ hàng | định kỳ mỗi | thường xuyên hằng",
    "rhythm": """hằng ngày=day | hàng ngày=day | mỗi ngày=day | hằng tuần=week | hàng tuần=week | mỗi tuần=week | hằng tháng=month | hàng tháng=month | mỗi tháng=month
        | từng tháng=month | hằng quý=quarter | hàng quý=quarter | mỗi quý=quarter | từng quý=quarter | hằng quí=quarter | hàng quí=quarter | hằng năm=year | hàng năm=year
        | mỗi năm=year | từng năm=year | thường niên=year | định kỳ tháng=month | định kỳ quý=quarter | định kỳ năm=year | định kỳ tuần=week | theo quý=quarter
        | theo tháng=month | theo tuần=week | tháng báo cáo=month | quý báo cáo=quarter | định kỳ hằng tuần=week | định kỳ hàng tuần=week | định kỳ hằng tháng=month | định kỳ hàng tháng=month | định kỳ hằng quý=quarter
        | định kỳ hàng quý=quarter | định kỳ hằng năm=year | định kỳ hàng năm=year | định kỳ hằng ngày=day | định kỳ hàng ngày=day | định kỳ mỗi tháng=month
        | định kỳ mỗi quý=quarter | định kỳ mỗi năm=year | định kỳ mỗi tuần=week""",
    "next-month": "tháng sau | tháng tiếp theo | tháng kế tiếp | tháng liền kề | tháng sau liền kề | tháng tới",
    "quarter-end": "tháng cuối quý | tháng cuối cùng của quý | tháng cuối của quý | tháng cuối mỗi quý | tháng cuối của mỗi quý | tháng cuối hằng quý | tháng cuối cùng quý "
    "| tháng cuối hàng quý | tháng cuối cùng mỗi quý | tháng cuối cùng của mỗi quý | tháng cuối từng quý | tháng cuối kỳ báo cáo quý | tháng cuối quí",
    "quarter-start": "tháng đầu quý | tháng đầu của quý | tháng đầu tiên của quý | tháng đầu mỗi quý | tháng đầu của mỗi quý | tháng đầu quý sau | tháng đầu của quý sau "
    "| tháng đầu tiên của quý sau | tháng đầu quý tiếp theo | tháng đầu của quý tiếp theo | tháng đầu tiên của quý tiếp theo | tháng đầu tiên quý sau "
    "| tháng đầu quý kế tiếp | tháng đầu của quý kế tiếp | tháng đầu tiên của quý kế tiếp | tháng đầu tiên quý tiếp theo | tháng đầu quý liền kề | tháng đầu tiên quý kế tiếp "
    "| tháng đầu hằng quý | tháng đầu hàng quý | tháng đầu tiên của mỗi quý | tháng đầu tiên mỗi quý",
    "weekday": """thứ hai=MO | thứ ba=TU | thứ tư=WE | thứ năm=TH | thứ sáu=FR | thứ bảy=SA | thứ bẩy=SA | chủ nhật=SU | chúa nhật=SU""",
    "ongoing": "thường xuyên | liên tục | thường xuyên liên tục | quanh năm | định kỳ | xuyên suốt | liên tục thường xuyên",
    "throughout": "suốt năm=year | suốt cả năm=year | trong suốt năm=year | suốt | duy trì | trong suốt",
    "named-day": """quốc khánh=0209 | giải phóng thủ đô=1010 | nhà giáo việt nam=2011 | thương binh liệt sĩ=2707 | thương binh liệt sỹ=2707 | quốc tế lao động=0105
        | giải phóng miền nam=3004 | quốc tế phụ nữ=0803 | phụ nữ việt nam=2010 | quốc tế thiếu nhi=0106 | thành lập đảng=0302 | thành lập đảng cộng sản việt nam=0302
        | thành lập quân đội nhân dân việt nam=2212 | truyền thống thi đua yêu nước=1106 | thi đua ái quốc=1106 | sinh chủ tịch hồ chí minh=1905
        | sinh của chủ tịch hồ chí minh=1905 | sinh bác hồ=1905 | sinh nhật bác=1905 | báo chí cách mạng việt nam=2106 | gia đình việt nam=2806 | thầy thuốc việt nam=2702
        | pháp luật việt nam=0911 | pháp luật nước cộng hòa xã hội chủ nghĩa việt nam=0911 | doanh nhân việt nam=1310 | toàn quốc kháng chiến=1912
        | chuyển đổi số quốc gia=1010 | môi trường thế giới=0506 | công đoàn việt nam=2807 | khoa học và công nghệ việt nam=1805
        | sách và văn hóa đọc việt nam=2104 | thành lập đoàn tncs hồ chí minh=2603 | học sinh sinh viên=0901 | người khuyết tật việt nam=1804 | dân số việt nam=2612""",
    "event": """tết | tết nguyên đán | đại hội | lễ | kỳ thi | khai giảng | khai mạc | bế mạc | kỳ nghỉ | mùa | bầu cử | vụ
        | cuộc họp | hội nghị | diễn tập | kỳ tuyển sinh | ngày bầu cử | giao thừa""",
    "session": "kỳ họp | phiên họp | kì họp",
    "by-plan": "theo | thực hiện theo | tùy theo | tuỳ theo | căn cứ theo | căn cứ vào | phụ thuộc vào | phụ thuộc",
    "manner": """chỉ đạo | tiến độ | yêu cầu | lịch | phụ lục | giấy triệu tập | phân công | đề nghị | tình hình | thực tế | quy chế | điều lệ | mốc | mùa vụ | thời vụ | kỳ
        | khung | thư mời | nhiệm vụ được giao | ý kiến | triệu tập | phân kỳ | lộ trình | diễn biến | nội dung | phê duyệt | sự chỉ đạo | sự phân công | nhu cầu
        | đặc thù | khung thời gian | đề án""",
    "situation": "tùy tình hình | tuỳ tình hình | tùy thuộc | tuỳ thuộc | tùy điều kiện | tuỳ điều kiện | tùy từng",
    "sudden": "đột xuất | khi cần | khi cần thiết",
    "await": "chờ | đợi",
    # What only looks like a time.
    "document": """nghị định | quyết định | công văn | thông báo | kế hoạch | kế hoạch năm | nghị quyết | chỉ thị | kết luận | tờ trình | văn bản | luật | thông tư | hướng dẫn | báo cáo
        | giấy mời | công điện | chương trình | quy định | hợp đồng | pháp lệnh | thông tri | biên bản | điện""",
    "numbered": "số | điều | khoản | mục | điểm | biểu | mẫu | tổ | lần thứ | lần | khóa | khoá | phần | chương | bài | trang | thứ tự | đợt | từng đợt | chỉ tiêu số | tiêu chí | bước | mẫu số | biểu số | tel | đt | fax | điện thoại",
    "recurring-thing": "ngân sách | công việc | nhiệm vụ | chỉ tiêu | dự toán | thành tích | kinh phí | danh hiệu | phong trào",
    "doubt": """không | chưa | đã | trừ | ngoại trừ | thay vì | thay cho | gia hạn | lùi | lùi thời hạn | hoãn | chuyển từ | thay đổi từ | không được | đã được | kháng chiến""",
    "lunar": "âm lịch | rằm | mùng | mồng | tháng giêng | tháng chạp | ngày mùng | ngày mồng | ngày rằm",
    "place": "đường | phố | phường | bệnh viện | trường | quảng trường | công viên | xưởng | khu | nhà máy | công ty | hợp tác xã | tiểu đoàn | sân vận động | rạp | cầu | nhà văn hóa | nhà thiếu nhi | chợ | ngõ",
    "name-of-years": """năm học | trong năm học | cả năm học | trong cả năm học | suốt năm học | nhiệm kỳ | niên khóa | niên khoá | giai đoạn | nhiệm kì | năm ngân sách | niên độ | kỷ niệm | kỉ niệm | năm tuổi | năm tài chính | khóa học""",
    "as-of": "tính đến | tính tới | số liệu | số liệu tính | số liệu đến | tính đến hết | lũy kế đến | cộng dồn đến | sinh ngày | sinh năm",
    "none": """tầm nhìn đến | tầm nhìn | thi đua thường xuyên | thành tích thường xuyên | thành tích thường xuyên hàng năm | thành tích thường xuyên hằng năm | theo đợt | kèm theo | tiếp theo | theo dõi | theo đó | trước hết | trước mắt | trước đây | trước tiên | như trước | nêu trước | trước pháp luật | trên đến
        | liên quan đến | dẫn đến | đề cập đến | tác động đến | ảnh hưởng đến | đưa đến | quan tâm đến | chi thường xuyên | từ đó | từ trên | từ cơ sở | sau đây | sau đó
        | cách mạng tháng tám | quý vị | quý báu | quý giá | quý khách | quý cơ quan | quý đơn vị | quý ông | quý bà | quý công ty | quý phụ huynh | quý đại biểu | quý thầy cô | quý thầy
        | quý nhân dân | quý đồng chí | năm châu | việt nam | ngày càng | ngay từ | trong đó | giờ giấc | trong nước | nội bộ | hết sức | hằng số | mỗi đơn vị | mỗi người | bao gồm
        | năng lực | theo thẩm quyền | theo chức năng | theo chức năng nhiệm vụ | đến nay | cho đến nay | từ trước đến nay | kiểm tra định kỳ | từ năm này qua năm khác
        | không thường xuyên | thường xuyên lao động | giữ vững | giữa các | giữa hai | giữa nhà nước | đầu tư | đầu mối | đứng đầu | người đứng đầu | đầu vào | đầu ra | ban đầu | đi đầu | dẫn đầu
        | hàng đầu | bước đầu | cuối khóa | đầu khóa | cầu nối | các cấp | các ngành | trong cả nước | bắt đầu làm | các kỳ | giờ hành chính | trong giờ hành chính
        | theo mẫu | theo mẫu số | theo biểu mẫu | theo biểu | theo đường | theo địa chỉ | theo hệ thống | theo tinh thần | theo nhóm | theo đơn vị""",
}  # fmt: skip


def symbols(words: str) -> frozenset[str]:
    """Return the symbols written between spaces."""
    return frozenset(words.split())


@lru_cache(maxsize=8192)
def key(word: str) -> str:
    """Return what all spellings of a word have in common: capitals, NFC or NFD, tone placement, and "Ð" typed for "Đ"."""
    return unicodedata.normalize("NFC", name_key(word)).replace("ð", "đ")


@dataclass(slots=True)
class Trie:
    """The phrases by their words. A node at which a phrase ends has its symbol."""

    branches: dict[str, "Trie"] = field(default_factory=dict)
    symbol: str = ""
    value: str = ""


def _trie(spelled: Callable[[str], str]) -> Trie:
    """All phrases with their words so spelled; of two symbols for a phrase the first counts."""
    trie = Trie()
    for symbol, phrases in PHRASES.items():
        for entry in phrases.split("|"):
            phrase, _, value = entry.strip().partition("=")
            node = trie
            for word in phrase.split():
                node = node.branches.setdefault(spelled(word), Trie())
            if not node.symbol:
                node.symbol, node.value = symbol, value
    return trie


EXACT, PLAIN = _trie(key), _trie(fold)
