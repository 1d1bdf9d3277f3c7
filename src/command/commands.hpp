#pragma once
#include "api/house.hpp"
#include "command/control.hpp"
#include "command/output.hpp"

#include <filesystem>
#include <optional>
#include <string>

namespace dialpine::command {

/// The settings of `serve`. Flag, then DIALPINE_NAME in the environment, then dialpine.toml, then these.
struct ServeSettings {
    std::string host = "127.0.0.1";
    int port = 8080;
    std::filesystem::path data = "./data";
    std::string public_url; ///< empty: http://HOST:PORT, with a certificate https://HOST:PORT
    std::filesystem::path tls_certificate; ///< empty: plain HTTP
    std::filesystem::path tls_key;
    std::vector<std::string> trusted_proxies; ///< addresses and networks
    std::string log_level = "info";
    std::string log_format = "auto"; ///< json, pretty, or by whether standard error is a terminal
    int slow_request_ms = 1000;      ///< from which on a request is logged with where its time went; 0: none is
    std::string sign_up = "open";
    std::string require_second_factor = "nobody";
    int threads = 0; ///< 0: as many as cores
    int inactive_months = 24; ///< after which an account that nobody uses is erased; 0: never
    bool demo = false;
    std::vector<std::string> offers; ///< "home: Ask us for a workshop"
    std::filesystem::path country_database; ///< empty: country.mmdb beside the program, if it is there
    privacy::Controller controller;
};

struct ImportWish {
    std::filesystem::path file;
    std::string workspace; ///< its id or its name; of one that comes from a DialPine: its new name
    std::string as;        ///< the address of a member; an owner when empty
    bool json = false;
};
struct ExportWorkspaceWish {
    std::string workspace;
    std::filesystem::path out;
    bool json = false;
};
struct ExportPersonWish {
    std::string email;
    std::filesystem::path out;
};
struct ErasePersonWish {
    std::string email;
    bool closes_workspaces = false; ///< those of which the person is the last owner
    bool takes_content = false;     ///< what they alone wrote for teams goes, too
    bool json = false;
};
struct AddUserWish {
    std::string email;
    std::string name;
    bool json = false;
};

struct RestrictWish {
    std::string person; ///< an address, or an id for somebody without one
    bool lifts = false;
};

struct PublishWish {
    std::string document = "privacy";
    std::string version;
};

struct RecordsWish {
    std::string format; ///< empty: the record's first
};

struct RecipientWish {
    std::string name;
    std::string purpose;
    std::vector<std::string> fields;
    std::vector<std::string> hosts;
    std::string endpoint;
    std::string region;
    std::string country;
    bool is_affiliate = false;
    std::string agreement;
    std::string agreement_until; ///< a day
    std::string contact;
};

/// Of a public authority: what it asked for, or how it was answered.
struct AuthorityWish {
    std::string id;
    std::string kind;
    std::string authority;
    std::string received_on; ///< a day
    std::string outcome;
    std::string answered_on; ///< a day
    std::int64_t persons = 0;
    std::int64_t records = 0;
};

struct ProveWish {
    std::filesystem::path results = "build/test-results.json";
    std::filesystem::path out; ///< empty: no page is written
    bool json = false;
};

struct HoldWish {
    std::string person;    ///< an address or an id
    std::string workspace; ///< its id or its name
    std::string reason;
    std::string until; ///< a day
    std::string id;
    bool json = false;
};

struct ReceiptWish {
    std::filesystem::path file;
    std::string key; ///< base64url; empty: this instance's
    bool json = false;
};

Exit serve(const ServeSettings&, Output&);
Exit import_trello(api::House&, const ImportWish&, Output&);
Exit import_dialpine(api::House&, const ImportWish&, Output&);
Exit export_workspace(api::House&, const ExportWorkspaceWish&, Output&);
Exit export_person(api::House&, const ExportPersonWish&, Output&);
Exit erase_person(api::House&, const ErasePersonWish&, Output&);
Exit back_up(api::House&, const std::filesystem::path& out, Output&);
/// Only while no server runs. What was in the data folder is moved aside, not removed.
Exit restore(const std::filesystem::path& data, const std::filesystem::path& from, Output&);
/// Wraps all keys by another master key while everything goes on. `new_key_file`: where it stands or is to be made; empty
/// for a new `keys/master.key`. Refused while the master key comes from the environment and no file is given.
Exit rotate_keys(api::House&, const std::filesystem::path& new_key_file, Output&);
/// Which master key is in use, to tell which backup's keys it opens.
Exit keys_status(api::House&, Output&);
Exit add_user(api::House&, const AddUserWish&, Output&);
Exit list_users(api::House&, bool json, Output&);
/// Restricts the use of what is held of somebody who asked the operator, or lifts it.
Exit restrict_person(api::House&, const RestrictWish&, Output&);
Exit reset_password(api::House&, const std::string& email, Output&);
/// Legal holds: what they cover is neither removed at the end of its period nor erased.
Exit add_hold(api::House&, const HoldWish&, Output&);
Exit list_holds(api::House&, bool json, Output&);
Exit end_hold(api::House&, const std::string& id, Output&);
/// For somebody who lost app and recovery codes, after the operator made sure who asks.
Exit remove_second_factor(api::House&, const std::string& email, Output&);
/// Joins the promises with the results of `./test` to a signed report, which `GET /proof` then answers.
Exit prove(api::House&, const ProveWish&, Output&);
/// Whether a consent's receipt was signed by the key and nothing in it was changed. Needs no instance.
Exit verify_receipt_by_key(const ReceiptWish&, Output&);
/// The same by this instance's key, and whether the consent is still in force.
Exit verify_receipt(api::House&, const ReceiptWish&, Output&);
/// The transparency log's signed head as JSON, to be kept elsewhere.
Exit log_head(api::House&, Output&);
/// Computes the transparency log anew; with a head that was kept elsewhere, also that it has only grown since.
Exit log_verify(api::House&, const std::filesystem::path& older_head, Output&);
/// Queues the notices of a version that waits, and brings it into force.
Exit publish_policy(api::House&, const PublishWish&, Output&);
Exit policy_status(api::House&, Output&);
/// Writes a record from the declarations: `processing`, `dataset`, `categories` or `data`. The first and the third name
/// the recipients of this instance.
Exit write_record(
    std::string_view record,
    const RecordsWish&,
    const privacy::Controller&,
    const std::vector<privacy::Recipient>&,
    Output&
);
Exit add_recipient(api::House&, const RecipientWish&, Output&);
/// Queues a notice to every account, and lets data go to it from then on.
Exit announce_recipient(api::House&, const std::string& name, Output&);
Exit end_recipient(api::House&, const std::string& name, Output&);
Exit list_recipients(api::House&, bool json, Output&);
/// What recipients are to be told: erasures and corrections of whom they received something.
Exit list_recipient_notices(api::House&, bool json, Output&);
/// Sends a document that says nothing of anybody.
Exit try_recipient(api::House&, const std::string& name, Output&);
Exit add_authority_request(api::House&, const AuthorityWish&, Output&);
Exit answer_authority_request(api::House&, const AuthorityWish&, Output&);
Exit list_authority_requests(api::House&, bool json, Output&);
/// Looks at everything that has to be right, changes nothing, and says what to mend.
Exit doctor(const std::filesystem::path& data, bool json, Output&);

/// Fills an empty database with an imported board and a few people.
void fill_demo(api::House&, Output&);

/// `import`, `export`, `erase`, `backup` and `user` with their arguments, on data that is open here.
Exit run_on_house(const Arguments&, api::House&, Output&);
/// Reads the whole command line and does what it says.
Exit run(const Arguments&, Output&);

} // namespace dialpine::command
