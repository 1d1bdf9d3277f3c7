#pragma once
#include "base/clock.hpp"
#include "store/ids.hpp"

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

namespace dialpine::store {

class Connection;
class Write;

/// What a person chose last, of that which must outlive an older backup of the database: a restriction, an objection, a
/// consent withdrawn, a signal of the browser, a mail not to be sent again.
struct Choice {
    PersonId of;
    std::string what; ///< "restriction", "objection|send_mail", "withdrawal|product_mail"
    bool stands = true;
    Instant at{};
};

/// The choices of all persons in `keys/replay.db`: with the keys and apart from the database, because whoever puts an
/// older database back must not put back what people have since refused. Backed up and restored with the keys.
class Replays {
public:
    Replays(const std::filesystem::path& folder, bool is_durable);
    ~Replays();

    /// The later one wins, whatever the order; durable when it returns.
    void note(const Choice&);
    void adopt(const std::vector<Choice>&);
    /// What is held of erased persons goes.
    void forget(const std::vector<PersonId>&);
    [[nodiscard]] std::vector<Choice> all();
    /// Made now: the database may hold choices that are older than this list.
    [[nodiscard]] bool is_new() const { return is_new_; }
    void back_up_to(const std::filesystem::path& folder);
    /// As `Keys::reopen`.
    void reopen();

private:
    void open();

    const std::filesystem::path folder_;
    const bool is_durable_;
    std::mutex mutex_;
    bool is_new_ = false;
    std::unique_ptr<Connection> connection_;
};

/// Notes the choice once the write is durable.
void note_choice(Write&, Choice);

} // namespace dialpine::store
