#pragma once
#include "store/database.hpp"
#include "work/task.hpp"

#include <concepts>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dialpine::links {

/// What earlier imports of one board made here, by the ids that the board gives. Each board has its own: a card that
/// was moved between boards is another thing in each.
class ImportedThings {
public:
    ImportedThings(WorkspaceId workspace, std::string_view source, std::string_view board_id);

    /// The board itself.
    [[nodiscard]] std::optional<work::ImportedThing> find_board(const store::Read&) const;
    void record_board(store::Write&, const Uuid& object, const crypto::Digest& content) const;

    [[nodiscard]] std::optional<work::ImportedThing>
    find(const store::Read&, std::string_view kind, std::string_view id) const;
    void record(
        store::Write&, std::string_view kind, std::string_view id, const Uuid& object, const crypto::Digest& content
    ) const;
    /// All of one kind; `source_id` is the id that the board gave.
    [[nodiscard]] std::vector<work::ImportedThing> all(const store::Read&, std::string_view kind) const;
    /// Forgets the board and everything of it, so that it can come anew.
    void forget(store::Write&) const;

private:
    [[nodiscard]] std::string full_id(std::string_view kind, std::string_view id) const;

    WorkspaceId workspace_;
    std::string source_;
    std::string board_id_;
};

/// Gathers what a source says of a thing; equal content gives equal digests. Keyed, so that nobody guesses texts from
/// digests.
class Fingerprint {
public:
    Fingerprint& add(std::string_view text);
    Fingerprint& add(std::same_as<bool> auto flag) { return add(std::string_view(flag ? "1" : "0")); }
    Fingerprint& add(double number);
    Fingerprint& add(std::optional<Instant> at);
    [[nodiscard]] crypto::Digest digest(const store::Read&) const;

private:
    std::string content_;
};

} // namespace dialpine::links
