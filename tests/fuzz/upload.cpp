#include "base/problem.hpp"
#include "base/text.hpp"
#include "links/multipart.hpp"
#include "targets.hpp"
#include "work/file_name.hpp"

namespace dialpine::fuzz {
namespace {
struct Taken {
    std::string name;
    std::string content;
    std::string refusal;
    bool operator==(const Taken&) const = default;
};

Taken taken(std::string_view type, std::string_view body, std::size_t piece)
{
    Taken taken;
    try {
        links::MultipartFile file(type, [&](std::string_view bytes) { taken.content += bytes; });
        for (std::size_t at = 0; at < body.size(); at += piece) file.feed(body.substr(at, piece));
        file.finish();
        taken.name = file.file_name();
    } catch (const Problem& problem) {
        // How much of it had been taken until then depends on how it was cut.
        taken.content.clear();
        taken.refusal = problem.detail;
    }
    return taken;
}
} // namespace

void upload(std::string_view input)
{
    const auto type = take_line(input);
    const auto whole = taken(type, input, input.size() + 1);
    require(whole == taken(type, input, 1), "what is taken depends on how it was cut");
    try {
        const auto name = work::file_name_of(whole.name, "?name");
        require(is_utf8(name) && !name.empty() && count_characters(name) <= 200, "no name for a file");
        require(name.find_first_of(std::string_view("/\\\0\r\n", 5)) == std::string::npos, "a name that leads elsewhere");
        require(work::file_name_of(name, "?name") == name, "a name that is changed again");
        const auto header = work::disposition_of("attachment", name);
        require(
            std::ranges::all_of(header, [](char c) { return c >= 0x20 && c < 0x7f; }), "a header that is not plain ASCII"
        );
        require(links::header_parameter(header, "filename*").starts_with("UTF-8''"), "a header that cannot be read");
    } catch (const Problem&) {
        require(!is_utf8(whole.name), "only what is not UTF-8 is refused as a name");
    }
}

} // namespace dialpine::fuzz
