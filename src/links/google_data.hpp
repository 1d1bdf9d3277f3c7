#pragma once
#include <cstdint>
#include <utility>

/// What comes from Google's interfaces, under its Limited Use rule (promise P33): it serves the feature that the person
/// uses and sees, and nothing else.
namespace dialpine::links {

enum class GoogleUse : std::uint8_t { feature_of_the_person, advertising, training, human_view, third_party };

namespace detail {
template <GoogleUse U>
consteval void check_google_use()
{
    static_assert(U != GoogleUse::advertising, "Limited Use: Google data serves no advertising");
    static_assert(U != GoogleUse::training, "Limited Use: Google data trains no model");
    static_assert(U != GoogleUse::human_view, "Limited Use: nobody else looks at Google data");
    static_assert(U != GoogleUse::third_party, "Limited Use: Google data goes to no third party");
}
} // namespace detail

template <class T>
class GoogleData {
public:
    using is_google_data = void;
    explicit GoogleData(T data) : data_(std::move(data)) {}

    /// Opens it for one use, of which one alone compiles.
    template <GoogleUse U>
    [[nodiscard]] const T& open_for() const
    {
        detail::check_google_use<U>();
        return data_;
    }

private:
    T data_;
};

} // namespace dialpine::links
