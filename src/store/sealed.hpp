#pragma once
#include <string>
#include <string_view>
#include <utility>

namespace dialpine {

/// A value about a person that is stored encrypted under that person's own key. In memory it is plain, but nothing
/// prints, compares or serialises it by accident: whoever wants it says `reveal`.
template <class Text>
class Sealed {
public:
    using Plain = Text;
    Sealed() = default;
    explicit Sealed(Text plain) : plain_(std::move(plain)) {}
    [[nodiscard]] const Text& reveal() const { return plain_; }

private:
    Text plain_;
};

template <class T>
inline constexpr bool is_sealed = false;
template <class Text>
inline constexpr bool is_sealed<Sealed<Text>> = true;

} // namespace dialpine
