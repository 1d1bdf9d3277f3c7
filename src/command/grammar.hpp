#pragma once
#include "command/commands.hpp"

namespace CLI {
class App;
}

namespace dialpine::command {

/// Everything that the command line can say.
struct Wishes {
    ServeSettings serve;
    ImportWish import;
    ExportWorkspaceWish export_workspace;
    ExportPersonWish export_person;
    ErasePersonWish erase;
    AddUserWish add_user;
    RestrictWish restrict;
    ProveWish prove;
    ReceiptWish receipt;
    HoldWish hold;
    RecordsWish records;
    PublishWish publish;
    RecipientWish recipient;
    AuthorityWish authority;
    std::filesystem::path backup_out;
    std::filesystem::path restore_from;
    std::filesystem::path new_key_file;
    std::filesystem::path log_head;
    std::string reset_email;
    bool list_json = false;
    bool doctor_json = false;
};

/// Every command but `serve`, with what each takes, which goes to `wishes`.
void declare_commands(CLI::App&, Wishes& wishes);

} // namespace dialpine::command
