#pragma once
#include "base/byte_source.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

/// What is fuzzed: each function takes any bytes. It throws, or is ended by a sanitizer, where something is wrong that no
/// input may cause. AFL++ runs them (`tests/fuzz/run`); `corpus_test.cpp` replays what it has found.
namespace dialpine::fuzz {

/// A whole connection, told at once and in pieces.
void http(std::string_view);
/// A line with method and path, as in HTTP, then a body: what every route reads of it, and what the database does with
/// it, in a transaction that is taken back.
void route(std::string_view);
/// A board that Trello exported, imported into a workspace of its own.
void trello(std::string_view);
/// An export of a workspace, imported as a new one: its files, each behind a line `== NAME`, sealed as they are.
void archive(std::string_view);
/// A task's text: mentions, sensitive data, search.
void text(std::string_view);
/// A line with a header, then a multipart body: which file is in it, and under which name it is kept.
void upload(std::string_view);
/// A picture of any type, without what it says besides.
void picture(std::string_view);
/// A line for each header whose value is read, or for what stands in one.
void header(std::string_view);

/// Throws unless it holds.
inline void require(bool holds, const char* what)
{
    if (!holds) throw std::logic_error(what);
}

/// What stands before the next line end; takes both off `rest`.
inline std::string_view take_line(std::string_view& rest)
{
    const auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    return line;
}

/// A file that is only in memory, read a few bytes at a time so that everything is cut somewhere.
class Bytes : public ByteSource {
public:
    explicit Bytes(std::string_view bytes, std::size_t most = 4096) : bytes_(bytes), most_(most) {}
    void rewind() override { at_ = 0; }
    std::size_t read(std::span<char> into) override
    {
        const auto count = bytes_.copy(into.data(), std::min(into.size(), most_), at_);
        at_ += count;
        return count;
    }
    [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }

private:
    std::string_view bytes_;
    std::size_t most_;
    std::size_t at_ = 0;
};

} // namespace dialpine::fuzz
