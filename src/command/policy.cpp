#include "api/resources.hpp"
#include "command/commands.hpp"
#include "privacy/publication.hpp"

namespace dialpine::command {

Exit publish_policy(api::House& house, const PublishWish& wish, Output& output)
{
    const auto* version = privacy::find_version(wish.document, wish.version);
    if (!version) {
        output.message("This program has no such version. See `dialpine policy status`.");
        return Exit::failed;
    }
    const auto published = house.database.write([&](store::Write& write) { return api::publish_document(write, house, *version); });
    output.result(fmt::format("{} {}: {} notices queued", wish.document, wish.version, published.notices));
    output.message("It is in force.");
    return Exit::done;
}

Exit policy_status(api::House& house, Output& output)
{
    const auto list = house.database.read([](store::Read& read) { return privacy::list_publications(read); });
    for (const auto& each : list)
        output.result(fmt::format(
            "{:<24} {} {:<9} {}",
            each.document,
            each.version,
            json::name_of(each.state),
            each.is_significant ? fmt::format("significant, {} notices", each.notices) : "minor or the first"
        ));
    return Exit::done;
}

} // namespace dialpine::command
