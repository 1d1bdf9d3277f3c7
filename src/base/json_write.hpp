#pragma once
#include "base/clock.hpp"
#include "base/ids.hpp"

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace dialpine::json {

/// Appends JSON (RFC 8259) to a string, member by member, without building a document first.
class Writer {
public:
    explicit Writer(std::string& out) : out_(out) {}

    void begin_object() { open('{'); }
    void end_object() { close('}'); }
    void begin_array() { open('['); }
    void end_array() { close(']'); }
    void key(std::string_view name);

    void value(std::string_view text);
    void value(const char* text) { value(std::string_view(text)); }
    void value(const std::string& text) { value(std::string_view(text)); }
    void value(double);
    template <std::integral Number>
    void value(Number number)
    {
        if constexpr (std::is_same_v<Number, bool>)
            boolean(number);
        else
            integer(static_cast<std::int64_t>(number));
    }
    void value(const Uuid& id);
    void value(Instant);
    void value(Day);
    void null();
    /// Text that is JSON already.
    void raw(std::string_view json);
    /// The inside of an object: members that are JSON already.
    void raw_members(std::string_view members);

    template <class Value>
    void member(std::string_view name, const Value& content)
    {
        key(name);
        value(content);
    }

private:
    void open(char bracket);
    void close(char bracket);
    void separate();
    void boolean(bool);
    void integer(std::int64_t);

    std::string& out_;
    bool needs_comma_ = false;
};

/// The characters of `text` as they stand between the quotes of a JSON string.
void append_escaped(std::string& out, std::string_view text);

} // namespace dialpine::json
