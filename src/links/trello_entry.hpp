#pragma once
#include "links/trello_board.hpp"

#include <boost/json.hpp>

#include <fmt/format.h>

namespace dialpine::links {

/// One object of the file, read member by member. To be included by the sources that read boards only: it brings
/// Boost.JSON.
class TrelloEntry {
public:
    explicit TrelloEntry(const boost::json::object& object) : object_(object) {}

    /// Absent and null are the same in Trello's files.
    [[nodiscard]] const boost::json::value* find(std::string_view name) const
    {
        const auto* found = object_.if_contains(boost::json::string_view(name.data(), name.size()));
        return found && !found->is_null() ? found : nullptr;
    }
    [[nodiscard]] std::string text(std::string_view name) const
    {
        const auto* value = find(name);
        if (!value) return {};
        if (!value->is_string()) throw wrong(name, "a text");
        return std::string(value->get_string().data(), value->get_string().size());
    }
    [[nodiscard]] std::optional<std::string> optional_text(std::string_view name) const
    {
        return find(name) ? std::optional(text(name)) : std::nullopt;
    }
    [[nodiscard]] std::string id(std::string_view name) const
    {
        if (!find(name)) throw Unreadable(fmt::format("has no `{}`", name));
        return optional_id(name);
    }
    /// Empty when absent.
    [[nodiscard]] std::string optional_id(std::string_view name) const
    {
        auto found = text(name);
        if (find(name) && !is_trello_id(found)) throw wrong(name, "an id");
        return found;
    }
    [[nodiscard]] double number(std::string_view name) const
    {
        const auto* value = find(name);
        if (!value) return 0;
        if (!value->is_number()) throw wrong(name, "a number");
        return value->to_number<double>();
    }
    [[nodiscard]] std::int64_t count(std::string_view name) const
    {
        const double found = number(name);
        return found >= 1 && found < 1e9 ? static_cast<std::int64_t>(found) : 0;
    }
    [[nodiscard]] bool flag(std::string_view name) const
    {
        const auto* value = find(name);
        if (value && !value->is_bool()) throw wrong(name, "true or false");
        return value && value->get_bool();
    }
    /// Absent also for a day or time that does not exist.
    [[nodiscard]] std::optional<Instant> instant(std::string_view name) const
    {
        const auto written = text(name);
        auto found = parse_instant(written);
        if (!written.empty() && !found) ++unreadable_dates_;
        return found;
    }
    [[nodiscard]] std::int64_t unreadable_dates() const { return unreadable_dates_; }
    [[nodiscard]] std::optional<TrelloEntry> object(std::string_view name) const
    {
        const auto* value = find(name);
        if (!value) return std::nullopt;
        if (!value->is_object()) throw wrong(name, "an object");
        return TrelloEntry(value->get_object());
    }
    [[nodiscard]] std::int64_t size_of(std::string_view name) const
    {
        const auto* value = find(name);
        return value && value->is_array() ? static_cast<std::int64_t>(value->get_array().size()) : 0;
    }
    /// Calls `each` with every object of an array.
    template <class Each>
    void each_object(std::string_view name, Each each) const
    {
        each_value(name, [&](const boost::json::value& value) {
            if (!value.is_object()) throw wrong(name, "a list of objects");
            each(value.get_object());
        });
    }
    [[nodiscard]] std::vector<std::string> ids(std::string_view name) const
    {
        std::vector<std::string> found;
        each_value(name, [&](const boost::json::value& value) {
            if (!value.is_string() || !is_trello_id(std::string_view(value.get_string())))
                throw wrong(name, "a list of ids");
            found.emplace_back(value.get_string().data(), value.get_string().size());
        });
        return found;
    }

private:
    template <class Each>
    void each_value(std::string_view name, Each each) const
    {
        const auto* value = find(name);
        if (!value) return;
        if (!value->is_array()) throw wrong(name, "a list");
        for (const auto& one : value->get_array()) each(one);
    }
    static Unreadable wrong(std::string_view name, std::string_view should_be)
    {
        return Unreadable(fmt::format("has a `{}` that is not {}", name, should_be));
    }

    const boost::json::object& object_;
    mutable std::int64_t unreadable_dates_ = 0;
};

} // namespace dialpine::links
