#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dialpine::privacy {

/// Writes a zip archive piece by piece, deflated, without holding it in memory. Throws std::runtime_error when it
/// cannot be written.
class Zip {
public:
    /// Gives the archive to `sink` piece by piece. What the sink throws comes out of the call that filled it. `level`:
    /// 1 is fast, 9 small.
    explicit Zip(std::function<void(std::string_view)> sink, int level = 6);
    ~Zip();
    Zip(const Zip&) = delete;
    Zip& operator=(const Zip&) = delete;

    /// A whole file at once.
    void add(std::string_view name, std::string_view content);
    /// A file whose length is not known yet.
    void begin(std::string_view name);
    void write(std::string_view piece);
    /// Ends the file; gives the SHA-256 of its content in lower-case hexadecimal.
    std::string end();
    /// Ends the archive. Without it the archive is not whole.
    void close();

private:
    struct Inside;
    void open_entry(std::string_view name, std::optional<std::uint64_t> length);
    std::unique_ptr<Inside> inside_;
};

} // namespace dialpine::privacy
