// What the search says, in Vietnamese.
Documentation.addTranslations({
  locale: "vi",
  messages: {
    "Search Results": "Kết quả",
    Searching: "Đang tìm",
    "Preparing search...": "Đang chuẩn bị ...",
    "Your search did not match any documents. Please make sure that all words are spelled correctly and that you've selected enough categories.":
      "Không trang nào có đủ các chữ này.",
    "Search finished, found one page matching the search query.": ["Tìm thấy 1 trang.", "Tìm thấy ${resultCount} trang."],
    "Hide Search Matches": "Bỏ tô màu",
  },
  plural_expr: "Number(n !== 1)",
});
