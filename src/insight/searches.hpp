#pragma once
#include "insight/kept.hpp"
#include "people/person.hpp"

#include <chrono>
#include <mutex>
#include <unordered_map>

/// What a person searches for most (promise P15): sealed under their own key, read by nobody else, theirs to reset.
namespace dialpine::insight {

struct SearchTerm {
    PersonId person_id;
    crypto::Digest term_key{}; ///< keyed hash of person and folded term, so that equal terms of two persons differ
    Sealed<std::string> term;
    std::int64_t times = 0;
    Instant last_on{}; ///< the beginning of a day
};
BOOST_DESCRIBE_STRUCT(SearchTerm, (), (person_id, term_key, term, times, last_on))

namespace declared {
inline constexpr Personal search_term{
    .of = person_in<&SearchTerm::person_id>,
    .category = Category::searches,
    .source = Source::the_person,
    .uses = {Use::personalise},
    .basis = Basis::consent,
    .keep = {"13 months after it was last searched for", thirteen_months, "last_on"},
    .at_erasure = AtErasure::destroy_key,
    .label = "What you search for",
    .correct_at = "/me/consents",
    .erase_at = "/me/activity",
};
inline constexpr auto search_terms = store::table<SearchTerm>(
    "search_terms",
    primary_key<&SearchTerm::person_id, &SearchTerm::term_key>,
    column<&SearchTerm::person_id>(search_term),
    column<&SearchTerm::term_key>(search_term),
    column<&SearchTerm::term>(search_term),
    column<&SearchTerm::times>(search_term),
    column<&SearchTerm::last_on>(search_term),
    store::indexed_by<&SearchTerm::last_on>()
);
inline constexpr store::Table search_terms_table = search_terms.plain();
} // namespace declared

using MayKeepSearches = Consented<Purpose::search_history>;

struct FrequentSearch {
    std::string term;
    std::int64_t times = 0;
    Instant last_on{};
};
BOOST_DESCRIBE_STRUCT(FrequentSearch, (), (term, times, last_on))

/// Terms that are kept of one person at most; those not searched for longest go first.
inline constexpr int most_terms = 200;

void note_search(store::Write&, const MayKeepSearches&, std::string_view text, Instant at);
std::vector<FrequentSearch> frequent_searches(const store::Read&, PersonId, int most);
void forget_searches(store::Write&, PersonId);

/// A page searches while its reader types. What is typed on is one search: only the last form of it counts, once
/// nothing was added for a while. In memory alone.
class SearchesTyped {
public:
    struct Search {
        PersonId person;
        std::string text;
    };
    /// Gives the search before this one, if this one is another.
    std::optional<Search> typed(PersonId, std::string_view text);
    /// Takes out what nobody has typed on for `still`.
    std::vector<Search> settled(std::chrono::milliseconds still);
    void forget(PersonId);

private:
    struct Typed {
        std::string text;
        std::chrono::steady_clock::time_point at;
    };
    std::mutex mutex_;
    std::unordered_map<PersonId, Typed> typing_;
};

} // namespace dialpine::insight

namespace dialpine::store {
template <>
inline constexpr const Table* table_of<insight::SearchTerm> = &insight::declared::search_terms_table;
} // namespace dialpine::store
