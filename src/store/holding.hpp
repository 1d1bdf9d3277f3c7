#pragma once
#include "store/catalogue.hpp"

#include <boost/describe.hpp>

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

/// What is kept outside of the tables: files of the data folder, fields of log lines, indexes, caches, payloads of jobs
/// and fields that go out. Declared beside where it is stored, in the same words as columns; `command/holdings.cpp`
/// lists them. A test compares them with a running server.
namespace dialpine::store {

enum class HoldingKind : std::uint8_t { file, log_field, index, cache, job_payload, outbound_field };
BOOST_DESCRIBE_ENUM(HoldingKind, file, log_field, index, cache, job_payload, outbound_field)

/// What it holds of a person that no column holds.
struct HeldOfPerson {
    std::string_view of; ///< whose: "whoever signs in"
    Category category;
    Source source;
    Uses uses;
    Basis basis = Basis::none;
    Keep keep;
    AtErasure at_erasure = AtErasure::none;
    bool is_sealed = false;
    std::string_view export_name; ///< where the person finds it in their export
};

/// A copy of declared columns: category, use, subject, source and basis are theirs.
struct CopyOf {
    /// `people.name`; all columns of a table by its name; nothing: everything that the tables hold.
    std::array<std::string_view, 8> columns{};
    Keep keep;
    bool is_sealed = false;   ///< even what is not sealed in the tables
    std::string_view erasure; ///< how it goes when the person is erased
};

/// A reason why it is nobody's data.
struct OfNobody {
    std::string_view why;
    consteval explicit OfNobody(std::string_view why_) : why(why_)
    {
        if (why_.size() < 3) throw "what is not personal says why";
    }
};

struct Holding {
    HoldingKind kind{};
    std::string_view name;    ///< `keys/keys.db`, `took_us`
    std::string_view pattern; ///< of a file: a regular expression of its path in the data folder
    std::string_view holds;   ///< in words
    const HeldOfPerson* personal = nullptr;
    const CopyOf* copy = nullptr;
    std::string_view not_personal;
};

/// `Says` is the address of a HeldOfPerson or a CopyOf, or an OfNobody.
template <class Says>
consteval Holding
holding(HoldingKind kind, std::string_view name, std::string_view holds, Says says, std::string_view pattern = {})
{
    if (name.empty() || holds.empty()) throw "a holding has a name and says what it holds";
    if ((kind == HoldingKind::file) == pattern.empty()) throw "a file, and nothing else, has a pattern";
    Holding made{.kind = kind, .name = name, .pattern = pattern, .holds = holds};
    if constexpr (std::is_same_v<Says, OfNobody>) {
        made.not_personal = says.why;
    } else if constexpr (std::is_same_v<Says, const CopyOf*>) {
        if (says->erasure.empty()) throw "a copy says how it goes at erasure";
        made.copy = says;
    } else {
        if (says->basis == Basis::none) throw "what is held of a person has a lawful basis";
        if (says->at_erasure == AtErasure::none) throw "what is held of a person has a rule at erasure";
        if (says->of.empty() || says->export_name.empty())
            throw "what is held of a person says of whom, and its export";
        made.personal = says;
    }
    return made;
}

/// All of them. Listed by hand in `command/holdings.cpp`, which stands above all rooms.
std::span<const Holding> all_holdings();

} // namespace dialpine::store
