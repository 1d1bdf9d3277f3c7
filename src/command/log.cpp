#include "base/json.hpp"
#include "command/commands.hpp"
#include "privacy/transparency.hpp"

#include <fstream>

namespace dialpine::command {
namespace {
/// A head that `dialpine log head` printed before. Throws Problem for a file that is none.
std::optional<store::LogHead> read_head(const std::filesystem::path& path)
{
    if (path.empty()) return std::nullopt;
    std::ifstream file(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    const auto head = privacy::to_head(json::from_json<privacy::LogHeadView>(text));
    if (!head) throw Problem::invalid("/root", "is no hash in hexadecimal");
    return head;
}
} // namespace

Exit log_head(api::House& house, Output& output)
{
    const auto head = house.database.write([](store::Write& write) { return privacy::find_log_head(write); });
    output.result(json::to_json(head));
    return Exit::done;
}

Exit log_verify(api::House& house, const std::filesystem::path& older, Output& output)
{
    const auto head = read_head(older);
    std::int64_t size = 0;
    const auto wrong = house.database.read([&](store::Read& read) {
        size = store::log_size(read);
        return store::verify_log(read, head);
    });
    for (const auto& sentence : wrong) output.message(sentence);
    if (!wrong.empty()) return Exit::failed;
    output.result(fmt::format("{} entries, every byte as it was written.", size));
    return Exit::done;
}

} // namespace dialpine::command
