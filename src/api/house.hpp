#pragma once
#include "api/answer_cache.hpp"
#include "api/confirmations.hpp"
#include "api/live.hpp"
#include "api/metrics.hpp"
#include "base/heavy_pool.hpp"
#include "insight/observer.hpp"
#include "people/limits.hpp"
#include "people/second_factor.hpp"
#include "people/sessions.hpp"
#include "privacy/offers.hpp"
#include "privacy/inactivity.hpp"
#include "privacy/policy.hpp"
#include "privacy/records.hpp"
#include "store/database.hpp"
#include "store/job.hpp"
#include "work/search_index.hpp"

#include <boost/asio/thread_pool.hpp>

#include <atomic>
#include <filesystem>
#include <mutex>
#include <unordered_map>
#include <unordered_set>

namespace dialpine::api {

struct HouseSettings {
    std::filesystem::path data;
    std::string public_url;
    privacy::Controller controller;
    std::vector<privacy::Offer> offers;
    std::filesystem::path country_database; ///< absent: nobody's country is guessed
    people::SignUp sign_up = people::SignUp::open;
    privacy::InactivityRules inactivity;
    people::SecondFactorRule second_factor = people::SecondFactorRule::nobody;
    bool is_demo = false;
    bool is_durable = true;
    int threads = 2;
};

/// What long work says of itself while it runs; the database learns the end only.
class RunningJobs {
public:
    void set(const store::Job&);
    void forget(JobId);
    [[nodiscard]] std::optional<store::Job> find(JobId) const;

private:
    mutable std::mutex mutex_;
    std::unordered_map<JobId, store::Job> jobs_;
};

/// Persons whose browser's privacy signal was recorded, as far as this process knows: each is written once.
class SignalsSeen {
public:
    bool is_new(PersonId);
    void forget(PersonId);

private:
    std::mutex mutex_;
    std::unordered_set<PersonId> seen_;
};

/// Everything that a running DialPine has, made once: the routes work on it.
class House {
public:
    explicit House(HouseSettings);
    ~House();
    House(const House&) = delete;
    House& operator=(const House&) = delete;

    /// The last `forget_traces` could not: a reader was in its way.
    std::atomic<bool> has_traces{false};
    /// After an erasure: wipes what the write-ahead log and the search index still hold of removed rows. May wait for
    /// seconds.
    void forget_traces();

    /// The privacy policy in force.
    [[nodiscard]] const privacy::DocumentVersion& policy() const { return *policy_.load(); }
    /// A version has come into force while the program runs.
    void take_policy(const privacy::DocumentVersion& version) { policy_.store(&version); }

    const HouseSettings settings;
    store::Database database;

private:
    std::atomic<const privacy::DocumentVersion*> policy_;

public:
    work::SearchIndex search;
    AnswerCache answers;
    people::SessionCache sessions;
    people::Limits limits;
    Confirmations confirmations;
    Live live;
    Metrics metrics;
    RunningJobs jobs;
    SignalsSeen signals;
    insight::Observer insight;
    /// Threads that may wait or work for moments: search, large boards, the next piece of a file.
    boost::asio::thread_pool slow;
    /// Threads for what runs for minutes: imports.
    boost::asio::thread_pool long_work;
    /// Passwords are costly to hash by purpose, and anybody can ask for it.
    HeavyPool hashing;

    /// Imports end at their next step, and say so.
    std::atomic<bool> is_ending{false};
    /// Waits for all that runs on these threads; nothing is taken there any more.
    void finish_work();
};

} // namespace dialpine::api
