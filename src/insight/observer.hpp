#pragma once
#include "insight/countries.hpp"
#include "insight/crashes.hpp"
#include "insight/devices.hpp"
#include "insight/searches.hpp"
#include "insight/switches.hpp"
#include "insight/usage.hpp"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <span>
#include <string_view>
#include <thread>
#include <vector>

namespace dialpine::insight {

/// What a served request shows of a signed-in person's doings. Valid while the request is.
struct Glimpse {
    PersonId person;
    std::string_view feature;           ///< the route's name
    std::string_view pattern;           ///< its path, as declared
    std::span<const std::string> values; ///< of the path's parameters
    bool is_reading = true;
    std::string_view made_id; ///< of what it made, if it made something
};

/// Notices what people agreed to have noticed, and stores it later: no request waits for it. What is noticed waits in a
/// queue of bounded length, which drops what does not fit and counts it; a thread writes it in groups. Everything is
/// reduced before it enters the queue, and each consent is asked again where it is written.
class Observer {
public:
    Observer(store::Database&, const std::filesystem::path& country_database);
    ~Observer();
    Observer(const Observer&) = delete;
    Observer& operator=(const Observer&) = delete;

    Switches switches;
    const Countries countries;

    void served(const SwitchedOn&, const Glimpse&);
    void searched(PersonId, std::string_view text);
    void clicked(PersonId, Thing, const Uuid&);
    void attached(PersonId, std::string_view media_type, std::int64_t bytes);
    void started(PersonId, const Device&);
    void arrived(PersonId, std::string site);
    void located(PersonId, const std::string& address);
    void crashed(std::optional<PersonId>, ScrubbedCrash);
    void wants_pseudonym(PersonId);

    /// What was noticed so far is stored when this returns.
    void settle();
    /// A person is erased, or their sessions ended.
    void forget(PersonId);
    [[nodiscard]] std::uint64_t dropped() const;

    static constexpr std::size_t most_waiting = 10'000;

private:
    using Note = std::function<void(store::Write&)>;
    void note(Note);
    void run();
    void write(std::vector<Note>);
    void note_settled_searches(std::chrono::milliseconds still);

    store::Database& database_;
    SearchesTyped searches_;
    mutable std::mutex mutex_;
    std::condition_variable woken_;
    std::condition_variable settled_;
    std::vector<Note> waiting_;
    std::uint64_t dropped_ = 0;
    bool is_writing_ = false;
    bool has_hurry_ = false;
    bool is_over_ = false;
    std::thread thread_;
};

} // namespace dialpine::insight
