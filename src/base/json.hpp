#pragma once
#include "base/clock.hpp"
#include "base/ids.hpp"
#include "base/json_write.hpp"
#include "base/problem.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <boost/describe.hpp>
#include <boost/json/fwd.hpp>
#include <boost/mp11.hpp>

#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

/// JSON from and to described structs. A struct's members are the JSON members; what a request may leave out is an
/// `std::optional` or a `Change`; what does not fit is collected as field errors, all of them, not just the first.
namespace dialpine {

/// A member of a merge patch (RFC 7396): absent, or a new value. `Change<std::optional<T>>` may also be emptied by
/// null.
template <class T>
struct Change {
    std::optional<T> value;
    Change() = default;
    Change(T new_value) : value(std::move(new_value)) {}
    explicit operator bool() const { return value.has_value(); }
    const T& operator*() const { return *value; }
    const T* operator->() const { return &*value; }
};

/// A member that an answer leaves out when it has nothing to say (0, empty, absent), to save bytes on big answers.
template <class T>
struct Sparse {
    T value{};
};

/// A whole number of a request, from `Least` to `Most`.
template <std::int64_t Least, std::int64_t Most>
struct Whole {
    std::int64_t value = Least;
    Whole() = default;
    Whole(std::int64_t number) : value(number) {}
    operator std::int64_t() const { return value; }
};

namespace json {

/// What is JSON already.
struct Raw {
    std::string text;
};
/// A problem that is JSON already.
struct RawProblem : Raw {
    static constexpr std::string_view schema_of = "Problem";
};

/// A value in a parsed document, and where it stands. Keeps Boost.JSON out of headers.
class Node {
public:
    Node(const boost::json::value& value, std::string pointer, std::vector<FieldError>& errors)
        : value_(&value), pointer_(std::move(pointer)), errors_(&errors)
    {
    }
    [[nodiscard]] bool is_null() const;
    [[nodiscard]] std::optional<std::string_view> as_text() const;
    [[nodiscard]] std::optional<std::int64_t> as_integer() const;
    [[nodiscard]] std::optional<double> as_number() const;
    [[nodiscard]] std::optional<bool> as_boolean() const;
    [[nodiscard]] bool is_object() const;
    [[nodiscard]] bool is_array() const;
    [[nodiscard]] std::size_t size() const;
    [[nodiscard]] Node element(std::size_t index) const;
    [[nodiscard]] std::optional<Node> member(std::string_view name) const;
    [[nodiscard]] std::vector<std::string_view> member_names() const;
    void reject(std::string detail) const { errors_->push_back({pointer_, std::move(detail)}); }
    void reject_member(std::string_view name, std::string detail) const;

private:
    const boost::json::value* value_;
    std::string pointer_;
    std::vector<FieldError>* errors_;
};

/// A parsed body. Throws Problem 400 for what is not JSON in UTF-8, or deeper than 32 levels.
class Document {
public:
    explicit Document(std::string_view text);
    ~Document();
    Document(const Document&) = delete;
    Document& operator=(const Document&) = delete;
    [[nodiscard]] const boost::json::value& root() const { return *root_; }

private:
    std::unique_ptr<boost::json::value> root_;
};

template <class T>
inline constexpr bool is_described_struct = boost::describe::has_describe_members<T>::value && !std::is_union_v<T>;
template <class T>
inline constexpr bool is_described_enum = boost::describe::has_describe_enumerators<T>::value;
template <class T, template <class...> class Template>
inline constexpr bool is_a = false;
template <class... Args, template <class...> class Template>
inline constexpr bool is_a<Template<Args...>, Template> = true;
template <class T>
inline constexpr bool is_id = std::is_base_of_v<Uuid, T>;
template <class T>
inline constexpr bool is_line = false;
template <std::size_t Most>
inline constexpr bool is_line<Line<Most>> = true;
template <class T>
inline constexpr bool is_prose = false;
template <std::size_t Most>
inline constexpr bool is_prose<Prose<Most>> = true;
template <class T>
inline constexpr bool is_whole = false;
template <std::int64_t Least, std::int64_t Most>
inline constexpr bool is_whole<Whole<Least, Most>> = true;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_any_access | boost::describe::mod_inherited>;

/// The name of a described enumerator in JSON and in the database. A closing underscore only keeps C++ apart.
template <class Enum>
std::string_view name_of(Enum value)
{
    std::string_view name;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto each) {
        if (each.value == value) name = each.name;
    });
    if (!name.empty() && name.back() == '_') name.remove_suffix(1);
    return name;
}

template <class Enum>
std::optional<Enum> parse_enum(std::string_view text)
{
    std::optional<Enum> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto each) {
        if (name_of(each.value) == text) found = each.value;
    });
    return found;
}

template <class Enum>
std::string names_of()
{
    std::string names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto each) {
        if (!names.empty()) names += ", ";
        names += name_of(each.value);
    });
    return names;
}

// ---- writing

template <class T>
bool is_blank(const T& value)
{
    if constexpr (is_a<T, std::optional>)
        return !value.has_value();
    else if constexpr (std::is_arithmetic_v<T>)
        return value == T{};
    else
        return value.empty();
}

template <class T>
void write(Writer& out, const T& value)
{
    if constexpr (std::is_base_of_v<Raw, T>)
        out.raw(value.text);
    else if constexpr (is_a<T, std::optional>) {
        if (value)
            write(out, *value);
        else
            out.null();
    } else if constexpr (is_a<T, std::vector>) {
        out.begin_array();
        for (const auto& each : value) write(out, each);
        out.end_array();
    } else if constexpr (is_a<T, std::map>) {
        out.begin_object();
        for (const auto& [name, each] : value) {
            if constexpr (is_id<std::decay_t<decltype(name)>>)
                out.key(to_text(name));
            else
                out.key(name);
            write(out, each);
        }
        out.end_object();
    } else if constexpr (is_described_enum<T>)
        out.value(name_of(value));
    else if constexpr (std::is_convertible_v<const T&, std::string_view>)
        out.value(std::string_view(value));
    else if constexpr (is_id<T>)
        out.value(static_cast<const Uuid&>(value));
    else if constexpr (is_described_struct<T>) {
        out.begin_object();
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            const auto& content = value.*member.pointer;
            using Content = std::decay_t<decltype(content)>;
            if constexpr (is_a<Content, Sparse>) {
                if (is_blank(content.value)) return;
                out.key(member.name);
                write(out, content.value);
            } else {
                out.key(member.name);
                write(out, content);
            }
        });
        out.end_object();
    } else
        out.value(value);
}

template <class T>
std::string to_json(const T& value)
{
    std::string text;
    Writer out(text);
    write(out, value);
    return text;
}

// ---- reading

template <class T>
void read(const Node& node, T& into);

/// What a text stands for, with the reason if it stands for nothing.
template <class T>
std::string_view read_text(std::string_view text, T& into)
{
    if constexpr (is_line<T>) {
        static_cast<std::string&>(into) = text;
        return check_line(into, T::most);
    } else if constexpr (is_prose<T>) {
        static_cast<std::string&>(into) = text;
        return check_prose(into, T::most);
    } else if constexpr (std::is_same_v<T, Email>) {
        static_cast<std::string&>(into) = text;
        return check_email(into);
    } else if constexpr (is_id<T>) {
        const auto id = parse_uuid(text);
        if (!id) return "is not an id";
        into = T(*id);
        return {};
    } else if constexpr (std::is_same_v<T, Instant>) {
        const auto instant = parse_instant(text);
        if (!instant) return "is not a time that exists, such as 2026-11-24T09:30:00Z";
        into = *instant;
        return {};
    } else if constexpr (std::is_same_v<T, Day>) {
        const auto day = parse_day(text);
        if (!day) return "is not a day that exists, such as 2026-11-24";
        into = *day;
        return {};
    } else if constexpr (is_described_enum<T>) {
        const auto value = parse_enum<T>(text);
        static const std::string reason = "must be one of " + names_of<T>();
        if (!value) return reason;
        into = *value;
        return {};
    } else {
        into = std::string(text);
        return {};
    }
}

template <std::int64_t Least, std::int64_t Most>
void read_whole(const Node& node, Whole<Least, Most>& into)
{
    const auto number = node.as_integer();
    if (!number || *number < Least || *number > Most)
        return node.reject(fmt::format("must be a whole number from {} to {}", Least, Most));
    into = *number;
}

template <class T>
void read_members(const Node& node, T& into)
{
    if (!node.is_object()) return node.reject("must be an object");
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        auto& content = into.*member.pointer;
        using Content = std::decay_t<decltype(content)>;
        if (const auto found = node.member(member.name))
            read(*found, content);
        else if constexpr (!is_a<Content, std::optional> && !is_a<Content, Change>)
            node.reject_member(member.name, "is required");
    });
    for (const auto name : node.member_names()) {
        bool is_known = false;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) { is_known = is_known || name == member.name; });
        if (!is_known) node.reject_member(name, "is not a known member");
    }
}

inline constexpr std::size_t most_elements = 1000;

template <class T>
void read(const Node& node, T& into)
{
    if constexpr (is_a<T, Change>) {
        read(node, into.value.emplace());
    } else if constexpr (is_a<T, std::optional>) {
        if (node.is_null()) {
            into.reset();
            return;
        }
        read(node, into.emplace());
    } else if constexpr (is_a<T, std::vector>) {
        if (!node.is_array()) return node.reject("must be an array");
        if (node.size() > most_elements) return node.reject("has more than 1000 elements");
        into.clear();
        for (std::size_t i = 0; i < node.size(); ++i) read(node.element(i), into.emplace_back());
    } else if constexpr (is_a<T, std::map>) {
        if (!node.is_object()) return node.reject("must be an object");
        for (const auto name : node.member_names()) {
            typename T::key_type key;
            if (const auto wrong = read_text(name, key); !wrong.empty())
                node.reject_member(name, std::string(wrong));
            else
                read(*node.member(name), into[key]);
        }
    } else if constexpr (is_whole<T>) {
        read_whole(node, into);
    } else if constexpr (std::is_same_v<T, bool>) {
        if (const auto value = node.as_boolean())
            into = *value;
        else
            node.reject("must be true or false");
    } else if constexpr (std::is_integral_v<T>) {
        const auto value = node.as_integer();
        if (!value || *value < std::numeric_limits<T>::min() || *value > std::numeric_limits<T>::max())
            return node.reject("must be a whole number");
        into = static_cast<T>(*value);
    } else if constexpr (std::is_floating_point_v<T>) {
        if (const auto value = node.as_number())
            into = static_cast<T>(*value);
        else
            node.reject("must be a number");
    } else if constexpr (is_described_enum<T> || is_id<T> || std::is_convertible_v<T, std::string_view> ||
                         std::is_same_v<T, Instant> || std::is_same_v<T, Day>) {
        const auto text = node.as_text();
        if (!text) return node.reject("must be a string");
        if (const auto wrong = read_text(*text, into); !wrong.empty()) node.reject(std::string(wrong));
    } else
        read_members(node, into);
}

/// Reads a request's body. Throws Problem 400 for what is not JSON and 422 with all field errors for what does not fit.
template <class T>
T from_json(std::string_view text)
{
    const Document document(text);
    std::vector<FieldError> errors;
    T value;
    read(Node(document.root(), "", errors), value);
    if (!errors.empty()) throw Problem::invalid(std::move(errors));
    return value;
}

} // namespace json
} // namespace dialpine
