#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

struct MMDB_s;

namespace dialpine::insight {

/// Which country a network address is in, by a file on this machine (MaxMind DB format, read with libmaxminddb).
/// Nobody else is asked (promise P19).
class Countries {
public:
    /// Knows no country without a file, or with one that cannot be read, which the log then says.
    explicit Countries(const std::filesystem::path& file);
    ~Countries();
    Countries(const Countries&) = delete;
    Countries& operator=(const Countries&) = delete;

    [[nodiscard]] bool is_available() const { return file_ != nullptr; }
    /// Two capital letters (ISO 3166-1); absent for an address of no country that the file knows.
    [[nodiscard]] std::optional<std::string> country_of(const std::string& address) const;

private:
    std::unique_ptr<MMDB_s> file_;
};

/// Two capital letters.
bool is_country(std::string_view);

} // namespace dialpine::insight
