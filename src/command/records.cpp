#include "privacy/records.hpp"

#include "base/json.hpp"
#include "command/commands.hpp"

namespace dialpine::command {
namespace {
std::string record_of(
    std::string_view record,
    std::string_view format,
    const privacy::Controller& controller,
    const std::vector<privacy::Recipient>& recipients
)
{
    if (record == "dataset") return privacy::dataset_yaml();
    if (record == "data") return privacy::data_page();
    if (record == "categories") {
        const auto report = privacy::categories_report(std::chrono::floor<std::chrono::days>(clock_now()), recipients);
        return format == "csv" ? privacy::to_csv(report) : json::to_json(report);
    }
    const auto processing = privacy::processing_record(controller, recipients);
    if (format == "csv") return privacy::to_csv(processing);
    return format == "jsonld" ? privacy::to_json_ld(processing) : json::to_json(processing);
}
} // namespace

Exit write_record(
    std::string_view record,
    const RecordsWish& wish,
    const privacy::Controller& controller,
    const std::vector<privacy::Recipient>& recipients,
    Output& output
)
{
    auto text = record_of(record, wish.format, controller, recipients);
    while (text.ends_with('\n') || text.ends_with('\r')) text.pop_back(); // a result ends with its own
    output.result(text);
    return Exit::done;
}

} // namespace dialpine::command
