/// One reader of pages for each format. Each adds to `out` a page or a problem for every record.
/// `text` of a page may be left empty: it then is a view of `owned`.
#pragma once

#include <string>
#include <string_view>

#include "readers/pages.h"

namespace dateline::readers {

void ReadJsonPages(std::string_view bytes, const PageOptions& options, Pages& out);
void ReadXmlPages(std::string_view bytes, const PageOptions& options, Pages& out);
void ReadCsvPages(std::string_view bytes, const PageOptions& options, Pages& out);
void ReadWarcPages(std::string_view bytes, const PageOptions& options, Pages& out);
void ReadIptc7901Pages(std::string_view bytes, Pages& out);

std::string At(std::size_t offset);
void Refuse(ErrorCode code, std::string message, std::string where, Pages& out);

}  // namespace dateline::readers
