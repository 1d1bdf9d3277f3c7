#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

/// The rooms of docs/architecture.md, kept apart by reading who includes whom.
namespace dialpine {
namespace {

struct Source {
    std::string path;               ///< below src/: "work/task.hpp"
    std::vector<std::string> own;   ///< `#include "…"`
    std::vector<std::string> other; ///< `#include <…>`
    std::string first_line;
};

std::string room_of(const std::string& path)
{
    const auto slash = path.find('/');
    return slash == std::string::npos ? "main" : path.substr(0, slash);
}

Source read_source(const std::filesystem::path& root, const std::filesystem::path& file)
{
    Source source{
        .path = std::filesystem::relative(file, root).generic_string(), .own = {}, .other = {}, .first_line = {}};
    std::ifstream stream(file);
    std::string line;
    while (std::getline(stream, line)) {
        if (source.first_line.empty()) source.first_line = line;
        if (!line.starts_with("#include ")) continue;
        const auto name = line.substr(10, line.find_first_of("\">", 10) - 10);
        (line[9] == '"' ? source.own : source.other).push_back(name);
    }
    return source;
}

const std::vector<Source>& sources()
{
    static const auto all = [] {
        const std::filesystem::path root = std::filesystem::path(DIALPINE_SOURCE_DIR) / "src";
        std::vector<Source> found;
        for (const auto& entry : std::filesystem::recursive_directory_iterator(root))
            if (entry.path().extension() == ".cpp" || entry.path().extension() == ".hpp")
                found.push_back(read_source(root, entry.path()));
        return found;
    }();
    return all;
}

const std::set<std::string> domain{"people", "work", "privacy", "links", "billing", "insight"};

/// Whom a room may include, besides itself.
bool may_include(const std::string& room, const std::string& other)
{
    if (room == other || other == "base") return true;
    if (room == "base") return false;
    if (room == "store") return false;
    if (room == "egress") return other == "store";
    if (domain.contains(room)) return domain.contains(other) || other == "store" || other == "egress";
    if (room == "api") return other != "command";
    return room == "command" || room == "main";
}

TEST(Rooms, IncludeOnlyWhomTheyMay)
{
    ASSERT_GT(sources().size(), 50U);
    for (const auto& source : sources())
        for (const auto& name : source.own)
            EXPECT_TRUE(may_include(room_of(source.path), room_of(name))) << source.path << " includes " << name;
}

TEST(Rooms, OfTheDomainStandInNoCircle)
{
    std::map<std::string, std::set<std::string>> above;
    for (const auto& source : sources())
        for (const auto& name : source.own)
            if (domain.contains(room_of(source.path)) && domain.contains(room_of(name)) &&
                room_of(source.path) != room_of(name))
                above[room_of(source.path)].insert(room_of(name));
    // Whoever includes nobody that is left can be taken away, until nobody is left.
    std::set<std::string> left = domain;
    for (bool goes_on = true; goes_on;) {
        goes_on = false;
        for (const auto& room : domain)
            if (left.contains(room) &&
                std::ranges::none_of(above[room], [&](const auto& each) { return left.contains(each); })) {
                left.erase(room);
                goes_on = true;
            }
    }
    std::string circle;
    for (const auto& room : left) circle += room + " ";
    EXPECT_TRUE(left.empty()) << "in a circle: " << circle;
}

bool is_heavy(const std::string& header)
{
    static const std::set<std::string> known{
        "boost/json.hpp", "boost/asio.hpp", "sqlite3.h", "archive.h", "sodium.h", "utf8proc.h", "iostream", "regex"};
    return header.starts_with("boost/beast") || known.contains(header);
}

/// In a header they would be compiled again with every source that includes it; one that a single source includes may.
TEST(Rooms, KeepHeavyHeadersInSources)
{
    std::map<std::string, int> included;
    for (const auto& source : sources())
        for (const auto& name : source.own) ++included[name];
    for (const auto& source : sources()) {
        if (!source.path.ends_with(".hpp")) continue;
        EXPECT_EQ(source.first_line, "#pragma once") << source.path;
        for (const auto& name : source.other)
            EXPECT_TRUE(!is_heavy(name) || included[source.path] <= 1) << source.path << " includes " << name;
    }
}

/// What opens a connection to elsewhere, or hands that to another program. Listening is none of it.
const std::vector<std::string> ways_out{
    "#include <curl",    "curl_easy",     "::connect(",         "async_connect", "asio::connect",
    "ip::tcp::resolver", "async_resolve", "getaddrinfo",        "gethostbyname", "::sendto(",
    "::popen(",          "popen(",        "std::system(",       "execv",         "execl",
    "posix_spawn",       "udp::socket",   "boost/asio/connect", "boost/process",
};

/// Which of them a source has, outside of comments.
std::set<std::string> ways_out_of(const std::filesystem::path& file)
{
    std::ifstream stream(file);
    std::set<std::string> found;
    std::string line;
    while (std::getline(stream, line)) {
        line = line.substr(0, line.find("//"));
        for (const auto& way : ways_out)
            if (line.find(way) != std::string::npos) found.insert(way);
    }
    return found;
}

/// The only door out is egress (promises P10, P61). Besides, the command line asks its own server by a socket of the
/// data folder, which leads nowhere else.
TEST(Rooms, OpenNoConnectionOutsideOfEgress)
{
    const std::filesystem::path root = std::filesystem::path(DIALPINE_SOURCE_DIR) / "src";
    EXPECT_FALSE(ways_out_of(root / "egress/sender.cpp").empty()) << "the scan must be able to find it";
    for (const auto& source : sources()) {
        const auto room = room_of(source.path);
        if (room == "egress") continue;
        for (const auto& way : ways_out_of(root / source.path)) {
            const bool is_control_socket = source.path == "command/control.cpp" && way == "::connect(";
            EXPECT_TRUE(is_control_socket) << source.path << " has " << way;
        }
    }
    std::ifstream control(root / "command/control.cpp");
    const std::string text((std::istreambuf_iterator<char>(control)), {});
    EXPECT_NE(text.find("AF_UNIX"), std::string::npos);
    EXPECT_EQ(text.find("AF_INET"), std::string::npos);
}

TEST(Rooms, IncludeByThePathFromSrc)
{
    const std::filesystem::path root = std::filesystem::path(DIALPINE_SOURCE_DIR) / "src";
    for (const auto& source : sources())
        for (const auto& name : source.own)
            EXPECT_TRUE(std::filesystem::exists(root / name)) << source.path << ": " << name;
}

} // namespace
} // namespace dialpine
