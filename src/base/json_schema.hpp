#pragma once
#include "base/json.hpp"

#include <map>
#include <string>
#include <string_view>

/// JSON Schema (2020-12, as in OpenAPI 3.1) of described structs, by the same rules as reading and writing.
namespace dialpine::json {

/// Named schemas, met on the way: `#/components/schemas/NAME`.
using Schemas = std::map<std::string, std::string>;

/// The type's name without namespaces; what a row is called when it is shown ends in `View` in C++ and not in the
/// document.
template <class T>
std::string schema_name()
{
    std::string_view name = __PRETTY_FUNCTION__;
    name.remove_prefix(name.find("T = ") + 4);
    name = name.substr(0, name.find(']'));
    if (const auto colons = name.rfind("::"); colons != std::string_view::npos) name.remove_prefix(colons + 2);
    if (name.ends_with("View")) name.remove_suffix(4);
    return std::string(name);
}

template <class T>
std::string schema(Schemas& schemas);

/// `nullable` by OpenAPI 3.1: a union with null.
inline std::string or_null(const std::string& of)
{
    if (of.starts_with(R"({"type":")")) {
        const auto end = of.find('"', 9);
        return R"({"type":["null",")" + of.substr(9, end - 9) + R"("])" + of.substr(end + 1);
    }
    return R"({"anyOf":[)" + of + R"(,{"type":"null"}]})";
}

template <class T>
std::string struct_schema(Schemas& schemas, bool is_request)
{
    std::string properties;
    std::string required;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Content = std::decay_t<decltype(std::declval<T>().*member.pointer)>;
        if (!properties.empty()) properties += ',';
        properties += '"' + std::string(member.name) + "\":" + schema<Content>(schemas);
        constexpr bool may_be_absent = is_a<Content, Change> || is_a<Content, Sparse>;
        if (may_be_absent || (is_request && is_a<Content, std::optional>)) return;
        if (!required.empty()) required += ',';
        required += '"' + std::string(member.name) + '"';
    });
    std::string text = R"({"type":"object","properties":{)" + properties + "}";
    if (!required.empty()) text += R"(,"required":[)" + required + "]";
    return text + R"(,"additionalProperties":false})";
}

template <class T>
concept SaysRequest = requires { typename T::is_request; };

template <std::int64_t Least, std::int64_t Most>
std::string schema_of_whole(Whole<Least, Most>)
{
    return fmt::format(R"({{"type":"integer","minimum":{},"maximum":{}}})", Least, Most);
}

template <class T>
std::string schema(Schemas& schemas)
{
    if constexpr (is_a<T, Change>)
        return schema<std::decay_t<decltype(*std::declval<T>().value)>>(schemas);
    else if constexpr (is_a<T, Sparse>)
        return schema<std::decay_t<decltype(std::declval<T>().value)>>(schemas);
    else if constexpr (is_a<T, std::optional>)
        return or_null(schema<typename T::value_type>(schemas));
    else if constexpr (is_a<T, std::vector>)
        return R"({"type":"array","items":)" + schema<typename T::value_type>(schemas) + "}";
    else if constexpr (is_a<T, std::map>)
        return R"({"type":"object","additionalProperties":)" + schema<typename T::mapped_type>(schemas) + "}";
    else if constexpr (requires { typename T::is_text; })
        return R"({"type":"string"})";
    else if constexpr (requires { T::schema_of; })
        return R"({"$ref":"#/components/schemas/)" + std::string(T::schema_of) + R"("})";
    else if constexpr (std::is_same_v<T, Raw>)
        return R"({"type":"object"})";
    else if constexpr (is_whole<T>)
        return schema_of_whole(T());
    else if constexpr (std::is_same_v<T, bool>)
        return R"({"type":"boolean"})";
    else if constexpr (std::is_integral_v<T>)
        return R"({"type":"integer"})";
    else if constexpr (std::is_floating_point_v<T>)
        return R"({"type":"number"})";
    else if constexpr (is_line<T>)
        return R"({"type":"string","minLength":1,"maxLength":)" + std::to_string(T::most) + "}";
    else if constexpr (is_prose<T>)
        return R"({"type":"string","maxLength":)" + std::to_string(T::most) + "}";
    else if constexpr (std::is_same_v<T, Email>)
        return R"({"type":"string","format":"email","maxLength":254})";
    else if constexpr (std::is_same_v<T, Instant>)
        return R"({"type":"string","format":"date-time"})";
    else if constexpr (std::is_same_v<T, Day>)
        return R"({"type":"string","format":"date"})";
    else if constexpr (is_id<T>)
        return R"({"type":"string","format":"uuid"})";
    else if constexpr (is_described_enum<T>) {
        const auto name = schema_name<T>();
        std::string values;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<T>>([&](auto each) {
            values += (values.empty() ? "\"" : ",\"") + std::string(name_of(each.value)) + '"';
        });
        schemas[name] = R"({"type":"string","enum":[)" + values + "]}";
        return R"({"$ref":"#/components/schemas/)" + name + R"("})";
    } else if constexpr (std::is_convertible_v<T, std::string_view>)
        return R"({"type":"string"})";
    else {
        const auto name = schema_name<T>();
        if (!schemas.contains(name)) {
            schemas[name] = "{}"; // a type that holds itself ends here
            schemas[name] = struct_schema<T>(schemas, SaysRequest<T>);
        }
        return R"({"$ref":"#/components/schemas/)" + name + R"("})";
    }
}

} // namespace dialpine::json
