#include "api/openapi.hpp"
#include "base/networks.hpp"
#include "base/problem.hpp"
#include "command/grammar.hpp"

#include <CLI/CLI.hpp>

namespace dialpine::command {
namespace {
namespace fs = std::filesystem;

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
        declare_commands(app_, wishes_);
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
        serve.add_option(
                 "--slow-request-ms",
                 s.slow_request_ms,
                 "Log a request that takes so many milliseconds, with where they went; 0: none"
        )
            ->envname("DIALPINE_SLOW_REQUEST_MS")
            ->check(CLI::Range(0, 3'600'000));
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

/// Whether a command makes sense where nothing is yet; of all others, the folder's name is more likely a slip.
bool may_come_first(const Grammar& grammar)
{
    return grammar.is({"user", "add"}) || grammar.is({"import"}) || grammar.is({"recipient", "add"}) ||
           grammar.is({"policy"}) || grammar.is({"prove"});
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
        if (grammar.is({"restore"})) return restore(data, wishes.restore_from, output);
        // A restore that was cut off is finished when the folder is opened.
        const bool is_there = fs::exists(data / "dialpine.db") || fs::exists(data / "restore");
        if (!is_there && !may_come_first(grammar)) {
            const auto* instead = grammar.is({"receipt", "verify"}) ? "Say whose key it is to be with --key."
                                                                    : "Name its data folder with --data.";
            output.message(fmt::format("There is no instance in {}. {}", data.string(), instead));
            return Exit::wrong_use;
        }
        if (const auto exit = ask_server(data, for_server(arguments), output)) return *exit;
        api::House house({.data = data, .public_url = wishes.serve.public_url, .controller = wishes.serve.controller});
        return do_on_house(grammar, wishes, house, output);
    });
}

} // namespace dialpine::command
