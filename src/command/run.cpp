#include "api/openapi.hpp"
#include "base/networks.hpp"
#include "base/problem.hpp"
#include "command/commands.hpp"
#include "egress/field.hpp"
#include "privacy/authorities.hpp"

#include <CLI/CLI.hpp>

namespace dialpine::command {
namespace {
namespace fs = std::filesystem;

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
    fs::path backup_out;
    fs::path restore_from;
    fs::path new_key_file;
    fs::path log_head;
    std::string reset_email;
    bool list_json = false;
    bool doctor_json = false;
};

/// CLI11 asks the environment only for what the file leaves open; here the environment comes before the file.
class FileBehindEnvironment : public CLI::ConfigTOML {
public:
    std::vector<CLI::ConfigItem> from_config(std::istream& file) const override
    {
        auto items = CLI::ConfigTOML::from_config(file);
        std::erase_if(items, [](const CLI::ConfigItem& item) {
            std::string name = "DIALPINE_" + item.name;
            std::ranges::replace(name, '-', '_');
            std::ranges::transform(name, name.begin(), [](unsigned char c) {
                return static_cast<char>(std::toupper(c));
            });
            return std::getenv(name.c_str()) != nullptr;
        });
        return items;
    }
};

/// In the working folder, or where a package puts it.
std::string settings_file()
{
    const std::string here = "dialpine.toml";
    const std::string of_the_system = "/etc/dialpine/dialpine.toml";
    return !fs::exists(here) && fs::exists(of_the_system) ? of_the_system : here;
}

/// The command line's grammar, filled into `wishes`; `chosen` is called with what was asked for.
class Grammar {
public:
    explicit Grammar(Wishes& wishes) : wishes_(wishes)
    {
        app_.name("dialpine");
        app_.set_version_flag("--version", "dialpine " DIALPINE_VERSION);
        app_.require_subcommand(1);
        app_.fallthrough();
        app_.option_defaults()->always_capture_default();
        app_.add_option("--data", wishes.serve.data, "The data folder")->envname("DIALPINE_DATA");
        app_.set_config("--config", settings_file(), "A file with settings, in TOML");
        app_.config_formatter(std::make_shared<FileBehindEnvironment>());
        app_.allow_config_extras(CLI::config_extras_mode::error); // a misspelt setting is said, not ignored
        declare_controller();
        declare_serve();
        declare_import_and_export();
        declare_people();
        declare_holds();
        declare_data();
        declare_proof();
        declare_records();
        declare_policy();
        declare_recipients();
        declare_authorities();
    }

    CLI::App& app() { return app_; }
    [[nodiscard]] bool is(std::initializer_list<std::string_view> path) const
    {
        const CLI::App* at = &app_;
        for (const auto name : path) {
            if (!at->got_subcommand(std::string(name))) return false;
            at = at->get_subcommand(std::string(name));
        }
        return true;
    }

private:
    void declare_controller()
    {
        auto& c = wishes_.serve.controller;
        const auto add = [&](const char* flag, auto& into, const char* about, const char* name) {
            app_.add_option(flag, into, about)->envname(name)->group("Who runs this instance");
        };
        add("--controller-name", c.name, "Who answers for the data (GDPR, article 4)", "DIALPINE_CONTROLLER_NAME");
        add("--controller-contact", c.contact, "How to reach them", "DIALPINE_CONTROLLER_CONTACT");
        add("--controller-representative",
            c.representative,
            "Their representative in the Union",
            "DIALPINE_CONTROLLER_REPRESENTATIVE");
        add("--region", c.region, "Where this machine stands", "DIALPINE_REGION");
    }

    void declare_serve()
    {
        auto& serve = *app_.add_subcommand("serve", "Serve the page and the API");
        auto& s = wishes_.serve;
        serve.add_option("--host", s.host, "The address to listen on")->envname("DIALPINE_HOST");
        serve.add_option("--port", s.port, "The port to listen on; 0 takes any free one")
            ->envname("DIALPINE_PORT")
            ->check(CLI::Range(0, 65535));
        serve.add_option("--public-url", s.public_url, "The address under which people reach this instance")
            ->envname("DIALPINE_PUBLIC_URL");
        declare_wire(serve);
        serve.add_option("--sign-up", s.sign_up, "Who may sign up after the first: open or invited")
            ->envname("DIALPINE_SIGN_UP")
            ->check(CLI::IsMember({"open", "invited"}));
        serve
            .add_option(
                "--require-second-factor", s.require_second_factor, "Who needs a second factor: nobody or operators"
            )
            ->envname("DIALPINE_REQUIRE_SECOND_FACTOR")
            ->check(CLI::IsMember({"nobody", "operators"}));
        serve.add_option("--log-level", s.log_level, "debug, info, warn, error or off")
            ->envname("DIALPINE_LOG_LEVEL")
            ->check(CLI::IsMember({"debug", "info", "warn", "error", "off"}));
        serve.add_option("--log-format", s.log_format, "json, pretty, or auto: pretty on a terminal")
            ->envname("DIALPINE_LOG_FORMAT")
            ->check(CLI::IsMember({"auto", "json", "pretty"}));
        serve.add_option("--threads", s.threads, "Threads that serve; 0: as many as cores")
            ->envname("DIALPINE_THREADS")
            ->check(CLI::Range(0, 256));
        serve
            .add_option(
                "--offer",
                s.offers,
                "Word of your own, shown to everybody on a page: home, search, settings or privacy, then ': TEXT'"
            )
            ->envname("DIALPINE_OFFER");
        serve.add_option(
                 "--country-database",
                 s.country_database,
                 "A file in MaxMind DB format that tells the country of a network address; country.mmdb beside the "
                 "program when absent"
        )->envname("DIALPINE_COUNTRY_DATABASE");
        serve.add_option(
                 "--inactive-months",
                 s.inactive_months,
                 "Erase an account that nobody used for so many months, after two warnings; 0: never"
        )
            ->envname("DIALPINE_INACTIVE_MONTHS")
            ->check(CLI::Range(0, 120));
        serve.add_flag("--demo", s.demo, "Fill an empty database with a board and a few people")
            ->envname("DIALPINE_DEMO");
    }

    void declare_wire(CLI::App& serve)
    {
        auto& s = wishes_.serve;
        auto* certificate =
            serve.add_option("--tls-certificate", s.tls_certificate, "Speak TLS by this certificate, with its chain, in PEM")
                ->envname("DIALPINE_TLS_CERTIFICATE");
        auto* key = serve.add_option("--tls-key", s.tls_key, "The certificate's private key, in PEM")
                        ->envname("DIALPINE_TLS_KEY");
        certificate->needs(key);
        key->needs(certificate);
        serve
            .add_option(
                "--trusted-proxy",
                s.trusted_proxies,
                "The address or network of a proxy whose X-Forwarded-For and X-Forwarded-Proto are believed"
            )
            ->envname("DIALPINE_TRUSTED_PROXY")
            ->delimiter(',')
            ->check([](const std::string& text) {
                try {
                    Networks().add(text);
                    return std::string();
                } catch (const std::invalid_argument& wrong) {
                    return std::string(wrong.what());
                }
            });
    }

    void declare_import_and_export()
    {
        auto& import = *app_.add_subcommand("import", "Bring a board in");
        import.require_subcommand(1);
        auto& trello = *import.add_subcommand("trello", "From Trello's own JSON board export");
        trello.add_option("file", wishes_.import.file, "The export")->required();
        trello.add_option("--workspace", wishes_.import.workspace, "The workspace's id or name")->required();
        trello.add_option("--as", wishes_.import.as, "The address of the member who imports; an owner when absent");
        trello.add_flag("--json", wishes_.import.json, "Print the report as JSON");

        auto& moved = *import.add_subcommand("dialpine", "A whole workspace, from another DialPine's export");
        moved.add_option("file", wishes_.import.file, "The export")->required();
        moved.add_option("--workspace", wishes_.import.workspace, "The new workspace's name; its old one when absent");
        moved.add_option("--as", wishes_.import.as, "The address of its owner; the operator when absent");
        moved.add_flag("--json", wishes_.import.json, "Print the report as JSON");

        auto& out = *app_.add_subcommand("export", "Take data out, as a zip archive");
        out.require_subcommand(1);
        auto& workspace = *out.add_subcommand("workspace", "A whole workspace");
        workspace.add_option("workspace", wishes_.export_workspace.workspace, "Its id or name")->required();
        workspace.add_option("--out", wishes_.export_workspace.out, "The file to write")->required();
        auto& person = *out.add_subcommand("person", "Everything held of a person");
        person.add_option("email", wishes_.export_person.email, "Their address")->required();
        person.add_option("--out", wishes_.export_person.out, "The file to write")->required();
    }

    void declare_people()
    {
        auto& erase = *app_.add_subcommand("erase", "Erase");
        erase.require_subcommand(1);
        auto& person = *erase.add_subcommand("person", "A person, everywhere, for good");
        person.add_option("email", wishes_.erase.email, "Their address")->required();
        person.add_flag(
            "--close-workspaces", wishes_.erase.closes_workspaces, "Close workspaces of which they are the last owner"
        );
        person.add_flag("--take-content", wishes_.erase.takes_content, "Remove what they alone wrote for teams, too");
        person.add_flag("--json", wishes_.erase.json, "Print the certificate as JSON");

        auto& persons = *app_.add_subcommand("person", "What people ask of the operator");
        persons.require_subcommand(1);
        auto& restrict = *persons.add_subcommand("restrict", "Keep what is held of somebody, and use it for nothing");
        restrict.add_option("person", wishes_.restrict.person, "Their address or id")->required();
        restrict.add_flag("--lift", wishes_.restrict.lifts, "Use it again");

        auto& user = *app_.add_subcommand("user", "Accounts");
        user.require_subcommand(1);
        auto& add = *user.add_subcommand("add", "Make an account with a new password");
        add.add_option("email", wishes_.add_user.email, "The address")->required();
        add.add_option("--name", wishes_.add_user.name, "The name")->required();
        add.add_flag("--json", wishes_.add_user.json, "Print id and password as JSON");
        auto& list = *user.add_subcommand("list", "List accounts");
        list.add_flag("--json", wishes_.list_json, "As JSON");
        auto& reset = *user.add_subcommand("reset-password", "Set a new password and end all sessions");
        reset.add_option("email", wishes_.reset_email, "The address")->required();
        auto& remove = *user.add_subcommand("remove-second-factor", "For somebody who lost app and recovery codes");
        remove.add_option("email", wishes_.reset_email, "The address")->required();
    }

    void declare_holds()
    {
        auto& hold = *app_.add_subcommand("hold", "Legal holds: keep longer what a law or a court asks for");
        hold.require_subcommand(1);
        auto& add = *hold.add_subcommand("add", "Hold what is kept of a person or in a workspace");
        auto& h = wishes_.hold;
        add.add_option("--person", h.person, "Their address or id");
        add.add_option("--workspace", h.workspace, "Its id or name");
        add.add_option("--reason", h.reason, "Why, for the person to read; name nobody else")->required();
        add.add_option("--until", h.until, "The first day on which it stands no more, such as 2027-06-30")->required();
        add.add_flag("--json", h.json, "As JSON");
        hold.add_subcommand("list", "List holds")->add_flag("--json", h.json, "As JSON");
        hold.add_subcommand("end", "End a hold; erasures that waited for it go on within the hour")
            ->add_option("id", h.id, "Its id")
            ->required();
    }

    void declare_data()
    {
        auto& backup = *app_.add_subcommand("backup", "Copy database and keys, also while the server runs");
        backup.add_option("--out", wishes_.backup_out, "A new folder for the two")->required();
        auto& restore = *app_.add_subcommand("restore", "Put a backup back, while no server runs");
        restore.add_option("dir", wishes_.restore_from, "The folder that backup made")->required();
        auto& keys = *app_.add_subcommand("keys", "The master key, by which all other keys are wrapped");
        keys.require_subcommand(1);
        auto& rotate = *keys.add_subcommand("rotate", "Take a new one, also while the server runs");
        rotate.add_option(
            "--new-key-file", wishes_.new_key_file, "Where the new one stands; made there when there is no file"
        );
        keys.add_subcommand("status", "Say which one is in use");
        app_.add_subcommand("openapi", "Print the OpenAPI document of this program's API");
        auto& doctor = *app_.add_subcommand("doctor", "Check everything that has to be right, and say what to mend");
        doctor.add_flag("--json", wishes_.doctor_json, "As JSON");
    }

    void declare_proof()
    {
        auto& prove = *app_.add_subcommand("prove", "Show which promises of the policy the tests prove");
        prove.add_option("--results", wishes_.prove.results, "What ./test left");
        prove.add_option("--out", wishes_.prove.out, "A page to write");
        prove.add_flag("--json", wishes_.prove.json, "Print the report as JSON");

        auto& receipt = *app_.add_subcommand("receipt", "Receipts of consents");
        receipt.require_subcommand(1);
        auto& check = *receipt.add_subcommand("verify", "Check that a receipt is genuine");
        check.add_option("file", wishes_.receipt.file, "The receipt")->required()->check(CLI::ExistingFile);
        check.add_option(
            "--key", wishes_.receipt.key, "The public key of the instance that signed it; this one's when absent"
        );
        check.add_flag("--json", wishes_.receipt.json, "As JSON");

        auto& log = *app_.add_subcommand("log", "The transparency log");
        log.require_subcommand(1);
        log.add_subcommand("head", "Print its signed head, to be kept elsewhere");
        auto& verify = *log.add_subcommand("verify", "Compute it anew, and say what was changed");
        verify.add_option("--head", wishes_.log_head, "A head that was kept, which it must have grown from")
            ->check(CLI::ExistingFile);
    }

    void declare_records()
    {
        auto& records = *app_.add_subcommand("records", "Write records from what the program declares that it holds");
        records.require_subcommand(1);
        const auto add = [&](const char* name, const char* about, std::set<std::string> formats) {
            auto& record = *records.add_subcommand(name, about);
            record.add_option("--format", wishes_.records.format, "The form")->check(CLI::IsMember(std::move(formats)));
        };
        add("processing", "The record of processing activities (GDPR, article 30)", {"json", "csv", "jsonld"});
        add("dataset", "A dataset file of Fides", {"yaml"});
        add("categories", "What was collected in the last twelve months (CCPA)", {"json", "csv"});
        add("data", "Every declared thing, for developers: docs/data.md", {"md"});
    }

    void declare_policy()
    {
        auto& policy = *app_.add_subcommand("policy", "Which versions of the documents are in force");
        policy.require_subcommand(1);
        auto& publish = *policy.add_subcommand("publish", "Queue a notice to every account, then bring it into force");
        publish.add_option("version", wishes_.publish.version, "The version, a day")->required();
        publish.add_option("--document", wishes_.publish.document, "Which document");
        policy.add_subcommand("status", "List versions, and what waits");
    }

    void declare_recipients()
    {
        auto& recipient = *app_.add_subcommand("recipient", "Who may receive data, and which");
        recipient.require_subcommand(1);
        auto& w = wishes_.recipient;
        auto& add = *recipient.add_subcommand("add", "Register one; it gets nothing before it was announced");
        add.add_option("name", w.name, "Its name")->required();
        add.add_option("--purpose", w.purpose, "For what")
            ->required()
            ->check(CLI::IsMember(names_of<egress::SharingPurpose>()));
        add.add_option("--field", w.fields, "What it receives; may be given again")->required();
        add.add_option("--host", w.hosts, "A host that may be contacted for it; may be given again");
        add.add_option("--endpoint", w.endpoint, "The https address to which documents go");
        add.add_option("--region", w.region, "Where it stands, such as 'European Union'")->required();
        add.add_option("--country", w.country, "Its country, two letters")->required();
        add.add_flag("--affiliate", w.is_affiliate, "It belongs to the same group");
        add.add_option("--agreement", w.agreement, "By which agreement it is bound to the policy")->required();
        add.add_option("--agreement-until", w.agreement_until, "Until which day that holds")->required();
        add.add_option("--contact", w.contact, "How to reach it")->required();
        for (const auto& [name, about] :
             {std::pair{"announce", "Queue a notice to every account, and open the way"},
              {"end", "Close the way at once"},
              {"try", "Send it a document that says nothing of anybody"}})
            recipient.add_subcommand(name, about)->add_option("name", w.name, "Its name")->required();
        recipient.add_subcommand("list", "List them")->add_flag("--json", wishes_.list_json, "As JSON");
        recipient.add_subcommand("notices", "List what they are to be told: erasures and corrections")
            ->add_flag("--json", wishes_.list_json, "As JSON");
    }

    void declare_authorities()
    {
        auto& authority = *app_.add_subcommand("authority", "Requests of public authorities, in counts");
        authority.require_subcommand(1);
        auto& w = wishes_.authority;
        auto& add = *authority.add_subcommand("add", "Note one that came");
        add.add_option("--kind", w.kind, "Which")->required()->check(CLI::IsMember(names_of<privacy::AuthorityKind>()));
        add.add_option("--authority", w.authority, "Whose")->required();
        add.add_option("--received", w.received_on, "The day on which it came")->required();
        auto& answer = *authority.add_subcommand("answer", "Note how it was answered");
        answer.add_option("id", w.id, "Its id")->required();
        answer.add_option("--outcome", w.outcome, "How")
            ->required()
            ->check(CLI::IsMember({"complied", "partly", "refused"}));
        answer.add_option("--on", w.answered_on, "The day of the answer")->required();
        answer.add_option("--persons", w.persons, "Of how many persons something was disclosed");
        answer.add_option("--records", w.records, "How many records");
        authority.add_subcommand("list", "List them")->add_flag("--json", wishes_.list_json, "As JSON");
    }

    template <class Enum>
    static std::set<std::string> names_of()
    {
        std::set<std::string> names;
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Enum>>([&](auto each) {
            names.emplace(json::name_of(each.value));
        });
        return names;
    }

    Wishes& wishes_;
    CLI::App app_{"DialPine, a work hub that keeps its privacy policy"};
};

/// CLI11 takes them from the back.
void parse(CLI::App& app, Arguments arguments)
{
    std::ranges::reverse(arguments);
    app.parse(arguments);
}

Exit do_on_house(const Grammar& grammar, const Wishes& wishes, api::House& house, Output& output)
{
    if (grammar.is({"import", "trello"})) return import_trello(house, wishes.import, output);
    if (grammar.is({"import", "dialpine"})) return import_dialpine(house, wishes.import, output);
    if (grammar.is({"export", "workspace"})) return export_workspace(house, wishes.export_workspace, output);
    if (grammar.is({"export", "person"})) return export_person(house, wishes.export_person, output);
    if (grammar.is({"erase", "person"})) return erase_person(house, wishes.erase, output);
    if (grammar.is({"person", "restrict"})) return restrict_person(house, wishes.restrict, output);
    if (grammar.is({"hold", "add"})) return add_hold(house, wishes.hold, output);
    if (grammar.is({"hold", "list"})) return list_holds(house, wishes.hold.json, output);
    if (grammar.is({"hold", "end"})) return end_hold(house, wishes.hold.id, output);
    if (grammar.is({"backup"})) return back_up(house, wishes.backup_out, output);
    if (grammar.is({"keys", "rotate"})) return rotate_keys(house, wishes.new_key_file, output);
    if (grammar.is({"keys", "status"})) return keys_status(house, output);
    if (grammar.is({"receipt", "verify"})) return verify_receipt(house, wishes.receipt, output);
    if (grammar.is({"log", "head"})) return log_head(house, output);
    if (grammar.is({"log", "verify"})) return log_verify(house, wishes.log_head, output);
    if (grammar.is({"policy", "publish"})) return publish_policy(house, wishes.publish, output);
    if (grammar.is({"policy", "status"})) return policy_status(house, output);
    if (grammar.is({"recipient", "add"})) return add_recipient(house, wishes.recipient, output);
    if (grammar.is({"recipient", "announce"})) return announce_recipient(house, wishes.recipient.name, output);
    if (grammar.is({"recipient", "end"})) return end_recipient(house, wishes.recipient.name, output);
    if (grammar.is({"recipient", "try"})) return try_recipient(house, wishes.recipient.name, output);
    if (grammar.is({"recipient", "notices"})) return list_recipient_notices(house, wishes.list_json, output);
    if (grammar.is({"recipient", "list"})) return list_recipients(house, wishes.list_json, output);
    if (grammar.is({"authority", "add"})) return add_authority_request(house, wishes.authority, output);
    if (grammar.is({"authority", "answer"})) return answer_authority_request(house, wishes.authority, output);
    if (grammar.is({"authority", "list"})) return list_authority_requests(house, wishes.list_json, output);
    for (const std::string_view record : {"processing", "categories"})
        if (grammar.is({"records", record})) {
            const auto recipients =
                house.database.read([](store::Read& read) { return privacy::all_recipients(read); });
            const auto& asked = wishes.serve.controller;
            const auto& controller = asked.name ? asked : house.settings.controller;
            return write_record(record, wishes.records, controller, recipients, output);
        }
    if (grammar.is({"prove"})) return prove(house, wishes.prove, output);
    if (grammar.is({"user", "add"})) return add_user(house, wishes.add_user, output);
    if (grammar.is({"user", "list"})) return list_users(house, wishes.list_json, output);
    if (grammar.is({"user", "reset-password"})) return reset_password(house, wishes.reset_email, output);
    if (grammar.is({"user", "remove-second-factor"})) return remove_second_factor(house, wishes.reset_email, output);
    output.message("This command does not run on a server's data.");
    return Exit::wrong_use;
}

/// What went wrong, in words, with its exit code.
template <class Work>
Exit guarded(Output& output, Work work)
{
    try {
        return work();
    } catch (const Problem& problem) {
        output.message(problem.title + ". " + problem.detail);
        return problem.status == 403 ? Exit::refused : Exit::failed;
    } catch (const std::exception& failure) {
        output.message(failure.what());
        return Exit::failed;
    }
}

/// The arguments with absolute paths, for a process in another folder.
Arguments for_server(const Arguments& arguments)
{
    Arguments sent = arguments;
    Wishes wishes;
    Grammar grammar(wishes);
    parse(grammar.app(), arguments);
    for (auto& argument : sent) {
        const bool is_path = argument == wishes.import.file || argument == wishes.export_workspace.out ||
                             argument == wishes.export_person.out || argument == wishes.backup_out ||
                             argument == wishes.prove.results || argument == wishes.prove.out ||
                             argument == wishes.log_head || argument == wishes.new_key_file || argument == wishes.receipt.file;
        if (is_path && !argument.empty()) argument = fs::absolute(argument).string();
    }
    if (grammar.is({"prove"})) // where the results lie by default is meant from here, too
        if (const auto results = wishes.prove.results.string();
            std::ranges::find(arguments, results) == arguments.end())
            sent.insert(sent.end(), {"--results", fs::absolute(results).string()});
    return sent;
}
} // namespace

Exit run_on_house(const Arguments& arguments, api::House& house, Output& output)
{
    Wishes wishes;
    Grammar grammar(wishes);
    try {
        parse(grammar.app(), arguments);
    } catch (const CLI::ParseError& error) {
        output.message(error.what());
        return Exit::wrong_use;
    }
    return guarded(output, [&] { return do_on_house(grammar, wishes, house, output); });
}

Exit run(const Arguments& arguments, Output& output)
{
    Wishes wishes;
    Grammar grammar(wishes);
    try {
        parse(grammar.app(), arguments);
    } catch (const CLI::ParseError& error) {
        const bool is_help = grammar.app().exit(error) == 0;
        return is_help ? Exit::done : Exit::wrong_use;
    }
    const auto& data = wishes.serve.data;
    return guarded(output, [&] {
        if (grammar.is({"serve"})) return serve(wishes.serve, output);
        if (grammar.is({"openapi"})) {
            output.result(api::openapi_document(api::all_routes()));
            return Exit::done;
        }
        for (const std::string_view record : {"processing", "dataset", "categories", "data"}) {
            const bool names_recipients = record == "processing" || record == "categories";
            if (grammar.is({"records", record}) && !(names_recipients && fs::exists(data / "dialpine.db")))
                return write_record(record, wishes.records, wishes.serve.controller, {}, output);
        }
        if (grammar.is({"doctor"})) return doctor(data, wishes.doctor_json, output);
        if (grammar.is({"receipt", "verify"}) && !wishes.receipt.key.empty())
            return verify_receipt_by_key(wishes.receipt, output);
        if (grammar.is({"receipt", "verify"}) && !fs::exists(data / "dialpine.db")) {
            output.message("There is no instance in " + data.string() + ". Say whose key it is to be with --key.");
            return Exit::wrong_use;
        }
        if (grammar.is({"restore"})) return restore(data, wishes.restore_from, output);
        if (const auto exit = ask_server(data, for_server(arguments), output)) return *exit;
        api::House house({.data = data, .public_url = wishes.serve.public_url, .controller = wishes.serve.controller});
        return do_on_house(grammar, wishes, house, output);
    });
}

} // namespace dialpine::command
