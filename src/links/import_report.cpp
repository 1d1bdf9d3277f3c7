#include "links/import_report.hpp"

#include "base/sensitive.hpp"

namespace dialpine::links {

void ImportReport::look_at(std::string_view text)
{
    if (!find_sensitive(text).empty()) ++sensitive_texts;
}

void ImportReport::skip(std::string_view what, std::string_view why, std::int64_t count)
{
    if (count == 0) return;
    for (auto& known : skipped) {
        if (known.what != what || known.why != why) continue;
        known.count += count;
        return;
    }
    skipped.push_back({std::string(what), std::string(why), count});
}

} // namespace dialpine::links
