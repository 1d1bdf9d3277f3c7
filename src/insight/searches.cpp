#include "insight/searches.hpp"

#include "store/rows.hpp"

namespace dialpine::insight {
namespace {
constexpr std::size_t longest_term = 100;
constexpr std::size_t shortest_term = 2;

crypto::Digest key_of(const store::Read& read, PersonId person, std::string_view term)
{
    std::string text(reinterpret_cast<const char*>(person.bytes.data()), person.bytes.size());
    return read.keys().lookup(text += folded(term));
}
} // namespace

void note_search(store::Write& write, const MayKeepSearches& consented, std::string_view text, Instant at)
{
    const auto term = std::string(first_characters(trimmed(text), longest_term));
    if (count_characters(term) < shortest_term) return;
    const auto person = consented.person();
    const auto key = key_of(write, person, term);
    auto known = store::find<SearchTerm>(write, person, key);
    if (!known)
        known = SearchTerm{.person_id = person, .term_key = key, .term = Sealed(term), .times = 0, .last_on = {}};
    ++known->times;
    known->last_on = day_start(at);
    store::upsert(write, *known);
    store::execute(
        write,
        "DELETE FROM search_terms WHERE person_id = $1 AND term_key NOT IN (SELECT term_key FROM search_terms "
        "WHERE person_id = $1 ORDER BY last_on DESC, times DESC LIMIT $2)",
        person,
        most_terms
    );
}

std::vector<FrequentSearch> frequent_searches(const store::Read& read, PersonId person, int most)
{
    std::vector<FrequentSearch> searches;
    for (const auto& known : store::select<SearchTerm>(
             read, "WHERE person_id = $1 ORDER BY times DESC, last_on DESC, term_key LIMIT $2", person, most
         ))
        searches.push_back({known.term.reveal(), known.times, known.last_on});
    return searches;
}

void forget_searches(store::Write& write, PersonId person)
{
    store::execute(write, "DELETE FROM search_terms WHERE person_id = $1", person);
}

std::optional<SearchesTyped::Search> SearchesTyped::typed(PersonId person, std::string_view text)
{
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(mutex_);
    auto& typing = typing_[person];
    const bool goes_on = text.starts_with(typing.text) || typing.text.starts_with(text);
    std::optional<Search> before;
    if (!goes_on) before = Search{person, std::move(typing.text)};
    typing = {std::string(text), now};
    return before;
}

std::vector<SearchesTyped::Search> SearchesTyped::settled(std::chrono::milliseconds still)
{
    const auto latest = std::chrono::steady_clock::now() - still;
    std::vector<Search> settled;
    const std::lock_guard lock(mutex_);
    std::erase_if(typing_, [&](auto& each) {
        if (each.second.at > latest) return false;
        settled.push_back({each.first, std::move(each.second.text)});
        return true;
    });
    return settled;
}

void SearchesTyped::forget(PersonId person)
{
    const std::lock_guard lock(mutex_);
    typing_.erase(person);
}

} // namespace dialpine::insight
