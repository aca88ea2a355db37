#include "tables/sheet.h"

#include <fmt/format.h>
#include <utf8proc.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/ascii.h"
#include "text/nfc.h"

namespace dateline::tables {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

/// The 0-based offset of the first byte that is not UTF-8.
std::optional<std::size_t> FindBadByte(std::string_view text) {
  const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(text.data());
  for (std::size_t at = 0; at < text.size();) {
    if (bytes[at] < 0x80) {
      ++at;
      continue;
    }
    utf8proc_int32_t letter = 0;
    const auto length =
        utf8proc_iterate(bytes + at, static_cast<utf8proc_ssize_t>(text.size() - at), &letter);
    if (length <= 0) return at;
    at += static_cast<std::size_t>(length);
  }
  return std::nullopt;
}

std::vector<std::string_view> SplitTabs(std::string_view line) {
  std::vector<std::string_view> cells;
  for (std::size_t at = 0;;) {
    const std::size_t tab = line.find('\t', at);
    cells.push_back(line.substr(at, tab - at));
    if (tab == std::string_view::npos) return cells;
    at = tab + 1;
  }
}

std::string_view Trim(std::string_view text) { return base::Trim(text, " \t"); }

bool IsColumnName(std::string_view name) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && std::ranges::all_of(name, allowed);
}

bool IsControl(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F;
}

class SheetParser {
 public:
  SheetParser(Sheet& sheet, Problems& problems) : sheet_(sheet), problems_(problems) {}

  void Parse(std::string_view text) {
    if (text.starts_with(kByteOrderMark)) {
      Complain(1, "begins with a byte order mark; save as UTF-8 without one");
      text.remove_prefix(kByteOrderMark.size());
    }
    std::size_t number = 0;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      ParseLine(text.substr(0, end), ++number);
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    if (sheet_.header_line == 0) {
      Complain(0, "has no header line; write the column names, separated by tabs, above the rows");
    }
  }

 private:
  void Complain(std::size_t line, std::string message) {
    problems_.Add(sheet_.file, line, std::move(message));
  }

  void ParseLine(std::string_view line, std::size_t number) {
    if (const auto bad = FindBadByte(line)) {
      Complain(number, fmt::format("byte {} is not UTF-8; save the file as UTF-8", *bad + 1));
      return;
    }
    if (line.ends_with('\r')) {
      Complain(number, "line ends in a carriage return; save the file with LF line ends");
      return;
    }
    if (line.empty()) return;
    if (line.starts_with("#:")) {
      ParseDirective(line, number);
    } else if (line.front() == '#') {
      return;
    } else if (sheet_.header_line == 0) {
      ParseHeader(line, number);
    } else {
      ParseRow(line, number);
    }
  }

  void ParseDirective(std::string_view line, std::size_t number) {
    if (sheet_.header_line != 0) {
      Complain(number, "directive below the header; move it above line " +
                           std::to_string(sheet_.header_line));
      return;
    }
    sheet_.directives.push_back({Trim(line.substr(2)), number});
  }

  void ParseHeader(std::string_view line, std::size_t number) {
    sheet_.header_line = number;
    sheet_.columns = SplitTabs(line);
    for (std::size_t i = 0; i < sheet_.columns.size(); ++i) {
      const std::string_view column = sheet_.columns[i];
      const auto before = sheet_.columns.begin() + static_cast<std::ptrdiff_t>(i);
      if (!IsColumnName(column)) {
        Complain(number,
                 fmt::format("column {} is named '{}'; use lower-case letters, digits and '_'",
                             i + 1, column));
      } else if (std::find(sheet_.columns.begin(), before, column) != before) {
        Complain(number, fmt::format("column '{}' stands twice; rename one", column));
      }
    }
  }

  void ParseRow(std::string_view line, std::size_t number) {
    const auto cells = SplitTabs(line);
    if (cells.size() != sheet_.columns.size()) {
      Complain(number, fmt::format("{} cells, want {} as in the header of line {}; check the tabs",
                                   cells.size(), sheet_.columns.size(), sheet_.header_line));
      return;
    }
    for (std::size_t i = 0; i < cells.size(); ++i) CheckCell(cells[i], sheet_.columns[i], number);
    sheet_.cells.insert(sheet_.cells.end(), cells.begin(), cells.end());
    sheet_.lines.push_back(number);
  }

  void CheckCell(std::string_view cell, std::string_view column, std::size_t number) {
    if (cell.empty()) return;
    if (cell.front() == ' ' || cell.back() == ' ') {
      Complain(number, fmt::format("{} '{}' begins or ends with a space; remove it", column, cell));
    }
    if (std::ranges::any_of(cell, IsControl)) {
      Complain(number, fmt::format("{} holds a control character; remove it", column));
      return;
    }
    if (const auto nfc = text::ToNfc(cell); nfc != cell) {
      Complain(number,
               fmt::format("{} '{}' is not in Unicode form NFC; write '{}'", column, cell, nfc));
    }
  }

  Sheet& sheet_;
  Problems& problems_;
};

}  // namespace

void Problems::Add(std::string_view file, std::size_t line, std::string message) {
  std::size_t& count = counts_[std::string(file)];
  ++count;
  if (count > kMaxPerFile) return;
  std::string where(file);
  if (line != 0) where += ":" + std::to_string(line);
  kept_.push_back({ErrorCode::kMalformed, std::move(message), std::move(where)});
}

std::vector<Error> Problems::Take() && {
  for (const auto& [file, count] : counts_) {
    if (count <= kMaxPerFile) continue;
    kept_.push_back({ErrorCode::kMalformed,
                     fmt::format("{} more problems in this file", count - kMaxPerFile), file});
  }
  return std::move(kept_);
}

Sheet ParseSheet(std::string_view text, std::string file, Problems& problems) {
  Sheet sheet;
  sheet.name = file.ends_with(".tsv") ? file.substr(0, file.size() - 4) : file;
  sheet.file = std::move(file);
  SheetParser(sheet, problems).Parse(text);
  return sheet;
}

}  // namespace dateline::tables
