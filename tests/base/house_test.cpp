#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>

/// How large a file and a function may grow (docs/style.md): what is larger has a second idea in it, or stands here
/// with a reason.
namespace dialpine {
namespace {
namespace fs = std::filesystem;
using Lines = std::vector<std::string>;

constexpr std::size_t most_of_a_file = 400;
constexpr std::size_t most_of_a_function = 60;

/// By path, or by path and the function's first line.
const std::map<std::string, std::string, std::less<>> larger_for_a_reason{
    {"src/command/tables.cpp: std::span<const Table* const> all_tables()", "a list, a table on each line"},
    {"src/privacy/workspace_csv.cpp: void write_tasks_csv(const store::Read& read, WorkspaceId workspace, const "
     "std::function<void(std::string_view)>& out)",
     "a list, a column on each line"},
    {"src/work/search_index.cpp", "what one thread and those who ask it share, behind one lock"},
    {"web/src/api/schema.ts", "generated"},
};

Lines lines_of(const fs::path& file)
{
    Lines lines;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

/// The sources of the program and of the page, by their path from the root.
std::map<std::string, Lines> sources()
{
    const fs::path root = DIALPINE_SOURCE_DIR;
    std::map<std::string, Lines> found;
    for (const auto* folder : {"src", "web/src"})
        for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
            const auto kind = entry.path().extension();
            if (kind == ".cpp" || kind == ".hpp" || kind == ".ts" || kind == ".tsx")
                found.emplace(fs::relative(entry.path(), root).generic_string(), lines_of(entry.path()));
        }
    return found;
}

/// A function with its lines, by its first one.
std::map<std::string, std::size_t> functions_of(const Lines& lines)
{
    std::map<std::string, std::size_t> functions;
    std::map<std::size_t, std::size_t> open; // by indentation, the line of the brace
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const auto indentation = lines[i].find_first_not_of(' ');
        if (indentation == std::string::npos) continue;
        const auto rest = lines[i].substr(indentation);
        // clang-format gives the brace of a function, and of nothing else, a line of its own.
        if (rest == "{" && i > 0)
            open[indentation] = i;
        else if (rest.starts_with('}') && open.contains(indentation)) {
            const auto begin = open.extract(indentation).mapped();
            const auto name = lines[begin - 1].substr(std::min(indentation, lines[begin - 1].size()));
            functions[name] = std::max(functions[name], i - begin + 1);
        }
    }
    return functions;
}

TEST(House, HasFilesThatAreReadAtOnce)
{
    const auto all = sources();
    ASSERT_GT(all.size(), 300U);
    for (const auto& [path, lines] : all)
        if (!larger_for_a_reason.contains(path))
            EXPECT_LE(lines.size(), most_of_a_file) << path << " has " << lines.size() << " lines";
}

TEST(House, HasFunctionsThatAreReadAtOnce)
{
    std::size_t count = 0;
    for (const auto& [path, lines] : sources()) {
        if (!path.starts_with("src/")) continue;
        for (const auto& [name, size] : functions_of(lines)) {
            ++count;
            if (!larger_for_a_reason.contains(path + ": " + name))
                EXPECT_LE(size, most_of_a_function) << path << ": " << name;
        }
    }
    EXPECT_GT(count, 1000U) << "the scan finds functions";
}

TEST(House, KeepsNoReasonLongerThanItIsNeeded)
{
    const auto all = sources();
    for (const auto& [place, reason] : larger_for_a_reason) {
        const auto path = place.substr(0, place.find(": "));
        ASSERT_TRUE(all.contains(path)) << place;
        if (path == place)
            EXPECT_GT(all.at(path).size(), most_of_a_file) << place;
        else
            EXPECT_GT(functions_of(all.at(path))[place.substr(path.size() + 2)], most_of_a_function) << place;
    }
}

TEST(House, FindsAFunctionThatIsTooLong)
{
    Lines lines{"int long_one()", "{"};
    lines.resize(most_of_a_function + 2, "    work();");
    lines.insert(lines.end(), {"}", "struct Small {", "    void short_one()", "    {", "    }", "};"});
    const std::map<std::string, std::size_t> expected{
        {"int long_one()", most_of_a_function + 2}, {"void short_one()", 2}};
    EXPECT_EQ(functions_of(lines), expected);
}

} // namespace
} // namespace dialpine
