#pragma once
#include "support/bytes.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>

/// What is fuzzed: each function takes any bytes. It throws, or is ended by a sanitizer, where something is wrong that no
/// input may cause. AFL++ runs them (`tests/fuzz/run`); `corpus_test.cpp` replays what it has found.
namespace dialpine::fuzz {
using support::Bytes;

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

} // namespace dialpine::fuzz
