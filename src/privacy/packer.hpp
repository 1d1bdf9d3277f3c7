#pragma once
#include "base/crypto.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace dialpine::privacy {

/// Packs, hashes and seals an archive on a thread of its own, while the caller reads what goes into it: together they
/// take half as long. A few pieces wait at most. What goes wrong there, in the sink too, is thrown by the next call.
class Packer {
public:
    /// `level`: 1 is fast, 9 small. The sink is called on the other thread.
    Packer(const crypto::Key& signing_key, std::function<void(std::string_view)> sink, int level);
    ~Packer();
    Packer(const Packer&) = delete;
    Packer& operator=(const Packer&) = delete;

    void begin(std::string name);
    void write(std::string piece);
    /// Ends the file; gives the SHA-256 of its content in lower-case hexadecimal.
    std::string end();
    /// A whole file at once.
    void add(std::string name, std::string content);
    /// Ends and seals the archive. Without it the archive is not whole.
    void close();

private:
    struct Inside;
    std::unique_ptr<Inside> inside_;
};

} // namespace dialpine::privacy
