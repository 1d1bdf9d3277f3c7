#include "base/json.hpp"
#include "command/commands.hpp"
#include "privacy/consent.hpp"

#include <fstream>

namespace dialpine::command {
namespace {
privacy::Receipt read_receipt(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(file)), {});
    return json::from_json<privacy::Receipt>(text);
}

Exit tell(const privacy::ReceiptCheck& check, bool json, Output& output)
{
    if (json)
        output.result(json::to_json(check));
    else
        output.result((check.valid ? "Valid. " : "Not valid. ") + check.why);
    return check.valid ? Exit::done : Exit::failed;
}
} // namespace

Exit verify_receipt_by_key(const ReceiptWish& wish, Output& output)
{
    const auto wrong = privacy::check_receipt(read_receipt(wish.file), wish.key);
    const bool is_valid = wrong.empty();
    return tell({is_valid, is_valid ? "Signed by this key, and unchanged." : wrong, std::nullopt}, wish.json, output);
}

Exit verify_receipt(api::House& house, const ReceiptWish& wish, Output& output)
{
    const auto receipt = read_receipt(wish.file);
    const auto check = house.database.read([&](store::Read& read) { return privacy::verify_receipt(read, receipt); });
    return tell(check, wish.json, output);
}

} // namespace dialpine::command
