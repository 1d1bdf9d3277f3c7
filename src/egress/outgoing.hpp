#pragma once
#include "egress/field.hpp"
#include "store/sealed.hpp"

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

/// What leaves is built here, field by field, and nowhere else. Each field goes out in its declared type only, so that
/// what belongs to a team, came from Google, is sealed, or is any text at all does not compile (promises P33, P47,
/// P48).
namespace dialpine::egress {

template <SharingPurpose>
class Outgoing;

/// The fields of a document, as the gate reads them: which, and their values as JSON.
class Fields {
public:
    [[nodiscard]] const std::vector<std::pair<Field, std::string>>& list() const { return list_; }

private:
    template <SharingPurpose>
    friend class Outgoing;
    void add(Field field, std::string_view text);
    void add(Field field, std::int64_t number);
    std::vector<std::pair<Field, std::string>> list_;
};

namespace detail {
template <class T>
concept OfTheTeam = requires
{
    typename T::is_team_content;
};
template <class T>
concept OfGoogle = requires
{
    typename T::is_google_data;
};

/// A sentence for each thing that may not leave, so that the compiler says why.
template <SharingPurpose P, Field F, class Value>
consteval void check_outgoing()
{
    static_assert(!OfTheTeam<Value>, "TeamContent has no way out");
    static_assert(!OfGoogle<Value>, "GoogleData has no way out");
    static_assert(!is_sealed<Value>, "a sealed value has no way out");
    static_assert(is_declared_for(P, F), "this field is not declared for the purpose");
    static_assert(!std::is_same_v<ValueOf<F>, NeverSent>, "this field is held by the machine and never sent");
    static_assert(std::is_same_v<Value, ValueOf<F>>, "a field goes out in its declared type only");
}
} // namespace detail

template <SharingPurpose P>
class Outgoing {
public:
    template <Field F, class Value>
    Outgoing& with(const Value& value)
    {
        detail::check_outgoing<P, F, Value>();
        if constexpr (std::is_same_v<Value, std::int64_t>)
            fields_.add(F, value);
        else if constexpr (std::is_same_v<Value, Day>)
            fields_.add(F, to_text(value));
        else if constexpr (std::is_same_v<Value, Email>)
            fields_.add(F, std::string_view(value));
        else
            fields_.add(F, value.text());
        return *this;
    }
    [[nodiscard]] const Fields& fields() const { return fields_; }

private:
    Fields fields_;
};

} // namespace dialpine::egress
