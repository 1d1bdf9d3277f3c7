#include "command/grammar.hpp"

#include "egress/field.hpp"
#include "privacy/authorities.hpp"

#include <CLI/CLI.hpp>

namespace dialpine::command {
namespace {
class Commands {
public:
    Commands(CLI::App& app, Wishes& wishes) : app_(app), wishes_(wishes) {}
    void declare()
    {
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

private:
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

    CLI::App& app_;
    Wishes& wishes_;
};
} // namespace

void declare_commands(CLI::App& app, Wishes& wishes) { Commands(app, wishes).declare(); }

} // namespace dialpine::command
