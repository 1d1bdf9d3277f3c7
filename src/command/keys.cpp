#include "command/commands.hpp"
#include "store/keys.hpp"

namespace dialpine::command {
namespace {
constexpr std::string_view cannot_change =
    "The master key comes from DIALPINE_MASTER_KEY, which DialPine cannot change. Say where the new one stands, or is to "
    "be made: dialpine keys rotate --new-key-file FILE. Then set DIALPINE_MASTER_KEY to it before the next start.";

std::string_view name_of(store::RotationStep step)
{
    return step == store::RotationStep::recorded || step == store::RotationStep::wrapping ? "Wrapping keys"
                                                                                           : "Finishing";
}
} // namespace

Exit rotate_keys(api::House& house, const std::filesystem::path& new_key_file, Output& output)
{
    auto& keys = house.database.keys();
    const bool is_in_environment = store::Keys::is_master_key_in_environment();
    if (is_in_environment && new_key_file.empty()) {
        output.message(cannot_change);
        return Exit::refused;
    }
    const auto before = keys.fingerprint();
    const auto to = new_key_file.empty() ? crypto::Key::random() : store::key_in_file(new_key_file);
    keys.rotate(to, [&](store::RotationStep step, double part) { output.progress(part, name_of(step)); });
    output.result(fmt::format("The master key is {} now; it was {}.", keys.fingerprint(), before));
    if (is_in_environment)
        output.message(
            "Set DIALPINE_MASTER_KEY to what stands in " + new_key_file.string() +
            " before the next start: the old one opens nothing any more."
        );
    output.message("Backups of the keys made before need the old master key, which stands in them. Make a new one now.");
    return Exit::done;
}

Exit keys_status(api::House& house, Output& output)
{
    auto& keys = house.database.keys();
    output.result(fmt::format(
        "The master key is {}, from {}.",
        keys.fingerprint(),
        store::Keys::is_master_key_in_environment() ? "DIALPINE_MASTER_KEY" : "keys/master.key"
    ));
    output.result(fmt::format(
        "{} people and {} workspaces have no key any more, for good.",
        keys.tombstones().size(),
        keys.closed_workspaces().size()
    ));
    return Exit::done;
}

} // namespace dialpine::command
