#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <string_view>

/// The words in which a column says what it holds of whom. Keys are those of the fideslang taxonomy 3.1; what it lacks
/// stands under `dialpine.*`.
namespace dialpine {

enum class Category : std::uint8_t {
    name,
    email,
    password,
    age_range,
    session,
    ip_address,
    user_agent,
    membership,
    authorship,
    collaborators,
    content,
    consent,
    requests,
    external_id,
    profile,
    file,
    device,
    place,
    usage,
    searches,
    contacts,
    crash,
    sensitive,
    disclosure,
    organization,
    phone,
    postal_address,
    demographic,
};

enum class Source : std::uint8_t { the_person, the_team, the_browser, an_import, the_program };

enum class Use : std::uint8_t {
    provide_service,
    sign_in,
    security,
    show_to_team,
    send_mail,
    prove_consent,
    import_once,
    measure_use,
    personalise,
    mend_errors,
    keep_law,
    answer_requests,
};

/// The lawful basis of a processing (GDPR, article 6).
enum class Basis : std::uint8_t {
    none, ///< not set: does not compile
    contract,
    consent,
    legal_obligation,
    legitimate_interest,
};

struct CategoryText {
    std::string_view key;
    std::string_view title;
};
struct UseText {
    std::string_view key;
    std::string_view title;
};

/// The taxonomy's key and a plain title.
CategoryText text_of(Category);
UseText text_of(Use);
std::string_view text_of(Source);
std::string_view text_of(Basis);

/// At least one use; a column without one does not compile.
class Uses {
public:
    consteval Uses(std::initializer_list<Use> uses)
    {
        if (uses.size() == 0) throw "a personal column names at least one use";
        if (uses.size() > list_.size()) throw "too many uses";
        for (const Use use : uses) list_[count_++] = use;
    }
    [[nodiscard]] constexpr const Use* begin() const { return list_.data(); }
    [[nodiscard]] constexpr const Use* end() const { return list_.data() + count_; }

private:
    std::array<Use, 4> list_{};
    std::size_t count_ = 0;
};

/// How long a value is kept. A period counts from a column of the same row, and a job enforces it
/// (`privacy/retention.hpp`).
struct Keep {
    std::string_view text;
    std::chrono::days period{0};
    std::string_view since; ///< the column that the period counts from; empty: until erasure

    /// Not without saying how long.
    Keep() = delete;
    consteval Keep(std::string_view text_) : text(text_) {}
    consteval Keep(std::string_view text_, std::chrono::days period_, std::string_view since_)
        : text(text_), period(period_), since(since_)
    {
    }
};
inline constexpr Keep until_erasure{"until you erase it or your account", std::chrono::days{0}, ""};

/// What erasing the person does to the value.
enum class AtErasure : std::uint8_t {
    none,        ///< not set: does not compile
    destroy_key, ///< the sealed value becomes unreadable everywhere, backups included; its row goes too
    erase_row,   ///< the whole row goes
    unlink,      ///< the row stays for the team, without the person: the column becomes null
    keep,        ///< stays, for the reason that the column gives
};
std::string_view text_of(AtErasure);

} // namespace dialpine
