#include "egress/outgoing.hpp"

#include "base/json_write.hpp"

namespace dialpine::egress {

void Fields::add(Field field, std::string_view text)
{
    std::string value;
    json::Writer(value).value(text);
    list_.emplace_back(field, std::move(value));
}

void Fields::add(Field field, std::int64_t number) { list_.emplace_back(field, std::to_string(number)); }

} // namespace dialpine::egress
