#include "base/json.hpp"
#include "command/commands.hpp"
#include "command/private_file.hpp"
#include "privacy/proof.hpp"
#include "store/rows.hpp"

#include <fstream>

namespace dialpine::command {
namespace {
namespace fs = std::filesystem;

std::optional<std::string> read_file(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    if (!file) return std::nullopt;
    return std::string((std::istreambuf_iterator<char>(file)), {});
}
} // namespace

Exit prove(api::House& house, const ProveWish& wish, Output& output)
{
    const auto text = read_file(wish.results);
    if (!text) {
        output.message(fmt::format("There are no results in {}. Run ./test, which leaves them.", wish.results.string())
        );
        return Exit::failed;
    }
    const auto results = json::from_json<privacy::TestResults>(*text);
    const auto report = privacy::make_report(privacy::all_promises(), results, house.database.keys());
    const auto json = json::to_json(report);
    write_private(house.settings.data / "proof.json", json); // what /proof answers
    if (!wish.out.empty()) write_private(wish.out, privacy::to_html(report));
    if (wish.json) {
        output.result(json);
        return Exit::done;
    }
    for (const auto& proof : report.promises)
        output.result(fmt::format("{:<4} {:<8} {}", proof.id, json::name_of(proof.state), proof.why));
    if (!wish.out.empty()) output.message("The report is in " + wish.out.string());
    return Exit::done;
}

} // namespace dialpine::command
